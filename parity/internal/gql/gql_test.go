package gql_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

const museum = `
interface Node { id: ID! }
interface Loanable { onLoan: Boolean! }
type Query {
  room(floor: Int!): Room
  works(first: Int, after: String, painter: String): WorkConnection!
  node(id: ID!): Node
  relay: Query!
}
type Room { floor: Int! works: WorkConnection! oldWorks: [Work!] @deprecated(reason: "Use works.") heat: Float @deprecated(reason: "**Status**: Experiment. Introduced in 3.2.") }
type Work implements Node & Loanable { id: ID! onLoan: Boolean! title: String }
type WorkConnection { edges: [WorkEdge!] pageInfo: PageInfo! }
type WorkEdge { node: Work cursor: String! hungAt: String }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type Mutation { hangWork(input: HangWorkInput!): HangWorkPayload lend(id: ID!, to: String!): Loanable }
input HangWorkInput { workId: ID! wall: String clientMutationId: String }
type HangWorkPayload { workEdge: WorkEdge errors: [String!] clientMutationId: String }
enum Mood { CALM WILD }
`

func build(t *testing.T) *gql.API {
	t.Helper()
	s, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(museum)})
	if err != nil {
		t.Fatal(err)
	}
	lex, err := word.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return gql.Build(s, lex)
}

func TestBuild(t *testing.T) {
	t.Parallel()
	a := build(t)
	roles := map[string]gql.Role{}
	for _, typ := range a.Types {
		if typ.Role != gql.Thing {
			roles[typ.Name] = typ.Role
		}
	}
	want := map[string]gql.Role{
		"Query": gql.Root, "Mutation": gql.Root, "WorkConnection": gql.Connection, "WorkEdge": gql.Edge,
		"PageInfo": gql.Paging, "HangWorkInput": gql.Input, "HangWorkPayload": gql.Payload, "Mood": gql.Enum,
	}
	if diff := cmp.Diff(want, roles); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if a.Node == nil || a.Node.Coordinate != "Query.node" {
		t.Errorf("the node field is %v", a.Node)
	}
	var roots []string
	for _, f := range append(a.Queries, a.Mutations...) {
		roots = append(roots, f.Coordinate)
	}
	if diff := cmp.Diff([]string{"Query.room", "Query.works", "Mutation.hangWork", "Mutation.lend"}, roots); diff != "" {
		t.Errorf("root fields (-want +got):\n%s", diff)
	}
	work, loanable := a.Type("Work"), a.Type("Loanable")
	if !work.ByID || !loanable.Is(work) || work.Is(loanable) || len(work.Interfaces) != 2 {
		t.Errorf("a work is fetched by ID and is loanable: %+v", work)
	}
}

func TestFields(t *testing.T) {
	t.Parallel()
	a := build(t)
	works := a.Type("Room").Field("works")
	if works.Target != a.Type("Work") || !works.List || !works.Paged || works.Via != a.Type("WorkEdge") || !works.Plural {
		t.Errorf("works is %+v, want a paged list of Work by an edge that says more", works)
	}
	old, heat := a.Type("Room").Field("oldWorks"), a.Type("Room").Field("heat")
	if !old.Deprecated || old.Experimental || old.Paged || !old.List {
		t.Errorf("oldWorks is %+v, want a deprecated plain list", old)
	}
	if heat.Deprecated || !heat.Experimental || heat.Scalar != "Float" || heat.Target != nil {
		t.Errorf("heat is %+v, want an experiment", heat)
	}
	hang := a.Mutations[0]
	var args []string
	for _, arg := range hang.Args {
		name := arg.Name
		if arg.Required {
			name += "!"
		}
		args = append(args, name)
	}
	if diff := cmp.Diff("wall workId!", strings.Join(args, " ")); diff != "" {
		t.Errorf("arguments, of the input by name, without the client's own (-want +got):\n%s", diff)
	}
	if len(hang.Payload) != 1 || hang.Payload[0].Target != a.Type("Work") {
		t.Errorf("payload %v, want the work behind the edge", hang.Payload)
	}
	if lend := a.Mutations[1]; lend.Payload != nil || lend.Target != a.Type("Loanable") {
		t.Errorf("lend yields %v, want the thing itself", lend.Target)
	}
	paging := 0
	for _, arg := range a.Queries[1].Args {
		if arg.Paging {
			paging++
		}
	}
	if paging != 2 {
		t.Errorf("%d arguments of works cut the list, want first and after", paging)
	}
}

func TestExperiment(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]bool{
		"**Status**: Experiment. Introduced in 16.1.": true,
		"Status: Alpha":                                 true,
		"This feature is in Beta":                       true,
		"Deprecated in 15.7. Use works.":                false,
		"Use works. Introduced in 3.1; deprecated in 4": false,
		"No longer supported":                           false,
	} {
		if got := gql.Experiment(reason); got != want {
			t.Errorf("Experiment(%q) = %v, want %v", reason, got, want)
		}
	}
}
