package view_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/view"
	"github.com/plumbapi/plumb/report"
)

// written is a report over the fixture in a format.
func written(t *testing.T, format string, width int) string {
	t.Helper()
	a := assessed()
	if err := a.Result.Validate(); err != nil {
		t.Fatalf("the fixture is no result: %v", err)
	}
	rep, err := perf.Check(t.Context(), a, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	rep.Subjects = []string{"slo.yaml"}
	var b bytes.Buffer
	err = report.Write(&b, format, rep, report.Options{Title: "plumb perf run", FailOn: check.Error, Width: width, Extra: view.JSON(a), Facts: view.Facts(a, false)})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFormats compares what people and other programs read with files.
func TestFormats(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		file, format string
		width        int
	}{
		{"run.txt", "text", 140}, {"narrow.txt", "text", 80}, {"run.md", "markdown", 0}, {"run.xml", "junit", 0}, {"load-performance.json", view.LoadPerformance, 0},
	} {
		t.Run(tt.file, func(t *testing.T) {
			t.Parallel()
			got := written(t, tt.format, tt.width)
			if strings.ContainsRune(got, '\x1b') {
				t.Error("an escape sequence of a name is shown")
			}
			golden.Compare(t, "testdata/"+tt.file, []byte(got))
		})
	}
}

// TestJSON is about the members that the envelope gains.
func TestJSON(t *testing.T) {
	t.Parallel()
	var doc struct {
		Run struct {
			Verdict  string
			Requests view.Requests
			LagLimit float64 `json:"lag_limit_ms"`
		}
		Operations []struct {
			Verdict, Reason string
			Planned, Sent   uint64
			Unsent          map[string]uint64
			Bad             map[string]uint64
			Rate            map[string]float64
			Response, TTFB  map[string]float64
			Histogram       struct{ Count uint64 }
			Budget          struct {
				Latency []map[string]float64
				Errors  *float64
				Rate    *float64
			}
			Demands []struct{ Kind, Verdict, By string }
		}
	}
	if err := json.Unmarshal([]byte(written(t, "json", 0)), &doc); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(view.Requests{Planned: 24_000, Due: 24_000, Sent: 18_000, Good: 17_997}, doc.Run.Requests); diff != "" || doc.Run.Verdict != "invalid" || doc.Run.LagLimit != 10 {
		t.Errorf("run is %q, limit %v (-want +got):\n%s", doc.Run.Verdict, doc.Run.LagLimit, diff)
	}
	first := doc.Operations[0]
	got := []any{first.Verdict, first.Unsent["busy"], first.Bad["status"], first.Rate["good"], first.Response["max_ms"], first.TTFB["max_ms"], first.Histogram.Count, first.Budget.Latency[0]["within_ms"], *first.Budget.Errors, first.Budget.Rate == nil}
	want := []any{"pass", uint64(0), uint64(3), 99.95, 14.0, 7.0, uint64(6000), 100.0, 0.01, true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("first operation (-want +got):\n%s", diff)
	}
	var verdicts []string
	for _, o := range doc.Operations {
		verdicts = append(verdicts, o.Verdict)
	}
	if diff := cmp.Diff([]string{"pass", "fail", "inconclusive", "invalid"}, verdicts); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}

// TestNothingMeasured shows what has no numbers at all.
func TestNothingMeasured(t *testing.T) {
	t.Parallel()
	a := assessed()
	a = perf.Assess(a.Plan, &perf.Result{Version: 1, Clock: perf.Closed, Shards: []perf.Shard{{Index: 0, Of: 1}}})
	f := view.Facts(a, true)
	var b strings.Builder
	if err := f.Text(&b, 100, false); err != nil {
		t.Fatal(err)
	}
	page, err := f.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"invalid: nothing was due", "The run cannot be judged"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	if strings.Contains(string(page), "<svg") || strings.Contains(b.String()+string(page), "NaN") {
		t.Errorf("charts or no numbers of nothing:\n%s", page)
	}
}
