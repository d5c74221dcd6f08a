package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var mutationPayloadErrors = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-payload-errors",
		Summary: "The result of a mutation must have a list of errors.",
		Rationale: "What a user can mend, such as a title that is too long, is data: it belongs beside the result, as " +
			"`errors: [String!]!` or a list of objects. The errors at the top of a response are for developers.",
		Severity: check.Info, Tags: []string{"graphql", "mutations", "errors", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationPayloadErrors,
}

func checkMutationPayloadErrors(_ context.Context, p *pass) error {
	for _, f := range payloads(p.Subject) {
		t := f.Type.Type()
		errs := errorsField(t)
		switch {
		case errs == nil:
			reportf(p, t.Location(), "%s, the result of mutation %q, has no field %q", called(t), f.Coordinate(), "errors")
		case !errs.Type.IsList():
			reportf(p, errs.TypeLocation(), "%q is %q, not a list", errs.Coordinate(), errs.Type)
		}
	}
	return nil
}

// errorsField returns the field of a result that holds errors: errors, or a
// name that ends in it, such as userErrors.
func errorsField(t *graphql.Type) *graphql.Field {
	if f := t.Field("errors"); f != nil {
		return f
	}
	for _, f := range t.Fields {
		if strings.HasSuffix(f.Name, "Errors") {
			return f
		}
	}
	return nil
}
