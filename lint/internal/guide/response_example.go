package guide

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var responseExample = &rule{
	Meta: check.Meta{
		ID:        "response-example",
		Summary:   "A successful JSON response should have an example.",
		Rationale: "Readers look at the example first, and mock servers answer with it. An example of the body counts, one of its schema, and examples of all properties of the schema.",
		Severity:  check.Info, Tags: []string{"openapi", "responses", "documentation"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkResponseExample,
}

func checkResponseExample(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	exampled := map[*openapi.Node]bool{} // schemas, references resolved
	for _, op := range d.Operations() {
		for _, a := range answers(d, op) {
			if !a.success() || a.node == nil || seen[a.node] || !isRequest(op) {
				continue
			}
			seen[a.node] = true
			for _, b := range bodies(d, a.node) {
				if b.schema != nil && (b.mediaType == "" || isJSON(b.mediaType)) && !hasExample(d, a.node, b, exampled) {
					p.Reportf(a.at.KeyLocation(), "response %q of %s has no example", a.code, op)
					break
				}
			}
		}
	}
	return nil
}

func hasExample(d *openapi.Document, response *openapi.Node, b body, exampled map[*openapi.Node]bool) bool {
	media := d.Resolve(b.at)
	if media.Has("example") || media.Get("examples").Len() > 0 || response.Get("examples").Len() > 0 {
		return true
	}
	schema := d.Resolve(b.schema)
	shown, known := exampled[schema]
	if !known {
		shown = isExampled(schema) || isExampled(d.Resolve(schema.Get("items"))) || isExampledThroughout(d, schema)
		exampled[schema] = shown
	}
	return shown
}

// isExampledThroughout reports whether all properties of a schema, and at
// least one, show what they look like.
func isExampledThroughout(d *openapi.Document, schema *openapi.Node) bool {
	all, some := true, false
	eachProperty(d, schema, func(c *openapi.Node) {
		some = true
		all = all && isExampled(d.Resolve(c))
	})
	return all && some
}

// isExampled reports whether a schema shows what its value looks like.
func isExampled(schema *openapi.Node) bool {
	return schema.Has("example") || schema.Get("examples").Len() > 0 || schema.Has("const") || schema.Get("enum").Len() > 0
}
