package headers

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// WebLink is one link of a Link field.
type WebLink struct {
	Target string
	// Relations are in lower case, in their order.
	Relations []string
}

// Has reports whether the link has the relation.
func (l *WebLink) Has(relation string) bool {
	for _, r := range l.Relations {
		if r == relation {
			return true
		}
	}
	return false
}

// FormatLink writes a link as the field does. The target must be a URL or a
// path, escaped as such, and the relation a registered one.
func FormatLink(target, relation string) string {
	return "<" + target + `>; rel="` + relation + `"`
}

// ParseLinks reads Link fields, each with any number of links (RFC 8288). With
// an error come the links before it.
func ParseLinks(fields ...string) ([]WebLink, error) {
	var list []WebLink
	for _, field := range fields {
		rest := strings.TrimLeft(field, " \t,")
		for rest != "" {
			var l WebLink
			var err error
			if l, rest, err = parseLink(rest); err != nil {
				return list, err
			}
			list = append(list, l)
			if rest = strings.TrimLeft(rest, " \t"); rest != "" && rest[0] != ',' {
				return list, fmt.Errorf("expected a comma before %q", clip(rest))
			}
			rest = strings.TrimLeft(rest, " \t,")
		}
	}
	return list, nil
}

// parseLink reads one link and returns what follows it.
func parseLink(text string) (l WebLink, rest string, err error) {
	target, ok := strings.CutPrefix(text, "<")
	end := strings.IndexByte(target, '>')
	if !ok || end < 0 {
		return l, "", fmt.Errorf("expected <, a URL and > at %q", clip(text))
	}
	l.Target, rest = target[:end], target[end+1:]
	if _, err := url.Parse(l.Target); err != nil || strings.ContainsAny(l.Target, " \"<\\^`{|}") {
		return l, "", fmt.Errorf("%q is no URL", clip(l.Target))
	}
	seen := false
	for {
		next := strings.TrimLeft(rest, " \t")
		parameter, ok := strings.CutPrefix(next, ";")
		if !ok {
			return l, next, nil
		}
		var name, value string
		if name, value, rest, err = parseParameter(strings.TrimLeft(parameter, " \t")); err != nil {
			return l, "", err
		}
		if strings.EqualFold(name, "rel") && !seen { // a second one does not count
			seen = true
			l.Relations = strings.Fields(strings.ToLower(value))
		}
	}
}

// parseParameter reads a name and a value, which may be missing.
func parseParameter(text string) (name, value, rest string, err error) {
	n := tokenLen(text)
	name, rest = text[:n], strings.TrimLeft(text[n:], " \t")
	if n == 0 {
		if text == "" || text[0] == ';' || text[0] == ',' {
			return "", "", text, nil // an empty one
		}
		return "", "", "", fmt.Errorf("expected the name of a parameter at %q", clip(text))
	}
	value, ok := strings.CutPrefix(rest, "=")
	if !ok {
		return name, "", rest, nil
	}
	value = strings.TrimLeft(value, " \t")
	if !strings.HasPrefix(value, `"`) {
		if n = tokenLen(value); n == 0 {
			return "", "", "", fmt.Errorf("the parameter %q has no value", name)
		}
		return name, value[:n], value[n:], nil
	}
	var b strings.Builder
	for i := 1; i < len(value); i++ {
		switch c := value[i]; {
		case c == '"':
			return name, b.String(), value[i+1:], nil
		case c == '\\' && i+1 < len(value):
			i++
			b.WriteByte(value[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", "", errors.New("a quoted text does not end")
}

// tokenLen returns the length of the token that a text begins with.
func tokenLen(text string) int {
	n := 0
	for n < len(text) && (strings.IndexByte("!#$%&'*+-.^_`|~", text[n]) >= 0 || '0' <= text[n] && text[n] <= '9' || 'a' <= text[n]|32 && text[n]|32 <= 'z') {
		n++
	}
	return n
}

// clip cuts a text that is shown.
func clip(text string) string {
	const most = 80
	if len(text) > most {
		return text[:most] + "…"
	}
	return text
}
