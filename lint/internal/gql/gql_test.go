package gql_test

import (
	"testing"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint/internal/gql"
)

// TestRules runs every rule over the cases of its own.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.Run(t, gql.Rules(), "testdata", load)
}

func load(name string, data []byte) (*graphql.Schema, error) {
	return graphql.Parse(graphql.File{Name: name, Data: data})
}
