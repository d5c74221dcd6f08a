package typed

import (
	"slices"
	"strconv"

	"github.com/plumbapi/plumb/openapi"
)

// enter calls the visitors of an object. It returns whether one was called, or
// something on the way to what a visitor waits for begins here.
func (w *Walk) enter(i *item, n *openapi.Node, known bool) bool {
	visited := false
	c, ignored := w.at(i, n), len(w.ignored) > 0 && w.ignored[n]
	if !known {
		for _, l := range w.anys {
			if ignored {
				break
			}
			visited = true
			w.call(l, c, l.rule.Any)
			ignored = c.stop
		}
	}
	for _, l := range w.levels[i.typ.id] {
		if ignored {
			break
		}
		if l.passing {
			if a := l.parent.top(); a != nil && len(a.next) == 0 && !l.seen[i.raw] {
				l.seen[i.raw] = true
				visited = true
				w.touched = append(w.touched, l)
			}
			continue
		}
		if !w.due(l, i.typ, known) {
			continue
		}
		w.touched = append(w.touched, l)
		a := activation{node: n}
		if p := l.parent.top(); p != nil {
			a.within, a.skipped = p.node, p.skipped
		}
		c.level = l
		if !a.skipped && l.visitor.Skip != nil {
			w.now, c.rule = l.rule, l.rule
			a.skipped = l.visitor.Skip(c)
		}
		l.active = append(l.active, a)
		l.parent.push(i.typ.id)
		if a.skipped {
			continue
		}
		visited = true
		w.entered = append(w.entered, l)
		if l.visitor.Enter != nil {
			w.call(l, c, l.visitor.Enter)
			ignored = c.stop
		}
	}
	return visited
}

// at is the context of an object, the one that all visitors are called with.
func (w *Walk) at(i *item, n *openapi.Node) *Context {
	w.context = Context{Node: n, Raw: i.raw, Type: i.typ, Key: i.key, Parent: i.parent, Walk: w}
	return &w.context
}

// due reports whether a visitor is to be called for an object: one in no other for
// the first time that it is seen, others where what they are in is being walked and
// they were not called for it yet.
func (w *Walk) due(l *level, typ *Type, known bool) bool {
	if l.parent == nil {
		return !known
	}
	p := l.parent.top()
	if p == nil || p.node != w.walking[l.parent.typ.id] {
		return false
	}
	if own := l.top(); own != nil && own.within == p.node {
		return false
	}
	return len(p.next) == 0 || p.next[len(p.next)-1] != typ.id
}

func (w *Walk) call(l *level, c *Context, f func(*Context)) {
	w.now = l.rule
	c.rule, c.level, c.stop = l.rule, l, false
	f(c)
	if c.stop {
		w.ignored[c.Node] = true
	}
}

// leave ends the visits that enter began.
func (w *Walk) leave(i *item, n *openapi.Node, first, firstEntered int) {
	for at := len(w.touched) - 1; at >= first; at-- {
		l := w.touched[at]
		if l.passing {
			delete(l.seen, n)
			continue
		}
		l.active = l.active[:len(l.active)-1]
		l.parent.pop()
	}
	w.touched = w.touched[:first]
	if leaves := w.leaves[i.typ.id]; len(leaves) > 0 && len(w.entered) > firstEntered {
		c := w.at(i, n)
		for _, l := range leaves {
			if slices.Contains(w.entered[firstEntered:], l) {
				w.call(l, c, l.visitor.Leave)
			}
		}
	}
	w.entered = w.entered[:firstEntered]
}

// isIndex reports whether a name is one that JavaScript takes for an index.
func isIndex(name string) bool {
	if name == "" || len(name) > 9 || len(name) > 1 && name[0] == '0' {
		return false
	}
	for i := range len(name) {
		if name[i] < '0' || name[i] > '9' {
			return false
		}
	}
	return true
}

func sorted(list []*openapi.Node) []*openapi.Node {
	out := slices.Clone(list)
	number := func(n *openapi.Node) int {
		if !isIndex(n.Key()) {
			return 1 << 30
		}
		v, _ := strconv.Atoi(n.Key()) // digits only
		return v
	}
	slices.SortStableFunc(out, func(a, b *openapi.Node) int { return number(a) - number(b) })
	return out
}
