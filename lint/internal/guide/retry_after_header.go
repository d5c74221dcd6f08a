package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var retryAfterHeader = &rule{
	Meta: check.Meta{
		ID:      "retry-after-header",
		Summary: "The responses 429 and 503 should declare the header Retry-After.",
		Rationale: "Both say \"not now\". `Retry-After` (RFC 9110, section 10.2.3) says when; without it each client invents a delay, and many choose none. " +
			"A rate-limit header that says when the limit resets will do too.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "rate-limit"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkRetryAfterHeader,
}

func checkRetryAfterHeader(_ context.Context, p *pass) error {
	d := p.Subject
	seen := map[*openapi.Node]bool{}
	for _, op := range d.Operations() {
		if !isRequest(op) {
			continue
		}
		for _, a := range answers(d, op) {
			if a.code != "429" && a.code != "503" || a.node == nil || seen[a.node] {
				continue
			}
			seen[a.node] = true
			if !hasHeader(a.node, saysWhen) {
				p.Reportf(a.at.KeyLocation(), "response %q of %s declares no header %q", a.code, op, "Retry-After")
			}
		}
	}
	return nil
}

func saysWhen(header string) bool {
	return is(header, "retry-after", "ratelimit") || rateLimitFamily(header) != "" && strings.HasSuffix(strings.ToLower(header), "-reset")
}
