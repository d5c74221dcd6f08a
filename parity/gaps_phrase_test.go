package parity_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/parity"
)

// TestGapsInWords: a gap is said in the words of the summary, or of the path
// where that says too little.
func TestGapsInWords(t *testing.T) {
	t.Parallel()
	tests := []struct{ method, path, summary, want string }{
		{"post", "/orgs/{org}/squads", "", "no mutation creates a squad of an organization"},
		{"post", "/squads", "Create", "no mutation creates a squad"},
		{"post", "/squads", "Create a squad.", "no mutation creates a squad"},
		{"post", "/squads", "Creates a squad for you", "no mutation creates a squad for you"},
		{"post", "/squads", "Squad creation for the win", "no mutation creates a squad"},
		{"post", "/squads", "Create a squad. " + strings.Repeat("Long. ", 20), "no mutation creates a squad"},
		{"post", "/squads", "Create a squad\nand more", "no mutation creates a squad"},
		{"get", "/squads/{id}/relics", "", "no field lists the relics of a squad"},
		{"get", "/squads/{id}/relics/{relic}", "", "no field gives a relic of a squad"},
		{"get", "/squads/{id}/owner_info", "", "no field gives the owner info of a squad"},
		{"put", "/squads/{id}/merge", "", "no mutation merges a squad"},
		{"put", "/squads/{id}/relics/{relic}/publish", "", "no mutation publishes a relic of a squad"},
		{"post", "/squads/{id}/audit-log/replies", "", "no mutation creates an audit log reply of a squad"},
		{"patch", "/squads/{id}", "", "no mutation updates a squad"},
		{"put", "/squads/{id}", "", "no mutation sets a squad"},
		{"delete", "/squads/{id}/relics", "", "no mutation deletes the relics of a squad"},
		{"delete", "/utilities/{id}", "", "no mutation deletes an utility"},
	}
	for _, tt := range tests {
		name := strings.ToUpper(tt.method) + " " + tt.path
		t.Run(name+" "+tt.summary, func(t *testing.T) {
			t.Parallel()
			rest, gql := tasks(t)
			response := `{description: OK}`
			if strings.HasSuffix(tt.path, "s") && tt.method == "get" {
				response = `{description: OK, content: {application/json: {schema: {type: array, items: {type: string}}}}}`
			}
			rest = strings.Replace(rest, "paths:\n", "paths:\n  "+tt.path+":\n    "+tt.method+":\n      summary: "+quote(tt.summary)+
				"\n      responses: {\"200\": "+response+"}\n", 1)
			for _, g := range matchTexts(t, rest, gql, parity.Options{}).Gaps {
				if g.Element != name {
					continue
				}
				if g.Reason != tt.want {
					t.Errorf("reason %q; want %q", g.Reason, tt.want)
				}
				return
			}
			t.Errorf("%s is no gap", name)
		})
	}
}

func quote(text string) string { return `"` + strings.ReplaceAll(text, "\n", `\n`) + `"` }

func TestGapsOfGraphQLInWords(t *testing.T) {
	t.Parallel()
	res := matchTasks(t, parity.Options{Direction: parity.GraphQLToREST}, "  archiveBoard(input: ArchiveBoardInput!): ArchiveBoardPayload\n",
		"  shredLedgers: Boolean\n  epochReplay: Boolean\n  markAsSpamLedger: Boolean\n  glimmerFix: Boolean\n  x: Boolean\n",
		"type Query {\n", "type Query {\n  orbits: [String]\n  umbraTotal: Int\n  searchNebulas(q: String!): [String]\n")
	got := map[string]string{}
	for _, g := range res.Gaps {
		got[g.Element] = g.Reason
	}
	want := map[string]string{
		"Mutation.epochReplay":      "no operation does what epochReplay does",
		"Mutation.markAsSpamLedger": "no operation marks as spam ledger",
		"Mutation.glimmerFix":       "no operation does what glimmerFix does",
		"Mutation.shredLedgers":     "no operation does what shredLedgers does",
		"Mutation.x":                "no operation does what x does",
		"Query.orbits":              "no operation lists the orbits",
		"Query.umbraTotal":          "no operation gives an umbra total",
		"Query.searchNebulas":       "no operation searches the nebulas",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (-want +got):\n%s", diff)
	}
}
