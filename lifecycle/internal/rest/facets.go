package rest

import (
	"math/big"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// all are the sites that a verb has names for.
const all = ^siteSet(0)

// finder collects the facts of one pair.
type finder struct {
	*comparison
	*pair
}

// compareSchemas finds the facts of a pair.
func (c *comparison) compareSchemas(p *pair) {
	p.turns = c.turnsOf(p.base, p.revision)
	f := finder{c, p}
	f.constants()
	f.bounds()
	f.patterns()
	f.types()
	f.values()
	f.structure()
	f.lists()
	f.members()
	f.life()
}

// add notes a fact at the sites, unless a change to the whole explains it.
func (f *finder) add(v verb, sites siteSet, x fact) {
	x.verb = v
	if f.turns.claims(schemaKind(v), v) {
		return
	}
	if v == oneOfAdded && f.turns&turnedOneOf != 0 {
		sites &= properties
	}
	x.strict, x.loose = sites, sites
	if x.caps == 0 {
		x.caps = ordinary
	}
	f.facts = append(f.facts, x)
}

// changed notes one of three verbs by which side has the keyword.
func (f *finder) changed(k keyword, added, removed, changed verb) {
	x, y := f.base.get(k), f.revision.get(k)
	switch {
	case x == nil && y == nil, x != nil && y != nil && sameValue(x, y):
	case x == nil:
		f.add(added, all, fact{to: shown(y), revision: y})
	case y == nil:
		f.add(removed, all, fact{from: shown(x), base: x})
	default:
		f.add(changed, all, fact{from: shown(x), to: shown(y), base: x, revision: y})
	}
}

// constants are schemas that became false, or stopped being it.
func (f *finder) constants() {
	a, b := f.base, f.revision
	switch {
	case a.always == b.always:
	case b.always == alwaysFalse:
		f.add(becameFalse, all, fact{base: a.node, revision: b.node})
	case a.always == alwaysFalse:
		f.add(becameNotFalse, all, fact{base: a.node, revision: b.node})
	}
	x, y := a.get(kwItems), b.get(kwItems)
	switch {
	case x == nil && isFalse(y):
		f.add(becameFalse, properties, fact{inside: true, revision: y})
	case y == nil && isFalse(x):
		f.add(becameNotFalse, properties, fact{inside: true, base: x})
	}
}

func isFalse(n *openapi.Node) bool {
	v, ok := n.Bool()
	return ok && !v
}

func (f *finder) bounds() {
	for b := range bounds {
		f.bound(b)
	}
	f.multiple()
	switch was, is := f.base.get(kwUniqueItems), f.revision.get(kwUniqueItems); {
	case was == nil && is != nil:
		f.add(uniqueItemsSet, all, fact{revision: is})
	case was != nil && is == nil:
		f.add(uniqueItemsUnset, all, fact{base: was})
	}
}

func (f *finder) bound(b bound) {
	k := boundTable[b].word
	x, y := f.base.get(k), f.revision.get(k)
	switch {
	case x == nil && y == nil:
		return
	case x == nil:
		f.add(b.verb(set), all, fact{to: shown(y), revision: y})
		return
	case y == nil:
		f.add(b.verb(unset), all, fact{from: shown(x), base: x})
		return
	}
	was, ok1 := x.Float()
	is, ok2 := y.Float()
	if !ok1 || !ok2 || was == is || b == multipleOf {
		return
	}
	action := decreased
	if was < is {
		action = increased
	}
	f.add(b.verb(action), all, fact{from: shown(x), to: shown(y), base: x, revision: y})
}

// multiple compares multipleOf, where divisibility counts and not order.
func (f *finder) multiple() {
	x, y := f.base.get(kwMultipleOf), f.revision.get(kwMultipleOf)
	if x == nil || y == nil || sameValue(x, y) {
		return
	}
	at := fact{from: shown(x), to: shown(y), base: x, revision: y}
	requests, responses := setOf(requestBody, requestProperty), setOf(responseBody, responseProperty)
	if divides(y, x) {
		f.add(multipleOfGeneralized, requests, at)
	} else {
		f.add(multipleOfChanged, requests, at)
	}
	if divides(x, y) {
		f.add(multipleOfSpecialized, responses, at)
	} else {
		f.add(multipleOfChanged, responses, at)
	}
}

// divides reports whether a number is a multiple of a divisor, exactly, as the
// decimals they are written as.
func divides(divisor, number *openapi.Node) bool {
	d, ok1 := rational(divisor)
	n, ok2 := rational(number)
	return ok1 && ok2 && d.Sign() != 0 && new(big.Rat).Quo(n, d).IsInt()
}

// rational reads a number of a size that can be worked with.
func rational(n *openapi.Node) (*big.Rat, bool) {
	text := n.Text()
	if i := strings.IndexAny(text, "eE"); i >= 0 && len(text)-i > 4 || len(text) > 64 {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}

func (f *finder) patterns() {
	x, y := f.base.get(kwPattern), f.revision.get(kwPattern)
	if y != nil && x != nil && y.Text() == ".*" && x.Text() != ".*" {
		at := fact{from: shown(x), to: shown(y), base: x, revision: y}
		f.add(patternGeneralized, all, at)
		f.add(patternChanged, setOf(responseProperty), at)
		return
	}
	f.changed(kwPattern, patternAdded, patternRemoved, patternChanged)
}

func (f *finder) values() {
	f.enums()
	f.extensibleEnum()
	f.changed(kwDefault, defaultAdded, defaultRemoved, defaultChanged)
	f.changed(kwConst, constAdded, constRemoved, constChanged)
	f.changed(kwContentMediaType, contentMediaTypeChanged, contentMediaTypeChanged, contentMediaTypeChanged)
	f.changed(kwContentEncoding, contentEncodingChanged, contentEncodingChanged, contentEncodingChanged)
}

func (f *finder) enums() {
	x, y := f.base.get(kwEnum), f.revision.get(kwEnum)
	if x == nil && y == nil {
		return
	}
	lost, got := missing(x, y), missing(y, x)
	if len(lost)+len(got) == 0 {
		return
	}
	appeared := x == nil && !f.base.mayRestrictValues()
	vanished := y == nil && !f.revision.mayRestrictValues()
	if x == nil {
		f.add(becameEnum, setOf(requestBody, requestProperty, parameter, requestHeaderProperty), fact{revision: y})
	}
	if appeared {
		f.add(becameEnum, setOf(responseBody, responseProperty), fact{revision: y})
	}
	if vanished {
		f.add(becameNotEnum, all, fact{base: x})
	} else {
		f.enumValues(enumValueRemoved, all, lost, x, y)
	}
	sites := all
	if appeared {
		sites = setOf(parameterProperty) // nothing else says it there
	}
	f.enumValues(enumValueAdded, sites, got, x, y)
}

// enumValues notes the values that an enum got or lost: in rows one by one.
func (f *finder) enumValues(v verb, sites siteSet, values []*openapi.Node, x, y *openapi.Node) {
	names := make([]string, len(values))
	for i, n := range values {
		names[i] = shown(n)
	}
	if len(values) > 0 && !f.options.Rows {
		f.add(v, sites, fact{key: join(names), base: x, revision: y})
		return
	}
	for i, n := range values {
		if v == enumValueAdded {
			f.add(v, sites, fact{key: names[i], base: x, revision: n})
		} else {
			f.add(v, sites, fact{key: names[i], base: n, revision: y})
		}
	}
}

func (f *finder) extensibleEnum() {
	x, y := f.base.extension("x-extensible-enum"), f.revision.extension("x-extensible-enum")
	if !x.Is(openapi.Array) || !y.Is(openapi.Array) {
		return
	}
	for _, v := range missing(x, y) {
		f.add(extensibleEnumValueRemoved, all, fact{key: shown(v), base: v, revision: y})
	}
}

// schemaKind returns the kind of a verb.
func schemaKind(v verb) Kind {
	if v < patternAdded {
		return Constraints
	}
	return schemaFacets[v-patternAdded].kind
}

// longest is how much of a value is shown.
const longest = 60

// shown is a value as messages show it.
func shown(n *openapi.Node) string {
	switch n.Kind() {
	case 0:
		return ""
	case openapi.String:
		return quote(n.Text())
	case openapi.Array, openapi.Object:
		start, end := n.Offsets()
		text := n.Source().Text()[start:min(end, start+4*longest)]
		return cut(strings.Join(strings.Fields(text), " "))
	}
	return cut(n.Text())
}

func quote(s string) string { return `"` + cut(s) + `"` }

func cut(s string) string {
	runes := []rune(s)
	if len(runes) <= longest {
		return s
	}
	return string(runes[:longest-1]) + "…"
}
