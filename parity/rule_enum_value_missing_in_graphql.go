package parity

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var enumValueMissingInGraphQL = &rule{
	Meta: check.Meta{
		ID:      "parity-enum-value-missing-in-graphql",
		Summary: "The enum of a field must have every value that REST returns.",
		Rationale: "An enum of GraphQL is closed: a server cannot return a value that is not in it. For an object that has the " +
			"missing value the field is an error, and a null or nothing at all where a value should be. Add the value to the enum.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "enums"}, Since: since,
	},
	Check: checkEnumValueMissingInGraphQL,
}

func checkEnumValueMissingInGraphQL(_ context.Context, p *pass) error {
	for t, d := range byValue(differs(p.Subject, EnumAspect)) {
		if t.losesValues(d) {
			reportDifference(p, t, d, false, "%s has %s, which the enum of %s does not have", t.rest, quoted(d.Values, 5), t.graphql)
		}
	}
	return nil
}

// losesValues reports whether GraphQL surely cannot return what REST does.
func (t *couple) losesValues(d Difference) bool {
	return t.input == nil && d.Effect == "missing-in-graphql" && t.confidence >= autoFrom
}
