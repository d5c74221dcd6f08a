package openapi

import (
	"cmp"
	"slices"
	"strings"
)

// index is what is known of a document besides its tree. It is built once,
// as the document is read.
type index struct {
	refs       map[*Node]*Ref
	refList    []*Ref
	unreadable map[string]string // sources that references name, and why not
	byRole     [numRoles][]*Node
	operations []*Operation
	late       bool // some object has its role only through a reference
}

// Nodes returns every object of the role that the document reaches, each
// once, where it is written, in source order. A reference to an object is not
// such an object; see [Document.Refs].
func (d *Document) Nodes(role Role) []*Node { return d.index.byRole[role] }

// Operations returns every operation of the document: those of its paths in
// source order, then those of its webhooks, then those of callbacks.
func (d *Document) Operations() []*Operation { return d.index.operations }

// Origin says where in a description an operation belongs.
type Origin uint8

// The origins.
const (
	FromPath Origin = iota + 1
	FromWebhook
	FromCallback
)

// Operation is one operation: a method on a path, webhook or callback.
type Operation struct {
	// Method is the HTTP method in upper case; that of an additional
	// operation (3.2) as it is written.
	Method string
	// Path is the path template, the name of the webhook, or the callback's
	// expression.
	Path   string
	Origin Origin
	Node   *Node
	// PathItem is the object that holds the operation, references resolved.
	PathItem *Node
}

// String returns the method and the path, "GET /pets".
func (o *Operation) String() string { return o.Method + " " + o.Path }

// Parameters returns the parameters of an operation, references resolved:
// its own, then those of its path item that it does not override. What leads
// nowhere is left out.
func (d *Document) Parameters(o *Operation) []*Node {
	own := o.Node.Get("parameters").Children()
	shared := o.PathItem.Get("parameters").Children()
	out := make([]*Node, 0, len(own)+len(shared))
	for _, p := range own {
		if p = d.Resolve(p); p != nil {
			out = append(out, p)
		}
	}
	overrides := len(out)
	for _, p := range shared {
		p = d.Resolve(p)
		if p == nil {
			continue
		}
		same := func(q *Node) bool {
			return q.Get("name").Text() == p.Get("name").Text() && q.Get("in").Text() == p.Get("in").Text()
		}
		if !slices.ContainsFunc(out[:overrides], same) {
			out = append(out, p)
		}
	}
	return out
}

func (d *Document) buildIndex() {
	d.buildRefs()
	w := walker{doc: d, followed: map[*Ref]bool{}}
	w.visit(d.Root(), DocumentRole)
	for len(w.queue) > 0 {
		next := w.queue[0]
		w.queue = w.queue[1:]
		d.index.late = d.index.late || next.node.role == 0 && !next.node.refers
		w.visit(next.node, next.role)
	}
	order := map[*Source]int{}
	for i, s := range d.sources {
		order[s] = i
	}
	for _, nodes := range d.index.byRole {
		slices.SortFunc(nodes, func(a, b *Node) int {
			if a.src != b.src {
				return cmp.Compare(order[a.src], order[b.src])
			}
			return cmp.Compare(a.start, b.start)
		})
	}
	d.buildOperations()
}

// walker gives every object its role. Objects behind references wait in the
// queue, so that the depth of the walk is that of the tree.
type walker struct {
	doc      *Document
	queue    []queued
	followed map[*Ref]bool // references may lead in a circle
}

type queued struct {
	node *Node
	role Role
}

func (w *walker) visit(n *Node, role Role) {
	if n.kind != Object {
		if role == SchemaRole && n.kind == Bool && n.role == 0 {
			n.role = SchemaRole
		}
		return
	}
	if r := w.doc.index.refs[n]; r != nil {
		if r.Target != nil && r.Target.role == 0 && !w.followed[r] {
			w.followed[r] = true
			w.queue = append(w.queue, queued{r.Target, role})
		}
		// Beside a $ref, a path item (all versions) and a schema (from 3.1)
		// may say more.
		if len(n.kids) == 1 || role != PathItemRole && (role != SchemaRole || w.doc.version < V31) {
			return
		}
	}
	if n.role != 0 {
		return
	}
	n.role = role
	w.doc.index.byRole[role] = append(w.doc.index.byRole[role], n)
	if next := wildcard[role]; next != 0 {
		for _, c := range n.kids {
			if !strings.HasPrefix(c.key, "x-") {
				w.visit(c, next)
			}
		}
		return
	}
	members := grammar[role]
	if members == nil {
		return
	}
	for _, c := range n.kids {
		if m, ok := members[c.key]; ok {
			w.member(c, m)
		}
	}
}

func (w *walker) member(n *Node, m member) {
	switch {
	case m.shape == one, m.shape == anyShape && n.kind != Array:
		w.visit(n, m.role)
	case m.shape == byName && n.kind == Object, (m.shape == list || m.shape == anyShape) && n.kind == Array:
		for _, c := range n.kids {
			w.visit(c, m.role)
		}
	}
}

func (d *Document) buildOperations() {
	root := d.Root()
	for _, item := range root.Get("paths").Children() {
		d.addOperations(item, FromPath)
	}
	for _, key := range []string{"webhooks", "x-webhooks"} {
		for _, item := range root.Get(key).Children() {
			d.addOperations(item, FromWebhook)
		}
	}
	for _, cb := range d.index.byRole[CallbackRole] {
		for _, item := range cb.Children() {
			d.addOperations(item, FromCallback)
		}
	}
}

func (d *Document) addOperations(at *Node, origin Origin) {
	if strings.HasPrefix(at.key, "x-") && origin != FromWebhook {
		return
	}
	item := d.Resolve(at)
	if item != at && len(at.kids) > 1 {
		// What stands beside a $ref goes before what it names.
		d.addOperationsOf(at, at, origin, nil)
		d.addOperationsOf(at, item, origin, at)
	} else {
		d.addOperationsOf(at, item, origin, nil)
	}
}

// addOperationsOf adds the operations of a path item that another one, which
// may be nil, does not have.
func (d *Document) addOperationsOf(at, item *Node, origin Origin, besides *Node) {
	if !item.Is(Object) {
		return
	}
	add := func(method string, n *Node) {
		d.index.operations = append(d.index.operations, &Operation{method, at.key, origin, n, item})
	}
	for _, c := range item.kids {
		switch {
		case c.kind != Object || besides.Has(c.key):
		case c.key == "additionalOperations":
			for _, extra := range c.kids {
				if extra.kind == Object {
					add(extra.key, extra)
				}
			}
		case slices.Contains(methods, c.key):
			add(strings.ToUpper(c.key), c)
		}
	}
}
