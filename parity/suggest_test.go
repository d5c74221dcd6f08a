package parity_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/plumbapi/plumb/parity"
)

func TestSuggest(t *testing.T) {
	t.Parallel()
	candidates := func(confidences ...float64) []parity.Candidate {
		var list []parity.Candidate
		for i, c := range confidences {
			list = append(list, parity.Candidate{Coordinate: "Query." + string(rune('a'+i)), Status: parity.StatusMatch, Confidence: c})
		}
		return list
	}
	op := func(name string, status parity.Status, band parity.Band, list []parity.Candidate) *parity.Operation {
		o := &parity.Operation{Operation: name, Status: status, Band: band, Source: parity.Matched, Candidates: list, Weight: 1, Tags: []string{"x"}, GraphQL: []string{}}
		if status != parity.StatusNone {
			o.GraphQL = []string{list[0].Coordinate}
		}
		return o
	}
	partial := op("GET /partial", parity.StatusPartial, parity.Review, candidates(0.7))
	partial.Reason = parity.NodeID
	heavy := op("GET /heavy", parity.StatusMatch, parity.Review, candidates(0.8))
	heavy.Weight = 5
	declared := op("GET /declared", parity.StatusMatch, parity.Review, candidates(0.5))
	declared.Source = parity.Override
	exempt := op("GET /exempt", parity.StatusNone, parity.Review, candidates(0.5))
	exempt.Exempt = "why not"
	variant := candidates(0.4)
	variant[0].Status, variant[0].Reason = parity.StatusPartial, parity.Variant
	res := &parity.Result{Operations: []*parity.Operation{
		op("GET /sure", parity.StatusMatch, parity.Auto, candidates(0.95)),
		op("GET /unsure", parity.StatusMatch, parity.Review, candidates(0.6, 0.2, 0.1)),
		op("GET /likely", parity.StatusNone, parity.Review, candidates(0.45, 0.44)),
		op("GET /unlikely", parity.StatusNone, parity.Auto, candidates(0.1)),
		op("GET /nothing", parity.StatusNone, parity.Review, nil),
		op("GET /variant", parity.StatusNone, parity.Review, variant),
		partial, heavy, declared, exempt,
	}}
	type row struct{ Operation, Stub string }
	var got []row
	for _, s := range parity.Suggest(res) {
		got = append(got, row{s.Operation, s.Stub})
	}
	stub := func(name, rest string) string {
		return "  - operation: " + name + "\n    graphql: Query.a\n" + rest
	}
	want := []row{
		{"GET /heavy", stub("GET /heavy", "")},
		{"GET /likely", stub("GET /likely", "")},
		{"GET /unsure", stub("GET /unsure", "")},
		{"GET /variant", stub("GET /variant", "    partial: variant\n")},
		{"GET /partial", stub("GET /partial", "    partial: node-id\n")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Suggest (-want +got):\n%s", diff)
	}
}

// TestAcceptedSuggestionsAreDecided: what is accepted or rejected is written,
// applied, and not suggested again.
func TestAcceptedSuggestionsAreDecided(t *testing.T) {
	t.Parallel()
	changes := []string{"deleteBoard(", "eraseNoticePanel("}
	res := matchTasks(t, parity.Options{}, changes...)
	s := parity.Suggestion{Operation: "DELETE /boards/{board_id}", Candidates: []parity.Candidate{{Coordinate: "Mutation.eraseNoticePanel", Status: parity.StatusMatch}}}
	if op := operation(t, res, s.Operation); op.Status == parity.StatusMatch && op.Band == parity.Auto {
		t.Fatal("the matcher is sure already")
	}
	data, err := parity.AppendDecision([]byte("# ours\n"), s.Accept(0))
	if err != nil {
		t.Fatal(err)
	}
	reject := parity.Suggestion{Operation: "POST /boards"}
	if data, err = parity.AppendDecision(data, reject.Reject()); err != nil {
		t.Fatal(err)
	}
	decided := matchTasks(t, parity.Options{Overrides: overrides(t, string(data))}, changes...)
	want := []parity.Decision{
		{Kind: "match", Element: s.Operation, State: "applied", Value: "match Mutation.eraseNoticePanel"},
		{Kind: "none", Element: "POST /boards", State: "applied", Value: "none", Now: "match Mutation.createBoard"},
	}
	if diff := cmp.Diff(want, decided.Decisions, noPlace, cmpopts.IgnoreFields(parity.Decision{}, "Now")); diff != "" {
		t.Errorf("Decisions (-want +got):\n%s", diff)
	}
	for _, again := range parity.Suggest(decided) {
		if again.Operation == s.Operation || again.Operation == "POST /boards" {
			t.Errorf("%s is suggested again", again.Operation)
		}
	}
	if none := s.Accept(1); none.Operation != "" {
		t.Errorf("Accept(1) = %+v; want nothing", none)
	}
}
