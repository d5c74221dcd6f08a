package rest

import (
	"slices"
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
	var words map[string]bool
	if in.Len() > 16 { // long lists are of words
		words = make(map[string]bool, in.Len())
		for _, n := range in.Children() {
			if n.Is(openapi.String) {
				words[n.Text()] = true
			}
		}
	}
	for _, n := range from.Children() {
		if words != nil && n.Is(openapi.String) {
			if !words[n.Text()] {
				list = append(list, n)
			}
			continue
		}
		if !slices.ContainsFunc(in.Children(), func(m *openapi.Node) bool { return sameValue(n, m) }) {
			list = append(list, n)
		}
	}
	return list
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
