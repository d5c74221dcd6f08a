package webhook

import (
	"bytes"
	"encoding/json"

	"github.com/plumbapi/plumb/openapi"
)

// appendJSON writes a value of a description as JSON, members in their order.
func appendJSON(b []byte, n *openapi.Node) []byte {
	switch n.Kind() {
	case openapi.Object:
		b = append(b, '{')
		for i, c := range n.Children() {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(b, quoteJSON(c.Key())...), ':')
			b = appendJSON(b, c)
		}
		return append(b, '}')
	case openapi.Array:
		b = append(b, '[')
		for i, c := range n.Children() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, c)
		}
		return append(b, ']')
	case openapi.String:
		return append(b, quoteJSON(n.Text())...)
	case openapi.Bool:
		return append(b, n.Text()...)
	case openapi.Number:
		if json.Valid([]byte(n.Text())) {
			return append(b, n.Text()...)
		}
		if f, ok := n.Float(); ok {
			if text, err := json.Marshal(f); err == nil {
				return append(b, text...)
			}
		}
	}
	return append(b, "null"...)
}

func quoteJSON(s string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return []byte(`""`)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// unquote returns the text of a JSON string, "" where it is none.
func unquote(token string) string {
	var s string
	if token == "" || json.Unmarshal([]byte(token), &s) != nil {
		return ""
	}
	return s
}
