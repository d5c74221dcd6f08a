package spectral

import (
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// references are the references within a document, as functions are told of
// them: from where, to where, as pointers behind #.
func (d *Document) references() [][2]string {
	var list [][2]string
	var walk func(*openapi.Node)
	walk = func(n *openapi.Node) {
		if ref, ok := n.Get("$ref").Str(); ok && strings.HasPrefix(ref, "#") {
			if !d.circular()[n] && d.resolve(n) != n {
				list = append(list, [2]string{"#" + uriPointer(n.Pointer()), ref})
			}
		}
		for _, c := range n.Children() {
			walk(c)
		}
	}
	walk(d.root)
	return list
}

// unrolled is resolve without the references that go in circles: what it makes
// of a document is finite.
func (d *Document) unrolled(n *openapi.Node) *openapi.Node {
	if n.Is(openapi.Object) && n.Has("$ref") && d.circular()[n] {
		return n
	}
	return d.resolve(n)
}

// uriPointer escapes a pointer as it stands in a URI's fragment.
func uriPointer(pointer string) string {
	parts := strings.Split(pointer, "/")
	for i, p := range parts {
		parts[i] = strings.NewReplacer("%7E", "~", "%24", "$").Replace(url.PathEscape(p))
	}
	return strings.Join(parts, "/")
}

// findCircular finds the references that go in circles: what they lead to leads
// back to where they stand. Spectral leaves those as they are, and functions
// that go down a schema rely on it.
func (d *Document) findCircular() map[*openapi.Node]bool {
	g := graph{edges: map[*openapi.Node][]*openapi.Node{}, order: map[*openapi.Node]int{}, low: map[*openapi.Node]int{}, group: map[*openapi.Node]int{}}
	type edge struct{ at, to *openapi.Node }
	var refs []edge
	targets := map[*openapi.Node]bool{}
	var walk func(*openapi.Node)
	walk = func(n *openapi.Node) {
		if _, ok := n.Get("$ref").Str(); ok {
			if to := d.resolve(n); to != nil && to != n {
				refs = append(refs, edge{n, to})
				targets[to] = true
			}
		}
		for _, c := range n.Children() {
			walk(c)
		}
	}
	walk(d.root)
	for _, r := range refs {
		for up := r.at; up != nil; up = up.Parent() {
			if targets[up] {
				g.edges[up] = append(g.edges[up], r.to)
			}
		}
	}
	for _, r := range refs {
		g.visit(r.to)
	}
	circular := map[*openapi.Node]bool{}
	for _, r := range refs {
		for up := r.at; up != nil; up = up.Parent() {
			if targets[up] && g.group[up] == g.group[r.to] {
				circular[r.at] = true
				break
			}
		}
	}
	return circular
}

// graph finds groups of nodes that lead to one another.
type graph struct {
	edges      map[*openapi.Node][]*openapi.Node
	order, low map[*openapi.Node]int
	group      map[*openapi.Node]int // from 1
	stack      []*openapi.Node
	groups     int
}

// visit is Tarjan's search, without recursion: chains of references may be long.
func (g *graph) visit(start *openapi.Node) {
	if g.order[start] != 0 {
		return
	}
	type frame struct {
		n    *openapi.Node
		next int
	}
	todo := []frame{{n: start}}
	for len(todo) > 0 {
		f := &todo[len(todo)-1]
		if f.next == 0 {
			g.order[f.n] = len(g.order) + 1
			g.low[f.n] = g.order[f.n]
			g.stack = append(g.stack, f.n)
		}
		if f.next < len(g.edges[f.n]) {
			to := g.edges[f.n][f.next]
			f.next++
			if g.order[to] == 0 {
				todo = append(todo, frame{n: to})
			} else if g.group[to] == 0 {
				g.low[f.n] = min(g.low[f.n], g.order[to])
			}
			continue
		}
		n := f.n
		todo = todo[:len(todo)-1]
		if len(todo) > 0 {
			up := todo[len(todo)-1].n
			g.low[up] = min(g.low[up], g.low[n])
		}
		if g.low[n] != g.order[n] {
			continue
		}
		g.groups++
		for {
			last := g.stack[len(g.stack)-1]
			g.stack = g.stack[:len(g.stack)-1]
			if g.group[last] = g.groups; last == n {
				break
			}
		}
	}
}
