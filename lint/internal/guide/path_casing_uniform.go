package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var pathCasingUniform = &rule{
	Meta: check.Meta{
		ID:      "path-casing-uniform",
		Summary: "The segments of paths should be cased alike.",
		Rationale: "Paths are typed by hand into scripts, logs and firewalls. Among `/merge-requests` and `/access-tokens` a `/deploy_keys` is typed wrong. " +
			"A segment counts once, at the first path that has it; parameters have a rule of their own.",
		Severity: check.Warning, Tags: []string{"openapi", "paths", "naming", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkPathCasingUniform,
}

func checkPathCasingUniform(_ context.Context, p *pass) error {
	var habit casingHabit
	seen := map[string]bool{}
	for _, path := range p.Subject.Root().Get("paths").Children() {
		if strings.HasPrefix(path.Key(), "x-") {
			continue
		}
		for _, s := range segments(path.Key()) {
			if !seen[s] && !strings.ContainsAny(s, "{}") {
				seen[s] = true
				habit.add(s, path)
			}
		}
	}
	habit.report(p, "path segment", (*openapi.Node).KeyLocation)
	return nil
}
