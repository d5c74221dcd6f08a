package view_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/compare/view"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// comparison has an operation of each verdict, and one of a hostile name.
func comparison(t *testing.T) *compare.Comparison {
	t.Helper()
	names := []string{"GET /same", "GET /slower", "GET /unsure", "GET /silent", "GET /<script>\x1b[31m|"}
	p := &perf.Plan{Stages: schedule.Constant(100, time.Minute)}
	for _, n := range names {
		p.Operations = append(p.Operations, perf.Operation{Name: n, Weight: 1})
	}
	c, err := compare.Run(t.Context(), p, compare.Options{Pairs: 8}, func(_ context.Context, b compare.Block) (*perf.Result, error) {
		r := &perf.Result{Clock: perf.FromIntended}
		for i, n := range names {
			m := perf.Measured{Operation: n, Due: 300, Sent: 300, Good: 300, Response: new(histogram.Histogram)}
			took := 80*time.Millisecond + time.Duration(b.Pair%3)*time.Millisecond
			switch {
			case i == 1 && b.Side == compare.Head:
				took += 30 * time.Millisecond
			case i == 2:
				took += time.Duration((b.Pair*7+int(b.Side)*3)%5) * 20 * time.Millisecond
			case i == 3:
				m = perf.Measured{Operation: n}
			}
			if m.Sent > 0 {
				m.Response.AddN(took, 300)
			}
			r.Operations = append(r.Operations, m)
		}
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestComparisonText(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := view.Comparison(comparison(t), false).Text(&b, 120, false); err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`operation               verdict         base    head   slower  at least  at most         errors
GET /silent             invalid            –       –        –         –        –          – → –
  nothing was sent
GET /slower             fail           81 ms  111 ms  +37.1 %   +36.7 %  +37.5 %  0.0 % → 0.0 %
  37.1 % slower (36.7 % to 37.5 %): p95 111 ms against 81 ms
GET /unsure             inconclusive  117 ms  115 ms   −1.6 %   −39.1 %  +58.9 %  0.0 % → 0.0 %
  between 39.1 % faster and 58.9 % slower: p95 115 ms against 117 ms; 296 pairs would tell
GET /same               pass           81 ms   81 ms   +0.0 %    +0.0 %   +0.0 %  0.0 % → 0.0 %
GET /<script>ESC[31m|  pass           81 ms   81 ms   +0.0 %    +0.0 %   +0.0 %  0.0 % → 0.0 %

1 of 5 operations is worse than at base · 8 pairs of blocks of 15.0 s at 100/s · p95 of response times
`, "ESC", `\x1b`)
	got := b.String()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if strings.ContainsRune(got, '\x1b') {
		t.Error("a name reaches the terminal as it is")
	}
}

func TestComparisonColour(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := view.Comparison(comparison(t), false).Text(&b, 120, true); err != nil {
		t.Fatal(err)
	}
	if want := "\x1b[31mfail\x1b[0m"; !strings.Contains(b.String(), want) {
		t.Errorf("no %q in\n%s", want, b.String())
	}
}

func TestComparisonMarkdownAndPage(t *testing.T) {
	t.Parallel()
	facts := view.Comparison(comparison(t), true)
	var b strings.Builder
	if err := facts.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	html, err := facts.HTML()
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"markdown": b.String(), "page": string(html)} {
		for _, op := range []string{"GET /same", "GET /slower", "GET /unsure", "GET /silent"} {
			if !strings.Contains(text, op) {
				t.Errorf("%s has no %q", name, op)
			}
		}
		if strings.Contains(text, "<script>") && name == "page" {
			t.Errorf("%s has markup of a name:\n%s", name, text)
		}
	}
}

// TestManyOperations shows that text stays within a screen, and says how much
// more there is.
func TestManyOperations(t *testing.T) {
	t.Parallel()
	c := comparison(t)
	for i := range 100 {
		c.Operations = append(c.Operations, compare.Operation{Operation: fmt.Sprintf("GET /%d", i), Verdict: perf.Pass})
	}
	var b strings.Builder
	if err := view.Comparison(c, false).Text(&b, 100, false); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n > 40 || !strings.Contains(b.String(), "85 operations more; --all lists each") {
		t.Errorf("%d lines:\n%s", n, b.String())
	}
}

func TestTrend(t *testing.T) {
	t.Parallel()
	var runs []compare.Past
	for i := range 20 {
		h := new(histogram.Histogram)
		took := 80*time.Millisecond + time.Duration(i%3)*time.Millisecond/2
		if i >= 12 {
			took += 40 * time.Millisecond
		}
		h.AddN(took, 300)
		runs = append(runs, compare.Past{Name: fmt.Sprintf("night-%02d", i), Result: &perf.Result{
			Clock: perf.FromIntended, Operations: []perf.Measured{{Operation: "GET /issues", Due: 300, Sent: 300, Good: 300, Response: h}},
		}})
	}
	trend, err := compare.Follow(runs, nil, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	facts := view.Trend(trend, false)
	var b strings.Builder
	if err := facts.Text(&b, 120, false); err != nil {
		t.Fatal(err)
	}
	want := `operation    verdict     now  history               what the runs say
GET /issues  fail     121 ms  ▆▆▆▆▆▆▆▆▆▆▆▆████████  from 80 ms to 120 ms since night-12

1 of 1 operation has become slower over 20 runs
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	html, err := facts.HTML()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(html), "<circle"); got != 20 {
		t.Errorf("%d points in the chart, want 20", got)
	}
}
