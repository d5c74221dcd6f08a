package parity

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var errorNotExpressible = &rule{
	Meta: check.Meta{
		ID:      "parity-error-not-expressible",
		Summary: "Both APIs should tell the same kinds of errors apart.",
		Rationale: "One API says that a value was refused and which, that there is a conflict or that a limit was reached; the " +
			"other has no way to say so. Its clients cannot tell what to show and whether to try again.",
		Severity: check.Info, Tags: []string{"parity", "openapi", "graphql", "errors"}, Since: since,
	},
	Check: checkErrorNotExpressible,
}

func checkErrorNotExpressible(_ context.Context, p *pass) error {
	for tr := range traits(p.Subject, ErrorTopic) {
		switch {
		case !tr.wants.effect(tr.Effect):
		case tr.Effect == restLacks:
			reportTrait(p, tr, true, "%s lists errors in %q, but %s declares none", tr.graphql, tr.GraphQL, tr.rest)
		default:
			reportTrait(p, tr, false, "%s reports %s, which %s cannot express", tr.rest, quoted(strings.Split(tr.REST, ", "), 5), tr.graphql)
		}
	}
	return nil
}
