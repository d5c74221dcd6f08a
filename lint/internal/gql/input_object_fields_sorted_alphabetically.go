package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var inputObjectFieldsSortedAlphabetically = &rule{
	Meta: check.Meta{
		ID:      "graphql-input-object-fields-sorted-alphabetically",
		Summary: "The fields of an input object must be in alphabetical order.",
		Rationale: "In a long input a reader finds a field by its name, and two people who add one do not meet on the same " +
			"line. Reported is the first one of each that stands out of order.",
		Fix:      "Sorts the fields by name, each with its description and the comments directly above it.",
		Severity: check.Info, Tags: []string{"graphql", "order", "inputs"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"input-object-fields-sorted-alphabetically"},
	},
	Check: checkInputObjectFieldsSortedAlphabetically,
}

func checkInputObjectFieldsSortedAlphabetically(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Inputs {
		reportUnsorted(p, t.InputFields)
	}
	return nil
}
