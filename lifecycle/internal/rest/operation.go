package rest

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// operation is an operation of one version.
type operation struct {
	method string
	node   *openapi.Node
	// item is the path item that holds it.
	item *openapi.Node
}

// path is a path, a webhook or the expression of a callback with its
// operations, in source order.
type path struct {
	name       string
	operations []operation
}

func (p *path) operation(method string) *operation {
	for i := range p.operations {
		if p.operations[i].method == method {
			return &p.operations[i]
		}
	}
	return nil
}

// operationPair is an operation that both versions have.
type operationPair struct {
	base, revision operation
	// number is that of its name among the operations.
	number int
	// renamed maps the names of path parameters to their new ones.
	renamed map[string]string
	// inherits says that the security of the document holds for it.
	inherits bool
}

// paths lists the paths of a side, or its webhooks.
func (d *side) paths(origin openapi.Origin) []path {
	var list []path
	at := map[string]int{}
	for _, o := range d.doc.Operations() {
		if o.Origin != origin || origin == openapi.FromWebhook && !d.doc.Root().Get("webhooks").Has(o.Path) {
			continue
		}
		i, ok := at[o.Path]
		if !ok {
			i = len(list)
			at[o.Path] = i
			list = append(list, path{name: o.Path})
		}
		list[i].operations = append(list[i].operations, operation{o.Method, o.Node, o.PathItem})
	}
	return list
}

// pathMatch is a path of the base with the one of the revision that it is.
type pathMatch struct {
	base, revision *path
	renamed        map[string]string
}

// matchPaths finds the paths that both versions have: under one name, or under
// one that differs in the names of parameters only.
func matchPaths(base, revision []path) (both []pathMatch, added, removed []*path) {
	here, there := newPathIndex(base), newPathIndex(revision)
	for i := range base {
		p := &base[i]
		if q := there.find(p.name); q != nil {
			both = append(both, pathMatch{p, q, renames(p.name, q.name)})
		} else {
			removed = append(removed, p)
		}
	}
	for i := range revision {
		if here.find(revision[i].name) == nil {
			added = append(added, &revision[i])
		}
	}
	return both, added, removed
}

type pathIndex struct {
	named, shaped map[string]*path
}

func newPathIndex(list []path) pathIndex {
	x := pathIndex{map[string]*path{}, map[string]*path{}}
	for i := range list {
		p := &list[i]
		x.named[p.name] = p
		shape, _ := template(p.name)
		if q := x.shaped[shape]; q == nil || p.name < q.name {
			x.shaped[shape] = p
		}
	}
	return x
}

func (x pathIndex) find(name string) *path {
	if p := x.named[name]; p != nil {
		return p
	}
	shape, _ := template(name)
	return x.shaped[shape]
}

// template splits a path into its shape and the names of its parameters.
func template(path string) (shape string, names []string) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(path, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), names
		}
		name, after, closed := strings.Cut(rest, "}")
		b.WriteString("{")
		if !closed {
			return b.String(), names
		}
		b.WriteString("}")
		names = append(names, name)
		path = after
	}
}

func renames(from, to string) map[string]string {
	if from == to {
		return nil
	}
	_, was := template(from)
	_, is := template(to)
	if len(was) != len(is) {
		return nil
	}
	m := make(map[string]string, len(was))
	for i, name := range was {
		m[name] = is[i]
	}
	return m
}

// number returns the number of an operation's name.
func (c *comparison) number(name string) int {
	i, ok := c.numbers[name]
	if !ok {
		i = len(c.operations)
		c.numbers[name] = i
		c.operations = append(c.operations, name)
	}
	return i
}

// comparePaths compares two sets of paths. Those of webhooks and callbacks do
// not inherit the security of the document.
func (c *comparison) comparePaths(base, revision []path, inherits bool) {
	both, added, removed := matchPaths(base, revision)
	if inherits {
		c.moves = findMoves(both, added, removed)
	}
	for _, p := range added {
		for _, o := range p.operations {
			c.report(c.number(o.method+" "+p.name), endpointAdded, change{revision: o.node, also: c.moves[o.node]})
		}
	}
	for _, p := range removed {
		for _, o := range p.operations {
			c.operationRemoved(p.name, o, true)
		}
	}
	for _, m := range both {
		c.comparePath(m, inherits)
	}
}

