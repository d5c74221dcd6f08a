package openapi

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// An edit of a group adds members, takes some away or gives them other names: a
// path, a component. All members of the group that it touches are read again.

// prepareGroup is Prepare where the edit stays inside of no region.
func (l *Live) prepareGroup(text string, from, to int) (*Edit, bool) {
	if l.dangling {
		return nil, false // what is added may be what something lacks
	}
	for _, path := range groups {
		g := l.doc.root.root.Find(path...)
		i := slices.IndexFunc(g.Children(), func(c *Node) bool { return l.of[c] != nil })
		if i < 0 {
			continue
		}
		e := &Edit{Delta: len(text) - len(l.doc.root.text), live: l, text: text, group: g, role: g.kids[i].role}
		if slices.Equal(path, examplesGroup) {
			e.names = inExample
		}
		if e.bounds(from, to) {
			return e, e.readMembers() && e.removable() && e.follow()
		}
	}
	return nil, false
}

// bounds finds the members that are others, and the text that they are read from.
func (e *Edit) bounds(from, to int) bool {
	g, block := e.group, e.group.src.format == YAML
	first, last := int(g.start)+1, int(g.end)-1
	if block {
		first = g.src.lineOf(int(g.kids[0].kstart))
		_, last = g.kids[len(g.kids)-1].block()
	}
	if from < first || to > last {
		return false
	}
	// Where a member begins, and where it is behind one.
	begin := func(c *Node) int { return int(c.kstart) }
	behind := func(c *Node) int { return int(c.end) }
	if block {
		begin = func(c *Node) int { return g.src.lineOf(int(c.kstart)) }
		behind = func(c *Node) int { _, end := c.block(); return end }
	}
	start := first
	for _, c := range g.kids {
		if behind(c) <= from {
			start = behind(c)
		}
	}
	from, to = e.slide(from, to, start)
	e.From, e.To = from, to
	for e.first < len(g.kids) && behind(g.kids[e.first]) <= from {
		e.first++
	}
	e.last = e.first
	for e.last < len(g.kids) && begin(g.kids[e.last]) < to {
		e.last++
	}
	e.Start, e.End = first, last
	if e.first > 0 {
		e.Start = behind(g.kids[e.first-1])
	}
	if e.last < len(g.kids) {
		e.End = begin(g.kids[e.last])
	}
	return e.Start <= from && to <= e.End
}

// slide moves the range that is another to begin at start, if that is the same
// edit: of a text added, or taken away, beside one that begins or ends alike.
func (e *Edit) slide(from, to, start int) (int, int) {
	old, by := e.live.doc.root.text, from-start
	switch {
	case e.Delta > 0 && from == to && by <= e.Delta && e.text[start:from] == e.text[to+e.Delta-by:to+e.Delta],
		e.Delta < 0 && to-from == -e.Delta && by <= to-from && old[start:from] == old[to-by:to]:
		return from - by, to - by
	}
	return from, to
}

// readMembers reads the members that are there now. It reports false where one
// would be no region, or cannot be read.
func (e *Edit) readMembers() bool {
	g, s := e.group, e.live.doc.root
	part := strings.Clone(e.text[e.Start : e.End+e.Delta])
	if !utf8.ValidString(part) || strings.IndexByte(part, 0) >= 0 || s.namesSchemas(part) {
		return false
	}
	var ok bool
	if s.format == YAML {
		e.added, e.badKeys, ok = parseLines(part, g)
	} else {
		e.added, ok = e.parseMembers(part)
	}
	if !ok || len(g.kids)-(e.last-e.first)+len(e.added) == 0 {
		return false
	}
	kept := map[string]bool{}
	for i, c := range g.kids {
		if i < e.first || i >= e.last {
			kept[c.key] = true
		}
	}
	for _, c := range e.added {
		if !c.Is(Object) || c.Has("$ref") || kept[c.key] || wildcard[g.role] != NoRole && strings.HasPrefix(c.key, "x-") {
			return false
		}
		pointer := g.Pointer() + FormatPointer(c.key)
		e.Is = append(e.Is, &Region{node: c, pointer: pointer, uses: map[*Region]sense{}, names: e.names})
	}
	return true
}

// removable reports whether nothing refers to the members that are gone.
func (e *Edit) removable() bool {
	gone := map[*Region]bool{}
	for _, c := range e.group.kids[e.first:e.last] {
		r := e.live.of[c]
		if r == nil {
			return false
		}
		e.Was = append(e.Was, r)
		gone[r] = true
	}
	for _, r := range e.Was {
		e.live.Users(r) // which finds them
		for _, u := range r.users {
			if !gone[u.by] {
				return false
			}
		}
	}
	return true
}

// parseMembers reads members of an object in JSON, with the commas around them.
func (e *Edit) parseMembers(part string) (members []*Node, ok bool) {
	const before, after = `{"<":0`, `">":0}`
	text, skip := "{"+part, 1
	if e.first > 0 {
		text, skip = before+part, len(before)
	}
	if e.last < len(e.group.kids) {
		text += after
	} else {
		text += "}"
	}
	depth := 0
	for n := e.group.parent; n != nil; n = n.parent {
		depth++
	}
	scratch := &Source{name: e.group.src.name, text: text, format: JSON}
	p := jsonParser{
		src: scratch, text: text,
		dec: jsontext.NewDecoder(bytes.NewBufferString(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
	}
	n, err := p.value(nil, depth)
	if err != nil || p.offset() != len(text) || len(scratch.duplicates) > 0 || !n.Is(Object) {
		return nil, false
	}
	members = n.kids
	if e.first > 0 {
		members = members[1:]
	}
	if e.last < len(e.group.kids) {
		members = members[:len(members)-1]
	}
	for _, c := range members {
		c.shift(-uint32(skip))
	}
	return members, true
}

// replaceMembers puts the members that are there now into the tree.
func (e *Edit) replaceMembers() {
	l, g := e.live, e.group
	for _, c := range e.added {
		c.parent = g
		c.settleIn(g.src, uint32(e.Start))
	}
	for _, c := range g.kids[e.last:] {
		c.shift(uint32(e.Delta))
	}
	g.kids = slices.Concat(g.kids[:e.first], e.added, g.kids[e.last:])
	g.byKey = nil
	if len(g.kids) > largeObject {
		g.byKey = make(map[string]*Node, len(g.kids))
	}
	for i, c := range g.kids {
		if c.index = int32(i); g.byKey != nil {
			g.byKey[c.key] = c
		}
	}
	if g.src.format == YAML { // it begins where its first key does
		g.start = g.kids[0].kstart
	}
	g.endAfter(uint32(e.Delta))
	g.shiftAfter(uint32(e.Delta))

	for _, r := range e.Was {
		delete(l.of, r.node)
		l.values -= r.values
	}
	l.order = slices.DeleteFunc(l.order, func(r *Region) bool { return slices.Contains(e.Was, r) })
	for _, r := range e.Is {
		l.of[r.node] = r
	}
	l.order = append(l.order, e.Is...)
	slices.SortFunc(l.order, func(a, b *Region) int { return cmp.Compare(a.node.start, b.node.start) })
}
