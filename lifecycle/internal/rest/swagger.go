package rest

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// A description of version 2.0 is read as one of 3.x would say the same: the
// body and the form among the parameters are a body, the lists of media types
// its content. The places stay those of 2.0.

// swaggerBody returns the body that the parameters of an operation make.
func (d *side) swaggerBody(o operation) *body {
	var form []*openapi.Node
	for _, list := range []*openapi.Node{o.node.Get("parameters"), o.item.Get("parameters")} {
		for _, at := range list.Children() {
			n := d.doc.Resolve(at)
			switch n.Get("in").Text() {
			case "body":
				b := &body{node: n, required: n.Get("required").IsTrue()}
				b.media = d.swaggerMedia(o, "consumes", n, d.use(n.Get("schema")).schema)
				return b
			case "formData":
				form = append(form, n)
			}
		}
	}
	if form == nil {
		return nil
	}
	return &body{node: form[0], media: d.swaggerMedia(o, "consumes", form[0], d.form(form))}
}

// form compiles the schema of a form, once for each first field.
func (d *side) form(list []*openapi.Node) *schema {
	s := &schema{node: list[0], types: []string{"object"}}
	for _, n := range list {
		name := n.Get("name").Text()
		if slices.ContainsFunc(s.fields, func(f field) bool { return f.name == name }) {
			continue
		}
		s.fields = append(s.fields, field{name, n.Get("required").IsTrue(), d.parameterSchema(n)})
	}
	return s
}

func (d *side) swaggerResponse(o operation, n *openapi.Node) []media {
	s := n.Get("schema")
	if s == nil {
		return nil
	}
	return d.swaggerMedia(o, "produces", s, d.use(s).schema)
}

// swaggerMedia is a schema in every media type of a list that the operation
// has, or the document.
func (d *side) swaggerMedia(o operation, key string, at *openapi.Node, s *schema) []media {
	list := o.node.Get(key)
	if list == nil {
		list = d.doc.Root().Get(key)
	}
	var all []media
	for _, n := range list.Children() {
		if !slices.ContainsFunc(all, func(m media) bool { return m.name == n.Text() }) {
			all = append(all, media{name: n.Text(), node: n, schema: s})
		}
	}
	if all == nil {
		all = []media{{name: "application/json", node: at, schema: s}}
	}
	return all
}
