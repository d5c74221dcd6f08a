package site

import (
	"strconv"
	"unicode/utf8"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// maxExample bounds an example that is shown, in bytes; the rest is cut with a
// mark.
const maxExample = 24 << 10

// appendJSON appends a value as JSON, indented by two spaces a level; with a
// negative indent on one line.
func appendJSON(b []byte, n *openapi.Node, indent, depth int) []byte {
	switch n.Kind() {
	case openapi.Object, openapi.Array:
		object := n.Kind() == openapi.Object
		open, end := byte('['), byte(']')
		if object {
			open, end = '{', '}'
		}
		b = append(b, open)
		for i, c := range n.Children() {
			if i > 0 {
				b = append(b, ',')
				if indent < 0 {
					b = append(b, ' ')
				}
			}
			b = newline(b, indent, depth+1)
			if object {
				b = append(appendQuoted(b, c.Key()), ": "...)
			}
			if len(b) > maxExample {
				b = append(b, "…"...)
				break
			}
			b = appendJSON(b, c, indent, depth+1)
		}
		if n.Len() > 0 {
			b = newline(b, indent, depth)
		}
		return append(b, end)
	case openapi.String:
		return appendQuoted(b, n.Text())
	}
	return append(b, n.Text()...)
}

// appendValue does the same for a value that was made.
func appendValue(b []byte, v *sample.Value, depth int) []byte {
	switch v.Kind {
	case openapi.Object:
		b = append(b, '{')
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendQuoted(newline(b, 2, depth+1), m.Name), ": "...)
			if len(b) > maxExample {
				b = append(b, "…"...)
				break
			}
			b = appendValue(b, m.Value, depth+1)
		}
		if len(v.Members) > 0 {
			b = newline(b, 2, depth)
		}
		return append(b, '}')
	case openapi.Array:
		b = append(b, '[')
		for i, item := range v.Items {
			if i > 0 {
				b = append(b, ',')
			}
			if b = newline(b, 2, depth+1); len(b) > maxExample {
				b = append(b, "…"...)
				break
			}
			b = appendValue(b, item, depth+1)
		}
		if len(v.Items) > 0 {
			b = newline(b, 2, depth)
		}
		return append(b, ']')
	}
	return v.Append(b)
}

func newline(b []byte, indent, depth int) []byte {
	if indent < 0 {
		return b
	}
	b = append(b, '\n')
	for range depth * indent {
		b = append(b, ' ')
	}
	return b
}

// appendQuoted appends a string as JSON, readable: only what must be escaped is.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r < ' ':
			const hex = "0123456789abcdef"
			b = append(b, `\u00`...)
			b = append(b, hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

func variantName(i int) string { return strconv.Itoa(i + 1) }
