package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var descriptionsWithoutArticle = &rule{
	Meta: check.Meta{
		ID:      "graphql-descriptions-without-article",
		Summary: "The descriptions of fields, arguments and enum values must not begin with an article.",
		Rationale: "A list of descriptions that all begin with \"The\" hides the words that differ. `ID of the issue.` says " +
			"the same sooner than `The ID of the issue.`",
		Fix:      "Leaves the article out and begins with a capital.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "style", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkDescriptionsWithoutArticle,
}

func checkDescriptionsWithoutArticle(_ context.Context, p *pass) error {
	for e := range described(p.Subject) {
		switch e.(type) {
		case *graphql.Field, *graphql.InputValue, *graphql.EnumValue:
		default:
			continue
		}
		switch word := opening(e.Base().Description); word {
		case "The", "A", "An", "the", "a", "an":
			reportDescription(p, e, "begins with", word, withoutArticle(e, word))
		}
	}
	return nil
}
