package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumValuesSortedAlphabetically = &rule{
	Meta: check.Meta{
		ID:      "graphql-enum-values-sorted-alphabetically",
		Summary: "The values of an enum must be in alphabetical order.",
		Rationale: "In a long enum a reader finds a value by its name, and two people who add one do not meet on the same " +
			"line. Reported is the first one of each that stands out of order.",
		Fix:      "Sorts the values by name, each with its description and the comments directly above it.",
		Severity: check.Info, Tags: []string{"graphql", "order", "enums"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"enum-values-sorted-alphabetically"},
	},
	Check: checkEnumValuesSortedAlphabetically,
}

func checkEnumValuesSortedAlphabetically(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Enums {
		reportUnsorted(p, t.EnumValues)
	}
	return nil
}
