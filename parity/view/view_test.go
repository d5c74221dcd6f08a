package view_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/live"
	"github.com/plumbapi/plumb/parity/view"
	"github.com/plumbapi/plumb/report"
)

func text(o view.Options) func(io.Writer, *parity.Result) error {
	return func(w io.Writer, res *parity.Result) error { return view.Text(w, res, o) }
}

func explain(name string) func(io.Writer, *parity.Result) error {
	return func(w io.Writer, res *parity.Result) error {
		x, err := view.Explain(res, name)
		if err != nil {
			return err
		}
		return x.Text(w, view.Options{})
	}
}

// TestGolden writes every view as it is kept in testdata, twice the same.
func TestGolden(t *testing.T) {
	t.Parallel()
	api := view.API{Result: rich(), Options: view.Options{Name: "tracker", Usage: true}}
	for _, tt := range []struct {
		file  string
		res   *parity.Result
		write func(io.Writer, *parity.Result) error
	}{
		{"rich.txt", rich(), text(view.Options{Usage: true})},
		{"rich.wide.txt", rich(), text(view.Options{Width: 160, Name: hostile, All: true})},
		{"rich.narrow.txt", rich(), text(view.Options{Width: 48})},
		{"rich.color.txt", rich(), text(view.Options{Color: true})},
		{"empty.txt", empty(), text(view.Options{})},
		{"rich.md", rich(), func(w io.Writer, res *parity.Result) error { return view.Markdown(w, res, view.Options{Usage: true}) }},
		{"empty.md", empty(), func(w io.Writer, res *parity.Result) error { return view.Markdown(w, res, view.Options{}) }},
		{"rich.csv", rich(), func(w io.Writer, _ *parity.Result) error { return view.CSV(w, api) }},
		{"rich.html", rich(), func(w io.Writer, res *parity.Result) error { return view.HTML(w, res, view.Options{Name: "tracker"}) }},
		{"explain/operation.txt", rich(), explain("get /issues")},
		{"explain/root.txt", rich(), explain("Mutation.pinIssue")},
		{"explain/considered.txt", rich(), explain("Project.issues")},
		{"explain/type.txt", rich(), explain("issue")},
		{"explain/property.txt", rich(), explain("issue.state")},
		{"explain/hostile.txt", rich(), explain("GET /" + hostile)},
		{"suggest.txt", rich(), func(w io.Writer, res *parity.Result) error {
			return view.Suggestions(w, suggestions(), 12, view.Options{})
		}},
		{"change.txt", nil, func(w io.Writer, _ *parity.Result) error { return view.Change(w, change(), view.Options{}) }},
		{"change.md", nil, func(w io.Writer, _ *parity.Result) error { return view.ChangeMarkdown(w, change()) }},
		{"unchanged.md", nil, func(w io.Writer, _ *parity.Result) error { return view.ChangeMarkdown(w, &parity.Change{}) }},
		{"report.md", rich(), func(w io.Writer, _ *parity.Result) error {
			return report.Markdown(w, findings(), report.Options{Facts: view.Facts(api)})
		}},
		{"report.txt", rich(), func(w io.Writer, _ *parity.Result) error {
			return report.Text(w, findings(), report.Options{Facts: view.Facts(api, api)})
		}},
		{"live.txt", nil, func(w io.Writer, _ *parity.Result) error { return view.Live(w, servers(), view.Options{Width: 90}) }},
		{"live.md", nil, func(w io.Writer, _ *parity.Result) error {
			return report.Markdown(w, &check.Report{}, report.Options{Facts: view.LiveFacts(servers())})
		}},
		{"live.html", nil, func(w io.Writer, _ *parity.Result) error {
			return report.HTML(w, &check.Report{}, report.Options{Facts: view.LiveFacts(servers())})
		}},
		{"plan.txt", nil, func(w io.Writer, _ *parity.Result) error { return view.Plan(w, servers().Plan, view.Options{}) }},
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			var first, second bytes.Buffer
			for _, b := range []*bytes.Buffer{&first, &second} {
				if err := tt.write(b, tt.res); err != nil {
					t.Fatal(err)
				}
			}
			golden.Compare(t, filepath.Join("testdata", filepath.FromSlash(tt.file)), first.Bytes())
			if !bytes.Equal(first.Bytes(), second.Bytes()) {
				t.Error("the second time gives other bytes")
			}
			harmless(t, first.String(), strings.Contains(tt.file, "color"))
		})
	}
}

// harmless fails where the hostile text got through.
func harmless(t *testing.T, s string, color bool) {
	t.Helper()
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' && (r != '\x1b' || !color) || r == '\u202e' {
			t.Errorf("the output has the character %U", r)
			return
		}
	}
	if strings.Contains(s, "\x1b[31m =1") {
		t.Error("the output has the escape sequence of the description")
	}
}