func (c *comparison) comparePath(m pathMatch, inherits bool) {
	for _, o := range m.revision.operations {
		if m.base.operation(o.method) == nil {
			c.report(c.number(o.method+" "+m.base.name), endpointAdded, change{revision: o.node, also: c.moves[o.node]})
		}
	}
	for _, o := range m.base.operations {
		other := m.revision.operation(o.method)
		if other == nil {
			c.operationRemoved(m.base.name, o, false)
			continue
		}
		c.compareOperations(&operationPair{
			base: o, revision: *other, number: c.number(o.method + " " + m.base.name), renamed: m.renamed, inherits: inherits,
		})
	}
}

// compareOperations compares an operation with what became of it. What is less
// stable than beta is not compared, but that it is.
func (c *comparison) compareOperations(o *operationPair) {
	c.compareStability(o)
	if level, ok := stabilityOf(o.revision.node.Get("x-stability-level")); ok && level < lowestLevel {
		return
	}
	if o.inherits || !c.sameText(o.base.node, o.revision.node) {
		c.compareSecurity(o)
	}
	c.compareHead(o)
	c.compareParameters(o)
	c.compareBody(o)
	c.compareResponses(o)
	c.compareCallbacks(o)
}

// compareHead compares what an operation says of itself.
func (c *comparison) compareHead(o *operationPair) {
	a, b := o.base.node, o.revision.node
	was, is := a.Get("operationId"), b.Get("operationId")
	switch {
	case was.Text() == is.Text():
	case was.Text() == "":
		c.report(o.number, operationIDAdded, change{to: shown(is), revision: is})
	default:
		c.report(o.number, operationIDRemoved, change{from: shown(was), to: shown(is), base: was, revision: is})
	}
	before, after := a.Get("tags"), b.Get("tags")
	for _, n := range missing(before, after) {
		c.report(o.number, tagRemoved, change{key: shown(n), base: n})
	}
	for _, n := range missing(after, before) {
		c.report(o.number, tagAdded, change{key: shown(n), revision: n})
	}
	c.compareDeprecation(o)
	c.compareSunset(o)
}

// compareCallbacks compares the operations that an operation may cause, each
// once: a callback may cause one that it is part of itself.
func (c *comparison) compareCallbacks(o *operationPair) {
	x, y := o.base.node.Get("callbacks"), o.revision.node.Get("callbacks")
	for _, n := range y.Children() {
		if !x.Has(n.Key()) {
			c.report(o.number, callbackAdded, change{key: quote(n.Key()), revision: n})
		}
	}
	for _, n := range x.Children() {
		m := y.Get(n.Key())
		if m == nil {
			c.report(o.number, callbackRemoved, change{key: quote(n.Key()), base: n})
			continue
		}
		was, is := c.left.doc.Resolve(n), c.right.doc.Resolve(m)
		if key := [2]*openapi.Node{was, is}; !c.callbacks[key] {
			c.callbacks[key] = true
			beyond, reversed := c.beyond, c.reversed
			c.beyond, c.reversed = true, !reversed && !c.options.Rows
			c.comparePaths(c.left.callback(was), c.right.callback(is), false)
			c.beyond, c.reversed = beyond, reversed
		}
	}
}

// methods are the members of a path item that are operations.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}

// callback lists the paths of a callback.
func (d *side) callback(n *openapi.Node) []path {
	var list []path
	for _, at := range n.Children() {
		if strings.HasPrefix(at.Key(), "x-") {
			continue
		}
		p := path{name: at.Key()}
		item := d.doc.Resolve(at)
		for _, m := range item.Children() {
			if slices.Contains(methods, m.Key()) && m.Is(openapi.Object) {
				p.operations = append(p.operations, operation{strings.ToUpper(m.Key()), m, item})
			}
		}
		list = append(list, p)
	}
	return list
}

// change is a change of what is no schema.
type change struct {
	key, from, to  string
	base, revision *openapi.Node
	place          string
	also           string // follows the message
	beyond         bool   // oasdiff does not look at it
}

// report notes a change of an operation.
func (c *comparison) report(number int, v plain, x change) {
	var n numbers
	if number >= 0 {
		n.add(number)
	}
	e := table().of[v]
	c.note(found{
		causeKey: causeKey{e, e.levelFor(c.reversed), x.base, x.revision, x.key}, from: x.from, to: x.to, operations: n, place: x.place, also: x.also,
		beyond: c.beyond || x.beyond || e.Own,
	})
}
