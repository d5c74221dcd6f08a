package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var requestSizeBounded = &rule{
	Meta: check.Meta{
		ID:      "request-size-bounded",
		Summary: "Strings and arrays in a request body should have a maximum.",
		Rationale: "What has no maximum will be sent with a million items (OWASP API4, unrestricted resource consumption). Say `maxLength` and `maxItems`, and clients can check before they send. " +
			"A string with an enum, a constant, a pattern or a format is bounded by that. Most descriptions leave limits out, so this rule must be asked for.",
		Severity: check.Info, Tags: []string{"openapi", "requests", "security"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkRequestSizeBounded,
}

func checkRequestSizeBounded(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	for _, op := range d.Operations() {
		if !isRequest(op) {
			continue
		}
		todo := requestSchemas(d, op)
		for len(todo) > 0 {
			s := d.Resolve(todo[len(todo)-1])
			todo = todo[:len(todo)-1]
			if !s.Is(openapi.Object) || seen[s] || s.Get("readOnly").IsTrue() {
				continue
			}
			seen[s] = true
			switch t := typesOf(d, s); {
			case t == stringType && s.Has("type") && !isBoundedString(s):
				p.Reportf(s.KeyLocation(), "a string of any length may be sent as %q", requestPart(s))
			case t == arrayType && s.Has("type") && !s.Has("maxItems"):
				p.Reportf(s.KeyLocation(), "an array of any length may be sent as %q", requestPart(s))
			}
			todo = append(todo, s.Get("properties").Children()...)
			for _, key := range [...]string{"allOf", "oneOf", "anyOf"} {
				todo = append(todo, s.Get(key).Children()...)
			}
			for _, key := range [...]string{"items", "additionalProperties"} {
				if c := s.Get(key); c.Is(openapi.Object) {
					todo = append(todo, c)
				}
			}
		}
	}
	return nil
}

// requestSchemas returns the schemas of the bodies that an operation takes.
func requestSchemas(d *openapi.Document, op *openapi.Operation) []*openapi.Node {
	var out []*openapi.Node
	if d.Version() == openapi.V20 {
		for _, param := range d.Parameters(op) {
			switch param.Get("in").Text() {
			case "body":
				out = append(out, param.Get("schema"))
			case "formData":
				out = append(out, param)
			}
		}
		return out
	}
	for _, b := range bodies(d, d.Resolve(op.Node.Get("requestBody"))) {
		out = append(out, b.schema)
	}
	return out
}

func isBoundedString(schema *openapi.Node) bool {
	for _, c := range schema.Children() {
		switch c.Key() {
		case "maxLength", "enum", "const", "pattern", "format":
			return true
		}
	}
	return false
}

// requestPart returns the name of the property or schema that a schema is
// for; that of the array, where it is for the items of one.
func requestPart(schema *openapi.Node) string {
	for n := schema; n != nil; n = n.Parent() {
		if name := n.Get("name"); n.Role() == openapi.ParameterRole && name != nil {
			return name.Text()
		}
		switch n.Parent().Key() {
		case "properties", "schemas", "definitions":
			return n.Key()
		case "content":
			return "body"
		}
	}
	return "body"
}
