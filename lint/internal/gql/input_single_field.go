package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var inputSingleField = &rule{
	Meta: check.Meta{
		ID:      "graphql-input-single-field",
		Summary: "An input object must have more than one field.",
		Rationale: "An input object of one field is that field with braces around it. The inputs of mutations, which grow, " +
			"and `@oneOf` inputs are left alone.",
		Severity: check.Info, Tags: []string{"graphql", "inputs", "types"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkInputSingleField,
}

func checkInputSingleField(_ context.Context, p *pass) error {
	inputs := map[*graphql.Type]bool{}
	for _, f := range mutations(p.Subject) {
		for _, a := range f.Args {
			inputs[a.Type.Type()] = true
		}
	}
	for _, t := range p.Subject.Inputs {
		if len(t.InputFields) == 1 && !t.OneOf && !inputs[t] {
			reportf(p, t.Location(), "%s has the one field %q", called(t), t.InputFields[0].Name)
		}
	}
	return nil
}
