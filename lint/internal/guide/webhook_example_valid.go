package guide

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

var webhookExampleValid = &rule{
	Meta: check.Meta{
		ID:      "webhook-example-valid",
		Summary: "A webhook should have an example of its payload, and it should be valid.",
		Rationale: "Receivers are written and tested with the example before the first delivery comes. One that its own schema refuses leads astray. " +
			"That examples are valid is also what `oas3-valid-media-example` asks for, of all bodies; this rule asks for an example too, so that " +
			"it must be asked for.",
		Severity: check.Warning, Tags: []string{"openapi", "webhooks"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkWebhookExampleValid,
}

func checkWebhookExampleValid(_ context.Context, p *pass) error {
	d := p.Subject
	compiler := jsonschema.NewCompiler(jsonschema.DialectOf(d.Version()), jsonschema.ForDocument(d))
	for _, op := range sentOperations(d) {
		for _, b := range payloads(d, op) {
			examples := payloadExamples(d, b)
			if len(examples) == 0 && !isExampledThroughout(d, d.Resolve(b.schema)) {
				p.Reportf(op.Node.KeyLocation(), "%s has no example of its payload", sentName(op))
			}
			for _, example := range examples {
				errs, err := compiler.Compile(b.schema).Validate(example, jsonschema.Mode{})
				if err != nil {
					return fmt.Errorf("check the example at %s: %w", example.Pointer(), err)
				}
				if len(errs) > 0 {
					e := errs[len(errs)-1]
					p.Reportf(e.Instance.Location(), "the example of %s does not match its schema: %s", sentName(op), e.Message())
				}
			}
		}
	}
	return nil
}

// payloadExamples returns the examples of a payload: those of the body, else
// those of its schema.
func payloadExamples(d *openapi.Document, b body) []*openapi.Node {
	var out []*openapi.Node
	media := d.Resolve(b.at)
	if x := media.Get("example"); x != nil {
		out = append(out, x)
	}
	for _, x := range media.Get("examples").Children() {
		if v := d.Resolve(x).Get("value"); v != nil {
			out = append(out, v)
		}
	}
	schema := d.Resolve(b.schema)
	if x := schema.Get("example"); x != nil && len(out) == 0 {
		out = append(out, x)
	}
	if len(out) == 0 {
		out = append(out, schema.Get("examples").Children()...)
	}
	return out
}
