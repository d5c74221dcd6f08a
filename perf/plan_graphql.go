package perf

import (
	"errors"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/graphql/operation"
	"github.com/plumbapi/plumb/openapi"
)

// defaultDepth is how many levels of objects are selected in documents that are
// made from a schema.
const defaultDepth = 1

// build makes the document of a field of a schema, in which every argument is a
// variable.
func (r *planReader) build(n *openapi.Node, of *offer) string {
	o := operation.Options{Depth: defaultDepth}
	if d := n.Get("depth"); d != nil {
		depth, ok := d.Int()
		if !ok {
			r.fault(d, "depth is %s; expected a whole number", d.Text())
		}
		o.Depth = int(depth)
	}
	if d := n.Get("document"); d != nil {
		r.wrong(d, "%s is a field of a schema, whose document is made; name the operation of a document \"query NAME\" or \"mutation NAME\"", n.Key())
		return ""
	}
	op, err := operation.Make(of.field, o)
	if err != nil {
		at := n
		if n == nil {
			at = r.root
		}
		r.fault(at, "no document can be made for %s: %v", of.name, err)
		return ""
	}
	r.variables(n, op)
	return op.Text
}

// variableOf returns the variable that a name or a JSON Pointer of the plan
// begins with.
func variableOf(name string) string {
	if rest, ok := strings.CutPrefix(name, "/"); ok {
		name, _, _ = strings.Cut(rest, "/")
	}
	return name
}

// document reads an operation of GraphQL that has a document, and holds it
// against the schemas: one of them has to know all of it.
func (r *planReader) document(n *openapi.Node, kind, name string) {
	op := Operation{Name: n.Key(), Write: kind == "mutation", Weight: 1, Location: n.KeyLocation()}
	d := n.Get("document")
	if depth := n.Get("depth"); depth != nil {
		r.wrong(depth, "the document of %s says how deep it goes", n.Key())
	}
	if text, file, ok := r.documentText(d); ok {
		op.Document = text
		r.checkDocument(n, text, file, kind, name)
	}
	op.Target = r.target(n, op.Name, true, "")
	r.take(n, op, nil)
}

// documentText returns the text of a document, which is in the plan or in a
// file, and what messages call it.
func (r *planReader) documentText(d *openapi.Node) (text, file string, ok bool) {
	if text = d.Text(); strings.Contains(text, "{") {
		return text, "document", true
	}
	if r.options.File == nil {
		r.fault(d, "the document %.120q is no GraphQL, and no files can be read", text)
		return "", "", false
	}
	data, err := r.options.File(text)
	if err != nil {
		r.fault(d, "the document %.120q cannot be read: %v", text, err)
		return "", "", false
	}
	return string(data), text, true
}

// checkDocument checks that a document holds the one operation that it is said
// to hold, and that the variables of the plan are its own.
func (r *planReader) checkDocument(n *openapi.Node, text, file, kind, name string) {
	d := n.Get("document")
	schemas := []*graphql.Schema{}
	for _, x := range r.options.Descriptions {
		if x.GraphQL != nil {
			schemas = append(schemas, x.GraphQL)
		}
	}
	if len(schemas) == 0 {
		schemas = append(schemas, nil) // the grammar only
	}
	var op *operation.Operation
	var first error
	for _, s := range schemas {
		made, err := operation.Parse(s, file, text)
		if err == nil {
			op = made
			break
		}
		if first == nil {
			first = err
		}
	}
	if op == nil {
		for _, e := range leaves(first) {
			var at *operation.Error
			if errors.As(e, &at) {
				r.fault(d, "%v", at)
			} else {
				r.fault(d, "%s: %v", file, e)
			}
		}
		return
	}
	if op.Kind != kind || op.Name != name && op.Name != "" {
		r.fault(d, "the document has %s %s; expected %s %s", op.Kind, op.Name, kind, name)
		return
	}
	r.variables(n, op)
}

// variables checks that what the plan gives are variables of the document.
func (r *planReader) variables(n *openapi.Node, op *operation.Operation) {
	var known []string
	for _, v := range op.Variables {
		known = append(known, v.Name)
	}
	for _, v := range n.Get("variables").Children() {
		if name := variableOf(v.Key()); name != "" && !slices.Contains(known, name) {
			r.wrong(v, "%s %s has no variable $%.120s%s", op.Kind, op.Name, name, meant(name, known))
		}
	}
}
