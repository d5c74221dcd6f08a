package jsonschema

import (
	"math"
	"unicode/utf8"

	"github.com/plumbapi/plumb/openapi"
)

func (r *Run) number(s *Schema, v *openapi.Node) bool {
	f, _ := v.Float()
	n := s.number
	ok := true
	check := func(l *limit, words string, good bool) bool {
		if good {
			return true
		}
		ok = r.report(Error{Keyword: l.keyword, Instance: v, Schema: s.node, Text: words})
		return !r.stops()
	}
	if l := n.maximum; l != nil && !check(l, "greater than", f <= l.value) {
		return false
	}
	if l := n.minimum; l != nil && !check(l, "less than", f >= l.value) {
		return false
	}
	if l := n.below; l != nil && !check(l, "not less than", f < l.value) {
		return false
	}
	if l := n.above; l != nil && !check(l, "not greater than", f > l.value) {
		return false
	}
	if l := n.multipleOf; l != nil && !check(l, "no multiple of", isMultiple(f, l.value)) {
		return false
	}
	if n.format != nil && !n.format.number(f) {
		ok = r.report(Error{Keyword: "format", Instance: v, Schema: s.node})
	}
	return ok
}

func isMultiple(f, of float64) bool {
	q := f / of
	if isWhole(q) {
		return true
	}
	// A quotient that is no number fits: 1e308 is a multiple of 0.5.
	return math.IsInf(q, 0) && isWhole(f) && isWhole(1/of)
}

// string checks a string; name is set where it is the name of the member v.
func (r *Run) string(s *Schema, v *openapi.Node, text, name string) bool {
	t := s.text
	ok := true
	r.charge(len(text) / 64)
	if t.maxLength >= 0 || t.minLength >= 0 {
		n := utf8.RuneCountInString(text)
		if t.maxLength >= 0 && n > t.maxLength {
			ok = r.report(Error{Keyword: "maxLength", Instance: v, Name: name, Schema: s.node, Values: [2]int{t.maxLength, n}})
			if r.stops() {
				return false
			}
		}
		if n < t.minLength {
			ok = r.report(Error{Keyword: "minLength", Instance: v, Name: name, Schema: s.node, Values: [2]int{t.minLength, n}})
			if r.stops() {
				return false
			}
		}
	}
	if t.pattern != nil && !t.pattern.matches(text) {
		ok = r.report(Error{Keyword: "pattern", Instance: v, Name: name, Schema: s.node})
		if r.stops() {
			return false
		}
	}
	if t.format != nil && !t.format.text(text) {
		ok = r.report(Error{Keyword: "format", Instance: v, Name: name, Schema: s.node})
	}
	return ok
}

func (r *Run) array(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	a := s.array
	n := v.Len()
	ok := true
	fail := func(good bool) bool {
		ok = ok && good
		return !good && r.stops()
	}
	if a.maxItems >= 0 && n > a.maxItems && fail(r.report(Error{Keyword: "maxItems", Instance: v, Schema: s.node, Values: [2]int{a.maxItems, n}})) {
		return false
	}
	if n < a.minItems && fail(r.report(Error{Keyword: "minItems", Instance: v, Schema: s.node, Values: [2]int{a.minItems, n}})) {
		return false
	}
	if fail(r.items(s, v, composite, seen)) {
		return false
	}
	if a.contains != nil && fail(r.contains(s, v, composite, seen)) {
		return false
	}
	if a.unique {
		r.charge(n)
		if i, j, twice := firstEqual(v.Children()); twice &&
			fail(r.report(Error{Keyword: "uniqueItems", Instance: v, Schema: s.node, Values: [2]int{i, j}})) {
			return false
		}
	}
	if a.unevaluated != nil && fail(r.unevaluatedItems(s, v, composite, seen)) {
		return false
	}
	return ok
}

// items applies the schemas of a tuple and of what follows it.
func (r *Run) items(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	a := s.array
	ok := true
	for i, sub := range a.prefix {
		if i >= v.Len() {
			break
		}
		seen.add(i)
		if !r.schema(sub, v.At(i), composite, nil) {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	if a.rest == nil {
		return ok
	}
	seen.addAll()
	if a.rest.never && len(a.prefix) > 0 {
		if v.Len() > len(a.prefix) {
			return r.report(Error{Keyword: a.restKeyword, Instance: v, Schema: s.node, Values: [2]int{len(a.prefix)}})
		}
		return ok
	}
	for i, item := range v.Children() {
		if i >= len(a.prefix) && !r.schema(a.rest, item, composite, nil) {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	return ok
}

// contains counts the items that match. The errors of those that do not
// stand before its own where there are too few or too many.
func (r *Run) contains(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	a := s.array
	mark := len(r.errs)
	count := 0
	for i, item := range v.Children() {
		if r.schema(a.contains, item, true, nil) {
			count++
			seen.add(i)
			if seen == nil && a.maxContains < 0 && count >= a.minContains {
				break
			}
		}
	}
	few, many := count < a.minContains, a.maxContains >= 0 && count > a.maxContains
	if !few && !many {
		r.errs = r.errs[:mark]
		return true
	}
	if !r.mode.All && !composite {
		r.errs = r.errs[:mark]
	}
	text := "more than " + plural(a.maxContains, "item")
	if few {
		text = "fewer than " + plural(a.minContains, "item")
	}
	return r.report(Error{Keyword: "contains", Instance: v, Schema: s.node, Text: text, Values: [2]int{0, count}})
}

func (r *Run) unevaluatedItems(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	ok := true
	for i, item := range v.Children() {
		if seen.has(i) {
			continue
		}
		if s.array.unevaluated.never {
			ok = r.report(Error{Keyword: "unevaluatedItems", Instance: v, Schema: s.node, Values: [2]int{i}})
			break
		}
		if !r.schema(s.array.unevaluated, item, composite, nil) {
			if ok = false; r.stops() {
				return false
			}
		}
	}
	seen.addAll()
	return ok
}
