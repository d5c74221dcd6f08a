package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var descriptionsEndWithPeriod = &rule{
	Meta: check.Meta{
		ID:      "graphql-descriptions-end-with-period",
		Summary: "The descriptions of fields, arguments and enum values must end with a period.",
		Rationale: "Other sentences are put after a description, such as that the field is deprecated and since when. " +
			"Without a period the two run into each other. Lists, code blocks and links may end a description as they " +
			"are.",
		Fix:      "Puts a period at the end.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "style", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkDescriptionsEndWithPeriod,
}

func checkDescriptionsEndWithPeriod(_ context.Context, p *pass) error {
	for e := range described(p.Subject) {
		switch e.(type) {
		case *graphql.Field, *graphql.InputValue, *graphql.EnumValue:
		default:
			continue
		}
		if end := ending(e.Base().Description); end != "" {
			reportDescription(p, e, "ends with", end, ended(e))
		}
	}
	return nil
}
