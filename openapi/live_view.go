package openapi

import (
	"slices"
)

// findTrunk finds what every view has.
func (l *Live) findTrunk() {
	for role, nodes := range l.doc.index.byRole {
		l.trunk[role] = nil
		for _, n := range nodes {
			if r := l.regionOf(n); r == nil || r.always {
				l.trunk[role] = append(l.trunk[role], n)
			}
		}
	}
}

// View returns a document that has the trunk, info and the given regions, which
// must be in source order, and nothing else: its root, its nodes by role and its
// operations leave the others out. References lead everywhere as before, and
// every node knows its place in the whole. It is of use until the next Edit.
func (l *Live) View(regions []*Region) *Document {
	d := l.doc
	v := &Document{version: d.version, raw: d.raw, root: d.root, sources: d.sources, byName: d.byName}
	v.index.refs, v.index.refList, v.index.unreadable = d.index.refs, d.index.refList, d.index.unreadable
	in := make(map[*Node]bool, len(regions))
	for _, r := range regions {
		in[r.node] = true
	}
	copies := map[*Node]*Node{}
	v.spans = l.spansOf(in)
	v.pruned = l.prune(d.root.root, in, copies)
	for role := range v.index.byRole {
		whole := d.index.byRole[role]
		nodes := make([]*Node, 0, len(l.trunk[role])+8)
		for _, n := range l.trunk[role] {
			if c := copies[n]; c != nil {
				n = c
			}
			nodes = append(nodes, n)
		}
		own := len(nodes)
		for _, r := range regions {
			if !r.always {
				from, to := within(whole, r.node)
				nodes = append(nodes, whole[from:to]...)
			}
		}
		if own > 0 && own < len(nodes) {
			slices.SortStableFunc(nodes, func(a, b *Node) int { return int(a.start) - int(b.start) })
		}
		v.index.byRole[role] = nodes
	}
	v.buildOperations()
	return v
}

// spansOf returns what of the text the trunk and the regions are.
func (l *Live) spansOf(in map[*Node]bool) []Span {
	s := l.doc.root
	var spans []Span
	from := 0
	for _, r := range l.order {
		if !in[r.node] && !r.always {
			spans = append(spans, Span{s, from, int(r.node.start)})
			from = int(r.node.end)
		}
	}
	return append(spans, Span{s, from, len(s.text)})
}

// within returns the range of the nodes, which are in source order, that stand
// in a value.
func within(nodes []*Node, n *Node) (from, to int) { return between(nodes, n.start, n.end) }

// between is within for a range of the text.
func between(nodes []*Node, start, end uint32) (from, to int) {
	at := func(c *Node, offset uint32) int { return int(c.start) - int(offset) }
	from, _ = slices.BinarySearchFunc(nodes, start, at)
	to, _ = slices.BinarySearchFunc(nodes, end, at)
	return from, to
}

// prune copies what holds regions, without those that are not wanted.
func (l *Live) prune(n *Node, in map[*Node]bool, copies map[*Node]*Node) *Node {
	c := *n
	c.byKey = nil
	c.kids = make([]*Node, 0, len(n.kids))
	for _, k := range n.kids {
		switch {
		case l.of[k] != nil && !in[k] && !l.of[k].always:
			continue
		case l.of[k] == nil && l.holds(k):
			k = l.prune(k, in, copies)
		}
		c.kids = append(c.kids, k)
	}
	if len(c.kids) > largeObject {
		c.byKey = make(map[string]*Node, len(c.kids))
		for _, k := range c.kids {
			c.byKey[k.key] = k
		}
	}
	copies[n] = &c
	return &c
}

// holds reports whether regions stand in a member of the root, or in one of
// its members.
func (l *Live) holds(n *Node) bool {
	depth := 0
	for p := n.parent; p != nil; p = p.parent {
		depth++
	}
	for _, path := range groups {
		if len(path) >= depth && l.doc.root.root.Find(path[:depth]...) == n {
			return true
		}
	}
	return false
}
