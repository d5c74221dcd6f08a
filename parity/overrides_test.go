package parity_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// whole says everything that parity.yaml may say.
const whole = `# what people decide
version: 1
direction: rest-to-graphql
min: 0.6
usage: usage.csv
packs: [vcs, ci]
words:
  - [project, workspace]
groups:
  - tag: admin
    parity: exempt
    reason: operators only
    owner: ops
    until: 2026-12-31
operations:
  - operation: GET /boards/{id}
    graphql: Query.board
    partial: node-id
    reason: by global ID only
    owner: ann
  - {operation: "PUT /boards/{id}/star", graphql: [Mutation.addStar, Mutation.star]}
  - {operation: DELETE /boards, graphql: none}
types:
  - {rest: Board, graphql: Board}
  - {rest: "#/components/schemas/Error", graphql: none}
fields:
  - {rest: Board.created_at, graphql: Board.createdAt}
  - {rest: Board.secret, graphql: none}
exempt:
  - operation: "GET /admin/**"
    reason: operators only
    owner: ops
`

func TestReadOverrides(t *testing.T) {
	t.Parallel()
	got := overrides(t, whole)
	want := &parity.Overrides{
		Name: "parity.yaml", Direction: parity.RESTToGraphQL, Min: 0.6, Usage: "usage.csv",
		Packs: []string{"vcs", "ci"}, Words: [][]string{{"project", "workspace"}},
		Groups: []parity.GroupPolicy{{Tag: "admin", Need: parity.Unneeded, Note: parity.Note{
			Reason: "operators only", Owner: "ops", Until: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC),
		}}},
		Operations: []parity.OperationOverride{
			{Operation: "GET /boards/{id}", GraphQL: []string{"Query.board"}, Partial: parity.NodeID, Note: parity.Note{Reason: "by global ID only", Owner: "ann"}},
			{Operation: "PUT /boards/{id}/star", GraphQL: []string{"Mutation.addStar", "Mutation.star"}},
			{Operation: "DELETE /boards"},
		},
		Types:  []parity.TypeOverride{{REST: "Board", GraphQL: "Board"}, {REST: "#/components/schemas/Error"}},
		Fields: []parity.FieldOverride{{REST: "Board.created_at", GraphQL: "Board.createdAt"}, {REST: "Board.secret"}},
		Exempt: []parity.Exemption{{Operation: "GET /admin/**", Note: parity.Note{Reason: "operators only", Owner: "ops"}}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(check.Location{})); diff != "" {
		t.Errorf("ReadOverrides (-want +got):\n%s", diff)
	}
	if at := got.Operations[1].At; at.Line != 21 || at.Column != 5 {
		t.Errorf("the second operation is at %d:%d; want 21:5", at.Line, at.Column)
	}
}

func TestReadOverridesOfNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# only\n  # comments\n", "---\n", "\ufeff", "null", "{}", "operations:\ngroups: []\n"} {
		o, err := parity.ReadOverrides("parity.yaml", []byte(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if diff := cmp.Diff(&parity.Overrides{Name: "parity.yaml"}, o); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestReadOverridesErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"newer", "version: 2\nfuture: x", []string{"1:10: version is 2; this plumb reads version 1"}},
		{"a list", "- a", []string{"1:1: the file is a list; expected a mapping"}},
		{"syntax", "operations: [", []string{"1:14: "}},
		{"not UTF-8", "a: \xff", []string{"1:1: the file is not UTF-8 text"}},
		{"too large", strings.Repeat(" ", parity.MaxOverrides+1), []string{"1:1: the file is larger than 4 MiB"}},
		{"unknown key", "operation:\n  - {}", []string{`1:1: unknown key "operation"; did you mean "operations"?`}},
		{"unknown key with nothing near", "zebra: 1", []string{`1:1: unknown key "zebra"; it is one of version, direction, min, usage, packs, words, groups, operations, types, fields, exempt`}},
		{"unknown word", "direction: rest-to-graphq", []string{`1:12: direction "rest-to-graphq" is unknown; did you mean "rest-to-graphql"?`}},
		{"unknown pack", "packs: [csv]", []string{`1:9: packs[0] "csv" is unknown; did you mean "vcs"?`}},
		{"number", "min: 60", []string{"1:6: min is 60; expected a number from 0 to 1"}},
		{"text for a number", "min: much", []string{`1:6: min is "much"; expected a number`}},
		{"number for a text", "usage: 7", []string{"1:8: usage is the number 7; expected text; put it in quotes"}},
		{"key twice", "usage: a\nusage: b", []string{`2:1: mapping key "usage" is given twice; the first is at line 1`}},
		{"what is missing", "operations:\n  - graphql: Query.a\n  - operation: GET /a", []string{"2:5: operations[0] has no operation", "3:5: operations[1] has no graphql"}},
		{"forms", "operations:\n  - {operation: /a, graphql: board, partial: nodeid}\n", []string{
			`2:17: operations[0].operation "/a" is no operation; expected a method and a path, such as GET /pets/{id}`,
			`2:30: operations[0].graphql "board" is no coordinate; expected Type.field, or none`,
			`2:46: operations[0].partial "nodeid" is unknown; did you mean "node-id"?`,
		}},
		{"empty list", "operations: [{operation: GET /a, graphql: []}]", []string{"1:43: operations[0].graphql is empty; expected text or a list of texts"}},
		{"empty text", "operations: [{operation: GET /a, graphql: ''}]", []string{"1:43: operations[0].graphql is empty; expected text"}},
		{"dates", "types: [{rest: A, graphql: A, until: soon}, {rest: B, graphql: B-C}, {rest: C, graphql: C, until: 2026-02-30}]", []string{
			`1:38: types[0].until "soon" is no date; expected one such as 2026-12-31`,
			`1:64: types[1].graphql "B-C" is no name of a type; expected one, or none`,
			`1:99: types[2].until "2026-02-30" is no date; expected one such as 2026-12-31`,
		}},
		{"fields", "fields: [{rest: Board, graphql: Board.name}]", []string{`1:17: fields[0].rest "Board" is no property; expected SCHEMA.property`}},
		{"exempt needs a reason and an owner", "exempt:\n  - operation: GET /a\n", []string{"2:5: exempt[0] has no reason", "2:5: exempt[0] has no owner"}},
		{"exempt needs one thing", "exempt:\n  - {reason: r, owner: o}\n  - {operation: a, field: b, reason: r, owner: o}", []string{
			"2:5: exempt[0] has none of operation, graphql, type, field",
			"3:5: exempt[1] has operation and field; only one of them can be what it is about",
		}},
		{"a group that is exempt needs a reason", "groups:\n  - {tag: a, parity: exempt, owner: o}\n  - {tag: b, parity: exempt, reason: r}\n  - {tag: c}", []string{
			"2:5: groups[0] is exempt and has no reason", "3:5: groups[1] is exempt and has no owner", "4:5: groups[2] says neither parity nor direction",
		}},
		{"long patterns", "exempt: [{operation: " + strings.Repeat("a", 1001) + ", reason: r, owner: o}]", []string{`1:22: exempt[0].operation "` + strings.Repeat("a", 120) + `" is longer than 1,000 bytes`}},
		{"decided twice", "operations:\n  - {operation: 'GET /a/{b}', graphql: none}\n  - {operation: 'get /a/{c}', graphql: Query.a}", []string{`3:5: "GET /a/{}" is decided twice in operations; the first is at line 2`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := parity.ReadOverrides("parity.yaml", []byte(tt.text))
			var e *parity.FileError
			if !errors.As(err, &e) {
				t.Fatalf("error %v is no *FileError", err)
			}
			got := strings.Split(err.Error(), "\n")
			if len(got) != len(tt.want) {
				t.Fatalf("problems %q; want %q", got, tt.want)
			}
			for i, want := range tt.want {
				if want = "parity.yaml:" + want; got[i] != want && !(strings.HasSuffix(want, ": ") && strings.HasPrefix(got[i], want)) {
					t.Errorf("problem %d:\n got %s\nwant %s", i, got[i], want)
				}
			}
		})
	}
}

