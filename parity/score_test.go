package parity_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/plumbapi/plumb/parity"
)

// near compares shares.
var near = cmpopts.EquateApprox(0, 1e-9)

func TestScore(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Overrides: overrides(t, `
operations:
  - {operation: GET /backups, graphql: Query.boards, partial: subset}
  - {operation: POST /backups, graphql: Mutation.archiveBoard, partial: node-id}
exempt:
  - {operation: "* /boards/*/cards", reason: r, owner: o}
`)})
	// Nine operations: five match, two are partial, the creation of cards is
	// exempt, and nothing is asked of the internal one.
	want := parity.Breadth{
		Total: 9, Match: 5, Partial: 2, None: 2, Exempt: 2,
		Share: 5.0 / 7, WithPartial: 1, Weighted: (5 + 0.5 + 0.9) / 7,
	}
	if diff := cmp.Diff(want, res.Score.RESTToGraphQL, near); diff != "" {
		t.Errorf("RESTToGraphQL (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want.Weighted, res.Score.Operations, near); diff != "" {
		t.Errorf("Operations (-want +got):\n%s", diff)
	}
	wantBack := parity.Breadth{Total: 5, Match: 4, Partial: 1, Share: 0.8, WithPartial: 1, Weighted: (4 + 0.9) / 5}
	if diff := cmp.Diff(wantBack, res.Score.GraphQLToREST, near); diff != "" {
		t.Errorf("GraphQLToREST (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(2.0/3, res.Score.Types, near); diff != "" {
		t.Errorf("Types (-want +got):\n%s", diff)
	}
	// Board has id, name and created_at, but no colour_theme; Card has all.
	if diff := cmp.Diff(parity.Share{Value: 7.0 / 8, Part: 7, Whole: 8}, res.Score.Depth, near); diff != "" {
		t.Errorf("Depth (-want +got):\n%s", diff)
	}
	// A date is no String.
	if diff := cmp.Diff(parity.Share{Value: 6.0 / 7, Part: 6, Whole: 7}, res.Score.Fidelity, near); diff != "" {
		t.Errorf("Fidelity (-want +got):\n%s", diff)
	}
	tags := map[string]parity.Group{}
	for _, g := range res.Score.Groups {
		tags[g.Tag] = g
	}
	wantBoards := parity.Group{
		Tag: "boards", Breadth: parity.Breadth{Total: 4, Match: 4, Share: 1, WithPartial: 1, Weighted: 1}, Missing: 1,
		GraphQLToREST: parity.Breadth{Total: 4, Match: 4, Share: 1, WithPartial: 1, Weighted: 1},
	}
	if diff := cmp.Diff(wantBoards, tags["boards"], near); diff != "" {
		t.Errorf("boards (-want +got):\n%s", diff)
	}
	if g := tags["admin"]; g.Partial != 2 || g.GraphQLToREST.Partial != 1 {
		t.Errorf("admin = %+v; want two partial operations and one partial mutation", g)
	}
	if first := res.Score.Groups[0].Tag; first != "boards" {
		t.Errorf("the first group is %s; want the largest", first)
	}
}

// TestScoreOfLifecycle: what is deprecated on one side only is disagreed on.
func TestScoreOfLifecycle(t *testing.T) {
	t.Parallel()
	plain := matchTasks(t, parity.Options{}).Score.Lifecycle
	if plain.Part != plain.Whole {
		t.Fatalf("Lifecycle = %+v; want that both agree on everything", plain)
	}
	fields := matchTasks(t, parity.Options{}, "  createdAt: DateTime!\n", "  createdAt: DateTime! @deprecated(reason: \"gone soon\")\n").Score.Lifecycle
	if fields.Part != fields.Whole-1 {
		t.Errorf("with a deprecated field, Lifecycle = %+v; want one that differs", fields)
	}
	operations := matchTasks(t, parity.Options{}, "      operationId: deleteBoard\n", "      operationId: deleteBoard\n      deprecated: true\n").Score.Lifecycle
	if operations.Part != operations.Whole-1 {
		t.Errorf("with a deprecated operation, Lifecycle = %+v; want one that differs", operations)
	}
}

// TestScoreCountsPropertiesOnce: a property that several schemas of one type
// have is one, and is there if one of them has it.
func TestScoreCountsPropertiesOnce(t *testing.T) {
	t.Parallel()
	plain := matchTasks(t, parity.Options{})
	res := matchTasks(t, parity.Options{Overrides: overrides(t, "types:\n  - {rest: BoardSummary, graphql: Board}\n")},
		"    Card:\n", "    BoardSummary:\n      type: object\n      properties: {id: {type: string}, name: {type: string}, colour_theme: {type: string}}\n    Card:\n")
	if diff := cmp.Diff(plain.Score.Depth, res.Score.Depth); diff != "" {
		t.Errorf("Depth (-one schema +two):\n%s", diff)
	}
	if len(res.Fields) <= len(plain.Fields) {
		t.Errorf("the second schema was not compared: %d fields before, %d now", len(plain.Fields), len(res.Fields))
	}
}

func TestExemptFieldsDoNotCount(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Overrides: overrides(t, "exempt:\n  - {field: Board.colour_theme, reason: r, owner: o}\n")})
	if d := res.Score.Depth; d.Value != 1 {
		t.Errorf("Depth = %+v; want all", d)
	}
	for _, g := range res.Score.Groups {
		if g.Missing != 0 {
			t.Errorf("group %s lacks %d fields; want none", g.Tag, g.Missing)
		}
	}
}

