package owasp

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var api4RateLimit = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-rate-limit",
		Summary:   "Answers tell the rate limit.",
		Rationale: "Clients that know the limit keep to it, and a limit that is described is one that exists. Declare `RateLimit`, `RateLimit-Limit` with `RateLimit-Reset`, or `X-RateLimit-Limit`.",
		Severity:  check.Error, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-rate-limit"},
	},
	Check: checkAPI4RateLimit,
}

func checkAPI4RateLimit(_ context.Context, p *pass) error {
	seen := map[*openapi.Node]bool{}
	requests(p, func(op *openapi.Operation) {
		for _, r := range op.Node.Get("responses").Children() {
			if !strings.HasPrefix(r.Key(), "2") && !strings.HasPrefix(r.Key(), "4") {
				continue
			}
			answer := p.Subject.Resolve(r)
			if answer == nil || seen[answer] {
				continue
			}
			seen[answer] = true
			h := answer.Get("headers")
			if !hasAny(h, "RateLimit", "X-RateLimit-Limit", "X-Rate-Limit-Limit") && (!h.Has("RateLimit-Limit") || !h.Has("RateLimit-Reset")) {
				p.Reportf(at(said(answer, "headers")), "%s tells no rate limit", answerName(r, answer, op))
			}
		}
	})
	return nil
}
