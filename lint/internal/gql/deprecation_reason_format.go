package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var deprecationReasonFormat = &rule{
	Meta: check.Meta{
		ID:      "graphql-deprecation-reason-format",
		Summary: "The reason of a deprecation must have the form that tools can read.",
		Rationale: "Calendars and references are made from the reasons: `<Reason>. Please use `Type.field`. Deprecated in " +
			"<Product> 15.1.`, the middle sentence being left out where nothing replaces the element. A milestone is " +
			"a major and a minor version. An experiment has the form `**Status**: Experiment. Introduced in <Product> " +
			"15.1.` Reasons without any milestone are for `graphql-deprecation-milestone`.",
		Severity: check.Info, Tags: []string{"graphql", "deprecation", "lifecycle", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkDeprecationReasonFormat,
}

func checkDeprecationReasonFormat(_ context.Context, p *pass) error {
	for e, d := range deprecated(p.Subject) {
		if fault := reasonFault(strings.TrimSpace(d.Reason)); fault != "" {
			reportf(p, deprecationLocation(e), "the reason of %s %s: %q", called(e), fault, excerpt(d.Reason))
		}
	}
	return nil
}

// reasonFault says what is wrong with the form of a reason that names a
// milestone; "" where nothing is.
func reasonFault(reason string) string {
	before, verb, version, ok := milestone(reason)
	if !ok {
		return ""
	}
	experiment := isExperiment(reason)
	switch {
	case !strings.HasSuffix(reason, "."):
		return "does not end with a period"
	case strings.Count(version, ".") != 1:
		return "has a milestone that is no major and minor version"
	case before == "":
		return "says only when"
	case verb == "Introduced" && !experiment:
		return "says when the element was introduced, and not that it is an experiment"
	case verb == "Deprecated" && experiment:
		return "calls an experiment deprecated"
	case !strings.HasSuffix(before, "."):
		return "has no period before the milestone"
	case strings.HasSuffix(before, ".."):
		return "has two periods before the milestone"
	}
	if _, use, ok := strings.Cut(before, "Please use "); ok && !strings.HasPrefix(use, "`") {
		return "names its replacement without backticks"
	}
	return ""
}
