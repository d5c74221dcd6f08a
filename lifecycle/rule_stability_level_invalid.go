package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var stabilityLevelInvalid = &rule{
	Meta: meta("stability-level-invalid", "A stability level must be one that is known.",
		"A level with a typing error is none: the element is taken for stable, with all that was promised for that. Levels "+
			"are internal, experimental, beta and stable, and what products call them (draft, alpha, preview, ga). Own words "+
			"go into `lifecycle.carriers`.", check.Error, "openapi", "graphql", "stability"),
	Check: func(_ context.Context, p *pass) error {
		problems(p, "stability")
		return nil
	},
}
