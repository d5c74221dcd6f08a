package gql_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gographql "github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint/internal/gql"
)

// TestRulesOnSchemaValue runs every rule over a schema that was read from no
// text: findings have a place all the same.
func TestRulesOnSchemaValue(t *testing.T) {
	t.Parallel()
	issue := gographql.NewObject(gographql.ObjectConfig{
		Name: "Issue",
		Fields: gographql.Fields{
			"id":          &gographql.Field{Type: gographql.Int},
			"created_at":  &gographql.Field{Type: gographql.String, DeprecationReason: "Use `createdAt`."},
			"issue_title": &gographql.Field{Type: gographql.String, Description: "title"},
		},
	})
	value, err := gographql.NewSchema(gographql.SchemaConfig{
		Query: gographql.NewObject(gographql.ObjectConfig{
			Name: "Query",
			Fields: gographql.Fields{"getIssues": &gographql.Field{
				Type: gographql.NewList(issue),
				Args: gographql.FieldConfigArgument{"page": &gographql.ArgumentConfig{Type: gographql.Int}},
			}},
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.FromSchema(value, "server.go")
	if err != nil {
		t.Fatal(err)
	}
	findings := run(t, schema)
	if len(findings) < 10 {
		t.Errorf("%d findings in a schema that is full of faults", len(findings))
	}
	for _, f := range findings {
		if f.Location.File != "server.go" || f.Location.Line < 1 || f.Location.Column < 1 {
			t.Errorf("%s: no place: %+v", f.Rule, f.Location)
		}
	}
}

// TestRulesOnIntrospection runs every rule over one schema as SDL and as
// introspection tells it: the same is found, but for what introspection does
// not tell.
func TestRulesOnIntrospection(t *testing.T) {
	t.Parallel()
	sdl := "type Query { issue_list(first: Int, Order: String): [Issue] }\n" +
		"type Issue { id: String, created_at: String @deprecated(reason: \"Use `createdAt`.\"), state: State }\n" +
		"enum State { open }\n"
	introspection := `{"data": {"__schema": {"queryType": {"name": "Query"}, "directives": [], "types": [
		{"kind": "OBJECT", "name": "Query", "interfaces": [], "fields": [{"name": "issue_list", "type": {"kind": "LIST", "ofType": {"kind": "OBJECT", "name": "Issue"}}, "args": [
			{"name": "first", "type": {"kind": "SCALAR", "name": "Int"}}, {"name": "Order", "type": {"kind": "SCALAR", "name": "String"}}]}]},
		{"kind": "OBJECT", "name": "Issue", "interfaces": [], "fields": [
			{"name": "id", "args": [], "type": {"kind": "SCALAR", "name": "String"}},
			{"name": "created_at", "args": [], "type": {"kind": "SCALAR", "name": "String"}, "isDeprecated": true, "deprecationReason": "Use ` + "`createdAt`" + `."},
			{"name": "state", "args": [], "type": {"kind": "ENUM", "name": "State"}}]},
		{"kind": "ENUM", "name": "State", "enumValues": [{"name": "open", "isDeprecated": false}]},
		{"kind": "SCALAR", "name": "String"}, {"kind": "SCALAR", "name": "Int"}
	]}}}`
	var got [2][]string
	for i, text := range []string{sdl, introspection} {
		schema, err := load("schema", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range run(t, schema) {
			got[i] = append(got[i], f.Rule+" "+f.Location.Element+" "+f.Message)
		}
	}
	sorted := cmp.Transformer("sorted", func(lines []string) map[string]int {
		count := map[string]int{}
		for _, line := range lines {
			count[line]++
		}
		return count
	})
	if diff := cmp.Diff(got[0], got[1], sorted); diff != "" {
		t.Errorf("SDL and introspection (-SDL +introspection):\n%s", diff)
	}
}

// TestRulesOnHostileSchemas runs every rule over schemas of shapes that make
// careless code slow or crash: the test ends, and nothing is incomplete.
func TestRulesOnHostileSchemas(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 100_000)
	chain := strings.Builder{}
	chain.WriteString("type Query { a: Int }\n")
	for i := range 5_000 {
		n, next := name(i), name(i+1)
		chain.WriteString("type " + next + "Connection { edges: [" + n + "Connection], node: " + n + "Connection }\n")
	}
	chain.WriteString("type " + name(0) + "Connection { old: Int @deprecated }\n")
	cases := map[string]string{
		"long name":      "type Query { " + long + ": Int, " + strings.ToUpper(long) + "(" + long + ": Int): Int }",
		"long reason":    "type Query { a: Int @deprecated(reason: \"" + strings.Repeat("use `b`. use `c` ", 20_000) + "\") }",
		"one line":       "type Query { " + strings.Repeat("a: Int, ", 100_000) + "b: Int }",
		"long text":      "\"" + strings.Repeat("AKIA -_zJK ://10.", 20_000) + "\"\ntype Query { a: Int }",
		"missing types":  "type Query implements Node { a: Nope, b(c: Nope, input: Nope!): [Nope!], edges: Nope, pageInfo: Nope, node(id: Nope): Nope }\nunion U = Nope\ntype Mutation { createA(input: Nope): Nope }\ntype AConnection { edges: [Nope], pageInfo: Nope, nodes: Nope }",
		"odd roots":      "schema { query: Q, mutation: Q, subscription: Q }\nenum Q { A }",
		"only extend":    "extend type A { a_b: Int }\nextend enum E { a }\nextend schema @link(url: \"x\")",
		"underscores":    "type _ { _: _, __: Int, ___(_: Int, ____: Int): Int }\nenum _e { _ }",
		"chain":          chain.String(),
		"same interface": "interface A implements A & A { a: A @deprecated, a: B }\ninterface B implements A { a: A }",
		"comments":       "#\n#" + strings.Repeat("-", 50_000) + "\n# a\r\ntype Query {#\r\n#\r\n\ta: Int\r\n}\r\n#",
	}
	for title, text := range cases {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			schema, err := load("schema.graphql", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			run(t, schema)
		})
	}
}

// name makes a name of a number.
func name(i int) string { return "T" + strconv.Itoa(i) }

// run runs every rule, and checks that none crashed.
func run(t *testing.T, schema *graphql.Schema) []check.Finding {
	t.Helper()
	report, err := check.Run(t.Context(), gql.Rules(), schema, everything())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Incomplete {
		t.Errorf("incomplete: %s: %s", f.Rule, f.Message)
	}
	for _, f := range report.Findings {
		if f.Location.Line < 1 || f.Location.Column < 1 {
			t.Errorf("%s: no place: %+v", f.Rule, f.Location)
		}
		if len(f.Message) > 2_000 && len(f.Location.Element) < 2_000 {
			t.Errorf("%s: a message of %d bytes", f.Rule, len(f.Message))
		}
	}
	return report.Findings
}
