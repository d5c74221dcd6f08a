package openapi

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Apply makes the document that of the new text.
func (e *Edit) Apply() {
	if e.Same() {
		return
	}
	l, d, s := e.live, e.live.doc, e.live.doc.root
	s.text = e.text
	start, end := uint32(e.Start), uint32(e.End)
	if e.Region != nil {
		start, end = e.Region.node.start, e.Region.node.end
	}
	ranges := [numRoles][2]int{}
	for role := range d.index.byRole {
		if e.group == nil || Role(role) != e.group.role { // a group holds none of its own role
			ranges[role][0], ranges[role][1] = between(d.index.byRole[role], start, end)
		}
	}
	firstRef := e.dropRefs(start, end)
	if e.group != nil {
		e.replaceMembers()
	} else {
		e.replaceRegion()
	}
	s.moveLines(e)
	e.moveBadKeys()
	e.addRefs(firstRef)

	scratch := &Document{version: d.version, root: d.root}
	scratch.index.refs = d.index.refs
	w := walker{doc: scratch, followed: map[*Ref]bool{}}
	for _, r := range e.Is {
		w.visit(r.node, e.role) // all that references lead to has a role already
	}
	for role := range d.index.byRole {
		nodes := scratch.index.byRole[role]
		slices.SortFunc(nodes, func(a, b *Node) int { return cmp.Compare(a.start, b.start) })
		at := ranges[role]
		if at[0] != at[1] || len(nodes) > 0 {
			d.index.byRole[role] = slices.Replace(d.index.byRole[role], at[0], at[1], nodes...)
		}
	}
	d.index.operations = make([]*Operation, 0, len(d.index.operations)+4)
	d.buildOperations()

	for _, r := range e.Is {
		l.survey(r.node, r) // which Prepare has seen to be sound
	}
	l.reached = false
	for _, r := range e.deep {
		r.deep = true
	}
	if e.Region != nil && e.Region.always {
		l.findTrunk()
	}
	for _, r := range e.Was {
		d.gathered.forget(r, l.Users(r))
	}
	l.gathers()
}

// replaceRegion puts what the region is now into the tree.
func (e *Edit) replaceRegion() {
	r, n := e.Region, e.Region.node
	e.role = n.role
	n.kids, n.byKey, n.role = e.node.kids, e.node.byKey, 0
	for _, k := range n.kids {
		k.parent = n
		k.settleIn(n.src, uint32(e.Start))
	}
	n.start, n.end = uint32(e.Start)+e.node.start, uint32(e.Start)+e.node.end
	n.shiftAfter(uint32(e.Delta))
	e.live.values -= r.values
	r.values, r.uses = 0, map[*Region]sense{}
}

// dropRefs takes the references of a range of the text out of the index, and
// returns where in it they stood.
func (e *Edit) dropRefs(start, end uint32) int {
	index := &e.live.doc.index
	from, _ := slices.BinarySearchFunc(index.refList, start, func(r *Ref, at uint32) int { return cmp.Compare(r.Node.start, at) })
	to := from
	for to < len(index.refList) && index.refList[to].Node.start < end {
		delete(index.refs, index.refList[to].Node)
		to++
	}
	index.refList = slices.Delete(index.refList, from, to)
	return from
}

// addRefs puts the references of the part into the index.
func (e *Edit) addRefs(at int) {
	d := e.live.doc
	e.live.doc.root.refs = nil // the index has them
	for _, r := range e.refs {
		r.Node.refers = true
		d.index.refs[r.Node] = r
	}
	d.index.refList = slices.Insert(d.index.refList, at, e.refs...)
	for _, r := range e.refs {
		d.followToEnd(r)
	}
}

// settleIn makes the nodes of a part, whose places are within it, nodes of the
// source.
func (n *Node) settleIn(s *Source, base uint32) {
	n.src = s
	n.start += base
	n.end += base
	if n.kend > 0 {
		n.kstart += base
		n.kend += base
	}
	for _, c := range n.kids {
		c.settleIn(s, base)
	}
}

// shiftAfter moves what stands behind a value, and the ends of what it stands
// in.
func (n *Node) shiftAfter(delta uint32) {
	for p := n.parent; p != nil; n, p = p, p.parent {
		if delta != 0 {
			for _, c := range p.kids[n.index+1:] {
				c.shift(delta)
			}
		}
		p.endAfter(delta)
	}
}

// endAfter moves the end of a value: in YAML, in block style, it is that of its
// last member.
func (n *Node) endAfter(delta uint32) {
	if n.src.format == JSON {
		n.end += delta
		return
	}
	n.end = n.start
	for _, c := range n.kids {
		n.end = max(n.end, c.end, c.kend)
	}
}

// moveBadKeys brings up to date what is said of keys that are no strings.
func (e *Edit) moveBadKeys() {
	d, s := e.live.doc, e.live.doc.root
	if len(s.badKeys)+len(e.badKeys) == 0 {
		return
	}
	kept := e.badKeys
	for _, k := range s.badKeys {
		if int(k.start) < e.Start || int(k.start) >= e.End {
			kept = append(kept, k)
		}
	}
	for i := range kept {
		kept[i].start = kept[i].node.kstart
	}
	slices.SortFunc(kept, func(a, b badKey) int { return cmp.Compare(a.start, b.start) })
	s.badKeys, s.problems = kept, nil
	s.keyProblems()
	d.problems = s.problems
}

// shift moves a value with all that is in it; a delta below zero is one that
// wraps around.
func (n *Node) shift(delta uint32) {
	n.start += delta
	n.end += delta
	if n.kend > 0 {
		n.kstart += delta
		n.kend += delta
	}
	for _, c := range n.kids {
		c.shift(delta)
	}
}

// moveLines brings the line table up to date. Where a text has carriage
// returns, it is made again: an edit can part one from its line feed.
func (s *Source) moveLines(e *Edit) {
	part := s.text[e.Start : e.End+e.Delta]
	if s.returns || strings.IndexByte(part, '\r') >= 0 {
		s.lines, s.runes = nil, nil
		s.scanLines()
		s.runes = nil
		return
	}
	from, _ := slices.BinarySearch(s.lines, uint32(e.Start+1))
	to, _ := slices.BinarySearch(s.lines, uint32(e.End+1))
	var lines []uint32
	for i := range len(part) {
		switch c := part[i]; {
		case c == '\n':
			lines = append(lines, uint32(e.Start+i+1))
		case c >= utf8.RuneSelf:
			s.ascii = false
		}
	}
	s.lines = slices.Replace(s.lines, from, to, lines...)
	for i := from + len(lines); i < len(s.lines); i++ {
		s.lines[i] += uint32(e.Delta)
	}
	s.runes = nil // no line is so long that it needs them
}
