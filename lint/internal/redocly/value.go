package redocly

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// typeOf is the type of a value as messages name it.
func typeOf(n *openapi.Node) string {
	switch {
	case n == nil:
		return "nothing"
	case n.Is(openapi.Number) && isInteger(n):
		return "an integer"
	}
	return n.Kind().WithArticle()
}

func isInteger(n *openapi.Node) bool {
	_, ok := n.Int()
	return ok
}

// isOfType reports whether a value is of a type of JSON Schema.
func isOfType(n *openapi.Node, kind string, nullable bool) bool {
	if nullable && n.Is(openapi.Null) {
		return true
	}
	switch kind {
	case "array":
		return n.Is(openapi.Array)
	case "object":
		return n.Is(openapi.Object)
	case "null":
		return n.Is(openapi.Null)
	case "integer":
		return n.Is(openapi.Number) && isInteger(n)
	case "string":
		return n.Is(openapi.String)
	case "number":
		return n.Is(openapi.Number)
	case "boolean":
		return n.Is(openapi.Bool)
	}
	return false
}

// longest bounds how much of a text a message shows.
const longest = 80

// quoted is a value in a message.
func quoted(n *openapi.Node) string {
	switch {
	case n == nil:
		return "nothing"
	case n.Is(openapi.Object), n.Is(openapi.Array):
		return n.Kind().WithArticle()
	case n.Is(openapi.String):
		return fmt.Sprintf("%q", short(n.Text()))
	}
	return short(n.Text())
}

func short(text string) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "…"
}

// equal reports whether two values are the same in all that they hold.
func equal(a, b *openapi.Node) bool { return jsonschema.Equal(a, b) }

// filled reports that a member is missing or empty.
func filled(c *typed.Context, field string) {
	if !c.Node.Is(openapi.Object) {
		return
	}
	v := c.Node.Get(field)
	switch {
	case v == nil:
		c.Report(c.At().Child(field).Key(), fmt.Sprintf("%s has no %s", spoken(c.Type.Name), field))
	case !ecma.Truthy(v):
		c.Report(c.At().Child(field).Key(), fmt.Sprintf("%s of %s is empty", field, spoken(c.Type.Name)))
	}
}

// spoken is a kind of object in a sentence: "the operation".
func spoken(kind string) string {
	var b strings.Builder
	b.WriteString("the")
	for i, r := range kind {
		if i == 0 || r >= 'A' && r <= 'Z' && !(i > 1 && kind[i-1] >= 'A' && kind[i-1] <= 'Z') {
			b.WriteByte(' ')
		}
		b.WriteString(strings.ToLower(string(r)))
	}
	return b.String()
}

// keys are the names of an object's members.
func keys(n *openapi.Node) []string {
	if !n.Is(openapi.Object) {
		return nil
	}
	list := make([]string, n.Len())
	for i, c := range n.Children() {
		list[i] = c.Key()
	}
	return list
}
