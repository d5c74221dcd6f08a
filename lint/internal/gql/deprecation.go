package gql

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// isRetired reports whether an element is on its way out: it is deprecated and
// not an experiment, or an argument of a field that is. Rules about names pass
// over such elements, for a name that is going away needs no change.
func isRetired(e graphql.Element) bool {
	if d := e.Base().Deprecated; d != nil {
		return !isExperiment(d.Reason)
	}
	if a, ok := e.(*graphql.InputValue); ok {
		f, ok := a.Parent().(*graphql.Field)
		return ok && isRetired(f)
	}
	return false
}

// allRetired reports whether every field of a type is on its way out, which is
// how a type is deprecated.
func allRetired(t *graphql.Type) bool {
	for _, f := range t.Fields {
		if !isRetired(f) {
			return false
		}
	}
	return len(t.Fields) > 0
}

// isExperiment reports whether the reason of a deprecation says that the
// element is new and not yet stable. Schemas that have no other mark for it
// reuse @deprecated, with the version that introduced the element:
//
//	**Status**: Experiment. Introduced in GitLab 15.1.
//	This feature is in Alpha. … Introduced in 15.6.
func isExperiment(reason string) bool {
	return strings.Contains(reason, "ntroduced in") && experimentForm.MatchString(reason)
}

var experimentForm = regexp.MustCompile(`(?i)\b(experiment|experimental|alpha|beta|preview)\b.*\bintroduced in\b`)

// deprecated iterates over the elements of the schema that are deprecated, in
// the order of the schema.
func deprecated(s *graphql.Schema) func(yield func(graphql.Element, *graphql.Deprecation) bool) {
	return func(yield func(graphql.Element, *graphql.Deprecation) bool) {
		for e := range s.Elements() {
			if d := e.Base().Deprecated; d != nil && !yield(e, d) {
				return
			}
		}
	}
}

// deprecationLocation returns the place of the directive that deprecates the
// element, that of its name where introspection told it.
func deprecationLocation(e graphql.Element) check.Location {
	if d := e.Base().Directive("deprecated"); d != nil {
		at := d.Extent()
		if at.EndLine > at.Line { // a whole reason would be too much to underline
			return d.Location()
		}
		return at
	}
	return e.Location()
}

// milestone splits a reason that names a version at its end, as "Deprecated in
// GitLab 15.1." or "Introduced in 15.10.", the product's name being optional:
// what stands before, "Deprecated" or "Introduced", and the version.
func milestone(reason string) (before, verb, version string, ok bool) {
	at := max(strings.LastIndex(reason, "Deprecated in "), strings.LastIndex(reason, "Introduced in "))
	if at < 0 {
		return "", "", "", false
	}
	m := milestoneForm.FindStringSubmatch(reason[at:])
	if m == nil {
		return "", "", "", false
	}
	return strings.TrimSpace(reason[:at]), m[1], m[2], true
}

func hasMilestone(reason string) bool {
	_, _, _, ok := milestone(strings.TrimSpace(reason))
	return ok
}

var milestoneForm = regexp.MustCompile(`^(Deprecated|Introduced) in (?:[A-Z][A-Za-z]* )*(\d+(?:\.\d+)*)\.?$`)

// excerpt returns a text on one line, cut where it is long.
func excerpt(text string) string {
	const limit = 120
	text = strings.Join(strings.Fields(text), " ")
	n := 0
	for i := range text {
		if n == limit {
			return text[:i] + "…"
		}
		n++
	}
	return text
}
