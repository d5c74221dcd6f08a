package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var rateLimit429Response = &rule{
	Meta: check.Meta{
		ID:      "rate-limit-429-response",
		Summary: "An operation that declares rate-limit headers must describe the response 429.",
		Rationale: "Headers such as `RateLimit` or `X-RateLimit-Remaining` say that there is a limit; what happens beyond it, and when to come back, stands in the response 429 (RFC 6585). " +
			"Without it clients treat the refusal as any error, and retry at once.",
		Severity: check.Warning, Tags: []string{"openapi", "errors", "rate-limit", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkRateLimit429Response,
}

func checkRateLimit429Response(_ context.Context, p *pass) error {
	for _, op := range p.Subject.Operations() {
		if !isRequest(op) || declares(op, "429") {
			continue
		}
		if name := rateLimitHeader(p.Subject, op); name != "" {
			p.Reportf(op.Node.Get("responses").KeyLocation(), "%s declares the header %q and describes no response 429", op, name)
		}
	}
	return nil
}

// rateLimitHeader returns the name of the first rate-limit header that a
// response of the operation declares, "" where none does.
func rateLimitHeader(d *openapi.Document, op *openapi.Operation) string {
	for _, a := range answers(d, op) {
		for _, h := range a.node.Get("headers").Children() {
			if rateLimitFamily(h.Key()) != "" {
				return h.Key()
			}
		}
	}
	return ""
}

// rateLimitFamilies are the beginnings of the names of rate-limit headers,
// in lower case: those of the IETF draft "RateLimit header fields for HTTP",
// and those that came before it.
var rateLimitFamilies = []string{"ratelimit", "x-ratelimit", "x-rate-limit", "rate-limit", "x-app-rate-limit"}

// rateLimitFamily returns the family that the name of a header belongs to,
// "" where it is no rate-limit header.
func rateLimitFamily(name string) string {
	if len(name) < len("ratelimit") {
		return ""
	}
	lower := strings.ToLower(name)
	for _, f := range rateLimitFamilies {
		if rest, ok := strings.CutPrefix(lower, f); ok && (rest == "" || rest[0] == '-') {
			return f
		}
	}
	return ""
}

// rateLimitHeadersOf returns the rate-limit headers that a response declares.
func rateLimitHeadersOf(response *openapi.Node) []*openapi.Node {
	var out []*openapi.Node
	for _, h := range response.Get("headers").Children() {
		if rateLimitFamily(h.Key()) != "" {
			out = append(out, h)
		}
	}
	return out
}
