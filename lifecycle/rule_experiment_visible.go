package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var experimentVisible = &rule{
	Meta: optIn(meta("experiment-visible", "A public description should not show what is internal or experimental.",
		"What the public can read, the public uses. Keep experiments in a description of their own until they are in beta. "+
			"The rule is for descriptions that are published.", check.Info, "openapi", "graphql", "stability")),
	Check: checkExperimentVisible,
}

func checkExperimentVisible(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		if s := e.State.Stability; s == Internal || s == Experimental {
			e.report(p, "is %s", s)
		}
	}
	return nil
}
