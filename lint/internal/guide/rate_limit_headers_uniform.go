package guide

import (
	"context"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var rateLimitHeadersUniform = &rule{
	Meta: check.Meta{
		ID:      "rate-limit-headers-uniform",
		Summary: "Rate-limit headers should be declared on all successful responses, in one spelling.",
		Rationale: "A client throttles itself in one place, by headers of one name. Where nearly all responses declare rate-limit headers, the few that do not look unlimited; where nearly all say `X-RateLimit-Remaining`, a response that says `X-Rate-Limit-Remaining` is not understood. " +
			"New APIs take the names of the IETF draft, `RateLimit` and `RateLimit-Policy`.",
		Severity: check.Warning, Tags: []string{"openapi", "rate-limit", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkRateLimitHeadersUniform,
}

func checkRateLimitHeadersUniform(_ context.Context, p *pass) error {
	headers := slices.Concat(openapi.Gather(p.Subject, p.Rule(), openapi.Alone, func(part *openapi.Document) (found []*openapi.Node) {
		for _, r := range part.Nodes(openapi.ResponseRole) {
			found = append(found, rateLimitHeadersOf(r)...)
		}
		return found
	})...)
	if len(headers) == 0 {
		return nil
	}
	var families tally[string]
	for _, h := range headers {
		families.add(rateLimitFamily(h.Key()), h)
	}
	if habit, uses, ok := families.habit(); ok {
		example := families.first[habit]
		for _, h := range headers {
			if rateLimitFamily(h.Key()) != habit {
				p.Report(check.Finding{
					Location: h.KeyLocation(),
					Message:  fmt.Sprintf("rate-limit header %q, where %d of %d are spelled like %q", h.Key(), uses, families.places, example.Key()),
					Related:  seeAlso(example.KeyLocation(), fmt.Sprintf("%q", example.Key())),
				})
			}
		}
	}
	reportWithoutRateLimit(p)
	return nil
}

// reportWithoutRateLimit reports the successful responses that declare no
// rate limit where nearly all others do.
func reportWithoutRateLimit(p *pass) {
	type limited struct {
		answer
		limit *openapi.Node // nil where there is none
	}
	parts := openapi.Gather(p.Subject, p.Rule()+" success", openapi.ThroughReferences, func(part *openapi.Document) (found []limited) {
		for _, op := range part.Operations() {
			if !isRequest(op) {
				continue
			}
			for _, a := range answers(part, op) {
				if !a.success() || a.node == nil {
					continue
				}
				l := limited{answer: a}
				if limits := rateLimitHeadersOf(a.node); len(limits) > 0 {
					l.limit = limits[0]
				}
				found = append(found, l)
			}
		}
		return found
	})
	var with tally[int]
	var without []answer
	for _, a := range slices.Concat(parts...) {
		if a.limit != nil {
			with.add(1, a.limit)
		} else {
			with.add(0, a.at)
			without = append(without, a.answer)
		}
	}
	if way, uses, ok := with.habit(); ok && way == 1 {
		for _, a := range without {
			p.Report(check.Finding{
				Location: a.at.KeyLocation(),
				Message:  fmt.Sprintf("response %q declares no rate-limit header, where %d of %d successful responses do", a.code, uses, with.places),
				Related:  seeAlso(with.first[1].KeyLocation(), fmt.Sprintf("%q", with.first[1].Key())),
			})
		}
	}
}
