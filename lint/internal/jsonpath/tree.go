package jsonpath

import (
	"sync"

	"github.com/plumbapi/plumb/openapi"
)

// Tree is what paths are looked up in: a value with all below it, and beyond
// the references in it where they are to be followed. It is safe for concurrent
// use, and keeps what the .. of many paths have in common.
type Tree struct {
	root   *Place
	follow func(*openapi.Node) *openapi.Node

	once   sync.Once
	all    []*Place            // every value once for each way that leads to it in one step
	inner  []*Place            // all but the root, in the order of what they are in
	byName map[string][]*Place // those of them that are members, by name
	deep   bool                // some are further away than maxWay, and are left out
}

// NewTree returns the tree below a node. Follow returns what a node stands for
// in the end: itself, or what it refers to, nil where that is nothing; a nil
// follow leaves references as they are.
func NewTree(root *openapi.Node, follow func(*openapi.Node) *openapi.Node) *Tree {
	t := &Tree{follow: follow}
	t.root = &Place{node: t.resolve(root), holder: root}
	return t
}

// resolve returns what a node stands for. A reference to nothing stands for
// itself.
func (t *Tree) resolve(n *openapi.Node) *openapi.Node {
	if t.follow == nil || n == nil {
		return n
	}
	if to := t.follow(n); to != nil {
		return to
	}
	return n
}

// below returns the place of a child.
func (t *Tree) below(p *Place, child *openapi.Node) *Place {
	return &Place{node: t.resolve(child), holder: child, up: p, depth: p.depth + 1}
}

// index lists all places, each before those below it. What references lead to is
// entered where it is met first; so the list is as long as the sources, even
// where references go in circles.
func (t *Tree) index() {
	t.once.Do(func() {
		t.byName = map[string][]*Place{}
		entered := map[*openapi.Node]bool{t.root.node: true}
		t.all = append(t.all, t.root)
		var walk func(*Place)
		walk = func(p *Place) {
			kids := p.node.Children()
			places := make([]Place, len(kids))
			for i, c := range kids {
				places[i] = Place{node: t.resolve(c), holder: c, up: p, depth: p.depth + 1}
				t.inner = append(t.inner, &places[i])
			}
			for i := range places {
				q := &places[i]
				t.all = append(t.all, q)
				if !isElement(q.holder) {
					t.byName[q.holder.Key()] = append(t.byName[q.holder.Key()], q)
				}
				if t.deep = t.deep || q.depth > maxWay; !t.deep && q.node.Len() > 0 && !entered[q.node] {
					entered[q.node] = true
					walk(q)
				}
			}
		}
		walk(t.root)
	})
}

// maxWay bounds how many values lead from the root to a place. References may
// lead from one to the next for as long as a text is; each step of such a way
// takes a part of the stack.
const maxWay = 50_000

func isElement(n *openapi.Node) bool { return n.Parent().Is(openapi.Array) }
