package parity

import (
	"cmp"
	"slices"

	"github.com/plumbapi/plumb/parity/internal/rest"
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
	held   bool // the lock was sure of it
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
	c.hold(link, &out, props)
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
	if m.slot = side.slotOf(c, f); m.slot == nil {
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
