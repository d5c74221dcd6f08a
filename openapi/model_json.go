package openapi

import (
	"math"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// appendJSON appends the value as JSON text. Numbers that YAML writes in its
// own way come out as JSON numerals; what JSON cannot say, infinity, as null.
func (n *Node) appendJSON(b []byte) []byte {
	switch n.Kind() {
	case Bool:
		return append(b, n.text...)
	case Number:
		return appendNumber(b, n.text)
	case String:
		return appendQuoted(b, n.text)
	case Array:
		b = append(b, '[')
		for i, c := range n.kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = c.appendJSON(b)
		}
		return append(b, ']')
	case Object:
		b = append(b, '{')
		for i, c := range n.kids {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendQuoted(b, c.key)
			b = append(b, ':')
			b = c.appendJSON(b)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func appendNumber(b []byte, text string) []byte {
	if i, err := strconv.ParseInt(text, 10, 64); err == nil && text[0] != '+' && !leadingZero(text) {
		return strconv.AppendInt(b, i, 10)
	}
	f, ok := parseNumber(text)
	if !ok || math.IsInf(f, 0) || math.IsNaN(f) {
		return append(b, "null"...)
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e21 {
		return strconv.AppendFloat(b, f, 'f', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'g', -1, 64)
}

// appendQuoted cannot fail: the text of a node is UTF-8, and what is not is
// replaced.
func appendQuoted(b []byte, s string) []byte {
	b, _ = jsontext.AppendQuote(b, s)
	return b
}
