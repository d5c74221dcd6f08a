package owasp

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var api4RateLimitResponses429 = &rule{
	Meta: check.Meta{
		ID:        "owasp-api4-2023-rate-limit-responses-429",
		Summary:   "An operation describes what it answers above the rate limit.",
		Rationale: "An error that nobody described is whatever the framework makes of it: a stack trace, a query, a path. Describe it with its body, so that tests can hold answers against it.",
		Severity:  check.Warning, Tags: []string{"openapi", "security", Tag, "API4:2023"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"owasp:api4:2023-rate-limit-responses-429"},
	},
	Check: checkAPI4RateLimitResponses429,
}

func checkAPI4RateLimitResponses429(_ context.Context, p *pass) error {
	responsesTo(p, "429")
	return nil
}
