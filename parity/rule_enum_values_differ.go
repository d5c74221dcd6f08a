package parity

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var enumValuesDiffer = &rule{
	Meta: check.Meta{
		ID:      "parity-enum-values-differ",
		Summary: "Both APIs should have the same values for the same thing.",
		Rationale: "A value that one API has and the other does not cannot be asked for, or means a state of which the other side " +
			"does not speak. Casing does not count. Values that GraphQL would have to return and cannot are errors of " +
			"[parity-enum-value-missing-in-graphql](parity-enum-value-missing-in-graphql.md).\n\n" +
			"Each value is a finding of its own, so that one that is known hides no other. Where more than eight are missing the " +
			"two are other enums, and that is one finding.",
		Severity: check.Warning, Tags: []string{"parity", "openapi", "graphql", "enums"}, Since: since,
	},
	Check: checkEnumValuesDiffer,
}

func checkEnumValuesDiffer(_ context.Context, p *pass) error {
	for t, d := range byValue(differs(p.Subject, EnumAspect)) {
		switch {
		case t.losesValues(d), !t.wants.effect(d.Effect), t.onlyDirects(d):
		case d.Effect == "missing-in-rest":
			reportDifference(p, t, d, true, "the enum of %s has %s, which %s does not have", t.graphql, quoted(d.Values, 5), t.rest)
		default:
			reportDifference(p, t, d, false, "%s has %s, which the enum of %s does not have", t.rest, quoted(d.Values, 5), t.graphql)
		}
	}
	return nil
}

// maxValues is how many values of a pair are findings of their own. Where more
// are missing, the two enums are other ones, and that is one finding.
const maxValues = 8

// byValue yields differences of enums value by value, so that one that goes
// later is not hidden by those that are known to be missing.
func byValue(all iter.Seq2[couple, Difference]) iter.Seq2[couple, Difference] {
	return func(yield func(couple, Difference) bool) {
		for t, d := range all {
			if len(d.Values) > maxValues {
				if !yield(t, d) {
					return
				}
				continue
			}
			for _, v := range d.Values {
				one := d
				one.Values, t.value = []string{v}, v
				if !yield(t, one) {
					return
				}
			}
		}
	}
}

// onlyDirects reports whether what one side lacks are the directions of a
// sort, which the other has in an input of their own.
func (t *couple) onlyDirects(d Difference) bool {
	return t.input != nil && t.input.Role == SortInput && !slices.ContainsFunc(d.Values, func(v string) bool {
		return !strings.EqualFold(v, "asc") && !strings.EqualFold(v, "desc")
	})
}
