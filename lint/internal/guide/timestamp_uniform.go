package guide

import (
	"context"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var timestampUniform = &rule{
	Meta: check.Meta{
		ID:      "timestamp-uniform",
		Summary: "Dates should be strings everywhere, or numbers everywhere.",
		Rationale: "Seconds since 1970 among RFC 3339 strings (or the reverse) need a second parser, and the mistake of a factor of a thousand is silent. " +
			"Reported are properties that are named for a date and are of the rarer type.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "dates", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkTimestampUniform,
}

func checkTimestampUniform(_ context.Context, p *pass) error {
	all := slices.Concat(openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, timestamps)...)
	var forms tally[types]
	for _, c := range all {
		forms.add(c.types, c.at)
	}
	habit, uses, ok := forms.habit()
	if !ok {
		return nil
	}
	words := map[types]string{stringType: "string", integerType: "number"}
	for _, c := range all {
		if c.types != habit {
			p.Report(check.Finding{
				Location: c.at.KeyLocation(),
				Message:  fmt.Sprintf("date %q is a %s, where %d of %d dates are %ss", c.name, words[c.types], uses, forms.places, words[habit]),
				Related:  seeAlso(forms.first[habit].KeyLocation(), fmt.Sprintf("%q is a %s", forms.first[habit].Key(), words[habit])),
			})
		}
	}
	return nil
}

// timestamps returns the dates that are strings or numbers.
func timestamps(d *openapi.Document) []typedPlace {
	const numeric = integerType | numberType
	var all []typedPlace
	for c := range declaredProperties(d) {
		if !isDateName(c.Key()) || isForPeople(c.Get("description").Text()) {
			continue
		}
		form := typesOf(d, c)
		if form&numeric != 0 {
			form = form&^numeric | integerType
		}
		if form == stringType || form == integerType {
			all = append(all, typedPlace{c.Key(), c, form})
		}
	}
	return all
}
