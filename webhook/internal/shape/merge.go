package shape

import (
	"slices"
	"strings"
)

// merge makes objects one that say the same but for presence, known values and
// formats, so that what is left is as lenient as each. It reports whether there
// were any.
func merge(all []*Shape, roots []*Use, note func(Note)) bool {
	m := &merger{class: map[*Shape]*Shape{}, members: map[*Shape][]*Shape{}, apart: map[[2]*Shape]bool{}}
	for _, s := range all {
		if s.Kind == Union && s.Discriminator != "" {
			m.keepApart(s.Variants)
		}
	}
	m.sameMembers(all)
	m.sameName(all)
	if len(m.members) == 0 {
		return false
	}
	m.build(roots, note)
	return true
}

type merger struct {
	// class is what stands for a shape among those that become one.
	class   map[*Shape]*Shape
	members map[*Shape][]*Shape
	order   []*Shape
	// apart are pairs that a discriminator tells apart.
	apart map[[2]*Shape]bool
	// trial are the pairs that become one if all goes well.
	trial [][2]*Shape
}

func (m *merger) keepApart(variants []Variant) {
	for _, a := range variants {
		for _, b := range variants {
			if a.Shape != b.Shape {
				m.apart[[2]*Shape{a.Shape, b.Shape}] = true
			}
		}
	}
}

// sameMembers merges objects that have members of the same names.
func (m *merger) sameMembers(all []*Shape) {
	groups := map[string][]*Shape{}
	var order []string
	for _, s := range all {
		if s.Kind != Object || s.Payload || len(s.Fields) == 0 {
			continue
		}
		key := strings.Join(memberNames(s), "\x00")
		if groups[key] == nil {
			order = append(order, key)
		}
		groups[key] = append(groups[key], s)
	}
	for _, key := range order {
		m.cluster(groups[key], 1)
	}
}

// alike is how much of their members objects of one name have in common where
// they become one.
const alike = 0.75

// alikeWithin is the same for what two objects that become one hold under the
// same name, which says that it is the same thing.
const alikeWithin = 0.6

// sameName merges objects that are called the same and have most of their
// members in common.
func (m *merger) sameName(all []*Shape) {
	groups := map[string][]*Shape{}
	var order []string
	add := func(name string, s *Shape) {
		if s.Kind != Object || s.Payload || len(s.Fields) < 4 || slices.Contains(groups[name], s) {
			return
		}
		if groups[name] == nil {
			order = append(order, name)
		}
		groups[name] = append(groups[name], s)
	}
	for _, s := range all {
		for i := range s.Fields {
			if f := &s.Fields[i]; f.Shape.Kind == List || f.Shape.Kind == Map {
				add(f.Name, f.Shape.Element.Shape)
			} else {
				add(f.Name, f.Shape)
			}
		}
	}
	for _, name := range order {
		m.cluster(groups[name], alike)
	}
}

// maxCluster bounds how many clusters an object is compared with.
const maxCluster = 50

// cluster merges each object with the first of those before it that it fits.
func (m *merger) cluster(objects []*Shape, least float64) {
	var firsts []*Shape
	for _, s := range objects {
		if !slices.ContainsFunc(firsts, func(f *Shape) bool { return m.try(f, s, least) }) && len(firsts) < maxCluster {
			firsts = append(firsts, s)
		}
	}
}

// try merges two objects, and what they hold, if all of it fits.
func (m *merger) try(a, b *Shape, least float64) bool {
	m.trial = m.trial[:0]
	if !m.fit(a, b, least) {
		return false
	}
	for _, p := range m.trial {
		m.unite(m.find(p[0]), m.find(p[1]))
	}
	return true
}

func (m *merger) find(s *Shape) *Shape {
	for m.class[s] != nil {
		s = m.class[s]
	}
	return s
}

func (m *merger) unite(a, b *Shape) {
	if a == b {
		return
	}
	if m.members[a] == nil {
		m.members[a] = []*Shape{a}
	}
	if m.members[b] == nil {
		m.members[b] = []*Shape{b}
	}
	m.members[a] = append(m.members[a], m.members[b]...)
	m.order = append(m.order, a)
	delete(m.members, b)
	m.class[b] = a
}

