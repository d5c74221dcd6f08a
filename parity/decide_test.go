package parity_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// tasks reads the two descriptions of the small product of testdata/tasks,
// changed by pairs of an old and a new text.
func tasks(t testing.TB, changes ...string) (rest, gql string) {
	t.Helper()
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join("testdata", "tasks", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	rest, gql = read("openapi.yaml"), read("schema.graphql")
	for i := 0; i+1 < len(changes); i += 2 {
		if !strings.Contains(rest, changes[i]) && !strings.Contains(gql, changes[i]) {
			t.Fatalf("no %q in the descriptions", changes[i])
		}
		rest, gql = strings.ReplaceAll(rest, changes[i], changes[i+1]), strings.ReplaceAll(gql, changes[i], changes[i+1])
	}
	return rest, gql
}

// matchTexts compares two texts.
func matchTexts(t testing.TB, rest, gql string, opts parity.Options) *parity.Result {
	t.Helper()
	doc, err := openapi.Parse("openapi.yaml", []byte(rest))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(gql)})
	if err != nil {
		t.Fatal(err)
	}
	res, err := parity.Match(context.Background(), doc, schema, opts)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// matchTasks compares the descriptions of testdata/tasks.
func matchTasks(t testing.TB, opts parity.Options, changes ...string) *parity.Result {
	t.Helper()
	rest, gql := tasks(t, changes...)
	return matchTexts(t, rest, gql, opts)
}

