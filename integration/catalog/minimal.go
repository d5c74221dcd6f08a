package catalog

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/integration"
)

// categories are those of a manifest.
func categories() []string {
	return []string{"chat", "tracker", "ci", "code-host", "itsm", "requirements", "webhook", "mail"}
}

// schemes are those of a manifest's auth.
func schemes() []string {
	return []string{"none", "url-secret", "bearer", "basic", "api-key", "oauth2-client", "hmac"}
}

var manifestName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// manifestWhole is M01.
func manifestWhole(b *bench) verdict {
	m := b.manifest
	var missing []string
	miss := func(ok bool, what string) {
		if !ok {
			missing = append(missing, what)
		}
	}
	miss(manifestName.MatchString(m.Name), "a name of lower-case letters, digits and hyphens")
	miss(m.Title != "", "a title")
	miss(m.Description != "", "a description")
	miss(m.Owner != "", "an owner")
	miss(slices.Contains([]string{"experimental", "production", "deprecated"}, m.Lifecycle), "a lifecycle")
	miss(slices.Contains(categories(), m.Category), "a category")
	miss(len(m.Direction) > 0, "a direction")
	miss(len(m.Capabilities) > 0, "capabilities")
	miss(slices.Contains(schemes(), m.Auth), "auth")
	miss(m.Idempotency != "", "idempotency")
	miss(m.SLO.Availability > 0 && m.SLO.P95 > 0 && m.SLO.Timeout > 0, "an SLO with availability, p95 and timeout")
	if len(missing) > 0 {
		return fail("the manifest lacks %s", list(missing))
	}
	return pass("the manifest says all that a manifest says")
}

var secretName = regexp.MustCompile(`(?i)(token|secret|password|passwd|api_?key|credential|webhook_url)`)

// inputsTyped is M02.
func inputsTyped(b *bench) verdict {
	secrets := 0
	for _, in := range b.manifest.Inputs {
		switch {
		case !slices.Contains([]string{"string", "url", "secret", "integer", "boolean", "choice"}, in.Type):
			return fail("the input %s has the type %q, which there is not", in.Name, in.Type)
		case in.Type == "choice" && len(in.Choices) < 2:
			return fail("the input %s is a choice of nothing", in.Name)
		case len(in.Help) < 8:
			return fail("the input %s has no line of help", in.Name)
		case in.Env == "":
			return fail("the input %s names no environment variable", in.Name)
		case secretName.MatchString(in.Name) && in.Type != "secret" && in.Type != "boolean":
			return fail("the input %s is named as a secret, and is a %s", in.Name, in.Type)
		case in.Type == "secret" && in.Default != "":
			return fail("the secret %s has a default, which everybody knows", in.Name)
		}
		if in.Type == "secret" {
			secrets++
		}
	}
	if secrets == 0 && b.manifest.Auth != "none" {
		return fail("the auth is %s, and no input is a secret", b.manifest.Auth)
	}
	return pass("%d inputs have types and help, %d are secrets", len(b.manifest.Inputs), secrets)
}

// testCommand is M03.
func testCommand(ctx context.Context, b *bench) verdict {
	g := b.rig()
	receipt, err := b.say(g.deliver(ctx, delivery("test", numbered(2)...)))
	if err != nil {
		return fail("with the manifest's examples a delivery is refused: %s", err)
	}
	if len(receipt.Actions) == 0 || len(g.fake.Objects()) == 0 {
		return fail("a delivery is said to have arrived, and the fake has nothing")
	}
	v := pass("a delivery arrives (%s), and is refused with wrong credentials", receipt.Actions[0].Verb)
	refused := 0
	for _, in := range b.secrets() {
		wrong := b.with(in.Name, other(b.inputs[in.Name]))
		bad := newRig(b.entry.Tool, wrong, b.inputs)
		_, err := b.say(bad.deliver(ctx, delivery("test", numbered(2)...)))
		if err == nil {
			if unused(g, bad) {
				v = v.with(in.Name + " is not used by the default set up")
				continue
			}
			return fail("with a wrong %s a delivery is said to have arrived", in.Name)
		}
		if n := len(bad.fake.Objects()); n > 0 {
			return fail("with a wrong %s the fake has taken %d objects", in.Name, n)
		}
		refused++
		v = v.with(fmt.Sprintf("a wrong %s: %s", in.Name, kindOf(err)))
	}
	if refused == 0 && b.manifest.Auth != "none" {
		return fail("no secret is ever used")
	}
	return v
}

// unused says that two runs have sent the same though a secret differs.
func unused(a, b *rig) bool {
	return slices.EqualFunc(a.exchanges, b.exchanges, func(x, y exchange) bool {
		return x.url == y.url && x.header.Get("Authorization") == y.header.Get("Authorization") && string(x.body) == string(y.body)
	})
}

// secrets are the inputs that are secrets and have a value here.
func (b *bench) secrets() (list []integration.Input) {
	for _, in := range b.manifest.Inputs {
		if in.Type == "secret" && b.inputs[in.Name] != "" {
			list = append(list, in)
		}
	}
	return list
}

