package jsonschema

import "github.com/plumbapi/plumb/openapi"

// matches reports whether a value matches, without errors.
func (r *Run) matches(s *Schema, v *openapi.Node, seen *evaluated) bool {
	loose := r.loose
	r.quiet++
	r.loose = true
	ok := r.schema(s, v, true, seen)
	r.loose = loose
	r.quiet--
	return ok
}

func (r *Run) negation(s *Schema, v *openapi.Node) bool {
	r.inNot++
	matches := r.matches(s.not, v, nil)
	r.inNot--
	if !matches {
		return true
	}
	return r.report(Error{Keyword: "not", Instance: v, Schema: s.node})
}

// alternatives applies anyOf. The errors of all alternatives stand before its
// own where none matches.
func (r *Run) alternatives(s *Schema, v *openapi.Node, seen *evaluated) bool {
	mark := len(r.errs)
	matched := false
	defer r.loosen()()
	for _, sub := range s.anyOf {
		branch := seen.branch()
		if r.schema(sub, v, true, branch) {
			matched = true
			if seen == nil {
				break
			}
			seen.merge(branch)
		}
	}
	if !matched {
		return r.report(Error{Keyword: "anyOf", Instance: v, Schema: s.node})
	}
	r.errs = r.errs[:mark]
	return true
}

// loosen says that closed schemas are not, up to the next reference, and returns
// what takes it back.
func (r *Run) loosen() func() {
	loose := r.loose
	r.loose = true
	return func() { r.loose = loose }
}

// exactlyOne applies oneOf. Where two alternatives match, the errors of the
// others before the second stand before its own.
func (r *Run) exactlyOne(s *Schema, v *openapi.Node, seen *evaluated) bool {
	mark := len(r.errs)
	first, second := -1, -1
	var found *evaluated
	defer r.loosen()()
	for i, sub := range s.oneOf {
		branch := seen.branch()
		if !r.schema(sub, v, true, branch) {
			continue
		}
		if first >= 0 {
			second = i
			break
		}
		first, found = i, branch
	}
	switch {
	case second >= 0:
		return r.report(Error{Keyword: "oneOf", Instance: v, Schema: s.node, Values: [2]int{first + 1, second + 1}})
	case first < 0:
		return r.report(Error{Keyword: "oneOf", Instance: v, Schema: s.node})
	}
	r.errs = r.errs[:mark]
	if seen != nil {
		seen.merge(found)
	}
	return true
}

// condition applies if, then and else.
func (r *Run) condition(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	branch := seen.branch()
	clause, keyword := s.then, "then"
	if r.matches(s.test, v, branch) {
		if seen != nil {
			seen.merge(branch)
		}
	} else {
		clause, keyword = s.other, "else"
	}
	if clause == nil {
		return true
	}
	branch = seen.branch()
	if r.schema(clause, v, composite, branch) {
		if seen != nil {
			seen.merge(branch)
		}
		return true
	}
	if r.mode.All || composite {
		r.report(Error{Keyword: "if", Instance: v, Schema: s.node, Text: keyword})
	}
	return false
}

// evaluated is what keywords have looked at of one value, for unevaluated…
// keywords. The bits are by place among the value's children.
type evaluated struct {
	all  bool
	bits []uint64
}

// branch returns an empty set for an alternative, nil where nobody asks.
func (e *evaluated) branch() *evaluated {
	if e == nil {
		return nil
	}
	return &evaluated{}
}

func (e *evaluated) merge(o *evaluated) {
	e.all = e.all || o.all
	for i, b := range o.bits {
		e.grow(i)
		e.bits[i] |= b
	}
}

func (e *evaluated) grow(word int) {
	for len(e.bits) <= word {
		e.bits = append(e.bits, 0)
	}
}

func (e *evaluated) add(i int) {
	if e == nil {
		return
	}
	e.grow(i / 64)
	e.bits[i/64] |= 1 << (i % 64)
}

func (e *evaluated) addAll() {
	if e != nil {
		e.all = true
	}
}

func (e *evaluated) has(i int) bool {
	return e.all || i/64 < len(e.bits) && e.bits[i/64]&(1<<(i%64)) != 0
}
