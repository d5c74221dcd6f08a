package gql

import (
	"context"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var booleanDescriptionsBeginWithVerb = &rule{
	Meta: check.Meta{
		ID:      "graphql-boolean-descriptions-begin-with-verb",
		Summary: "The description of a Boolean must begin with a verb.",
		Rationale: "A flag does something: it `Indicates` a state, `Sets`, `Includes` or `Skips`. \"Whether\", \"If\" or \"True\" " +
			"begin half a sentence, and leave open what the other value means.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "style", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkBooleanDescriptionsBeginWithVerb,
}

func checkBooleanDescriptionsBeginWithVerb(_ context.Context, p *pass) error {
	for e := range described(p.Subject) {
		var ref *graphql.TypeRef
		switch e := e.(type) {
		case *graphql.Field:
			ref = e.Type
		case *graphql.InputValue:
			ref = e.Type
		}
		if ref == nil || ref.Name != "Boolean" || ref.IsList() {
			continue
		}
		if word := opening(e.Base().Description); isNoVerb(word) {
			reportDescription(p, e, "begins with", word, nil)
		}
	}
	return nil
}

// isNoVerb reports whether a word is one that descriptions of Booleans begin
// with and that is no verb. Unknown words pass.
func isNoVerb(word string) bool {
	switch strings.ToLower(word) {
	case "whether", "if", "when", "where", "true", "false", "boolean", "flag", "the", "a", "an", "this",
		"optional", "toggle-able", "status", "option", "state":
		return true
	}
	return false
}
