package ecma

import "github.com/plumbapi/plumb/openapi"

// Length is the length of a text as JavaScript counts it, in UTF-16 units.
func Length(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Truthy reports whether JavaScript takes the value for true: it is there, and
// neither null, false, 0 nor the empty string.
func Truthy(n *openapi.Node) bool {
	switch n.Kind() {
	case openapi.Bool:
		return n.IsTrue()
	case openapi.Number:
		f, ok := n.Float()
		return ok && f == f && f != 0
	case openapi.String:
		return n.Text() != ""
	case openapi.Array, openapi.Object:
		return true
	}
	return false
}
