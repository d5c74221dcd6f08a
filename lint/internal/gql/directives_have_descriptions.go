package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var directivesHaveDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-directives-have-descriptions",
		Summary: "Every directive must have a description.",
		Rationale: "A directive changes what a query or a field does, and nothing in its name says how. Clients that may " +
			"write it, and those who read the schema, need a sentence.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "directives", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkDirectivesHaveDescriptions,
}

func checkDirectivesHaveDescriptions(_ context.Context, p *pass) error {
	for _, d := range p.Subject.Directives {
		if !isFederated(d.Name) && !importedByLink[d.Name] {
			reportUndescribed(p, d)
		}
	}
	return nil
}

// importedByLink are the directives of Apollo Federation. Tools write their
// definitions into a schema; the author cannot describe them.
var importedByLink = map[string]bool{
	"authenticated": true, "composeDirective": true, "context": true, "cost": true, "extends": true, "external": true,
	"fromContext": true, "inaccessible": true, "interfaceObject": true, "key": true, "link": true, "listSize": true,
	"override": true, "policy": true, "provides": true, "requires": true, "requiresScopes": true, "shareable": true,
	"tag": true,
}
