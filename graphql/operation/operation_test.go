package operation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/graphql/operation"
)

const sdl = `type Query {
  issues(first: Int, after: String, state: State!): IssueConnection!
  issue(id: ID!, order: [Order!] = [{field: CREATED}]): Issue
  search(filter: Filter!): [Result]
  node(by: By!): Node
  loop(in: Loop!): Int
}
type Mutation { close(input: CloseInput!): Issue }
enum State { OPEN @deprecated CLOSED }
enum Field { CREATED }
input Order { field: Field! }
input Filter { text: String!, since: DateTime!, deep: Filter }
input By @oneOf { deep: Loop, id: ID }
input Loop { loop: Loop! }
input CloseInput { id: ID!, note: String }
scalar DateTime
interface Node { id: ID! }
union Result = Issue | User
type IssueConnection { edges: [IssueEdge] pageInfo: PageInfo! total: Int! }
type IssueEdge { cursor: String! node: Issue }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Issue implements Node { id: ID! title: String! old: Int @deprecated author: User diff(base: String!): String }
type User { login: String! issues(first: Int, after: String): IssueConnection! best: Issue }
`

func schema(tb testing.TB, text string) *graphql.Schema {
	tb.Helper()
	s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(text)})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestMake(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, field string
		o           operation.Options
		want        string
	}{
		{"connection", "issues", operation.Options{Items: 5}, `query Issues($first: Int = 5, $after: String, $state: State!) {
  issues(first: $first, after: $after, state: $state) {
    edges {
      node {
        id
        title
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`},
		{"depth", "issue", operation.Options{Depth: 2}, `query Issue($id: ID!, $order: [Order!] = [{field: CREATED}]) {
  issue(id: $id, order: $order) {
    id
    title
    author {
      login
    }
  }
}
`},
		{"union", "search", operation.Options{}, `query Search($filter: Filter!) {
  search(filter: $filter) {
    __typename
  }
}
`},
		{"interface", "node", operation.Options{}, `query Node($by: By!) {
  node(by: $by) {
    __typename
    id
  }
}
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := schema(t, sdl)
			op, err := operation.Make(s.Query.Field(tt.field), tt.o)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, op.Text); diff != "" {
				t.Errorf("document (-want +got):\n%s", diff)
			}
			parsed, err := operation.Parse(s, "made", op.Text)
			if err != nil {
				t.Fatalf("what was made is refused: %v", err)
			}
			for i, v := range parsed.Variables {
				if v.Required != op.Variables[i].Required || v.Value != op.Variables[i].Value {
					t.Errorf("read again a variable is %+v, was %+v", v, op.Variables[i])
				}
			}
		})
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	s := schema(t, sdl)
	for field, want := range map[string]string{
		"issues": `"CLOSED"`,
		"issue":  `"1"`,
		"search": `{"text":"string","since":"2026-01-01T12:00:00Z"}`,
		"node":   `{"id":"1"}`,
	} {
		op, err := operation.Make(s.Query.Field(field), operation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range op.Variables {
			if v.Required && v.Value != want {
				t.Errorf("%s: $%s is %s, want %s", field, v.Name, v.Value, want)
			}
		}
	}
	if _, err := operation.Make(s.Query.Field("loop"), operation.Options{}); err == nil || err.Error() != "argument Query.loop(in:): Loop asks for itself without end" {
		t.Errorf("the error is %v", err)
	}
	if _, err := operation.Make(s.Type("Issue").Field("id"), operation.Options{}); err == nil || err.Error() != "Issue.id is no field of a root type" {
		t.Errorf("the error is %v", err)
	}
}

func TestDocumentsAreChecked(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, document, want string }{
		{"field", "{\n  issue(id: 1) {\n    titel\n  }\n}", `q:3:5: Issue has no field "titel"; did you mean "title"?`},
		{"field of a fragment", "{ issue(id: 1) { ...f } }\nfragment f on Issue { x }", `q:2:23: Issue has no field "x"`},
		{"argument", "{ issue(id: 1, n: 2) { id } }", `q:1:16: Query.issue has no argument "n"`},
		{"argument that is missing", "{ issue { id } }", `q:1:3: Query.issue needs the argument "id"`},
		{"no selection", "{ issue(id: 1) }", `q:1:3: Query.issue is Issue and needs a selection of its fields`},
		{"selection of a leaf", "{ issue(id: 1) { id { x } } }", `q:1:18: Issue.id is ID! and has no fields to select`},
		{"variable", "{ issue(id: $id) { id } }", `q:1:13: variable $id is not declared`},
		{"type of a variable", "query($id: Id) { issue(id: $id) { id } }", `q:1:7: the schema has no type Id`},
		{"fragment", "{ ...f }", `q:1:6: the document has no fragment "f"`},
		{"type of a fragment", "{ issue(id: 1) { ... on Isue { id } } }", `q:1:22: the schema has no type Isue`},
		{"value of an enum", "{ issues(state: ODD) { total } }", `q:1:17: State has no value ODD`},
		{"field of an input", `{ search(filter: {text: "a", since: "b", x: 1}) { __typename } }`, `q:1:42: Filter has no field "x"`},
		{"two operations", "query a { __typename } query b { __typename }", `q:1:1: the document holds 2 operations, not one`},
		{"syntax", "{ issue(", `q:1:9: Expected Name, found <EOF>`},
		{"sound", `query Q($id: ID!) { issue(id: $id) { ...f } __schema { types { name } } } fragment f on Node { id ... on Issue { author { issues { total } } } ...f }`, ``},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := operation.Parse(schema(t, sdl), "q", tt.document)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCorpus makes an operation for every root field of real schemas, and
// reads each again.
func TestCorpus(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	for _, name := range []string{"github/graphql/schema.graphql", "gitlab/graphql/schema.16.3.graphql"} {
		data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			t.Skipf("no real schemas: %v (set PLUMB_CORPUS)", err)
		}
		s := schema(t, string(data))
		made := 0
		for _, root := range s.Roots() {
			for _, f := range root.Fields {
				op, err := operation.Make(f, operation.Options{Depth: 1})
				if err != nil {
					t.Errorf("%s: %v", f.Coordinate(), err)
					continue
				}
				if _, err := operation.Parse(s, "made", op.Text); err != nil {
					t.Errorf("%s: %v in\n%s", f.Coordinate(), err, op.Text)
				}
				made++
			}
		}
		t.Logf("%s: %d operations", name, made)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"{ issue(id: 1) { id } }", "query($a: [ID!]!){ ...f } fragment f on Query { ...f }", "{ search(filter: {deep: {deep: $x}}) }", strings.Repeat("{a", 300)} {
		f.Add(s)
	}
	s := schema(f, sdl)
	f.Fuzz(func(t *testing.T, document string) {
		op, err := operation.Parse(s, "q", document)
		if err == nil && op.Text != document {
			t.Error("the text is another one")
		}
	})
}