// fit reports whether two objects can be one, if they have at least a share of
// their members in common.
func (m *merger) fit(a, b *Shape, least float64) bool {
	x, y := m.find(a), m.find(b)
	if x == y || slices.Contains(m.trial, [2]*Shape{x, y}) || slices.Contains(m.trial, [2]*Shape{y, x}) {
		return true
	}
	if a.Payload || b.Payload || m.keptApart(x, y) || len(m.trial) > 200 {
		return false
	}
	m.trial = append(m.trial, [2]*Shape{x, y})
	common := 0
	for i := range x.Fields {
		f := y.Field(x.Fields[i].Name)
		if f == nil {
			continue
		}
		common++
		if !m.fits(x.Fields[i].Use, f.Use, len(x.Fields) >= large) {
			return false
		}
	}
	every := len(x.Fields) + len(y.Fields) - common
	return float64(common) >= least*float64(every)
}

func (m *merger) keptApart(x, y *Shape) bool {
	if len(m.apart) == 0 {
		return false
	}
	for _, a := range m.all(x) {
		for _, b := range m.all(y) {
			if m.apart[[2]*Shape{a, b}] {
				return true
			}
		}
	}
	return false
}

func (m *merger) all(x *Shape) []*Shape {
	if all := m.members[x]; all != nil {
		return all
	}
	return []*Shape{x}
}

// large is how many members an object has at least where one text among them may
// be of known words in one place and any in another.
const large = 6

// fits reports whether two uses can be one without becoming much less clear.
// Words says that known words and any text can.
func (m *merger) fits(a, b Use, words bool) bool {
	if a.Shape == b.Shape && a.Const == b.Const || a.Shape.Kind == Null || b.Shape.Kind == Null {
		return true
	}
	if isWord(a) && isWord(b) {
		return shareWord(a, b)
	}
	x, y := a.Shape, b.Shape
	if x.Kind > y.Kind {
		x, y = y, x
	}
	switch {
	case x.Kind == String && y.Kind == Enum:
		return words && x.Format == ""
	case y.Kind == Union:
		return words && m.among(x, y)
	case x.Kind != y.Kind:
		return y.Kind == Time && (x.Kind == String && y.Format != "unix-time" || (x.Kind == Integer || x.Kind == Number) && y.Format != "date-time") ||
			x.Kind == Integer && y.Kind == Number
	case x.Kind == Time:
		return x.Format == y.Format || words
	case x.Kind == Object:
		return m.fit(x, y, alikeWithin)
	case x.Kind == List || x.Kind == Map:
		return m.fits(x.Element, y.Element, words)
	}
	return true
}

// among reports whether a shape, or each alternative of one, is an alternative
// of a union or fits one.
func (m *merger) among(s, union *Shape) bool {
	for _, v := range alternatives(s) {
		if !slices.ContainsFunc(union.Variants, func(w Variant) bool {
			return m.find(v.Shape) == m.find(w.Shape) || v.Shape.Kind == Object && w.Shape.Kind == Object && m.attempt(v.Shape, w.Shape)
		}) {
			return false
		}
	}
	return true
}

// attempt is fit for one of several: where it fails nothing of it stays.
func (m *merger) attempt(a, b *Shape) bool {
	before := len(m.trial)
	if m.fit(a, b, alikeWithin) {
		return true
	}
	m.trial = m.trial[:before]
	return false
}

// shareWord reports whether two uses have a known value in common.
func shareWord(a, b Use) bool {
	of := known(b)
	return slices.ContainsFunc(known(a), func(v string) bool { return slices.Contains(of, v) })
}

// build makes the shapes that stand for those that became one, and makes every
// use lead to them.
func (m *merger) build(roots []*Use, note func(Note)) {
	become := map[*Shape]*Shape{}
	var firsts []*Shape
	for _, first := range m.order {
		if m.members[first] != nil && become[first] == nil {
			become[first] = &Shape{Kind: Object, Place: first.Place}
			firsts = append(firsts, first)
		}
	}
	of := func(s *Shape) *Shape { return become[m.find(s)] }
	j := newJoiner(note)
	j.class = func(s *Shape) *Shape {
		if to := of(s); to != nil {
			return to
		}
		return s
	}
	for _, first := range firsts {
		j.members(become[first], m.members[first])
	}
	seen := map[*Shape]bool{}
	var walk func(u *Use)
	walk = func(u *Use) {
		if s := of(u.Shape); s != nil {
			u.Shape = s
		}
		if !seen[u.Shape] {
			seen[u.Shape] = true
			u.Shape.uses(walk)
		}
	}
	for _, r := range roots {
		walk(r)
	}
}

func memberNames(s *Shape) []string {
	names := make([]string, len(s.Fields))
	for i := range s.Fields {
		names[i] = s.Fields[i].Name
	}
	slices.Sort(names)
	return names
}
