package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecatedRequiredParameter = &rule{
	Meta: meta("deprecated-required-parameter", "A required parameter must not be deprecated.",
		"Nobody can stop sending what must be sent. Make it optional first. For GraphQL see graphql-deprecated-required.",
		check.Error, "openapi", "deprecation"),
	Check: checkDeprecatedRequiredParameter,
}

func checkDeprecatedRequiredParameter(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if e.State.Deprecated && e.Required && e.Kind == Parameter {
			e.report(p, "is deprecated and required")
		}
	}
	return nil
}
