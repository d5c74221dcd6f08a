package parity_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/parity"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	const reports = "  /reports:\n    get: {tags: [admin], summary: List the reports of everybody, responses: {\"204\": {description: OK}}}\n  /ping:\n"
	tests := []struct {
		name    string
		changes []string
		back    bool // from the changed descriptions to the others
		opts    parity.Options
		want    parity.Change
	}{
		{name: "nothing"},
		{
			name: "another text", changes: []string{"summary: Get a board", "summary: Get one board", "  theme: String\n", "  \"How it looks.\"\n  theme: String\n"},
		},
		{
			name: "a new operation without a counterpart", changes: []string{"  /ping:\n", reports},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "operation", Element: "GET /reports", Group: "admin", Now: "none", Side: parity.RESTSide}},
				Groups: []parity.GroupDelta{{Group: "admin", Was: parity.Counts{None: 2}, Now: parity.Counts{None: 3}}},
			},
		},
		{
			name: "such an operation goes", changes: []string{"  /ping:\n", reports}, back: true,
			want: parity.Change{
				Closed: []parity.GapChange{{Kind: "operation", Element: "GET /reports", Group: "admin", Was: "none", Side: parity.RESTSide}},
				Groups: []parity.GroupDelta{{Group: "admin", Was: parity.Counts{None: 3}, Now: parity.Counts{None: 2}}},
			},
		},
		{
			name: "a counterpart goes", changes: []string{"  deleteBoard(input: DeleteBoardInput!): DeleteBoardPayload\n", ""},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "operation", Element: "DELETE /boards/{board_id}", Group: "boards", Was: "match Mutation.deleteBoard", Now: "none", Side: parity.GraphQLSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{RootNone: 1, Missing: 1}, Now: parity.Counts{None: 1, RootNone: 1, Missing: 1}}},
			},
		},
		{
			name: "a counterpart comes", changes: []string{"  deleteBoard(input: DeleteBoardInput!): DeleteBoardPayload\n", ""}, back: true,
			want: parity.Change{
				Closed: []parity.GapChange{{Kind: "operation", Element: "DELETE /boards/{board_id}", Group: "boards", Was: "none", Now: "match Mutation.deleteBoard", Side: parity.GraphQLSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{None: 1, RootNone: 1, Missing: 1}, Now: parity.Counts{RootNone: 1, Missing: 1}}},
			},
		},
		{
			name: "an operation goes and leaves a mutation", changes: []string{"    delete:\n      operationId: deleteBoard\n      tags: [boards]\n      summary: Delete a board\n      responses: {\"204\": {description: Deleted}}\n", ""},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "root", Element: "Mutation.deleteBoard", Group: "boards", Was: "match", Now: "none", Side: parity.RESTSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{RootNone: 1, Missing: 1}, Now: parity.Counts{RootNone: 2, Missing: 1}}},
			},
		},
		{
			name: "a new mutation", changes: []string{"  archiveBoard(", "  shredBoard(input: ArchiveBoardInput!): ArchiveBoardPayload\n  archiveBoard("},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "root", Element: "Mutation.shredBoard", Group: "boards", Now: "none", Side: parity.GraphQLSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{RootNone: 1, Missing: 1}, Now: parity.Counts{RootNone: 2, Missing: 1}}},
			},
		},
		{
			name: "a new mutation that is not asked for", changes: []string{"  archiveBoard(", "  shredBoard(input: ArchiveBoardInput!): ArchiveBoardPayload\n  archiveBoard("},
			opts: parity.Options{Direction: parity.RESTToGraphQL},
		},
		{
			name: "a new property", changes: []string{"        colour_theme:", "        budget: {type: number}\n        colour_theme:"},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "field", Element: "Board.budget", Group: "boards", Now: "none", Side: parity.RESTSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{RootNone: 1, Missing: 1}, Now: parity.Counts{RootNone: 1, Missing: 2}}},
			},
		},
		{
			name: "a field goes", changes: []string{"  name: String!\n  createdAt", "  createdAt"},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "field", Element: "Board.name", Group: "boards", Was: "Board.name", Now: "none", Side: parity.GraphQLSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{RootNone: 1, Missing: 1}, Now: parity.Counts{RootNone: 1, Missing: 2}}},
			},
		},
		{
			name: "a field comes", changes: []string{"  name: String!\n  createdAt", "  createdAt"}, back: true,
			want: parity.Change{
				Closed: []parity.GapChange{{Kind: "field", Element: "Board.name", Group: "boards", Was: "none", Now: "Board.name", Side: parity.GraphQLSide}},
				Groups: []parity.GroupDelta{{Group: "boards", Was: parity.Counts{RootNone: 1, Missing: 2}, Now: parity.Counts{RootNone: 1, Missing: 1}}},
			},
		},
		{
			name: "a new field", changes: []string{"  theme: String\n", "  theme: String\n  mascot: String\n"},
			want: parity.Change{
				Opened: []parity.GapChange{{Kind: "field", Element: "Board.mascot", Group: "boards", Now: "none", Side: parity.GraphQLSide}},
			},
		},
		{
			name: "a type differs", changes: []string{"  position: Int!\n", "  position: String!\n"},
			want: parity.Change{
				Widened: []parity.Widening{{
					Element: "Card.position", What: `Card.position: scalar: "integer" in REST, "String!" in GraphQL`,
					Side: parity.GraphQLSide, Operations: []string{"GET /boards/{board_id}/cards"},
				}},
			},
		},
		{
			name: "a property is null now", changes: []string{"      required: [id, title, position]\n", "      required: [id, position]\n"},
			want: parity.Change{
				Widened: []parity.Widening{{
					Element: "Card.title", What: `Card.title: nullability graphql-stricter: "not required" in REST, "String!" in GraphQL`,
					Side: parity.RESTSide, Operations: []string{"GET /boards/{board_id}/cards"},
				}},
			},
		},
		{
			name: "a new input", changes: []string{"properties: {name: {type: string}}", "properties: {name: {type: string}, colour: {type: string}}"},
			want: parity.Change{
				Widened: []parity.Widening{{
					Element: "POST /boards", What: "body.colour has no counterpart in Mutation.createBoard",
					Side: parity.RESTSide, Operations: []string{"POST /boards"},
				}},
			},
		},
		{
			name: "another counterpart", opts: parity.Options{},
			changes: []string{"  boards(first: Int, after: String): BoardConnection!\n", "  boardsAll(first: Int, after: String): BoardConnection!\n"},
			want: parity.Change{
				Counterparts: []parity.CounterpartChange{{Kind: "operation", Element: "GET /boards", Was: "match Query.boards", Now: "match Query.boardsAll"}},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			base, revision := matchTasks(t, tt.opts), matchTasks(t, tt.opts, tt.changes...)
			if tt.back {
				base, revision = revision, base
			}
			got := parity.Diff(base, revision)
			worse := len(tt.want.Opened)+len(tt.want.Widened) > 0
			if got.Worse() != worse {
				t.Errorf("Worse = %v; want %v", got.Worse(), worse)
			}
			for _, s := range got.Scores {
				if len(tt.changes) == 0 && s.Was != s.Now {
					t.Errorf("score %s went from %v to %v", s.Name, s.Was, s.Now)
				}
			}
			want := tt.want
			got.Scores = nil
			for _, fill := range []func(*parity.Change){
				func(c *parity.Change) { c.Opened = append([]parity.GapChange{}, c.Opened...) },
				func(c *parity.Change) { c.Closed = append([]parity.GapChange{}, c.Closed...) },
				func(c *parity.Change) { c.Counterparts = append([]parity.CounterpartChange{}, c.Counterparts...) },
				func(c *parity.Change) { c.Widened = append([]parity.Widening{}, c.Widened...) },
				func(c *parity.Change) { c.Groups = append([]parity.GroupDelta{}, c.Groups...) },
			} {
				fill(&want)
			}
			if diff := cmp.Diff(&want, got); diff != "" {
				t.Errorf("Diff (-want +got):\n%s", diff)
			}
		})
	}
}

