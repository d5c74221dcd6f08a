package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var mutationResourceFirst = &rule{
	Meta: check.Meta{
		ID:      "graphql-mutation-resource-first",
		Summary: "The name of a mutation must begin with what it changes.",
		Rationale: "Lists of mutations are sorted by name; `issueCreate`, `issueUpdate` and `issueDelete` then stand " +
			"together, and a reader who looks for what can be done to an issue sees all of it. The form is resource, " +
			"action and, where it is one, attribute: `issueSetWeight`.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "mutations", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkMutationResourceFirst,
}

func checkMutationResourceFirst(_ context.Context, p *pass) error {
	for _, f := range mutations(p.Subject) {
		word := firstWord(f.Name)
		if actions[word] && len(word) < len(f.Name) && !namesType(p.Subject, f.Name) && !isRetired(f) {
			reportf(p, f.Location(), "%s begins with its action, %q", called(f), word)
		}
	}
	return nil
}

// namesType reports whether a name begins with that of a type, of two words
// or more: what looks like a verb in mergeRequestUpdate is part of one.
func namesType(s *graphql.Schema, name string) bool {
	for i := 1; i < len(name); i++ {
		if isUpper(name[i]) && i > len(firstWord(name)) && s.Type(upperFirst(name[:i])) != nil {
			return true
		}
	}
	return false
}

// actions are verbs that name no thing of any product, so that a mutation
// which begins with one has its action first.
var actions = map[string]bool{
	"accept": true, "activate": true, "add": true, "approve": true, "archive": true, "assign": true, "cancel": true,
	"clear": true, "close": true, "configure": true, "convert": true, "create": true, "deactivate": true,
	"delete": true, "destroy": true, "disable": true, "dismiss": true, "edit": true, "enable": true, "generate": true,
	"grant": true, "import": true, "invite": true, "mark": true, "merge": true, "move": true, "publish": true,
	"regenerate": true, "reject": true, "remove": true, "rename": true, "reopen": true, "reorder": true,
	"reposition": true, "reset": true, "resolve": true, "restore": true, "revoke": true, "rotate": true, "send": true,
	"set": true, "start": true, "stop": true, "submit": true, "sync": true, "toggle": true, "transfer": true,
	"trigger": true, "unarchive": true, "unassign": true, "unlink": true, "update": true, "upload": true,
	"upsert": true, "verify": true,
}
