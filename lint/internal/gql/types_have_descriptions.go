package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var typesHaveDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-types-have-descriptions",
		Summary: "Every type must have a description.",
		Rationale: "The schema is its own manual: editors, explorers and the reference show the description where a reader " +
			"meets the type. Say what the thing is in the words of its users. A type that is only extended here is " +
			"described where it is defined.",
		Severity: check.Warning, Tags: []string{"graphql", "descriptions", "plumb:recommended", "plumb:gitlab"}, Since: "0.1.0",
		Aliases: []string{"types-have-descriptions", "require-description"},
	},
	Check: checkTypesHaveDescriptions,
}

func checkTypesHaveDescriptions(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Types {
		if len(t.Extensions) > 0 && t.Extensions[0] == t.Location() {
			continue // extend cannot have a description
		}
		reportUndescribed(p, t)
	}
	return nil
}
