package guide

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var noVerbsInPaths = &rule{
	Meta: check.Meta{
		ID:      "no-verbs-in-paths",
		Summary: "A path should name a thing, not what is done to it.",
		Rationale: "The method is the verb: `DELETE /pets/{id}`, not `POST /pets/{id}/delete`. Verbs that no method stands for (`merge`, `cancel`, `retry`) are not reported. " +
			"APIs of remote procedure calls name actions on purpose, so this rule must be asked for.",
		Severity: check.Info, Tags: []string{"openapi", "paths", "naming"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkNoVerbsInPaths,
}

func checkNoVerbsInPaths(_ context.Context, p *pass) error {
	for _, path := range p.Subject.Root().Get("paths").Children() {
		for _, s := range segments(path.Key()) {
			if strings.ContainsAny(s, "{}") {
				continue
			}
			if verb := firstWord(s); is(verb, "get", "fetch", "retrieve", "create", "insert", "update", "modify", "delete", "remove", "list") && casingsOf(s) != 0 {
				p.Reportf(path.KeyLocation(), "path %q has the verb %q in %q", path.Key(), verb, s)
				break
			}
		}
	}
	return nil
}

// firstWord returns the first word of a name in any casing.
func firstWord(name string) string {
	for i := 1; i < len(name); i++ {
		if !isAlphanumeric(name[i]) || isCapital(name[i]) && !isCapital(name[i-1]) {
			return name[:i]
		}
	}
	return name
}
