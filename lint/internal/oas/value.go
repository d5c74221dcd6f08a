package oas

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// kindOf names the kind of a value as a sentence would: "an object".
func kindOf(n *openapi.Node) string { return n.Kind().WithArticle() }

// quoted shows a value in a message: strings quoted, containers by kind.
func quoted(n *openapi.Node) string {
	switch {
	case n.Is(openapi.String):
		return strconv.Quote(n.Text())
	case container(n):
		return kindOf(n)
	}
	return n.Text()
}

// canonical writes a value so that equal values give equal texts: members
// sorted, numbers by value.
func canonical(doc *openapi.Document, n *openapi.Node) string {
	if n.Is(openapi.String) {
		return `"` + n.Text() // cannot equal another kind's text
	}
	var b strings.Builder
	writeCanonical(&b, doc, n, 0)
	return b.String()
}

// maxCanonical is how deep values are compared. References can make a value
// infinite.
const maxCanonical = 100

func writeCanonical(b *strings.Builder, doc *openapi.Document, n *openapi.Node, depth int) {
	if depth > maxCanonical {
		return
	}
	switch n = resolved(doc, n); n.Kind() {
	case openapi.Number:
		f, _ := n.Float()
		b.WriteString(strconv.FormatFloat(f, 'g', -1, 64))
	case openapi.String:
		b.WriteString(strconv.Quote(n.Text()))
	case openapi.Array:
		b.WriteByte('[')
		for _, c := range n.Children() {
			writeCanonical(b, doc, c, depth+1)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case openapi.Object:
		members := slices.Clone(n.Children())
		slices.SortFunc(members, func(a, b *openapi.Node) int { return strings.Compare(a.Key(), b.Key()) })
		b.WriteByte('{')
		for _, c := range members {
			b.WriteString(strconv.Quote(c.Key()))
			b.WriteByte(':')
			writeCanonical(b, doc, c, depth+1)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	default:
		b.WriteString(n.Text())
	}
}

// jsString turns a value into text as JavaScript's String does.
func jsString(n *openapi.Node) string {
	switch n.Kind() {
	case 0:
		return "undefined"
	case openapi.Object:
		return "[object Object]"
	case openapi.Array:
		parts := make([]string, n.Len())
		for i, c := range n.Children() {
			if !c.Is(openapi.Null) {
				parts[i] = jsString(c)
			}
		}
		return strings.Join(parts, ",")
	}
	return n.Text()
}

// jsNumber reads text as JavaScript's Number does, as far as texts in
// descriptions go; false means NaN.
func jsNumber(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	switch strings.TrimLeft(s, "+-") {
	case "":
		return 0, s == ""
	case "Infinity":
		if s[0] == '-' {
			return math.Inf(-1), true
		}
		return math.Inf(1), true
	}
	if strings.ContainsAny(s, "_pPnN") {
		return 0, false
	}
	if len(s) > 2 && s[0] == '0' && strings.ContainsAny(s[1:2], "xXoObB") {
		i, err := strconv.ParseUint(s, 0, 64)
		return float64(i), err == nil
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}
