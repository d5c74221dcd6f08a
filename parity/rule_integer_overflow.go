package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var integerOverflow = &rule{
	Meta: check.Meta{
		ID:      "parity-integer-overflow",
		Summary: "A field must be able to hold every value of its property.",
		Rationale: "Int of GraphQL has 32 bits. What REST writes as int64, or as milliseconds since 1970, does not fit: a " +
			"conforming server answers with an error instead of the value, and every query that asks for the field fails. Use a " +
			"scalar of its own, String, or Float where whole numbers up to 2^53 are enough.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "types"}, Since: since,
	},
	Check: checkIntegerOverflow,
}

func checkIntegerOverflow(_ context.Context, p *pass) error {
	for t, d := range differs(p.Subject, RangeAspect) {
		if t.confidence >= autoFrom {
			reportDifference(p, t, d, true, "%s is %s, which cannot hold %s of %s", t.graphql, d.GraphQL, d.REST, t.rest)
		}
	}
	return nil
}
