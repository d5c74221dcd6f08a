package lifecycle

import (
	"context"

	"github.com/plumbapi/plumb/check"
)

var deprecatedNeedsReplacement = &rule{
	Meta: optIn(meta("deprecated-needs-replacement", "A deprecated operation or field should say what to use instead.",
		"Whoever reads that something goes away asks what to do. Name the successor in `x-replaced-by`, or in the reason as "+
			"\"Please use `Type.field`.\". Where there is none, say why in the reason.", check.Info, "openapi", "graphql", "deprecation")),
	Check: checkDeprecatedNeedsReplacement,
}

func checkDeprecatedNeedsReplacement(_ context.Context, p *pass) error {
	for e := range p.Subject.stated() {
		s := &e.State
		if s.Deprecated && s.Replacement == "" && s.Reason == "" && (e.Kind == Operation || e.Kind == Field) {
			e.report(p, "is deprecated and says neither what to use instead nor why")
		}
	}
	return nil
}
