package gql

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/graphql"
)

// noun is what a type is called in a message.
func noun(t *graphql.Type) string {
	if t.Kind == graphql.Object {
		return "object type"
	}
	return t.Kind.Keyword()
}

func article(t *graphql.Type) string {
	switch n := noun(t); n[0] {
	case 'o', 'i', 'e':
		return "an " + n
	default:
		return "a " + n
	}
}

// coordinate names an element in a message.
func coordinate(e graphql.Element) string {
	if c := e.Coordinate(); c != "" {
		return c
	}
	return "the schema"
}

func wasDeprecated(e graphql.Element) string {
	if e.Base().Deprecated != nil {
		return "deprecated "
	}
	return ""
}

// forReason adds the reason of a deprecation to a sentence, if somebody wrote
// one.
func forReason(d *graphql.Deprecation) string {
	if !d.HasReason() {
		return ""
	}
	return ": " + quote(d.Reason)
}

func butWas(d *graphql.Deprecation) string {
	if !d.HasReason() {
		return ""
	}
	return "; the reason was " + quote(d.Reason)
}

func withDefault(v *graphql.InputValue) string {
	if v.Default == nil {
		return v.Type.String()
	}
	return v.Type.String() + ", " + clip(v.Default.String()) + " by default"
}

// values says how a value changed; nil is none.
func values(old, new *graphql.Value) string {
	switch {
	case old == nil:
		return "is now " + clip(new.String()) + "; there was none"
	case new == nil:
		return "was removed; it was " + clip(old.String())
	}
	return "changed from " + clip(old.String()) + " to " + clip(new.String())
}

// texts says how a text changed; "" is none.
func texts(old, new string) string {
	switch {
	case old == "":
		return "was added: " + quote(new)
	case new == "":
		return "was removed; it was " + quote(old)
	}
	if from := difference(old, new); from > 0 {
		old, new = "…"+old[from:], "…"+new[from:]
	}
	return "changed from " + quote(old) + " to " + quote(new)
}

// shown is how much of a text a message shows, in bytes, and before how much
// of what is the same.
const (
	shown   = 100
	context = 24
)

// difference returns where two texts are to be shown from so that the
// difference is seen: the start, or a little before what differs, at the start
// of a word where there is one.
func difference(a, b string) int {
	if len(a) <= shown && len(b) <= shown {
		return 0
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i <= shown/2 {
		return 0
	}
	from := i - context
	if space := strings.IndexByte(a[from:i], ' '); space >= 0 {
		return from + space + 1
	}
	for !utf8.RuneStart(a[from]) {
		from--
	}
	return from
}

// quote quotes the start of a text.
func quote(s string) string {
	if len(s) <= shown {
		return strconv.Quote(s)
	}
	return strconv.Quote(cut(s) + "…")
}

// clip shortens what needs no quotes.
func clip(s string) string {
	if len(s) <= shown {
		return s
	}
	return cut(s) + "…"
}

// cut returns the start of a long text, up to the end of a word where there is
// one, and never in the midst of a character.
func cut(s string) string {
	end := shown
	for !utf8.RuneStart(s[end]) {
		end--
	}
	if space := strings.LastIndexByte(s[:end], ' '); space > shown/2 {
		end = space
	}
	return s[:end]
}
