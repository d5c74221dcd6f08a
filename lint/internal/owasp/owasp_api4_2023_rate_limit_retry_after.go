package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4RateLimitRetryAfter = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-rate-limit-retry-after",
		Summary:   "A 429 says when to try again.",
		Rationale: "Clients that do not know when to come back come back at once. Declare `Retry-After`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-rate-limit-retry-after"},
	},
	Check: checkAPI4RateLimitRetryAfter,
}

func checkAPI4RateLimitRetryAfter(_ context.Context, p *pass) error {
	requests(p, func(op *openapi.Operation) {
		if r := response(p, op, "429"); r != nil && !r.Get("headers").Has("Retry-After") {
			p.Reportf(at(op.Node.Get("responses").Get("429")), "response 429 of %s has no Retry-After", op)
		}
	})
	return nil
}