func TestRoots(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{},
		"  archiveBoard(input: ArchiveBoardInput!): ArchiveBoardPayload\n",
		"  archiveBoard(input: ArchiveBoardInput!): ArchiveBoardPayload @deprecated(reason: \"use deleteBoard\")\n  takeBackup: Boolean\n  fooBar: Int\n")
	type row struct {
		Status     parity.Status
		Group      string
		Operations []string
		Deprecated bool
	}
	got := map[string]row{}
	for _, r := range res.Roots {
		got[r.Coordinate] = row{r.Status, r.Group, r.Operations, r.Deprecated}
	}
	want := map[string]row{
		"Mutation.createBoard":  {parity.StatusMatch, "boards", []string{"POST /boards"}, false},
		"Mutation.deleteBoard":  {parity.StatusMatch, "boards", []string{"DELETE /boards/{board_id}"}, false},
		"Mutation.archiveBoard": {parity.StatusNone, "boards", []string{}, true},
		"Mutation.takeBackup":   {parity.StatusNone, "admin", []string{}, false},
		"Mutation.fooBar":       {parity.StatusNone, "", []string{}, false},
		"Query.board":           {parity.StatusMatch, "boards", []string{"GET /boards/{board_id}"}, false},
		"Query.boards":          {parity.StatusMatch, "boards", []string{"GET /boards"}, false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("roots (-want +got):\n%s", diff)
	}
}

// TestAnchorIsPartial: a query that no operation answers, but that leads to
// what operations do.
func TestAnchorIsPartial(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Overrides: overrides(t, "operations:\n  - {operation: 'GET /boards/{id}', graphql: none}\n")})
	if op := operation(t, res, "GET /boards/{board_id}/cards"); op.Path != "board.cards" {
		t.Fatalf("the cards are reached by %q; want a path through Query.board", op.Path)
	}
	r := root(t, res, "Query.board")
	if r.Status != parity.StatusPartial || len(r.Operations) != 0 {
		t.Errorf("Query.board is %s of %q; want partial of nothing", r.Status, r.Operations)
	}
	if want := (4 - 1 + 0.5) / 5; res.Score.GraphQLToREST.Weighted != want {
		t.Errorf("Weighted = %v; want %v, a half for the query", res.Score.GraphQLToREST.Weighted, want)
	}
}

func TestGaps(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{})
	want := []parity.Gap{
		{Element: "Mutation.archiveBoard", Group: "boards", Weight: 1, Reason: "no operation archives a board"},
		{Element: "POST /backups", Group: "admin", Weight: 1, Reason: "no mutation starts a backup of everything"},
		{Element: "POST /boards/{board_id}/cards", Group: "cards", Weight: 0.5, Reason: "no mutation creates a card"},
		{Element: "GET /backups", Group: "admin", Weight: 1, Reason: "no field lists the backups"},
	}
	if diff := cmp.Diff(want, res.Gaps); diff != "" {
		t.Errorf("Gaps (-want +got):\n%s", diff)
	}
	used := matchTasks(t, parity.Options{Usage: map[string]float64{"GET /backups": 100, "GET /boards": 50}})
	if first := used.Gaps[0]; first.Element != "GET /backups" || first.Weight != 100 {
		t.Errorf("the first gap is %+v; want what is used most", first)
	}
	oneWay := matchTasks(t, parity.Options{Direction: parity.GraphQLToREST})
	if len(oneWay.Gaps) != 1 || oneWay.Gaps[0].Element != "Mutation.archiveBoard" {
		t.Errorf("Gaps = %+v; want that of GraphQL only", oneWay.Gaps)
	}
}
