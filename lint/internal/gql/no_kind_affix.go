package gql

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var noKindAffix = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-kind-affix",
		Summary: "The name of a type must not say what kind of type it is.",
		Rationale: "That `StateEnum` is an enum is plain from the schema, and clients write the name in every query. The " +
			"affix stays when the kind changes, and then it is wrong.",
		Severity: check.Info, Tags: []string{"graphql", "naming", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkNoKindAffix,
}

func checkNoKindAffix(_ context.Context, p *pass) error {
	for _, t := range p.Subject.Types {
		word := ""
		switch t.Kind {
		case graphql.Enum:
			word = "Enum"
		case graphql.Interface:
			word = "Interface"
		case graphql.Union:
			word = "Union"
		case graphql.Scalar:
			word = "Scalar"
		default: // Type and Input are part of many good names
			continue
		}
		if _, prefix := cutWord(t.Name, word); prefix || lastWord(t.Name) == word {
			reportf(p, t.Location(), "the name of %s has the word %q", called(t), word)
		}
	}
	return nil
}