// TestMarkup looks for markup in what is no markup.
func TestMarkup(t *testing.T) {
	t.Parallel()
	var html, md bytes.Buffer
	if err := view.HTML(&html, rich(), view.Options{Name: hostile}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(html.String(), "<script>"); n != 1 {
		t.Errorf("the page has %d scripts, want its own", n)
	}
	if err := view.Markdown(&md, rich(), view.Options{Name: hostile}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(md.String()) {
		outside := strings.Join(every(strings.Split(line, "``"), 2), "")
		if strings.Contains(outside, "<script") || strings.Contains(outside, " @all") {
			t.Errorf("the note has markup of the description: %s", line)
		}
	}
}

// every returns each nth of a list, beginning with the first.
func every(list []string, n int) []string {
	var out []string
	for i := 0; i < len(list); i += n {
		out = append(out, list[i])
	}
	return out
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	res := rich()
	res.Operations[0].Tags = []string{"=HYPERLINK(1)", "+1"}
	if err := view.CSV(&b, view.API{Result: res, Options: view.Options{Name: "-a"}}); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := 1 + len(res.Operations) + len(res.Roots); len(rows) != want {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	for _, row := range rows[1:] {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("the cell %q is a formula", cell)
			}
		}
	}
}

func TestExplainUnknown(t *testing.T) {
	t.Parallel()
	for name, closest := range map[string]string{
		"GET /isues":           "GET /issues",
		"delete /isues/{key}":  "DELETE /issues/{id}",
		"Mutation.createIsue":  "Mutation.createIssue",
		"issue.titel":          "issue.title",
		"something else":       "",
		strings.Repeat("x", 9): "",
	} {
		_, err := view.Explain(rich(), name)
		want := &view.UnknownError{Name: name, Closest: closest}
		if diff := cmp.Diff(error(want), err); diff != "" {
			t.Errorf("Explain(%q) (-want +got):\n%s", name, diff)
		}
	}
	if _, err := view.Explain(rich(), "DELETE /issues/{number}"); err != nil {
		t.Errorf("another name of a path variable: %v", err)
	}
}

func TestAt(t *testing.T) {
	t.Parallel()
	for want, place := range map[string]check.Location{
		"GET /issues": at("api.yaml", 12), "Query.issues": at("schema.graphql", 2), "issue": at("api.yaml", 60),
		"issue.state": at("api.yaml", 66), "Issue.status": at("schema.graphql", 15), "": at("api.yaml", 1000),
	} {
		if got := view.At(rich(), place); got != want {
			t.Errorf("At(%v) = %q, want %q", place, got, want)
		}
	}
	if got := view.At(rich(), check.Location{}); got != "" {
		t.Errorf("At nowhere = %q", got)
	}
}

func findings() *check.Report {
	return &check.Report{
		Subjects: []string{"api.yaml", "schema.graphql"},
		Findings: []check.Finding{{
			Rule: "parity-new-gap", Severity: check.Error, Message: `operation "DELETE /projects/{id}" has no counterpart in GraphQL and is not a known gap`,
			Location: at("api.yaml", 80), Fingerprint: "f1",
		}},
	}
}

func suggestions() []parity.Suggestion {
	return []parity.Suggestion{
		{
			Operation: "POST /issues", Group: "issues", Weight: 3, Now: parity.Verdict{Status: parity.StatusPartial, Reason: parity.Subset, GraphQL: []string{"Mutation.createIssue"}},
			Candidates: rich().Operations[0].Candidates,
		},
		{Operation: "GET /" + hostile, Now: parity.Verdict{Status: parity.StatusNone}},
	}
}

func change() *parity.Change {
	c := &parity.Change{
		Opened:       []parity.GapChange{{Kind: "operation", Element: "GET /" + hostile, Was: "match Query.x", Now: "none", Side: parity.GraphQLSide}},
		Closed:       []parity.GapChange{{Kind: "root", Element: "Query.issues", Was: "none", Now: "match GET /issues", Side: parity.RESTSide}},
		Counterparts: []parity.CounterpartChange{{Kind: "type", Element: "issue", Was: "match Issue", Now: "match Ticket"}},
		Scores: []parity.ScoreDelta{
			{Name: "rest_to_graphql", Was: 0.615, Now: 0.612}, {Name: "depth", Was: 0.5, Now: 0.5}, {Name: "lifecycle", Was: 0.5, Now: 1},
		},
	}
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		c.Widened = append(c.Widened, parity.Widening{Element: "issue." + name, What: "the field is gone", Side: parity.GraphQLSide, Operations: []string{"GET /issues", "POST /issues"}})
	}
	return c
}

// servers is what two running servers say.
func servers() *live.Result {
	return &live.Result{
		Complete: true, Requests: 1234, Counts: live.Counts{Equal: 2000, Differs: 2, Noisy: 1, Declined: 3, Unpaired: 4},
		Probes: []*live.ProbeResult{
			{Operation: "GET /issues", Coordinate: "Query.issues", Outcome: live.Differs, Asked: 1, Objects: 20, Counts: live.Counts{Equal: 2000, Differs: 2, Noisy: 1}},
			{Operation: "GET /" + hostile, Coordinate: "Query.thing", Outcome: live.Declined, Reason: "the server answers 403 " + hostile, Counts: live.Counts{Declined: 3, Unpaired: 4}},
		},
		Differences: []live.Difference{{Operation: "GET /issues", Kind: live.ValueDiffers, REST: "issue.title", GraphQL: "Issue.title", RESTValue: hostile, GraphQLValue: "string #1a2b3c"}},
		Suggestions: []live.Suggestion{{REST: "issue.user", GraphQL: "Issue.author", Objects: 7, Values: 5, Confidence: 0.9}},
		Plan: &live.Plan{Probes: []*live.Probe{
			{Operation: "GET /issues", Coordinate: "Query.issues", List: true, Query: "query Probe {\n  issues {\n    title\n  }\n}\n"},
			{Operation: "GET /" + hostile, Coordinate: "Query.thing", Skipped: "no argument takes {id}"},
		}},
	}
}
