package gql

import (
	"context"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var deprecationDate = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecation-date",
		Summary: "Every deprecation must have a date.",
		Rationale: "A deprecation without an end is never acted on, by clients or by those who would like to remove the " +
			"field. The date stands in the argument `deletionDate` of `@deprecated` (25/12/2027 or 2027-12-25), or in " +
			"the reason as 2027-12-25. Experiments need none.",
		Severity: check.Info, Tags: []string{"graphql", "deprecation", "lifecycle", "dates"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"require-deprecation-date"},
	},
	Check: checkDeprecationDate,
}

func checkDeprecationDate(_ context.Context, p *pass) error {
	for e, d := range deprecated(p.Subject) {
		if isExperiment(d.Reason) {
			continue
		}
		date, given := deletionDate(e)
		switch {
		case given && !isCalendarDate(date):
			reportf(p, deprecationLocation(e), "the date of the deprecation of %s is %q, which is no date", called(e), excerpt(date))
		case !given && !hasDate(d.Reason):
			reportf(p, deprecationLocation(e), "the deprecation of %s has no date", called(e))
		}
	}
	return nil
}

// deletionDate returns the date that the directive is given, in the argument
// that graphql-eslint asks for or one that says the same.
func deletionDate(e graphql.Element) (date string, given bool) {
	d := e.Base().Directive("deprecated")
	if d == nil {
		return "", false
	}
	for _, name := range []string{"deletionDate", "removalDate", "sunsetDate", "removeOn", "sunset"} {
		if v := d.Arg(name); v != nil {
			return v.Text, true
		}
	}
	return "", false
}

// hasDate reports whether a reason has a day such as 2027-12-25 in it.
func hasDate(reason string) bool {
	for i := range len(reason) - len(time.DateOnly) + 1 {
		if isDigit(reason[i]) && reason[i+4] == '-' && isCalendarDate(reason[i:i+len(time.DateOnly)]) {
			return true
		}
	}
	return false
}

// isCalendarDate reports whether a text is a day that the calendar has, as
// 2027-12-25 or 25/12/2027.
func isCalendarDate(text string) bool {
	for _, form := range []string{time.DateOnly, "2/1/2006"} {
		if _, err := time.Parse(form, text); err == nil {
			return true
		}
	}
	return false
}