// TestProblemsAreBounded: a hostile file ends in a short message.
func TestProblemsAreBounded(t *testing.T) {
	t.Parallel()
	_, err := parity.ReadOverrides("parity.yaml", []byte("operations:\n"+strings.Repeat("  - {}\n", 10_000)))
	var e *parity.FileError
	if !errors.As(err, &e) || len(e.Problems) != 20 {
		t.Errorf("error %.200v; want 20 problems", err)
	}
	_, err = parity.ReadOverrides("parity.yaml", []byte("exempt:\n"+strings.Repeat("  - {operation: '**', reason: r, owner: o}\n", 2001)))
	if err == nil || !strings.Contains(err.Error(), "exempt has more than 2000 entries") {
		t.Errorf("error %.200v; want that there are too many patterns", err)
	}
}

// TestOverridesSchemaAgrees shows that an editor accepts what ReadOverrides
// accepts, and refuses what it refuses.
func TestOverridesSchemaAgrees(t *testing.T) {
	t.Parallel()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(parity.OverridesSchema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("parity.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("parity.json")
	if err != nil {
		t.Fatal(err)
	}
	valid := 0
	for _, text := range []string{
		whole, "{}", "operations:\n", "groups: []", "version: 1", "version: 0", "version: 2", "direction: up", "min: 2", "min: 0.5", "usage: ''", "usage: x",
		"packs: [vcs]", "packs: [nope]", "words: [[a, b]]", "words: [a]", "groups: [{tag: a, parity: required}]", "groups: [{parity: required}]",
		"operations: [{operation: GET /a, graphql: none}]", "operations: [{operation: a, graphql: none}]", "operations: [{operation: GET /a, graphql: a}]",
		"operations: [{operation: GET /a, graphql: [A.b, C.d]}]", "operations: [{operation: GET /a, graphql: []}]", "operations: [{operation: GET /a}]",
		"operations: [{operation: GET /a, graphql: A.b, partial: subset}]", "operations: [{operation: GET /a, graphql: A.b, partial: half}]",
		"types: [{rest: A, graphql: B}]", "types: [{rest: A, graphql: B.c}]", "fields: [{rest: A.b, graphql: B.c}]", "fields: [{rest: A, graphql: B.c}]",
		"exempt: [{field: a, reason: r, owner: o}]", "exempt: [{field: a, reason: r}]", "exempt: [{reason: r, owner: o}]",
		"exempt: [{field: a, type: b, reason: r, owner: o}]", "exempt: [{field: a, reason: r, owner: o, until: 2026-12-31}]",
		"exempt: [{field: a, reason: r, owner: o, until: later}]", "other: 1",
	} {
		root, err := openapi.ParseTree("parity.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		_, read := parity.ReadOverrides("parity.yaml", []byte(text))
		judged := schema.Validate(root.Value())
		if (read == nil) != (judged == nil) {
			t.Errorf("%s\nReadOverrides: %v\nschema: %v", text, read, judged)
		}
		if read == nil {
			valid++
		}
	}
	if valid < 10 {
		t.Errorf("only %d texts are valid", valid)
	}
}

func TestOverridesSchemaIsPublished(t *testing.T) {
	t.Parallel()
	published, err := os.ReadFile("../docs/parity.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if !json.Valid(published) || !bytes.Equal(published, parity.OverridesSchema()) {
		t.Error("docs/parity.schema.json is out of date; run go generate ./...")
	}
}
