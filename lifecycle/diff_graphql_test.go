package lifecycle_test

import (
	"encoding/json"
	"fmt"
	"log"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
)

func named(tb testing.TB, name, sdl string) *graphql.Schema {
	tb.Helper()
	s, err := graphql.Parse(graphql.File{Name: name, Data: []byte(sdl)})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestDiffGraphQL(t *testing.T) {
	t.Parallel()
	base := named(t, "old.graphql", "type Query {\n  a(x: Int): Int\n}")
	revision := named(t, "new.graphql", "type Query {\n  a: Int\n}")
	got := lifecycle.DiffGraphQL(base, revision).Changes
	want := []lifecycle.Change{{
		ID: "FIELD_ARGUMENT_REMOVED", Level: check.Error, Element: "Query.a.x", Subject: "Query.a(x:)",
		Message: "argument Query.a(x:) was removed", Operations: []string{},
		Base: check.Location{File: "old.graphql", Line: 2, Column: 5, EndLine: 2, EndColumn: 6, Element: "Query.a(x:)"},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(lifecycle.Change{})); diff != "" {
		t.Errorf("changes (-want +got):\n%s", diff)
	}
	data, err := json.Marshal(got[0])
	if err != nil || !strings.Contains(string(data), `"operations":[]`) {
		t.Errorf("operations are not an empty list: %s %v", data, err)
	}
}

// TestDiffGraphQLIntrospection compares a schema with what introspection tells
// of it: the uses of directives that it leaves out are no change.
func TestDiffGraphQLIntrospection(t *testing.T) {
	t.Parallel()
	sdl := named(t, "a.graphql", "directive @k on OBJECT\ntype Query @k { a: Int @deprecated(reason: \"b\") }\ninput I @oneOf { a: Int }")
	text := `{"__schema": {"queryType": {"name": "Query"}, "directives": [{"name": "k", "locations": ["OBJECT"], "args": []}], "types": [
		{"kind": "OBJECT", "name": "Query", "interfaces": [], "fields": [{"name": "a", "args": [], "type": {"kind": "SCALAR", "name": "Int"}, "isDeprecated": true, "deprecationReason": "b"}]},
		{"kind": "INPUT_OBJECT", "name": "I", "isOneOf": true, "inputFields": [{"name": "a", "type": {"kind": "SCALAR", "name": "Int"}}]}]}}`
	if got := lifecycle.DiffGraphQL(sdl, named(t, "b.json", text)).Changes; len(got) > 0 {
		t.Errorf("changes: %v", got)
	}
	other := named(t, "c.json", strings.Replace(text, `"isOneOf": true, `, "", 1))
	got := lifecycle.DiffGraphQL(sdl, other).Changes
	if len(got) != 1 || got[0].ID != "DIRECTIVE_USAGE_INPUT_OBJECT_REMOVED" || got[0].Element != "I.oneOf" {
		t.Errorf("changes: %v", got)
	}
}

func TestGraphQLChanges(t *testing.T) {
	t.Parallel()
	kinds := lifecycle.GraphQLChanges()
	i := slices.IndexFunc(kinds, func(k lifecycle.ChangeKind) bool { return k.ID == "FIELD_TYPE_CHANGED" })
	if i < 0 {
		t.Fatal("FIELD_TYPE_CHANGED is not listed")
	}
	want := []check.Severity{check.Error, check.Info}
	if diff := cmp.Diff(want, kinds[i].Levels); diff != "" || kinds[i].Topic != "Fields" || kinds[i].Own {
		t.Errorf("%+v (-want +got):\n%s", kinds[i], diff)
	}
}

func ExampleDiffGraphQL() {
	parse := func(sdl string) *graphql.Schema {
		s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(sdl)})
		if err != nil {
			log.Fatal(err)
		}
		return s
	}
	base := parse(`type Query { user(id: ID!): String  users: [String] }`)
	revision := parse(`type Query { user(id: ID!, at: Int!): String! }`)
	for _, c := range lifecycle.DiffGraphQL(base, revision).Changes {
		fmt.Println(c.Level, c.ID, c.Message)
	}
	// Output:
	// error FIELD_ARGUMENT_ADDED required argument Query.user(at:) was added, of type Int!
	// info FIELD_TYPE_CHANGED the type of Query.user changed from String to String!
	// error FIELD_REMOVED field Query.users was removed
}
