package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var interfaceFieldsSortedAlphabetically = &rule{
	Meta: check.Meta{
		ID:      "graphql-interface-fields-sorted-alphabetically",
		Summary: "The fields of an interface must be in alphabetical order.",
		Rationale: "In a long interface a reader finds a field by its name, and two people who add one do not meet on the " +
			"same line. Reported is the first one of each that stands out of order.",
		Fix:      "Sorts the fields by name, each with its description and the comments directly above it.",
		Severity: check.Info, Tags: []string{"graphql", "order", "interfaces"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"interface-fields-sorted-alphabetically"},
	},
	Check: checkInterfaceFieldsSortedAlphabetically,
}

func checkInterfaceFieldsSortedAlphabetically(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Interfaces {
		reportUnsorted(p, t.Fields)
	}
	return nil
}
