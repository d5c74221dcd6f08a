package openapi

import (
	"cmp"
	"slices"
	"strings"
)

// sense says as what a region is referred to.
type sense uint8

const (
	asSchema sense = 1 << iota // where a schema stands
	asOther                    // anywhere else, be it in data
)

// use is a reference to a region.
type use struct {
	by *Region
	as sense
}

// survey notes what a part of the tree refers to, in whatever sense: also a
// $ref in an example is one for some rules. It reports whether regions can
// still be told apart.
func (l *Live) survey(n *Node, in *Region) bool {
	l.values++
	if r := l.of[n]; r != nil {
		in = r
	}
	in.values++
	if n.kind == Object {
		if ref := n.Get("$ref"); ref.Is(String) && !l.use(in, ref.text, senseOf(n)) {
			return false
		}
		if n.key == "mapping" && n.parent.key == "discriminator" {
			for _, c := range n.kids {
				if isFileMapping(c) || !l.use(in, c.text, asSchema|asOther) {
					return false
				}
			}
		}
	}
	for _, c := range n.kids {
		if len(c.kids) == 0 {
			l.values++
			in.values++
			continue
		}
		if !l.survey(c, in) {
			return false
		}
	}
	return true
}

// use notes that something in a region names a place by a reference.
func (l *Live) use(in *Region, ref string, as sense) bool {
	target, deep, known := l.target(ref)
	if !known {
		return false
	}
	if target == nil {
		return true
	}
	target.deep = target.deep || deep
	if in != target {
		in.uses[target] |= as
	}
	return true
}

// senseOf says as what that is referred to which stands for a node.
func senseOf(n *Node) sense {
	if n.expected() == SchemaRole {
		return asSchema
	}
	return asOther
}

// expected returns the role that the grammar has for the place of a node, where
// it is known.
func (n *Node) expected() Role {
	p := n.parent
	if p == nil {
		return DocumentRole
	}
	if m, ok := grammar[p.role][n.key]; ok && p.kind == Object {
		if m.shape == one || m.shape == anyShape && n.kind != Array {
			return m.role
		}
		return NoRole
	}
	if wildcard[p.role] != NoRole || p.parent == nil {
		return wildcard[p.role]
	}
	if m, ok := grammar[p.parent.role][p.key]; ok && p.parent.kind == Object && p.role == NoRole && (m.shape == byName) == (p.kind == Object) && m.shape != one {
		return m.role
	}
	return NoRole
}

// target returns the region that a reference leads into, nil where it leads
// nowhere, and whether it leads to what stands inside. It is not known where a
// reference names what holds regions.
func (l *Live) target(ref string) (r *Region, deep, known bool) {
	fragment, local := strings.CutPrefix(ref, "#")
	if !local {
		return nil, false, true // leads to nothing: there is one source, and no schema has a name
	}
	if fragment == "" {
		return nil, false, false
	}
	if fragment[0] != '/' && fragment[0] != '%' {
		return nil, false, true
	}
	tokens, err := ParsePointer(unescapeFragment(fragment))
	if err != nil {
		return nil, false, true
	}
	n := l.doc.root.root
	for i, t := range tokens {
		next := n.child(t)
		if next == nil {
			// What a reference on the way leads to is not followed here.
			l.dangling = true
			return cmp.Or(r, l.rest), true, !n.refers
		}
		n = next
		if r == nil && l.of[n] != nil {
			r, deep = l.of[n], i+1 < len(tokens)
		}
	}
	if r != nil {
		return r, deep, true
	}
	// The trunk has it. What holds regions must not be named as a whole.
	for _, path := range groups {
		for g := l.doc.root.root.Find(path...); g != nil; g = g.parent {
			if g == n {
				return nil, false, false
			}
		}
	}
	return l.rest, false, true
}

// agrees reports whether the references of the document are those that its
// regions, each seen alone, have, so that a region can be read again alone.
func (l *Live) agrees() bool {
	alone := map[*Region]int{}
	for _, r := range l.order {
		alone[r] = len(r.collect(r.node, l.doc.version).refs)
	}
	for _, ref := range l.doc.index.refList {
		if r := l.regionOf(ref.Node); r != nil {
			alone[r]--
		}
	}
	for _, n := range alone {
		if n != 0 {
			return false
		}
	}
	return true
}

// collect finds the references of a node that stands where the region does.
func (r *Region) collect(n *Node, v Version) foundRefs {
	s := refScan{version: v}
	s.scan(n, r.names)
	return s.foundRefs
}

// Users returns the region and all regions that lead to it through
// references, in source order.
func (l *Live) Users(r *Region) []*Region { return l.leading(r, asSchema|asOther) }

// UsersBesideSchemas is Users but for what leads there through a reference that
// stands in the place of a schema.
func (l *Live) UsersBesideSchemas(r *Region) []*Region { return l.leading(r, asOther) }

func (l *Live) leading(r *Region, as sense) []*Region {
	if !l.reached {
		all := append([]*Region{l.rest}, l.order...)
		for _, q := range all {
			q.users = q.users[:0]
		}
		for _, q := range all {
			for used, as := range q.uses {
				used.users = append(used.users, use{q, as})
			}
		}
		l.reached = true
	}
	seen := map[*Region]bool{r: true}
	queue := []*Region{r}
	for i := 0; i < len(queue); i++ {
		for _, u := range queue[i].users {
			if !seen[u.by] && u.as&as != 0 {
				seen[u.by] = true
				queue = append(queue, u.by)
			}
		}
	}
	queue = slices.DeleteFunc(queue, func(q *Region) bool { return q == l.rest })
	slices.SortFunc(queue, func(a, b *Region) int { return int(a.node.start) - int(b.node.start) })
	return queue
}
