package guide

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var noSecretExamples = &rule{
	Meta: check.Meta{
		ID:      "no-secret-examples",
		Summary: "The example of a secret must be a placeholder.",
		Rationale: "An example of a `password`, `token` or `api_key` that looks random cannot be told from a real one: not by a reviewer, not by a scanner, not by the reader who tries it. " +
			"Write what is evidently made up, such as `example-token`. A value that stands in many places is reported at the first.",
		Severity: check.Warning, Tags: []string{"openapi", "security", "examples", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
	},
	Check: checkNoSecretExamples,
}

func checkNoSecretExamples(_ context.Context, p *pass) error {
	type sample struct {
		name   string
		value  *openapi.Node
		places int
	}
	var all []*sample
	byValue := map[string]*sample{}
	eachSample(p.Subject, func(name string, value *openapi.Node) {
		if !isSecretName(name) || !looksRandom(value.Text()) {
			return
		}
		s := byValue[value.Text()]
		if s == nil {
			s = &sample{name: name, value: value}
			byValue[value.Text()] = s
			all = append(all, s)
		}
		s.places++
	})
	for _, s := range all {
		more := ""
		switch {
		case len(findSecrets(s.value.Text())) > 0:
			continue // no-secrets knows what it is
		case s.places > 1:
			more = fmt.Sprintf(", in %d places", s.places)
		}
		p.Reportf(s.value.Location(), "the example of %q looks like a secret: %q%s", s.name, masked(s.value.Text()), more)
	}
	return nil
}

// eachSample calls f with the strings in the examples and defaults of a
// document that have a name: members of objects, and values of properties
// and parameters.
func eachSample(d *openapi.Document, f func(name string, value *openapi.Node)) {
	var walk func(n *openapi.Node, name string)
	walk = func(n *openapi.Node, name string) {
		switch n.Kind() {
		case openapi.String:
			f(name, n)
		case openapi.Object:
			for _, c := range n.Children() {
				walk(c, c.Key())
			}
		case openapi.Array:
			for _, c := range n.Children() {
				walk(c, name)
			}
		}
	}
	for _, role := range [...]openapi.Role{openapi.SchemaRole, openapi.ParameterRole, openapi.HeaderRole, openapi.MediaTypeRole, openapi.ExampleRole, openapi.ResponseRole} {
		for _, n := range d.Nodes(role) {
			for _, c := range n.Children() {
				switch c.Key() {
				case "example", "default", "x-example", "value", "dataValue":
				case "examples":
					if role != openapi.SchemaRole && role != openapi.ResponseRole {
						continue // named examples, which come by themselves
					}
				default:
					continue
				}
				walk(c, nameOf(n, role))
			}
		}
	}
}

// nameOf returns the name that an object of the description gives its
// values, "" where it gives none.
func nameOf(n *openapi.Node, role openapi.Role) string {
	switch {
	case role == openapi.ParameterRole:
		return n.Get("name").Text()
	case role == openapi.HeaderRole, role == openapi.SchemaRole && n.Parent().Key() == "properties":
		return n.Key()
	}
	return ""
}

// isSecretName reports whether a name is that of a password, secret, token
// or private key, and not of something about one.
func isSecretName(name string) bool {
	if len(name) < 5 || len(name) > 64 {
		return false
	}
	switch name[len(name)-1] | 0x20 {
	case 'd', 't', 'n', 'y', 'e':
	default:
		return false
	}
	before, last := lastWord(name)
	_, kind := lastWord(before)
	switch {
	case is(kind, "public", "encrypted", "hashed", "masked", "page", "next", "previous", "continuation", "csrf", "sync", "cursor"):
		return false
	case is(last, "password", "passwd", "passphrase", "secret", "token", "apikey"):
		return true
	case is(last, "key"):
		return is(kind, "api", "access", "secret", "private", "signing", "encryption", "auth")
	}
	return false
}

// looksRandom reports whether a value could be a secret that a machine made.
// JSON Web Tokens are left to no-secrets, which reads them.
func looksRandom(value string) bool {
	if len(value) < 20 || len(value) > 512 || strings.HasPrefix(value, "eyJ") {
		return false
	}
	letters, digits := false, false
	for i := range len(value) {
		c := value[i]
		letters = letters || isLetter(c)
		digits = digits || '0' <= c && c <= '9'
		if !isAlphanumeric(c) && strings.IndexByte("-_+/=.", c) < 0 {
			return false
		}
	}
	return letters && digits && !isPlaceholder(value) && entropy(value) >= 3.4
}
