package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var interfaceDeprecation = &rule{
	Meta: check.Meta{
		ID:      "graphql-interface-deprecation",
		Summary: "A field that is deprecated in a type must be deprecated in its interface too.",
		Rationale: "A client that asks for the field through the interface sees no warning, and breaks for some of the types " +
			"all the same when the field goes. A type of which every field is deprecated is going away as a whole, " +
			"and is left alone.",
		Severity: check.Warning, Tags: []string{"graphql", "deprecation", "interfaces", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkInterfaceDeprecation,
}

func checkInterfaceDeprecation(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if !isRetired(f) || allRetired(f.Parent()) {
			continue
		}
		for _, r := range f.Parent().Interfaces {
			i := r.Type()
			if i == nil {
				continue
			}
			if g := i.Field(f.Name); g != nil && g.Deprecated == nil {
				reportRelatedf(p, deprecationLocation(f), i.Name,
					check.Related{Message: "the field of the interface", Location: g.Location()},
					"%s is deprecated, but %q of its interface is not", called(f), g.Coordinate())
			}
		}
	}
	return nil
}
