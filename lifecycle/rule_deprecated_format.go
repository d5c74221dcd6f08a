package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecatedFormat = &rule{
	Meta: meta("deprecated-format", "A mark of deprecation must be true or false.",
		"Tools ignore `deprecated: yes please`, and so the element counts as supported. Put the reason into the description "+
			"and the day into `x-deprecated-at`.", check.Error, "openapi", "deprecation"),
	Check: func(_ context.Context, p *pass) error {
		problems(p, "deprecated")
		return nil
	},
}
