package oas

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// everywhere calls visit with every object of the resolved document below
// its root, each once and where it is written. Spectral's "$.." meets a
// shared object once for each way that leads there and reports it once.
//
// What stands beside a $ref is no part of the resolved document.
func everywhere(doc *openapi.Document, visit func(n *openapi.Node)) {
	w := walker{doc: doc, visit: visit}
	for _, c := range doc.Root().Children() {
		w.value(c)
	}
}

type walker struct {
	doc   *openapi.Document
	visit func(n *openapi.Node)
	// seen holds the containers of other sources than the root that were
	// met. Those of the root are all met by walking its tree.
	seen map[*openapi.Node]bool
	away bool // in another source
}

func (w *walker) value(n *openapi.Node) {
	if w.away {
		if w.seen[n] {
			return
		}
		w.seen[n] = true
	}
	switch n.Kind() {
	case openapi.Array:
		for _, c := range n.Children() {
			if c.Len() > 0 {
				w.value(c)
			}
		}
	case openapi.Object:
		if n.Has("$ref") && w.reference(n) {
			return
		}
		w.visit(n)
		for _, c := range n.Children() {
			if c.Len() > 0 {
				w.value(c)
			}
		}
	}
}

// reference walks what a reference names if that would not be met otherwise.
// It reports whether n is a reference that leads somewhere.
func (w *walker) reference(n *openapi.Node) bool {
	r := w.doc.Ref(n)
	if r == nil || r.Target == nil {
		return false
	}
	if r.Target.Source() != w.doc.Source() {
		if w.seen == nil {
			w.seen = map[*openapi.Node]bool{}
		}
		was := w.away
		w.away = true
		w.value(r.Target)
		w.away = was
	}
	return true
}

// raw calls visit with every object of the root source as it is written,
// its root and examples included.
func raw(n *openapi.Node, visit func(n *openapi.Node)) {
	if n.Is(openapi.Object) {
		visit(n)
	}
	for _, c := range n.Children() {
		if c.Len() > 0 {
			raw(c, visit)
		}
	}
}

// methods are the members of a path item that Spectral takes for operations.
// It does not know 3.2's query.
const methods = " get put post delete options head patch trace "

func isMethod(key string) bool {
	return !strings.Contains(key, " ") && strings.Contains(methods, " "+key+" ")
}

// operation is an operation of the resolved document's paths.
type operation struct {
	path   string        // the key in paths
	method string        // the key in the path item
	at     *openapi.Node // the member as it is written, perhaps a reference
	node   *openapi.Node // what at stands for
}

// String returns the method and the path, "GET /pets".
func (o operation) String() string { return strings.ToUpper(o.method) + " " + o.path }

// operations returns the operations of the document's paths in the order in
// which they are written. An operation that several paths share through a
// reference is in it for each of them.
func operations(doc *openapi.Document) []operation {
	paths := member(doc, doc.Root(), "paths")
	out := make([]operation, 0, 2*paths.Len())
	for _, item := range paths.Children() {
		for _, c := range resolved(doc, item).Children() {
			if isMethod(c.Key()) {
				out = append(out, operation{item.Key(), c.Key(), c, resolved(doc, c)})
			}
		}
	}
	return out
}

// uniqueOperations is operations with each operation once.
func uniqueOperations(doc *openapi.Document) []operation {
	all := operations(doc)
	seen := make(map[*openapi.Node]bool, len(all))
	out := all[:0]
	for _, o := range all {
		if !seen[o.at] {
			seen[o.at] = true
			out = append(out, o)
		}
	}
	return out
}