// TestDiffOfPartial: a match that becomes partial is widened, not opened.
func TestDiffOfPartial(t *testing.T) {
	t.Parallel()
	base := matchTasks(t, parity.Options{})
	revision := matchTasks(t, parity.Options{Overrides: overrides(t, "operations:\n  - {operation: GET /boards, graphql: Query.boards, partial: via-scan}\n")})
	want := []parity.Widening{{Element: "GET /boards", What: "match Query.boards became partial (via-scan) Query.boards", Side: parity.Neither, Operations: []string{"GET /boards"}}}
	if diff := cmp.Diff(want, parity.Diff(base, revision).Widened); diff != "" {
		t.Errorf("Widened (-want +got):\n%s", diff)
	}
}

// TestDiffInJSON: lists are never null, and names are in snake case.
func TestDiffInJSON(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{})
	data, err := json.Marshal(parity.Diff(res, res))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"opened":[]`, `"closed":[]`, `"counterparts":[]`, `"widened":[]`, `"groups":[]`, `"name":"rest_to_graphql"`} {
		if !strings.Contains(string(data), part) {
			t.Errorf("no %s in %s", part, data)
		}
	}
}

// TestResultInJSON: lists are never null.
func TestResultInJSON(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{}, "  /ping:\n    get:\n      operationId: ping\n", "  /:\n    get:\n")
	data, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	if i := strings.Index(string(data), ":null"); i >= 0 {
		t.Errorf("a null in …%s…", data[max(i-40, 0):min(i+20, len(data))])
	}
}
