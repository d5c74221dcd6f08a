package oas

import (
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// mediaWalker finds what has a schema and examples of it: responses in
// OpenAPI 2.0; from 3.0 on media types, parameters and headers. It follows
// references, since a header that a response refers to stands in a response:
// there writeOnly properties may be missing, and in requests readOnly ones.
type mediaWalker struct {
	doc   *openapi.Document
	visit func(n *openapi.Node, mode jsonschema.Mode) error
	seen  map[mediaVisit]bool
	err   error
}

// mediaVisit is one way of looking at what references lead to.
type mediaVisit struct {
	node   *openapi.Node
	mode   jsonschema.Mode
	inside bool
}

// checkMediaExamples checks the examples of all media.
func checkMediaExamples(p *pass) error {
	c := newExampleChecker(p)
	check := c.media3
	if p.Subject.Version() == openapi.V20 {
		check = c.media2
	}
	w := mediaWalker{doc: p.Subject, visit: check, seen: map[mediaVisit]bool{}}
	w.root()
	return w.err
}

// root walks the document. What stands in the request bodies and responses of
// paths and components is walked as a request or response.
func (w *mediaWalker) root() {
	for _, c := range w.doc.Root().Children() {
		switch c.Key() {
		case "paths":
			for _, item := range resolved(w.doc, c).Children() {
				for _, operation := range resolved(w.doc, item).Children() {
					w.operation(operation, within(item.Key()) || within(operation.Key()))
				}
			}
		case "components":
			for _, group := range resolved(w.doc, c).Children() {
				w.member(group, false, modeOf(group.Key(), "requestBodies"))
			}
		case "responses":
			w.member(c, false, jsonschema.Mode{Response: w.doc.Version() == openapi.V20})
		default:
			w.member(c, false, jsonschema.Mode{})
		}
	}
}

func (w *mediaWalker) operation(at *openapi.Node, inside bool) {
	n := resolved(w.doc, at)
	if !n.Is(openapi.Object) {
		w.value(at, inside, jsonschema.Mode{})
		return
	}
	for _, c := range n.Children() {
		w.member(c, inside, modeOf(c.Key(), "requestBody"))
	}
}

func modeOf(key, request string) jsonschema.Mode {
	return jsonschema.Mode{Request: key == request, Response: key == "responses"}
}

// within reports whether examples are looked for below a member of the name.
func within(key string) bool {
	switch key {
	case "content", "headers", "parameters", "responses":
		return true
	}
	return false
}

// member walks the value of a member.
func (w *mediaWalker) member(c *openapi.Node, inside bool, mode jsonschema.Mode) {
	if c.Len() == 0 || w.err != nil {
		return
	}
	inside = inside || within(c.Key()) && (c.Key() == "responses") == (w.doc.Version() == openapi.V20)
	c = w.follow(c, inside, mode)
	if c == nil || c.Role() == openapi.SchemaRole {
		return
	}
	for _, sub := range c.Children() {
		if c.Is(openapi.Array) {
			w.value(sub, inside, mode)
			continue
		}
		if inside && sub.Len() > 0 {
			w.media(sub, mode)
		}
		w.member(sub, inside, mode)
	}
}

func (w *mediaWalker) value(n *openapi.Node, inside bool, mode jsonschema.Mode) {
	if n.Len() == 0 || w.err != nil {
		return
	}
	if inside {
		w.media(n, mode)
	}
	w.member(n, inside, mode)
}

// media visits a value if it has a schema and examples.
func (w *mediaWalker) media(at *openapi.Node, mode jsonschema.Mode) {
	n := resolved(w.doc, at)
	if !n.Is(openapi.Object) || n.Role() == openapi.SchemaRole || w.err != nil {
		return
	}
	if ecma.Truthy(n.Get("schema")) && (n.Has("example") || ecma.Truthy(n.Get("examples"))) {
		w.err = w.visit(n, mode)
	}
}

// follow returns what a node stands for, nil where that was walked already.
func (w *mediaWalker) follow(n *openapi.Node, inside bool, mode jsonschema.Mode) *openapi.Node {
	target := resolved(w.doc, n)
	if target == n {
		return n
	}
	v := mediaVisit{target, mode, inside}
	if w.seen[v] {
		return nil
	}
	w.seen[v] = true
	return target
}

// media2 checks the examples of a response of OpenAPI 2.0, by media type.
func (c *exampleChecker) media2(n *openapi.Node, mode jsonschema.Mode) error {
	for i, example := range resolved(c.doc(), n.Get("examples")).Children() {
		if err := c.check(resolved(c.doc(), example), n.Get("schema"), mode, i == 0); err != nil {
			return err
		}
	}
	return nil
}

// media3 checks the example of a media type, parameter or header, or its
// named examples if it has none.
func (c *exampleChecker) media3(n *openapi.Node, mode jsonschema.Mode) error {
	schema := n.Get("schema")
	if example := n.Get("example"); example != nil {
		return c.check(resolved(c.doc(), example), schema, mode, true)
	}
	first := true
	for _, named := range resolved(c.doc(), n.Get("examples")).Children() {
		example := resolved(c.doc(), named)
		if !container(example) || example.Has("externalValue") {
			continue
		}
		value := example.Get("value")
		if value == nil {
			c.report.Report(example, "missing", "example has neither a value nor an externalValue")
			continue
		}
		if err := c.check(resolved(c.doc(), value), schema, mode, first); err != nil {
			return err
		}
		first = false
	}
	return nil
}

func (c *exampleChecker) doc() *openapi.Document { return c.report.p.Subject }