// overrides reads a parity.yaml.
func overrides(t testing.TB, text string) *parity.Overrides {
	t.Helper()
	o, err := parity.ReadOverrides("parity.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func operation(t testing.TB, res *parity.Result, name string) *parity.Operation {
	t.Helper()
	for _, op := range res.Operations {
		if op.Operation == name {
			return op
		}
	}
	t.Fatalf("no operation %s", name)
	return nil
}

func root(t testing.TB, res *parity.Result, coordinate string) *parity.Root {
	t.Helper()
	for _, r := range res.Roots {
		if r.Coordinate == coordinate {
			return r
		}
	}
	t.Fatalf("no root %s", coordinate)
	return nil
}

// Places are tested where files are read.
var noPlace = cmpopts.IgnoreFields(parity.Decision{}, "At")

func TestOverridesDecide(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name string
		yaml string
		want []parity.Decision
	}{
		{
			name: "a match that the matcher does not see",
			yaml: "operations:\n  - {operation: 'POST /backups', graphql: Mutation.archiveBoard, reason: the same job, owner: ann}\n",
			want: []parity.Decision{{Kind: "match", Element: "POST /backups", State: "applied", Value: "match Mutation.archiveBoard", Now: "none", Reason: "the same job", Owner: "ann"}},
		},
		{
			name: "names of path variables do not matter",
			yaml: "operations:\n  - {operation: 'get /boards/{id}', graphql: Board.cards, partial: via-filter}\n",
			want: []parity.Decision{{Kind: "match", Element: "GET /boards/{board_id}", State: "applied", Value: "partial (via-filter) Board.cards", Now: "match Query.board"}},
		},
		{
			name: "no match where the matcher sees one",
			yaml: "operations:\n  - {operation: GET /boards, graphql: none}\n",
			want: []parity.Decision{{Kind: "none", Element: "GET /boards", State: "applied", Value: "none", Now: "match Query.boards"}},
		},
		{
			name: "what the matcher is sure of is stale",
			yaml: "operations:\n  - {operation: 'GET /boards/{board_id}', graphql: Query.board}\n",
			want: []parity.Decision{{Kind: "match", Element: "GET /boards/{board_id}", State: "stale", Value: "match Query.board", Now: "match Query.board"}},
		},
		{
			name: "past its last day",
			yaml: "operations:\n  - {operation: GET /boards, graphql: none, until: 2026-05-31}\n",
			want: []parity.Decision{{Kind: "none", Element: "GET /boards", State: "expired", Value: "none", Now: "match Query.boards", Until: "2026-05-31"}},
		},
		{
			name: "on its last day",
			yaml: "operations:\n  - {operation: GET /boards, graphql: none, until: 2026-06-01}\n",
			want: []parity.Decision{{Kind: "none", Element: "GET /boards", State: "applied", Value: "none", Now: "match Query.boards", Until: "2026-06-01"}},
		},
		{
			name: "names that do not exist",
			yaml: "operations:\n  - {operation: GET /bords, graphql: Query.board}\n  - {operation: GET /backups, graphql: Query.bord}\n" +
				"types:\n  - {rest: Bord, graphql: Board}\n  - {rest: Backup, graphql: Cart}\n" +
				"fields:\n  - {rest: Board.colour_them, graphql: Board.theme}\n  - {rest: Board.colour_theme, graphql: Board.them}\n" +
				"groups:\n  - {tag: bords, parity: best-effort}\n" +
				"exempt:\n  - {operation: 'POST /backup', reason: r, owner: o}\n  - {graphql: 'Mutation.archive', reason: r, owner: o}\n",
			want: []parity.Decision{
				{Kind: "match", Element: "GET /bords", State: "unknown", Value: "GET /bords", Closest: "GET /boards"},
				{Kind: "match", Element: "GET /backups", State: "unknown", Value: "Query.bord", Closest: "Query.board"},
				{Kind: "type", Element: "Bord", State: "unknown", Value: "Bord", Closest: "Board"},
				{Kind: "type", Element: "Backup", State: "unknown", Value: "Cart", Closest: "Card"},
				{Kind: "field", Element: "Board.colour_them", State: "unknown", Value: "Board.colour_them", Closest: "Board.colour_theme"},
				{Kind: "field", Element: "Board.colour_theme", State: "unknown", Value: "Board.them", Closest: "Board.theme"},
				{Kind: "group", Element: "bords", State: "unknown", Value: "bords", Closest: "boards"},
				{Kind: "exempt", Element: "POST /backup", State: "unknown", Value: "POST /backup", Closest: "POST /backups", Reason: "r", Owner: "o"},
				{Kind: "exempt", Element: "Mutation.archive", State: "unknown", Value: "Mutation.archive", Closest: "Mutation.archiveBoard", Reason: "r", Owner: "o"},
			},
		},
		{
			name: "types",
			yaml: "types:\n  - {rest: '#/components/schemas/Card', graphql: none, reason: other cards}\n  - {rest: Board, graphql: Board}\n",
			want: []parity.Decision{
				{Kind: "type", Element: "Card", State: "applied", Value: "none", Now: "match Card", Reason: "other cards"},
				{Kind: "type", Element: "Board", State: "stale", Value: "match Board", Now: "match Board"},
			},
		},
		{
			name: "fields",
			yaml: "fields:\n  - {rest: Board.colour_theme, graphql: Board.theme}\n  - {rest: Board.name, graphql: Board.name}\n  - {rest: Card.title, graphql: none}\n",
			want: []parity.Decision{
				{Kind: "field", Element: "Board.colour_theme", State: "applied", Value: "Board.theme", Now: "none"},
				{Kind: "field", Element: "Board.name", State: "stale", Value: "Board.name", Now: "Board.name"},
				{Kind: "field", Element: "Card.title", State: "applied", Value: "none", Now: "Card.title"},
			},
		},
		{
			name: "groups",
			yaml: "groups:\n  - {tag: admin, parity: exempt, reason: operators only, owner: ops}\n  - {tag: cards, parity: best-effort, direction: rest-to-graphql}\n",
			want: []parity.Decision{
				{Kind: "group", Element: "admin", State: "applied", Value: "exempt", Reason: "operators only", Owner: "ops"},
				{Kind: "group", Element: "cards", State: "applied", Value: "best-effort, rest-to-graphql"},
			},
		},
		{
			name: "exemptions",
			yaml: "exempt:\n  - {operation: '* /backups', reason: operators only, owner: ops}\n  - {operation: 'GET /boards/**', reason: r, owner: o}\n" +
				"  - {graphql: 'Mutation.archive*', reason: web only, owner: web}\n  - {type: Backup, reason: r, owner: o, until: 2026-01-01}\n  - {field: 'Board.*theme', reason: looks, owner: web}\n",
			want: []parity.Decision{
				{Kind: "exempt", Element: "* /backups", State: "applied", Value: "exempt", Reason: "operators only", Owner: "ops"},
				{Kind: "exempt", Element: "GET /boards/**", State: "stale", Value: "exempt", Reason: "r", Owner: "o"},
				{Kind: "exempt", Element: "Mutation.archive*", State: "applied", Value: "exempt", Reason: "web only", Owner: "web"},
				{Kind: "exempt", Element: "Backup", State: "expired", Value: "exempt", Reason: "r", Owner: "o", Until: "2026-01-01"},
				{Kind: "exempt", Element: "Board.*theme", State: "applied", Value: "exempt", Reason: "looks", Owner: "web"},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			res := matchTasks(t, parity.Options{Overrides: overrides(t, tt.yaml), Now: now})
			if diff := cmp.Diff(tt.want, res.Decisions, noPlace); diff != "" {
				t.Errorf("Decisions (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOverridesChangeTheFacts checks that what is decided reaches the result:
// the operation, the comparison of its fields, the other direction.
func TestOverridesChangeTheFacts(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Overrides: overrides(t, `
operations:
  - {operation: POST /backups, graphql: [Mutation.archiveBoard, Mutation.createBoard], partial: variant, reason: the same job, owner: ann}
  - {operation: GET /boards, graphql: none}
types:
  - {rest: Card, graphql: none}
  - {rest: Backup, graphql: Card}
fields:
  - {rest: Board.colour_theme, graphql: Board.theme}
`)})
	op := operation(t, res, "POST /backups")
	got := *op
	got.Node, got.Candidates, got.Matcher = nil, nil, nil
	want := parity.Operation{
		Operation: "POST /backups", Status: parity.StatusPartial, Reason: parity.Variant, Confidence: 1,
		GraphQL: []string{"Mutation.archiveBoard", "Mutation.createBoard"}, Path: "archiveBoard",
		Why: []string{"declared in parity.yaml: the same job (ann)"}, Band: parity.Auto, Source: parity.Override,
		Tags: []string{"admin"}, Write: true, Weight: 1, Need: parity.Required,
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(parity.Operation{}, "Location")); diff != "" {
		t.Errorf("POST /backups (-want +got):\n%s", diff)
	}
	if op.Matcher == nil || op.Matcher.String() != "none" {
		t.Errorf("Matcher = %v; want none", op.Matcher)
	}
	if r := root(t, res, "Mutation.archiveBoard"); r.Status != parity.StatusPartial || len(r.Operations) != 1 {
		t.Errorf("Mutation.archiveBoard is %s of %v; want partial of POST /backups", r.Status, r.Operations)
	}
	if r := root(t, res, "Query.boards"); r.Status != parity.StatusNone {
		t.Errorf("Query.boards is %s; want none", r.Status)
	}
	pairs := map[string]string{}
	for _, typ := range res.Types {
		pairs[typ.Name] = typ.GraphQL
	}
	if diff := cmp.Diff(map[string]string{"Backup": "Card", "Board": "Board", "Card": ""}, pairs); diff != "" {
		t.Errorf("types (-want +got):\n%s", diff)
	}
	for _, f := range res.Fields {
		if f.REST == "Board.colour_theme" && f.GraphQL != "Board.theme" {
			t.Errorf("Board.colour_theme corresponds to %q; want Board.theme", f.GraphQL)
		}
		if f.Schema == "Card" {
			t.Errorf("%s was compared, though its schema has no type", f.REST)
		}
	}
}

func TestGroupPolicies(t *testing.T) {
	t.Parallel()
	yaml := `
direction: rest-to-graphql
groups:
  - {tag: admin, parity: exempt, reason: operators only, owner: ops}
  - {tag: cards, parity: best-effort}
  - {tag: boards, direction: both}
`
	res := matchTasks(t, parity.Options{Overrides: overrides(t, yaml)})
	got := map[string]parity.Need{}
	for _, op := range res.Operations {
		got[op.Operation] = op.Need
	}
	for _, r := range res.Roots {
		got[r.Coordinate] = r.Need
	}
	want := map[string]parity.Need{
		"GET /backups": parity.Unneeded, "POST /backups": parity.Unneeded, "GET /ping": parity.Unneeded,
		"GET /boards": parity.Required, "POST /boards": parity.Required,
		"GET /boards/{board_id}": parity.Required, "DELETE /boards/{board_id}": parity.Required,
		"GET /boards/{board_id}/cards": parity.BestEffort, "POST /boards/{board_id}/cards": parity.BestEffort,
		"Mutation.archiveBoard": parity.Required, "Mutation.createBoard": parity.Required, "Mutation.deleteBoard": parity.Required,
		"Query.board": parity.Required, "Query.boards": parity.Required,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("needs (-want +got):\n%s", diff)
	}
	if res.Direction != parity.RESTToGraphQL {
		t.Errorf("Direction = %q; want that of the file", res.Direction)
	}
	if got := operation(t, res, "GET /backups").Exempt; got != "operators only" {
		t.Errorf("GET /backups is exempt for %q; want the reason of the group", got)
	}
}

// TestDirectionOfOptionsWins: what the caller asks for goes before what the
// file says.
func TestDirectionOfOptionsWins(t *testing.T) {
	t.Parallel()
	o := overrides(t, "direction: rest-to-graphql\nmin: 0.5\n")
	res := matchTasks(t, parity.Options{Overrides: o, Direction: parity.GraphQLToREST, Min: 0.7})
	if res.Direction != parity.GraphQLToREST || res.Min != 0.7 {
		t.Errorf("Direction, Min = %s, %v; want those of the options", res.Direction, res.Min)
	}
	if need := operation(t, res, "GET /backups").Need; need != parity.Unneeded {
		t.Errorf("GET /backups is %s; want exempt, by the direction", need)
	}
}

func TestWordsOfOverridesCount(t *testing.T) {
	t.Parallel()
	changes := []string{"board(id: ID!): Board", "noticePanel(id: ID!): NoticePanel", "type Board {", "type NoticePanel {",
		"boards(first: Int, after: String): BoardConnection!", "noticePanels(first: Int, after: String): BoardConnection!",
		"board: Board", "noticePanel: NoticePanel", "[Board!]", "[NoticePanel!]"}
	rest, gql := tasks(t, changes...)
	if rest2, _ := tasks(t); rest != rest2 {
		t.Fatal("the changes touch the REST description")
	}
	without := matchTexts(t, rest, gql, parity.Options{})
	with := matchTexts(t, rest, gql, parity.Options{Overrides: overrides(t, "words: [[board, notice panel]]\n")})
	if got := operation(t, without, "GET /boards/{board_id}"); got.Status == parity.StatusMatch && got.Band == parity.Auto {
		t.Fatalf("without words, GET /boards/{board_id} is already sure to be %v", got.GraphQL)
	}
	if got := operation(t, with, "GET /boards/{board_id}"); got.Status != parity.StatusMatch || got.GraphQL[0] != "Query.noticePanel" {
		t.Errorf("with words, GET /boards/{board_id} is %s %v; want a match with Query.noticePanel", got.Status, got.GraphQL)
	}
}

// TestDecisionsHavePlaces: a decision leads to the entry that made it.
func TestDecisionsHavePlaces(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Overrides: overrides(t, "version: 1\noperations:\n  - operation: GET /boards\n    graphql: none\n")})
	want := check.Location{File: "parity.yaml", Line: 3, Column: 5, EndLine: 4, EndColumn: 18, Element: "/operations/0"}
	if diff := cmp.Diff(want, res.Decisions[0].At); diff != "" {
		t.Errorf("At (-want +got):\n%s", diff)
	}
}
