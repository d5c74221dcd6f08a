package integration

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Mask hides the secrets of one tool's inputs in texts: each is shown as its
// environment variable, "$SLACK_WEBHOOK_URL", in every spelling that a URL, a
// JSON text or a header gives it. Of a secret that is a URL the parts that make
// it one are hidden too, since servers like to quote a path.
type Mask struct {
	replacer *strings.Replacer
}

// shortestSecret is how long a secret must be: a mask for less would hit words
// that are none, and guessing it would be no work.
const shortestSecret = 4

// NewMask returns the mask of the secrets among the inputs.
func NewMask(m *Manifest, inputs Inputs) *Mask {
	type pair struct{ text, mask string }
	var pairs []pair
	for i := range m.Inputs {
		in := &m.Inputs[i]
		secret := inputs[in.Name]
		if in.Type != TypeSecret || len(secret) < shortestSecret {
			continue
		}
		for _, text := range spellings(secret) {
			pairs = append(pairs, pair{text, "$" + in.Env})
		}
	}
	// The longest first, so that no part of a secret hides it by half.
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(len(b.text), len(a.text)) })
	var list []string
	for _, p := range pairs {
		list = append(list, p.text, p.mask)
	}
	return &Mask{replacer: strings.NewReplacer(list...)}
}

// Text returns s without the secrets.
func (m *Mask) Text(s string) string {
	if m == nil || m.replacer == nil {
		return s
	}
	return m.replacer.Replace(s)
}

// Header returns the value of a header without the secrets. Credentials that
// no input is found in, such as a session's, are hidden whole, but for the
// scheme before them; so are those of Basic, whose base64 has bits of a secret
// on both sides of what is found of it.
func (m *Mask) Header(name, value string) string {
	masked := m.Text(value)
	if !isCredential(name) || masked != value && !strings.HasPrefix(strings.ToLower(value), "basic ") {
		return masked
	}
	if scheme, _, ok := strings.Cut(value, " "); ok {
		return scheme + " [secret]"
	}
	return "[secret]"
}

// isCredential reports whether a header says who somebody is.
func isCredential(name string) bool {
	switch http.CanonicalHeaderKey(name) {
	case "Authorization", "Proxy-Authorization", "Cookie", "Set-Cookie", "Private-Token", "Job-Token", "Zsessionid", "X-Api-Key":
		return true
	}
	return false
}

// spellings are the ways in which a secret may stand in a text.
func spellings(secret string) []string {
	parts := []string{secret}
	if u, err := url.Parse(secret); err == nil && u.Host != "" {
		parts = append(parts, urlParts(u)...)
	}
	var all []string
	for _, p := range parts {
		quoted, _ := json.Marshal(p) // cannot fail: it is a string
		all = append(all, p,
			url.QueryEscape(p), url.PathEscape(p), strings.Trim(string(quoted), `"`), strings.Trim(strconv.Quote(p), `"`), html.EscapeString(p),
			base64.StdEncoding.EncodeToString([]byte(p)), base64.URLEncoding.EncodeToString([]byte(p)))
		all = append(all, within(base64.StdEncoding, p)...)
		all = append(all, within(base64.URLEncoding, p)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// within are the characters that a secret has in the base64 of a longer text,
// such as "user:password", wherever it begins there: those that its neighbours
// have no part in.
func within(encoding *base64.Encoding, secret string) []string {
	var all []string
	for before := range 3 {
		from := []int{0, 2, 3}[before]
		whole := encoding.EncodeToString([]byte(strings.Repeat(" ", before) + secret)) // where the text ends with it
		text := strings.TrimRight(whole, "=")
		if (before+len(secret))%3 != 0 {
			text = text[:len(text)-1]
		}
		if len(text)-from >= shortestSecret {
			all = append(all, whole[from:], text[from:])
		}
	}
	return all
}

// urlParts are the parts of a URL that are secret where the URL is.
func urlParts(u *url.URL) []string {
	var parts []string
	add := func(texts ...string) {
		for _, t := range texts {
			if telling(t) {
				parts = append(parts, t)
			}
		}
	}
	if p := u.RequestURI(); len(p) >= 8 {
		parts = append(parts, p)
	}
	if len(u.Path) >= 8 {
		parts = append(parts, u.Path)
	}
	add(strings.Split(u.Path, "/")...)
	query := u.Query()
	for _, values := range query {
		add(values...) // the order is of no matter: they are sorted by length and text
	}
	if password, ok := u.User.Password(); ok {
		parts = append(parts, password)
	}
	return parts
}

// telling reports whether a part of a URL is more than a word of its pattern.
func telling(part string) bool {
	return len(part) >= 8 && strings.ContainsAny(part, "0123456789") || len(part) >= 20
}

// basic returns what stands for credentials of Basic in a text.
func basic(user, password string) string {
	return base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
}

// BasicAuth returns the value of an Authorization header.
func BasicAuth(user, password string) string { return "Basic " + basic(user, password) }
