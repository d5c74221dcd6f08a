package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var uniqueEnumValueNames = &rule{
	Meta: check.Meta{
		ID:      "graphql-unique-enum-value-names",
		Summary: "The values of an enum must differ in more than their case.",
		Rationale: "Clients that fold cases, and languages in which constants are written in one case only, see the same " +
			"value twice. Deprecated values are left alone, for they may be the old spelling.",
		Severity: check.Warning, Tags: []string{"graphql", "naming", "enums", "plumb:recommended"}, Since: "0.1.0",
		Aliases: []string{"unique-enum-value-names"},
	},
	Check: checkUniqueEnumValueNames,
}

func checkUniqueEnumValueNames(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Enums {
		first := make(map[string]*graphql.EnumValue, len(t.EnumValues))
		for _, v := range t.EnumValues {
			key := strings.ToLower(v.Name)
			known := first[key]
			if known == nil {
				first[key] = v
				continue
			}
			if isRetired(known) || isRetired(v) {
				continue
			}
			reportRelatedf(p, v.Location(), "", check.Related{Message: "the first of the two", Location: known.Location()},
				"%s differs from %q in its case only", called(v), known.Name)
		}
	}
	return nil
}
