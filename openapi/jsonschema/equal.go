package jsonschema

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// Equal reports whether two values are the same JSON: numbers by value, objects
// regardless of order.
func Equal(a, b *openapi.Node) bool { return equal(a, b) }

// equal reports whether two values are the same JSON: numbers by value,
// objects regardless of order.
func equal(a, b *openapi.Node) bool {
	if a.Kind() != b.Kind() || a.Len() != b.Len() {
		return false
	}
	switch a.Kind() {
	case openapi.Number:
		if a.Text() == b.Text() {
			return true
		}
		x, _ := a.Float()
		y, _ := b.Float()
		return x == y
	case openapi.Array:
		for i, c := range a.Children() {
			if !equal(c, b.At(i)) {
				return false
			}
		}
		return true
	case openapi.Object:
		for _, c := range a.Children() {
			if d := b.Get(c.Key()); d == nil || !equal(c, d) {
				return false
			}
		}
		return true
	}
	return a.Text() == b.Text()
}

// firstEqual finds the pair of equal values that ajv names: of the last one
// that has an equal before it, that one with the last such.
func firstEqual(list []*openapi.Node) (i, j int, ok bool) {
	if len(list) <= shortList {
		for j = len(list) - 1; j > 0; j-- {
			for i = j - 1; i >= 0; i-- {
				if equal(list[i], list[j]) {
					return i, j, true
				}
			}
		}
		return 0, 0, false
	}
	last := make(map[string]int, len(list))
	for k, n := range list {
		key := canonical(n)
		if p, found := last[key]; found {
			i, j, ok = p, k, true
		}
		last[key] = k
	}
	return i, j, ok
}

// shortList is the number of values up to which each is compared with each.
const shortList = 16

// canonical writes a value so that equal values, and only they, are written
// alike.
func canonical(n *openapi.Node) string {
	if n.Is(openapi.String) {
		return `"` + n.Text()
	}
	var b strings.Builder
	writeCanonical(&b, n)
	return b.String()
}

func writeCanonical(b *strings.Builder, n *openapi.Node) {
	switch n.Kind() {
	case openapi.String:
		b.WriteString(strconv.Quote(n.Text()))
	case openapi.Number:
		f, _ := n.Float()
		if f == 0 {
			f = 0 // not -0
		}
		b.WriteString(strconv.FormatFloat(f, 'g', -1, 64))
	case openapi.Array:
		b.WriteByte('[')
		for _, c := range n.Children() {
			writeCanonical(b, c)
			b.WriteByte(',')
		}
		b.WriteByte(']')
	case openapi.Object:
		members := slices.Clone(n.Children())
		slices.SortFunc(members, func(x, y *openapi.Node) int { return strings.Compare(x.Key(), y.Key()) })
		b.WriteByte('{')
		for _, c := range members {
			b.WriteString(strconv.Quote(c.Key()))
			writeCanonical(b, c)
			b.WriteByte(',')
		}
		b.WriteByte('}')
	default:
		b.WriteString(n.Text())
	}
}

// enum is a list of allowed values.
type enum struct {
	node    *openapi.Node
	strings map[string]bool // only long lists
	others  []*openapi.Node
}

// longEnum is the number of values from which a list has a map.
const longEnum = 8

func newEnum(v *openapi.Node) *enum {
	e := &enum{node: v, others: v.Children()}
	if v.Len() < longEnum {
		return e
	}
	e.strings, e.others = map[string]bool{}, nil
	for _, n := range v.Children() {
		if s, ok := n.Str(); ok {
			e.strings[s] = true
		} else {
			e.others = append(e.others, n)
		}
	}
	return e
}

func (e *enum) has(v *openapi.Node) bool {
	if e.strings != nil && v.Is(openapi.String) {
		return e.strings[v.Text()]
	}
	for _, n := range e.others {
		if equal(n, v) {
			return true
		}
	}
	return false
}

func isWhole(f float64) bool { return f == math.Trunc(f) && !math.IsInf(f, 0) }
