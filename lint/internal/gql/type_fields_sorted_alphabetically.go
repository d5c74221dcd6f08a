package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var typeFieldsSortedAlphabetically = &rule{
	Meta: check.Meta{
		ID:      "graphql-type-fields-sorted-alphabetically",
		Summary: "The fields of a type must be in alphabetical order.",
		Rationale: "In a long type a reader finds a field by its name, and two people who add one do not meet on the same " +
			"line. Reported is the first one of each that stands out of order.",
		Fix:      "Sorts the fields by name, each with its description and the comments directly above it.",
		Severity: check.Info, Tags: []string{"graphql", "order", "fields"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"type-fields-sorted-alphabetically", "alphabetize"},
	},
	Check: checkTypeFieldsSortedAlphabetically,
}

func checkTypeFieldsSortedAlphabetically(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Objects {
		reportUnsorted(p, t.Fields)
	}
	return nil
}
