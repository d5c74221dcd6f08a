package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var sortEnumDescriptions = &rule{
	Meta: check.Meta{
		ID:      "graphql-sort-enum-descriptions",
		Summary: "The description of an enum for sorting must say so.",
		Rationale: "Enums that sort look alike in the reference. `Values for sorting issues.` tells at once what kind of " +
			"thing it is and what it sorts.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "enums", "style", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkSortEnumDescriptions,
}

func checkSortEnumDescriptions(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Enums {
		name := strings.TrimSuffix(t.Name, "Enum")
		if lastWord(name) != "Sort" || blank(t.Description) {
			continue
		}
		if !strings.HasPrefix(t.Description, "Values for sorting ") {
			reportf(p, graphql.DescriptionLocation(t), "the description of %s does not begin with %q: %q",
				called(t), "Values for sorting", excerpt(t.Description))
		}
	}
	return nil
}
