package lifecycle

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
)

var twinDeprecatedUnevenly = &rule{
	Meta: meta("twin-deprecated-unevenly", "What is deprecated on one surface should be deprecated on the other.",
		"A REST operation and a GraphQL field that offer the same are one promise to clients. Where one side goes and the "+
			"other stays, clients should read that in the deprecation: name the twin as what to use instead, and the rule is "+
			"content. Pairs come from `plumb parity`.", check.Warning, "openapi", "graphql", "deprecation", "parity"),
	Check: checkTwinDeprecatedUnevenly,
}

func checkTwinDeprecatedUnevenly(_ context.Context, p *pass) error {
	for _, pair := range p.Subject.Pairs {
		rest, gql := p.Subject.lookup().paths[nameless(pair.REST)], p.Subject.find(GraphQL, pair.GraphQL)
		if rest == nil || gql == nil || rest.State.Deprecated == gql.State.Deprecated {
			continue
		}
		gone, stays := rest, gql
		if gql.State.Deprecated {
			gone, stays = gql, rest
		}
		if target, _ := p.Subject.replacement(gone); target == stays || gone.State.Replacement == stays.Name {
			continue
		}
		p.Report(check.Finding{
			Location: gone.Location, Key: stays.Name,
			Message: fmt.Sprintf("%s is deprecated, but its twin %s is not", gone, stays),
			Related: []check.Related{{Message: "the twin " + stays.String(), Location: stays.Location}},
		})
	}
	return nil
}
