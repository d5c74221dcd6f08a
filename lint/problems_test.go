package lint_test

import (
	"slices"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

// loadable leaves out the rules about what cannot be read at all: no document
// comes of it that a rule could look at.
func loadable[S any](t *testing.T, all check.Set[S], metas []check.Meta, without ...string) check.Set[S] {
	t.Helper()
	var ids []string
	for _, m := range metas {
		if !slices.Contains(without, m.ID) {
			ids = append(ids, m.ID)
		}
	}
	set, err := all.Only(ids...)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestProblemsOfDocuments(t *testing.T) {
	t.Parallel()
	rules := loadable(t, lint.OpenAPI(), openapi.ProblemRules(), "unreadable-document", "unrecognized-format", "invalid-model")
	checktest.Run(t, rules, "testdata/openapi", openapi.Parse)
}

func TestProblemsOfSchemas(t *testing.T) {
	t.Parallel()
	rules := loadable(t, lint.GraphQL(), graphql.ProblemRules(), "graphql-parse", "graphql-response-errors")
	checktest.Run(t, rules, "testdata/graphql", func(name string, data []byte) (*graphql.Schema, error) {
		return graphql.Parse(graphql.File{Name: name, Data: data})
	})
}
