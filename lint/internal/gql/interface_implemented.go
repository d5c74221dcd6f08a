package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var interfaceImplemented = &rule{
	Meta: check.Meta{
		ID:      "graphql-interface-implemented",
		Summary: "An interface must be implemented by an object type.",
		Rationale: "A field of an interface that nothing implements can only ever be null, and no client can select more " +
			"than the fields of the interface.",
		Severity: check.Warning, Tags: []string{"graphql", "interfaces", "types", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkInterfaceImplemented,
}

func checkInterfaceImplemented(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Interfaces {
		if len(t.PossibleTypes()) == 0 {
			reportf(p, t.Location(), "%s is implemented by no object type", called(t))
		}
	}
	return nil
}
