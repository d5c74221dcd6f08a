package parity_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/parity"
)

func TestAppendDecision(t *testing.T) {
	t.Parallel()
	match := parity.OperationOverride{Operation: "GET /pets/{id}", GraphQL: []string{"Query.pet"}}
	const item = "- operation: GET /pets/{id}\n"
	tests := []struct {
		name  string
		text  string
		entry parity.Entry
		want  string
	}{
		{"nothing yet", "", match, "version: 1\n\noperations:\n  " + item + "    graphql: Query.pet\n"},
		{"comments only", "# ours\n", match, "# ours\n\nversion: 1\n\noperations:\n  " + item + "    graphql: Query.pet\n"},
		{"no such section", "version: 1\n# types\ntypes:\n  - {rest: A, graphql: B} # b\n", match, "version: 1\n# types\ntypes:\n  - {rest: A, graphql: B} # b\n\noperations:\n  " + item + "    graphql: Query.pet\n"},
		{
			"in the middle", "operations:\n  # cats\n  - operation: GET /cats # all\n    graphql: Query.cats # yes\n\n# types\ntypes:\n  - {rest: A, graphql: B}\n", match,
			"operations:\n  # cats\n  - operation: GET /cats # all\n    graphql: Query.cats # yes\n  " + item + "    graphql: Query.pet\n\n# types\ntypes:\n  - {rest: A, graphql: B}\n",
		},
		{"no indentation", "operations:\n- {operation: GET /cats, graphql: none}\n", match, "operations:\n- {operation: GET /cats, graphql: none}\n" + item + "  graphql: Query.pet\n"},
		{"no line break at the end", "operations:\n  - {operation: GET /cats, graphql: none}", match, "operations:\n  - {operation: GET /cats, graphql: none}\n  " + item + "    graphql: Query.pet"},
		{"an empty section", "operations: # none yet\ntypes: []\n", match, "operations: # none yet\n  " + item + "    graphql: Query.pet\ntypes: []\n"},
		{"an empty list", "operations: []\n", match, "operations: [{\"operation\": \"GET /pets/{id}\", \"graphql\": \"Query.pet\"}]\n"},
		{
			"in brackets", "operations: [\n  {operation: GET /cats, graphql: none},\n]\n", match,
			"operations: [\n  {operation: GET /cats, graphql: none}, {\"operation\": \"GET /pets/{id}\", \"graphql\": \"Query.pet\"}\n]\n",
		},
		{"JSON", "{\"version\": 1}", match, "{\"version\": 1, \"operations\": [{\"operation\": \"GET /pets/{id}\", \"graphql\": \"Query.pet\"}]}"},
		{"other line breaks", "version: 1\r\ntypes: []\r\n", match, "version: 1\r\ntypes: []\r\n\r\noperations:\r\n  - operation: GET /pets/{id}\r\n    graphql: Query.pet\r\n"},
		{
			"a text of several lines", "operations:\n  - operation: GET /cats\n    graphql: none\n    reason: |\n      one\n\n      two\n\ntypes: []\n", match,
			"operations:\n  - operation: GET /cats\n    graphql: none\n    reason: |\n      one\n\n      two\n  " + item + "    graphql: Query.pet\n\ntypes: []\n",
		},
		{
			"everything", "", parity.OperationOverride{
				Operation: "GET /pets", GraphQL: []string{"Query.pets", "Owner.pets"}, Partial: parity.Subset,
				Note: parity.Note{Reason: "only: own pets # for now", Owner: "@ann", Until: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)},
			},
			"version: 1\n\noperations:\n  - operation: GET /pets\n    graphql: [\"Query.pets\", \"Owner.pets\"]\n    partial: subset\n    reason: \"only: own pets # for now\"\n    owner: \"@ann\"\n    until: \"2026-12-31\"\n",
		},
		{"nothing corresponds", "", parity.OperationOverride{Operation: "GET /pets"}, "version: 1\n\noperations:\n  - operation: GET /pets\n    graphql: none\n"},
		{"a type", "", parity.TypeOverride{REST: "#/definitions/Pet", GraphQL: "Pet"}, "version: 1\n\ntypes:\n  - rest: \"#/definitions/Pet\"\n    graphql: Pet\n"},
		{"a field", "", parity.FieldOverride{REST: "Pet.yes"}, "version: 1\n\nfields:\n  - rest: Pet.yes\n    graphql: none\n"},
		{"an exemption", "", parity.Exemption{Type: "No", Note: parity.Note{Reason: "yes", Owner: "null"}}, "version: 1\n\nexempt:\n  - type: \"No\"\n    reason: \"yes\"\n    owner: \"null\"\n"},
		{"a group", "", parity.GroupPolicy{Tag: "7", Need: parity.BestEffort, Direction: parity.BothWays}, "version: 1\n\ngroups:\n  - tag: \"7\"\n    parity: best-effort\n    direction: both\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := parity.AppendDecision([]byte(tt.text), tt.entry)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("AppendDecision (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAppendDecisionErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		entry      parity.Entry
		want       string
	}{
		{"not sound", "", parity.OperationOverride{Operation: "pets", GraphQL: []string{"Query.pet"}}, `"pets" is no operation`},
		{"no reason", "", parity.Exemption{Operation: "GET /pets", Note: parity.Note{Owner: "ann"}}, "has no reason"},
		{"decided already", "operations: [{operation: 'GET /pets/{id}', graphql: none}]", parity.OperationOverride{Operation: "GET /pets/{pet}"}, "is decided twice"},
		{"a file that is wrong", "operatoins: []", parity.OperationOverride{Operation: "GET /pets"}, `unknown key "operatoins"`},
		{"an alias", "x: &x []\n", parity.OperationOverride{Operation: "GET /pets"}, `unknown key "x"`},
		{"an end of the document", "version: 1\n...\n", parity.OperationOverride{Operation: "GET /pets"}, "add a decision: "},
		{"a list on the line of its key", "operations: !!seq\n  - {operation: GET /a, graphql: none}\n  - &b {operation: GET /b, graphql: none}\n", parity.OperationOverride{Operation: "GET /a"}, "is decided twice"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := parity.AppendDecision([]byte(tt.text), tt.entry)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("AppendDecision = %q, %v; want an error with %q", got, err, tt.want)
			}
		})
	}
}
