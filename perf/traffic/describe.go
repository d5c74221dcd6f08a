package traffic

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// describe says in a few words what is wrong with an answer: the place, with *
// for the indexes of arrays, what is there and what is wanted. No value of the
// answer is in it, so that there are few different ones and none tells what
// nobody should see. The last error is that of the outermost keyword.
func describe(errs []jsonschema.Error) string {
	e := &errs[len(errs)-1]
	at := pointer(e.Instance)
	if at == "" {
		at = "the body"
	}
	switch e.Keyword {
	case "type":
		return fmt.Sprintf("%s is %s, want %s", at, kind(e.Instance), e.Text)
	case "required":
		return fmt.Sprintf("%s lacks %q", at, short(e.Property))
	case "additionalProperties", "unevaluatedProperties":
		return at + " has a member that is not described"
	case "enum", "const":
		return at + " is none of the values that are described"
	case "format", "pattern":
		return fmt.Sprintf("%s has not the %s %s", at, e.Keyword, short(e.Schema.Get(e.Keyword).Text()))
	case "oneOf":
		if e.Values[1] > 0 {
			return at + " matches more than one of oneOf"
		}
		return at + " matches none of oneOf"
	case "anyOf":
		return at + " matches none of anyOf"
	case "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties":
		return fmt.Sprintf("%s breaks %s %d", at, e.Keyword, e.Values[0])
	case "false schema":
		return at + " is there, and must not be"
	}
	return fmt.Sprintf("%s breaks %s", at, e.Keyword)
}

func kind(n *openapi.Node) string { return n.Kind().WithArticle() }

// pointer returns the JSON Pointer of a value with * for indexes. Below a map
// its keys are data too; they cannot be told apart, but are cut short.
func pointer(n *openapi.Node) string {
	var tokens []string
	for ; n.Parent() != nil; n = n.Parent() {
		if n.Parent().Is(openapi.Array) {
			tokens = append(tokens, "*")
		} else {
			tokens = append(tokens, short(n.Key()))
		}
	}
	var b strings.Builder
	for i := len(tokens) - 1; i >= 0; i-- {
		b.WriteByte('/')
		b.WriteString(strings.NewReplacer("~", "~0", "/", "~1").Replace(tokens[i]))
	}
	return b.String()
}

// short bounds a name, and leaves out what a terminal would act on.
func short(name string) string {
	const most = 40
	name = plainText(name)
	if len(name) <= most {
		return name
	}
	cut := most
	for cut > 0 && name[cut]&0xC0 == 0x80 {
		cut--
	}
	return name[:cut] + "…"
}

func plainText(s string) string {
	return strings.Map(func(c rune) rune {
		if c < 0x20 || c >= 0x7f && c < 0xa0 || c == 0x2028 || c == 0x2029 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return '?'
		}
		return c
	}, s)
}
