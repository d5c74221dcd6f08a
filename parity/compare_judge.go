package parity

import (
	"math"
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// judge scores a property and a field.
func (c *comparer) judge(p *prop, s *slot, side *typeSide, props []*prop) pair {
	m := pair{prop: p, slot: s}
	m.fit, m.effect = c.relate(&p.value, &s.value)
	if score, decided := c.byRole(p, s, side); decided {
		m.score = score
		return m
	}
	name, exact := c.byName(p, s, side, &m)
	if name == 0 || !exact && !c.sameSort(p, s, &m) {
		return m
	}
	m.score = name + c.byType(p, s, &m, exact)
	if s.field.Deprecated && !p.property.Deprecated {
		m.score -= 0.5
	}
	if s.lent {
		m.score -= 0.7
	}
	if s.lookup {
		m.score--
	}
	return m
}

// sameSort reports whether names that are not equal are of one sort: both of
// a time, both of an address, both of who asks.
func (c *comparer) sameSort(p *prop, s *slot, m *pair) bool {
	time := s.form.when || s.value.class == dateClass
	address := s.value.class == urlClass || s.form.last&(urlWord|pathWord) != 0
	switch {
	case s.lookup && m.fit == shaped:
		return false
	case p.form.when && !time, time && !p.form.when && p.value.class != dateClass && p.value.class != intClass:
		return false
	case p.form.last&urlWord != 0 && !address && m.effect != urlVsObject:
		return false
	case s.form.last&urlWord != 0 && p.value.class != urlClass && !p.form.has(mediaWord):
		return false
	case m.effect == scalarVsObject && p.form.has(auxWord):
		return false
	}
	return p.value.class != boolClass || c.viewers(p.form) == c.viewers(s.form)
}

// viewers reports whether a name is about who asks.
func (c *comparer) viewers(f *fieldName) bool {
	return slices.ContainsFunc(f.words, func(w word.ID) bool { return c.p.lex.Text(w) == "viewer" })
}

// byName scores the names, and says whether they are equal but for casing,
// plurals and synonyms.
func (c *comparer) byName(p *prop, s *slot, side *typeSide, m *pair) (score float64, exact bool) {
	switch {
	case p.form.fold == "" || len(p.form.canon) == 0:
		return 0, false // nothing that could be compared
	case p.form.fold == s.form.fold:
		return 10, true
	case m.effect == scalarVsList && p.form.one == s.form.one:
		return 6.4, true
	case p.form.by == s.form.by && p.form.when == s.form.when && slices.Equal(p.form.canon, s.form.canon) && (m.fit != shaped || p.form.one == s.form.one && !s.lookup):
		return 8.8, true
	case m.fit <= loose && p.form.whole != 0 && p.form.whole == s.form.whole:
		return 7.5, false
	case m.fit <= open && p.form.agent >= 0 && p.form.agent == s.form.agent:
		return 7.5, false
	case m.effect == countVsList:
		return c.counted(p, s, side), false
	case c.wraps(p, s):
		m.fit, m.effect = shaped, wrappedEach
		return 8, false
	}
	var light mark
	floor := 0.0
	switch {
	case m.fit == clashes || m.effect == singleVsList || m.effect == listVsSingle || m.effect == scalarVsList:
		return 0, false
	case m.effect == urlVsObject:
		if p.form.last&urlWord == 0 || p.form.urls || s.lookup {
			return 0, false
		}
		light, floor = urlWord, 0.75
	case m.effect == idVsObject || m.effect == scalarVsObject:
		light, floor = idWord|keyWord, 0.75
	case m.effect == objectVsScalar:
		floor = 0.9
	case m.fit == loose:
		floor = 0.8
	case p.value.class == boolClass:
		floor = 0.75
	case p.value.class == dateClass || s.value.class == dateClass:
		light = whenWord
	case p.value.class == intClass || p.value.class == numberClass:
		light, floor = manyWord, 0.7
	case p.value.class == urlClass || s.value.class == urlClass:
		light = urlWord | webWord
	}
	j := c.names.alike(p.form, s.form, side.own, light)
	if j < max(floor, 0.5) {
		return 0, false
	}
	return 9 * j * math.Sqrt(j), false
}

// wraps reports whether a list of things is a list of objects that have one
// of them each, and of which both names speak: requested_reviewers and
// reviewRequests, each with a requestedReviewer.
func (c *comparer) wraps(p *prop, s *slot) bool {
	if !p.value.list || !s.value.list || s.value.class != objectClass || p.value.class != objectClass && p.value.class != stringClass {
		return false
	}
	for _, f := range s.value.typ.Fields {
		if inner := c.names.form(f.Name, f.Words); inner.one == p.form.one && f.Target != nil && !f.List {
			return slices.ContainsFunc(s.form.stems, func(st int32) bool { return slices.Contains(p.form.stems, st) })
		}
	}
	return false
}

// byType scores what both sides have, given how far their names agree.
func (c *comparer) byType(p *prop, s *slot, m *pair, exact bool) float64 {
	switch m.fit {
	case clashes:
		return -6
	case shaped:
		switch {
		case m.effect == singleVsList && p.form.many && c.agree(&p.value, &s.value) > 0:
			return 0.5
		case exact && (m.effect != singleVsList || p.form.fold == s.form.fold):
			return -1
		}
		return -1.4
	case loose:
		if exact {
			return -0.7
		}
		return -1.5
	case open:
		return 0.2
	}
	score := 0.5
	switch p.value.class {
	case objectClass:
		score += []float64{-1.5, 0, 1.5}[c.agree(&p.value, &s.value)+1]
		if !exact && score < 0 {
			score -= 2
		}
	case enumClass:
		overlap := c.overlap(p.value.enum, s.value.enum)
		score += 1.5 * overlap
		if overlap == 0 && !exact {
			score -= 2
		}
	}
	if !exact {
		score += c.described(p, s)
	}
	return score
}

// agree says whether the types of two objects are known to correspond: 1
// where they do, -1 where they do not, 0 where nothing is known.
func (c *comparer) agree(r, g *fieldValue) int {
	if r.schema == nil || g.typ == nil {
		return 0
	}
	t, u := r.target, g.typ
	if t == nil {
		variant := c.p.lex.Variant
		a, b := r.schema.Words.Without(variant), u.Words.Without(variant)
		if len(a.Set) > 0 && slices.Equal(a.Set, b.Set) {
			return 1
		}
		return 0
	}
	if u.Is(t) || t.Is(u) {
		return 1
	}
	for _, i := range t.Interfaces {
		if len(i.Possible) <= maxPossible && slices.Contains(u.Interfaces, i) {
			return 1
		}
	}
	if slices.ContainsFunc(u.Possible, func(v *gql.Type) bool { return slices.Contains(t.Possible, v) }) {
		return 1
	}
	return -1
}

// fieldConfidence makes a probability of a score: even where it is just enough.
func fieldConfidence(score float64) float64 {
	p := 1 / (1 + math.Exp(-scoreScale*(score-enough)-0.4))
	return math.Round(p*1000) / 1000
}
