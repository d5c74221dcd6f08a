package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumSingleValue = &rule{
	Meta: check.Meta{
		ID:        "graphql-enum-single-value",
		Summary:   "An enum must have more than one value.",
		Rationale: "An enum of one value tells a client nothing. Keep it where others will follow.",
		Severity:  check.Info, Tags: []string{"graphql", "enums", "types"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkEnumSingleValue,
}

func checkEnumSingleValue(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Enums {
		if len(t.EnumValues) == 1 && !isFederated(t.Name) {
			reportf(p, t.Location(), "%s has the one value %q", called(t), t.EnumValues[0].Name)
		}
	}
	return nil
}
