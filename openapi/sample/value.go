package sample

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/plumbapi/plumb/openapi"
)

// Value is a JSON value that was made. Members of objects keep their order.
type Value struct {
	Kind openapi.Kind
	// Text is that of a scalar: a string's characters, a numeral, "true",
	// "false" or "null".
	Text    string
	Items   []*Value
	Members []Member
}

// Member is one member of an object.
type Member struct {
	Name  string
	Value *Value
}

// String returns a string as a value.
func String(text string) *Value { return &Value{Kind: openapi.String, Text: text} }

// Of returns the value of a node: an example in a description.
func Of(n *openapi.Node) *Value {
	v := &Value{Kind: n.Kind(), Text: n.Text()}
	switch v.Kind {
	case openapi.Array:
		for _, c := range n.Children() {
			v.Items = append(v.Items, Of(c))
		}
	case openapi.Object:
		for _, c := range n.Children() {
			v.Members = append(v.Members, Member{c.Key(), Of(c)})
		}
	case openapi.Number:
		v.Text = numeral(n)
	case 0:
		v.Kind, v.Text = openapi.Null, "null"
	}
	return v
}

// numeral returns a number as JSON writes it: YAML has more ways.
func numeral(n *openapi.Node) string {
	if jsontext.Value(n.Text()).IsValid() {
		return n.Text()
	}
	f, ok := n.Float()
	if text := strconv.FormatFloat(f, 'f', -1, 64); ok && jsontext.Value(text).IsValid() {
		return text
	}
	return "0" // infinity, or no number
}

// Parse reads a JSON text.
func Parse(text string) (*Value, error) {
	if !jsontext.Value(text).IsValid() {
		return nil, errors.New("the text is no JSON")
	}
	n, err := node([]byte(text))
	if err != nil {
		return nil, err
	}
	return Of(n), nil
}

// node returns the value as a node, as validators take it.
func (v *Value) node() (*openapi.Node, error) {
	if v.Kind == openapi.String {
		return openapi.NewString(v.Text), nil
	}
	return node(v.Append(nil))
}

// node reads a JSON text. Only arrays and objects are known as JSON by how
// they begin: anything else is read as the item of one.
func node(text []byte) (*openapi.Node, error) {
	text = bytes.TrimSpace(text)
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') {
		return openapi.ParseTree("", text)
	}
	n, err := openapi.ParseTree("", slices.Concat([]byte("["), text, []byte("]")))
	return n.At(0), err
}

// Get returns the member with the name, nil where there is none.
func (v *Value) Get(name string) *Value {
	for i := range v.Members {
		if v.Members[i].Name == name {
			return v.Members[i].Value
		}
	}
	return nil
}

// JSON returns the value as JSON on one line.
func (v *Value) JSON() string { return string(v.Append(nil)) }

// Append appends the value as JSON on one line.
func (v *Value) Append(b []byte) []byte {
	switch v.Kind {
	case openapi.String:
		return appendQuoted(b, v.Text)
	case openapi.Array:
		b = append(b, '[')
		for i, item := range v.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.Append(b)
		}
		return append(b, ']')
	case openapi.Object:
		b = append(b, '{')
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(b, m.Name), ':')
			b = m.Value.Append(b)
		}
		return append(b, '}')
	}
	return append(b, v.Text...)
}

func appendQuoted(b []byte, text string) []byte {
	out, err := jsontext.AppendQuote(b, strings.ToValidUTF8(text, "\uFFFD"))
	if err != nil {
		return append(b, `""`...)
	}
	return out
}

// Set puts a value at a JSON Pointer. Objects on the way that are missing are
// made; "-" and the length of an array stand for a new item at its end.
func (v *Value) Set(pointer string, to *Value) error {
	tokens, err := openapi.ParsePointer(pointer)
	if err != nil {
		return err
	}
	at := v
	for _, token := range tokens {
		if at, err = at.child(token); err != nil {
			return fmt.Errorf("set %q: %w", pointer, err)
		}
	}
	*at = *to
	return nil
}

// child returns the member or item that a token names, made where it is
// missing.
func (v *Value) child(token string) (*Value, error) {
	switch v.Kind {
	case openapi.Array:
		i, err := strconv.Atoi(token)
		if token == "-" || err == nil && i == len(v.Items) {
			v.Items = append(v.Items, &Value{Kind: openapi.Null, Text: "null"})
			return v.Items[len(v.Items)-1], nil
		}
		if err != nil || i < 0 || i > len(v.Items) {
			return nil, fmt.Errorf("%q is no item of an array of %d", token, len(v.Items))
		}
		return v.Items[i], nil
	case openapi.Object:
		if c := v.Get(token); c != nil {
			return c, nil
		}
	case openapi.Null, 0:
		v.Kind, v.Text = openapi.Object, ""
	default:
		return nil, fmt.Errorf("%q leads into %s", token, v.Kind.WithArticle())
	}
	v.Members = append(v.Members, Member{token, &Value{Kind: openapi.Null, Text: "null"}})
	return v.Members[len(v.Members)-1].Value, nil
}
