package rest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// sameValue reports whether two values are equal as JSON: the order of members
// and the way in which a number is written do not matter.
func sameValue(a, b *openapi.Node) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	switch a.Kind() {
	case openapi.Object:
		for _, x := range a.Children() {
			y := b.Get(x.Key())
			if y == nil || !sameValue(x, y) {
				return false
			}
		}
		return true
	case openapi.Array:
		for i, x := range a.Children() {
			if !sameValue(x, b.At(i)) {
				return false
			}
		}
		return true
	case openapi.Number:
		x, _ := a.Float()
		y, _ := b.Float()
		return a.Text() == b.Text() || x == y
	}
	return a.Text() == b.Text()
}

// missing returns the values of a list that another does not have.
func missing(from, in *openapi.Node) []*openapi.Node {
	var list []*openapi.Node
	known := make(map[scalar]bool, in.Len())
	for _, n := range in.Children() {
		if k, ok := scalarOf(n); ok {
			known[k] = true
		}
	}
	for _, n := range from.Children() {
		k, ok := scalarOf(n)
		if ok && known[k] || !ok && slices.ContainsFunc(in.Children(), func(m *openapi.Node) bool { return sameValue(n, m) }) {
			continue
		}
		list = append(list, n)
	}
	return list
}

// scalar is a value that holds no others, in the one way in which equal ones
// are written.
type scalar struct {
	kind openapi.Kind
	text string
}

func scalarOf(n *openapi.Node) (scalar, bool) {
	switch n.Kind() {
	case openapi.Object, openapi.Array:
		return scalar{}, false
	case openapi.Number:
		if v, ok := n.Float(); ok {
			return scalar{openapi.Number, strconv.FormatFloat(v, 'g', -1, 64)}, true
		}
	}
	return scalar{n.Kind(), n.Text()}, true
}

// absent returns the words of a list that another does not have, each once.
func absent(from, in []string) []string {
	var list []string
	for _, w := range from {
		if !slices.Contains(in, w) && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

func sameSet(a, b []string) bool { return len(absent(a, b)) == 0 && len(absent(b, a)) == 0 }

// words returns the strings in a list.
func words(n *openapi.Node) []string {
	var list []string
	for _, c := range n.Children() {
		if s, ok := c.Str(); ok {
			list = append(list, s)
		}
	}
	return list
}

// sameText reports whether two values are written alike and name nothing by a
// reference, so that they cannot differ.
func (c *comparison) sameText(a, b *openapi.Node) bool {
	if a == nil || b == nil {
		return false
	}
	as, ae := a.Offsets()
	bs, be := b.Offsets()
	if ae-as != be-bs || ae <= as || a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	text := a.Source().Text()[as:ae]
	return text == b.Source().Text()[bs:be] && !mayRefer(text)
}

// mayRefer reports whether a text may hold a reference, or what YAML has in
// the place of one.
func mayRefer(text string) bool {
	return strings.Contains(text, "$ref") || strings.ContainsAny(text, "*&")
}
