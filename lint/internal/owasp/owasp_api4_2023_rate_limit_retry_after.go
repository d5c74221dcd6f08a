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
	seen := map[*openapi.Node]bool{}
	requests(p, func(op *openapi.Operation) {
		r := op.Node.Get("responses").Get("429")
		answer := p.Subject.Resolve(r)
		h := answer.Get("headers")
		if h == nil || seen[answer] || h.Has("Retry-After") {
			return // without headers it tells no rate limit at all, which is another rule's
		}
		seen[answer] = true
		p.Reportf(at(h), "%s has no Retry-After", answerName(r, answer, op))
	})
	return nil
}
