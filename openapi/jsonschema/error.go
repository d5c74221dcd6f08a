package jsonschema

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Error is one way in which a value does not match a schema.
type Error struct {
	// Keyword is the keyword that fails: "type", "required"; "false schema"
	// where the schema is false.
	Keyword string
	// Instance is the value that fails it. Within propertyNames it is the
	// member whose name fails, and Name is that name.
	Instance *openapi.Node
	Name     string
	// Schema is the schema that holds the keyword.
	Schema *openapi.Node
	// Property is the property that is missing, or too much.
	Property string
	// Text says what was expected, where it is not a node: the types, the
	// property that needs another, the text of errorMessage.
	Text string
	// Values are the keyword's numbers: a limit and what was counted, the
	// places of equal items, the alternatives that match.
	Values [2]int
}

// Message says in one sentence what is wrong, the value quoted.
func (e *Error) Message() string {
	switch e.Keyword {
	case "type":
		if e.container() {
			return fmt.Sprintf("value is %s, not %s", e.Instance.Kind().WithArticle(), anyOf(e.Text))
		}
		if e.Instance.Kind() == openapi.Null {
			return "value is null, not " + anyOf(e.Text)
		}
		return fmt.Sprintf("value %s is %s, not %s", e.value(), e.kind().WithArticle(), anyOf(e.Text))
	case "required":
		return fmt.Sprintf("property %q is missing", e.Property)
	case "dependencies", "dependentRequired":
		return fmt.Sprintf("property %q is missing, which %q needs", e.Property, e.Text)
	case "additionalProperties":
		return fmt.Sprintf("property %q is not expected here", e.Property)
	case "unevaluatedProperties":
		return fmt.Sprintf("property %q is not expected here", e.Property)
	case "propertyNames":
		return fmt.Sprintf("property name %q is not allowed", e.Property)
	case "enum":
		if values := e.Schema.Get("enum"); values.Len() == 1 {
			return fmt.Sprintf("value %s is not %s", e.value(), quoted(values.At(0)))
		}
		return fmt.Sprintf("value %s is none of %s", e.value(), quotedList(e.Schema.Get("enum")))
	case "const":
		return fmt.Sprintf("value %s is not %s", e.value(), quoted(e.Schema.Get("const")))
	case "maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf":
		return fmt.Sprintf("value %s is %s %s", e.value(), e.Text, e.Schema.Get(e.Keyword).Text())
	case "pattern":
		return fmt.Sprintf("value %s does not match the pattern %q", e.value(), e.Schema.Get("pattern").Text())
	case "format":
		return fmt.Sprintf("value %s is not of the format %q", e.value(), e.Schema.Get("format").Text())
	case "maxLength", "minLength":
		return fmt.Sprintf("value %s has %s, %s", e.value(), plural(e.Values[1], "character"), e.limit("maxLength"))
	case "maxItems", "minItems":
		return fmt.Sprintf("array has %s, %s", plural(e.Values[1], "item"), e.limit("maxItems"))
	case "maxProperties", "minProperties":
		return fmt.Sprintf("object has %s, %s", properties(e.Values[1]), e.limit("maxProperties"))
	case "items", "additionalItems", "unevaluatedItems":
		return fmt.Sprintf("array has %s, more than %d", plural(e.Instance.Len(), "item"), e.Values[0])
	case "uniqueItems":
		return fmt.Sprintf("items %d and %d of the array are equal", e.Values[0], e.Values[1])
	case "contains":
		return fmt.Sprintf("array has %s that contains asks for, %s", plural(e.Values[1], "item"), e.Text)
	case "oneOf":
		if e.Values[1] > 0 {
			return fmt.Sprintf("value matches more than one schema of oneOf: the %s and the %s", ordinal(e.Values[0]), ordinal(e.Values[1]))
		}
		return "value matches no schema of oneOf"
	case "anyOf":
		return "value matches no schema of anyOf"
	case "not":
		return "value matches a schema that it must not match"
	case "if":
		return fmt.Sprintf("value does not match the schema of %q", e.Text)
	case "false schema":
		return "no value is allowed here"
	}
	return e.Text
}

// limit says how a count misses the limit of the keyword.
func (e *Error) limit(upper string) string {
	if e.Keyword == upper {
		return fmt.Sprintf("more than %d", e.Values[0])
	}
	return fmt.Sprintf("fewer than %d", e.Values[0])
}

func (e *Error) kind() openapi.Kind {
	if e.Name != "" {
		return openapi.String
	}
	return e.Instance.Kind()
}

func (e *Error) container() bool {
	return e.Name == "" && (e.Instance.Is(openapi.Array) || e.Instance.Is(openapi.Object))
}

func (e *Error) value() string {
	if e.Name != "" {
		return strconv.Quote(shorten(e.Name))
	}
	return quoted(e.Instance)
}

// quoted writes a value for a message: strings quoted, scalars cut, of others
// the kind.
func quoted(n *openapi.Node) string {
	switch n.Kind() {
	case openapi.Array, openapi.Object:
		return n.Kind().WithArticle()
	case openapi.String:
		return strconv.Quote(shorten(n.Text()))
	}
	return shorten(n.Text())
}

// longestValue is how many bytes of a value a message shows.
const longestValue = 60

func shorten(s string) string {
	if len(s) <= longestValue {
		return s
	}
	return strings.ToValidUTF8(s[:longestValue], "") + "…"
}

// longestList is how many values of an enum a message shows.
const longestList = 12

func quotedList(n *openapi.Node) string {
	var parts []string
	for i, c := range n.Children() {
		if i == longestList {
			parts = append(parts, fmt.Sprintf("%d more", n.Len()-i))
			break
		}
		parts = append(parts, quoted(c))
	}
	return strings.Join(parts, ", ")
}

// anyOf puts an article before each type of a list.
func anyOf(types string) string {
	parts := strings.Split(types, " or ")
	for i, p := range parts {
		switch p {
		case "null":
		case "integer", "array", "object":
			parts[i] = "an " + p
		default:
			parts[i] = "a " + p
		}
	}
	return strings.Join(parts, " or ")
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

func properties(n int) string {
	if n == 1 {
		return "1 property"
	}
	return strconv.Itoa(n) + " properties"
}

func ordinal(n int) string {
	switch {
	case n%10 == 1 && n%100 != 11:
		return strconv.Itoa(n) + "st"
	case n%10 == 2 && n%100 != 12:
		return strconv.Itoa(n) + "nd"
	case n%10 == 3 && n%100 != 13:
		return strconv.Itoa(n) + "rd"
	}
	return strconv.Itoa(n) + "th"
}
