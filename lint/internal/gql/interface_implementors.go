package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var interfaceImplementors = &rule{
	Meta: check.Meta{
		ID:      "graphql-interface-implementors",
		Summary: "An interface must be implemented by more than one object type.",
		Rationale: "An interface with one implementation is that type by another name, and each query has to write a " +
			"fragment for it. Keep it where others will follow.",
		Severity: check.Info, Tags: []string{"graphql", "interfaces", "types"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkInterfaceImplementors,
}

func checkInterfaceImplementors(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Interfaces {
		if possible := t.PossibleTypes(); len(possible) == 1 {
			reportf(p, t.Location(), "%s is implemented by %q only", called(t), possible[0].Name)
		}
	}
	return nil
}
