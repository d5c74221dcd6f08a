package parity

import (
	"fmt"
	"iter"

	"github.com/plumbapi/plumb/check"
)

// The effects of a trait that one side lacks.
const (
	graphqlLacks = "missing-in-graphql"
	restLacks    = "missing-in-rest"
)

// trait is a trait with its sides as findings show them.
type trait struct {
	*Trait
	rest, graphql mention
	wants         wants
	confidence    float64
}

// traits yields the traits of a topic, of likely pairs that nobody has
// exempted.
func traits(res *Result, topic Topic) iter.Seq[trait] {
	return func(yield func(trait) bool) {
		of := newMatches(res)
		for _, t := range res.Traits {
			o, w := of.operation(t.Operation, t.Coordinate)
			if t.Topic != topic || o == nil || o.Exempt != "" || o.Confidence < likely {
				continue
			}
			tr := trait{
				Trait: t, rest: mention{noun: "operation", name: t.Operation, at: t.RESTLocation},
				graphql: mention{noun: "field", name: t.Coordinate, at: t.GraphQLLocation},
				wants:   w, confidence: o.Confidence,
			}
			if !yield(tr) {
				return
			}
		}
	}
}

// reportTrait reports a trait at the REST side, or at the GraphQL side where
// the message speaks of that first.
func reportTrait(p *pass, t trait, graphqlFirst bool, format string, args ...any) {
	first, second := t.rest, t.graphql
	if graphqlFirst {
		first, second = second, first
	}
	report(p, first, second, check.Finding{
		Message: fmt.Sprintf(format, args...), Key: t.Operation + " " + t.Coordinate + " " + t.Effect,
		Properties: map[string]any{
			"operation": t.Operation, "coordinate": t.Coordinate, "effect": t.Effect,
			"rest": t.REST, "graphql": t.GraphQL, "confidence": round(t.confidence),
		},
	})
}
