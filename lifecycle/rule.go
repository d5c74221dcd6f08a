package lifecycle

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
)

// message writes the message of a finding about an element: its kind, its
// name, and how often a shared one is used.
func message(e place, format string, args []any) string {
	text := e.String()
	if e.uses > 1 {
		text += fmt.Sprintf(" (and %d alike)", e.uses-1)
	}
	return text + " " + fmt.Sprintf(format, args...)
}

// problems reports the values of an element that could not be read, those
// that say one of the things.
func problems(p *pass, sets ...string) {
	for e := range p.Subject.stated() {
		for i, problem := range e.State.Problems {
			for _, s := range sets {
				if problem.Sets == s {
					p.Report(check.Finding{
						Location: problem.Location, Key: fmt.Sprint(problem.Carrier, i),
						Message: fmt.Sprintf("%s of %s is %q, not %s", problem.Carrier, e, problem.Value, problem.Want),
					})
				}
			}
		}
	}
}

// meta describes a rule of this package.
func meta(id, summary, rationale string, severity check.Severity, tags ...string) check.Meta {
	return check.Meta{ID: "lifecycle-" + id, Summary: summary, Rationale: rationale, Severity: severity, Tags: append([]string{"lifecycle"}, tags...), Since: since}
}

// optIn makes a rule run only where it is named.
func optIn(m check.Meta) check.Meta {
	m.OptIn = true
	return m
}
