package shape

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
)

// digest is the hash of a structure.
type digest [16]byte

// maxRounds bounds how often the shapes of one circle are compared. Structures
// that differ only farther away than that stay two.
const maxRounds = 64

// interner makes equal structures one. Shapes that lead back to themselves are
// found as circles (Tarjan's strongly connected components) and told apart by
// colours that are refined until no more show; all others are hashed from
// below.
type interner struct {
	index   map[*Shape]int
	low     map[*Shape]int
	stack   []*Shape
	onStack map[*Shape]bool
	ids     map[*Shape]digest
	first   map[digest]*Shape
	become  map[*Shape]*Shape
	buf     []byte
	order   []int
}

// intern makes every use lead to the first shape of its structure and sets the
// IDs. It returns all shapes that are left, what they hold before themselves.
func intern(roots []*Use) []*Shape {
	n := &interner{
		index: map[*Shape]int{}, low: map[*Shape]int{}, onStack: map[*Shape]bool{},
		ids: map[*Shape]digest{}, first: map[digest]*Shape{}, become: map[*Shape]*Shape{},
	}
	var all []*Shape
	for _, r := range roots {
		if _, seen := n.index[r.Shape]; !seen {
			n.visit(r.Shape, &all)
		}
		r.Shape = n.become[r.Shape]
	}
	for _, s := range all {
		s.uses(func(u *Use) { u.Shape = n.become[u.Shape] })
	}
	return all
}

func (n *interner) visit(s *Shape, all *[]*Shape) {
	at := len(n.index)
	n.index[s], n.low[s] = at, at
	n.stack = append(n.stack, s)
	n.onStack[s] = true
	loop := false
	s.uses(func(u *Use) {
		switch _, seen := n.index[u.Shape]; {
		case !seen:
			n.visit(u.Shape, all)
			n.low[s] = min(n.low[s], n.low[u.Shape])
		case n.onStack[u.Shape]:
			loop = loop || u.Shape == s
			n.low[s] = min(n.low[s], n.index[u.Shape])
		}
	})
	if n.low[s] != at {
		return
	}
	start := len(n.stack) - 1
	for n.stack[start] != s {
		start--
	}
	circle := slices.Clone(n.stack[start:])
	n.stack = n.stack[:start]
	for _, c := range circle {
		n.onStack[c] = false
	}
	if len(circle) == 1 && !loop {
		n.ids[s] = n.hash(s)
	} else {
		n.colour(circle)
	}
	for _, c := range circle {
		n.settle(c, all)
	}
}

// settle makes a shape the first of its structure, or finds that.
func (n *interner) settle(s *Shape, all *[]*Shape) {
	id := n.ids[s]
	if s.Component != "" && !slices.Contains(s.Names, s.Component) {
		s.Names = append(s.Names, s.Component)
	}
	if first := n.first[id]; first != nil && !s.Payload {
		n.become[s] = first
		first.learn(s)
		return
	}
	if !s.Payload {
		n.first[id] = s
	}
	s.ID = hex.EncodeToString(id[:8])
	n.become[s] = s
	*all = append(*all, s)
}

// learn takes from another shape what it says about the structure.
func (s *Shape) learn(from *Shape) {
	if s == from {
		return
	}
	for _, name := range from.Names {
		if !slices.Contains(s.Names, name) {
			s.Names = append(s.Names, name)
		}
	}
	if s.Component == "" && from.Component != "" {
		s.Component, s.Place = from.Component, from.Place
		if from.Description != "" {
			s.Description = from.Description
		}
	}
	if s.Description == "" {
		s.Description = from.Description
	}
	if s.Title == "" {
		s.Title = from.Title
	}
	s.Deprecated = s.Deprecated && from.Deprecated
}

// colour sets the ids of shapes that lead to one another.
func (n *interner) colour(circle []*Shape) {
	for _, s := range circle {
		n.ids[s] = digest{}
	}
	next := make([]digest, len(circle))
	seen := map[digest]bool{}
	for round, colours := 0, 0; ; round++ {
		clear(seen)
		for i, s := range circle {
			next[i] = n.hash(s)
			seen[next[i]] = true
		}
		for i, s := range circle {
			n.ids[s] = next[i]
		}
		if len(seen) == colours || len(seen) == len(circle) && round > 0 {
			return
		}
		colours = len(seen)
		if round == maxRounds {
			n.apart(circle)
			return
		}
	}
}

// apart gives each shape of a circle an id of its own.
func (n *interner) apart(circle []*Shape) {
	for i, s := range circle {
		id := n.ids[s]
		sum := sha256.Sum256(binary.AppendUvarint(id[:], uint64(i)))
		n.ids[s] = digest(sum[:16])
	}
}

// hash hashes a shape over the ids of what it holds.
func (n *interner) hash(s *Shape) digest {
	b := append(n.buf[:0], byte(s.Kind), flag(s.Open))
	b = text(b, s.Format)
	b = text(b, s.Discriminator)
	if s.Kind == Enum {
		values := slices.Sorted(slices.Values(s.Values))
		for _, v := range values {
			b = text(b, v)
		}
	}
	n.order = n.order[:0]
	for i := range s.Fields {
		n.order = append(n.order, i)
	}
	slices.SortFunc(n.order, func(i, j int) int { return strings.Compare(s.Fields[i].Name, s.Fields[j].Name) })
	for _, i := range n.order {
		f := &s.Fields[i]
		b = text(b, f.Name)
		b = append(b, flag(f.Optional))
		b = n.use(b, f.Use)
	}
	if s.Element.Shape != nil {
		b = n.use(b, s.Element)
	}
	for _, v := range s.Variants {
		b = n.use(b, v.Use)
		b = text(b, v.Member)
		for _, t := range v.Tags {
			b = text(b, t)
		}
	}
	n.buf = b
	sum := sha256.Sum256(b)
	return digest(sum[:16])
}

func (n *interner) use(b []byte, u Use) []byte {
	id := n.ids[u.Shape]
	b = append(b, flag(u.Nullable))
	b = text(b, u.Const)
	return append(b, id[:]...)
}

func text(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}
