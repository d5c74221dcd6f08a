package parity

import (
	"cmp"
	"math"
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// prop is a property that may correspond to a field.
type prop struct {
	property *rest.Property
	form     *fieldName
	value    fieldValue
	role     custom
	twin     int // the least index of those that count the same
}

// pair is a property and its field, nil where it has none.
type pair struct {
	prop   *prop
	slot   *slot
	score  float64
	fit    fit
	effect string
	shared bool // another property has the field as well, by a better right
	forced bool // somebody has decided
}

// assignment is what was found for one schema and its type.
type assignment struct {
	side  *typeSide
	pairs []pair // by property
}

// What a score must come to for a pair to stand, and for one to share a field
// that another property has already.
const (
	enough     = 5.2
	surelyToo  = 7.5
	scoreScale = 1.2 // of the logistic that makes a confidence of a score
)

// assign pairs the properties of a schema with the fields of its type, the
// best pairs first. Several properties share a field only where they say the
// same of it.
func (c *comparer) assign(link typeLink) assignment {
	side := c.side(link.typ)
	props := c.props(link.schema)
	out := assignment{side: side, pairs: make([]pair, len(props))}
	var all []pair
	best := make([]pair, len(props))
	for i, p := range props {
		out.pairs[i].prop = p
		if m, ok := c.forced(link, p, side); ok {
			out.pairs[i] = m
			continue
		}
		for _, index := range c.candidates(p, side) {
			m := c.judge(p, side.slots[index], side, props)
			if m.score > best[i].score {
				best[i] = m
			}
			if m.score >= enough {
				all = append(all, m)
			}
		}
		out.pairs[i].score = best[i].score
	}
	all = c.twins(props, best, all)
	slices.SortStableFunc(all, func(a, b pair) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.slot.field.Coordinate, b.slot.field.Coordinate), cmp.Compare(a.prop.property.Name, b.prop.property.Name))
	})
	taken := make([]*pair, len(side.slots))
	index := map[*prop]int{}
	for i, p := range props {
		index[p] = i
		if m := &out.pairs[i]; m.forced && m.slot != nil && m.slot.index >= 0 {
			taken[m.slot.index] = m
		}
	}
	for i := range all {
		m := &all[i]
		at := index[m.prop]
		if out.pairs[at].slot != nil {
			continue
		}
		switch holder := taken[m.slot.index]; {
		case holder == nil:
			taken[m.slot.index] = m
			out.pairs[at] = *m
		case c.mayShare(m, holder):
			out.pairs[at] = *m
			out.pairs[at].shared = true
		}
	}
	return out
}

// forced returns what somebody has decided about a property.
func (c *comparer) forced(link typeLink, p *prop, side *typeSide) (pair, bool) {
	coordinate, ok := c.p.forcedFields[link.schema.Name+"."+p.property.Name]
	if !ok {
		return pair{}, false
	}
	m := pair{prop: p, forced: true}
	f := c.p.field(coordinate)
	if f == nil {
		return m, true
	}
	i, ok := side.byFold[c.names.form(f.Name, f.Words).fold]
	if ok && side.slots[i].field == f {
		m.slot = side.slots[i]
	} else {
		m.slot = c.newSlot(f)
		m.slot.index = -1
	}
	m.fit, m.effect = c.relate(&p.value, &m.slot.value)
	return m, true
}

// mayShare reports whether a property may have the field that another has:
// both count what the field lists, it is the first of what the other lists,
// both are one by another name, or both name the same thing by one type.
func (c *comparer) mayShare(m, holder *pair) bool {
	switch {
	case m.effect == countVsList:
		return holder.effect == countVsList || holder.prop.value.list
	case m.effect == singleVsList:
		return (holder.effect == "" || c.unlisted(holder)) && slices.Equal(m.prop.form.canon, holder.prop.form.canon)
	case m.prop.twin == holder.prop.twin, m.prop.form.whole != 0 && m.prop.form.whole == holder.prop.form.whole:
		return true
	}
	return m.score >= surelyToo && m.fit == fits && m.prop.value.class == objectClass &&
		holder.prop.value.class == objectClass && m.prop.value.target != nil && m.prop.value.target == holder.prop.value.target
}

// candidates are the fields that share a word with a property, or a word
// that may stand for one.
func (c *comparer) candidates(p *prop, s *typeSide) []int {
	var out []int
	if i, ok := s.byFold[p.form.fold]; ok {
		out = append(out, i)
	}
	for _, st := range p.form.stems {
		out = append(out, s.byStem[st]...)
		if near := c.names.info[st].near; near != 0 {
			out = append(out, s.byNear[near]...)
		}
	}
	if p.form.agent >= 0 {
		out = append(out, s.byDoer[p.form.agent]...)
	}
	if p.form.by {
		out = append(out, s.byNear[c.names.person]...)
	}
	if p.form.has(idWord|urlWord) || p.form.whole != 0 {
		out = append(out, s.byID...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// props are the properties of a schema with what is known of them, by name.
func (c *comparer) props(s *rest.Schema) []*prop {
	out := make([]*prop, 0, len(s.Properties))
	for _, q := range s.Properties {
		p := &prop{property: q, form: c.names.form(q.Name, q.Words), value: c.restValue(q.Schema)}
		if p.value.class == stringClass && p.form.last&urlWord != 0 {
			p.value.class = urlClass // the name says more than the type
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(p, q *prop) int { return cmp.Compare(p.property.Name, q.property.Name) })
	c.roles(out)
	c.group(out)
	return out
}

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