// with returns the inputs with one of another value.
func (b *bench) with(name, value string) integration.Inputs {
	inputs := integration.Inputs{}
	for n, v := range b.inputs {
		inputs[n] = v
	}
	inputs[name] = value
	return inputs
}

// other is a secret like a secret: of its form, but another one. Of an address
// it changes what is secret in it, the longest part of the path or the query.
func other(secret string) string {
	part := secret
	if u, err := url.Parse(secret); err == nil && u.Host != "" {
		part = longestPart(u)
	}
	middle := len(part) / 3
	turned := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return '0' + (r-'0'+1)%10
		case r >= 'a' && r <= 'z':
			return 'a' + (r-'a'+1)%26
		case r >= 'A' && r <= 'Z':
			return 'A' + (r-'A'+1)%26
		}
		return r
	}, part[middle:middle+(len(part)-middle+1)/2])
	changed := part[:middle] + turned + part[middle+(len(part)-middle+1)/2:]
	return strings.Replace(secret, part, changed, 1)
}

// longestPart is the longest part of an address behind its host, as it is written.
func longestPart(u *url.URL) string {
	best := ""
	for _, part := range strings.FieldsFunc(u.EscapedPath()+"&"+u.RawQuery, func(r rune) bool { return strings.ContainsRune("/&=", r) }) {
		if len(part) > len(best) {
			best = part
		}
	}
	return best
}

// say keeps what a delivery has said, for later checks.
func (b *bench) say(receipt *integration.Receipt, err error) (*integration.Receipt, error) {
	if receipt == nil {
		receipt = &integration.Receipt{}
	}
	for _, a := range receipt.Actions {
		b.texts = append(b.texts, fmt.Sprint(a))
	}
	var e *integration.Error
	switch {
	case errors.As(err, &e):
		b.errors = append(b.errors, e)
		b.texts = append(b.texts, fmt.Sprint(*e))
	case err != nil:
		b.errors = append(b.errors, &integration.Error{Text: err.Error()})
	}
	if err != nil {
		b.texts = append(b.texts, err.Error())
	}
	return receipt, err
}

// kindOf is the kind of an error, "no kind" where it has none.
func kindOf(err error) string {
	var e *integration.Error
	if errors.As(err, &e) {
		return string(e.Kind)
	}
	return "no kind"
}

// pageThere is M04.
func pageThere(b *bench) verdict {
	d := &b.docs
	switch {
	case !d.there:
		return fail("there is no %s", docsFile)
	case d.section("setup", "setit") == nil:
		return fail("%s has no section Set up", docsFile)
	}
	for _, in := range b.manifest.Inputs {
		if !strings.Contains(d.text, in.Name) && !strings.Contains(d.text, in.Env) && b.entry.Tool == nil {
			return fail("%s does not speak of the input %s", docsFile, in.Name)
		}
	}
	for i := range d.sections {
		if len(d.sections[i].blocks) > 0 {
			return pass("%s has the set up and an example; the table of %d inputs is made from the manifest", docsFile, len(b.manifest.Inputs))
		}
	}
	return fail("%s has no example: no block of code", docsFile)
}

// payloadValid is M05.
func payloadValid(ctx context.Context, b *bench) verdict {
	s, err := readBodies(b.entry.Files)
	if err != nil {
		return fail("%s", err)
	}
	g := b.rig()
	if _, err := b.say(g.deliver(ctx, delivery("payload", numbered(3)...))); err != nil {
		return fail("the delivery is refused: %s", err)
	}
	looked, problem := s.check(g.exchanges)
	switch {
	case problem != "":
		return fail("%s", problem)
	case looked == 0:
		return fail("nothing was sent that has a schema")
	}
	return pass("%d requests are valid by %s, and taken by the fake", looked, schemaFile)
}

// secretsHidden is M06.
func secretsHidden(ctx context.Context, b *bench) verdict {
	secrets := b.secrets()
	if len(secrets) == 0 {
		return irrelevant("it has no secrets")
	}
	for _, f := range []fault{fine, reset, garbage, 401, 404, 413, 429, 500} {
		g := b.rig()
		if f != fine {
			g.fault = always(f)
		}
		_, _ = b.say(g.deliver(ctx, delivery("secrets", numbered(2)...)))
		b.texts = append(b.texts, g.fake.Objects()...)
	}
	for _, in := range secrets {
		for _, form := range forms(b.inputs, in.Name) {
			for _, text := range b.texts {
				if strings.Contains(text, form) {
					return fail("the secret %s is in what was said of a delivery", in.Name)
				}
			}
		}
	}
	return pass("%d secrets, plain and encoded, are in none of %d texts of errors, receipts and objects", len(secrets), len(b.texts))
}

// forms are the ways in which a secret may be written.
func forms(inputs integration.Inputs, name string) []string {
	secret := inputs[name]
	list := []string{secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))}
	if u, err := url.Parse(secret); err == nil && u.Host != "" {
		if part := longestPart(u); len(part) >= 8 {
			list = append(list, part)
		}
	}
	for n, v := range inputs {
		if n != name && v != "" {
			list = append(list, base64.StdEncoding.EncodeToString([]byte(v+":"+secret)))
		}
	}
	return list
}

// list writes words as "a, b and c".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
