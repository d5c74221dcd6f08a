package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var booleanNames = &rule{
	Meta: check.Meta{
		ID:      "graphql-boolean-names",
		Summary: "The name of a Boolean field must say that it is a question.",
		Rationale: "`isLocked`, `hasIssues` and `canEdit` can only be answered by yes or no; `locked` may be a date, " +
			"`issues` a list, `edit` a page. Reported are Boolean fields of which no word is one of is, has, can, " +
			"should, does, did, was, will, are, allows, needs, supports, uses and the like.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "booleans"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkBooleanNames,
}

func checkBooleanNames(_ context.Context, p *pass) error {
	for _, f := range p.Subject.Fields {
		if f.Type.Name != "Boolean" || f.Type.IsList() || len(f.Args) > 0 && f.Parent().IsRoot() {
			continue
		}
		if !asksYesOrNo(f.Name) && !isPrescribed(f) && !isRetired(f) {
			reportf(p, f.Location(), "Boolean %s is not called as a question", called(f))
		}
	}
	return nil
}

// asksYesOrNo reports whether a name has a verb that makes it a question:
// isOpen, viewerCanReact.
func asksYesOrNo(name string) bool {
	for name != "" {
		word := firstWord(name)
		if questions[strings.ToLower(word)] {
			return true
		}
		name = strings.TrimLeft(name[max(len(word), 1):], "_")
	}
	return false
}

var questions = map[string]bool{
	"is": true, "are": true, "was": true, "were": true, "has": true, "have": true, "had": true, "can": true,
	"could": true, "should": true, "must": true, "may": true, "might": true, "will": true, "would": true, "does": true,
	"do": true, "did": true, "allow": true, "allows": true, "need": true, "needs": true, "support": true,
	"supports": true, "use": true, "uses": true, "include": true, "includes": true, "contains": true,
	"require": true, "requires": true, "exist": true, "exists": true, "accepts": true, "restricts": true,
	"prevents": true, "enforces": true, "dismisses": true,
}
