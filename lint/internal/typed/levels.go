package typed

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// arrange sorts the visitors of rules by the kinds they are for: those that are in
// others first, as the walk calls them.
func (w *Walk) arrange() {
	w.levels = make([][]*level, len(w.Tree.ids)+2)
	for _, r := range w.rules {
		w.within(r, r.Visit, nil, 0)
	}
	w.leaves = make([][]*level, len(w.levels))
	for id, list := range w.levels {
		slices.SortStableFunc(list, func(a, b *level) int { return b.depth - a.depth })
		for _, l := range list {
			if l.visitor != nil && l.visitor.Leave != nil {
				w.leaves[id] = append(w.leaves[id], l)
			}
		}
		slices.SortStableFunc(w.leaves[id], func(a, b *level) int { return a.depth - b.depth })
	}
}

func (w *Walk) within(r *Rule, visitors Visitors, parent *level, depth int) {
	for _, typ := range append(slices.Clone(w.Tree.types), Extension) {
		v, ok := visitors[typ.Name]
		if !ok {
			continue
		}
		l := &level{rule: r, visitor: &v, typ: typ, parent: parent, depth: depth}
		if len(v.In) > 0 {
			w.within(r, v.In, l, depth+1)
		}
		if parent != nil {
			for _, id := range w.Tree.between(parent.typ, typ) {
				w.levels[id] = append(w.levels[id], &level{
					rule: r, parent: parent, passing: true, seen: map[*openapi.Node]bool{},
				})
			}
		}
		w.levels[typ.id] = append(w.levels[typ.id], l)
	}
}

// between are the numbers of the kinds that can lie between two others.
func (t *Tree) between(from, to *Type) []int {
	key := [2]*Type{from, to}
	if ids, ok := t.passages.Load(key); ok {
		known, _ := ids.([]int) // nothing else is kept
		return known
	}
	p := passage{to: to, found: map[int]bool{}, near: leads(from, to)}
	p.walk(from)
	var ids []int
	for id := range p.found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	t.passages.Store(key, ids)
	return ids
}

// leads are the kinds below one from which there is a way to another.
func leads(from, to *Type) map[*Type]bool {
	back := map[*Type][]*Type{}
	seen := map[*Type]bool{from: true}
	for queue := []*Type{from}; len(queue) > 0; queue = queue[1:] {
		each(queue[0], func(t *Type) {
			back[t] = append(back[t], queue[0])
			if t != to && !seen[t] {
				seen[t] = true
				queue = append(queue, t)
			}
		})
	}
	near := map[*Type]bool{}
	for queue := []*Type{to}; len(queue) > 0; queue = queue[1:] {
		for _, t := range back[queue[0]] {
			if !near[t] {
				near[t] = true
				queue = append(queue, t)
			}
		}
	}
	delete(near, from)
	return near
}

// passage looks for ways from one kind to another.
type passage struct {
	to    *Type
	near  map[*Type]bool // what can lie on a way
	stack []*Type
	found map[int]bool
	steps int
}

// maxPassage bounds the ways that are tried: there are a few hundred.
const maxPassage = 20_000

func (p *passage) walk(from *Type) {
	if p.steps++; p.steps > maxPassage || len(p.found) == len(p.near) {
		return
	}
	p.stack = append(p.stack, from)
	defer func() { p.stack = p.stack[:len(p.stack)-1] }()
	var next []*Type
	each(from, func(t *Type) {
		switch {
		case t == p.to:
			for _, s := range p.stack[1:] {
				p.found[s.id] = true
			}
		case p.near[t] && !slices.Contains(next, t) && !slices.Contains(p.stack, t):
			next = append(next, t)
		}
	})
	for _, t := range next {
		p.walk(t)
	}
}
