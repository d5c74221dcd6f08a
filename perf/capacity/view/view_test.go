package view_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/capacity"
	"github.com/plumbapi/plumb/perf/capacity/view"
)

func found() *capacity.Capacity {
	return &capacity.Capacity{
		Rate: 1240, Low: 1210, High: 1270, Operation: "GET /search", Demand: "within 500 ms", Verdict: perf.Pass,
		Reason: "bears 1,240/s (1,210 to 1,270); then GET /search misses its budget first (within 500 ms)",
		Probes: []capacity.Probe{
			{Rate: 1000, Borne: true, Operation: "GET /search", Demand: "within 500 ms", Missed: 20, Total: 10_000, Allowed: 0.01, Margin: -1.6, SD: 0.2},
			{Rate: 2000, Operation: "GET /search", Demand: "within 500 ms", Missed: 9000, Total: 10_000, Allowed: 0.01, Margin: 6.7, SD: 0.03},
			{Rate: 4000, Invalid: "the generator was late"},
		},
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := view.Facts(found()).Text(&b, 100, false); err != nil {
		t.Fatal(err)
	}
	want := `   rate            nearest to its budget  demand         missed  allowed
1,000/s  borne     GET /search            within 500 ms   0.2 %    1.0 %
2,000/s  too much  GET /search            within 500 ms  90.0 %    1.0 %
4,000/s  invalid                                              –        –
  the generator was late

Bears 1,240/s (1,210 to 1,270); then GET /search misses its budget first (within 500 ms)
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestPage(t *testing.T) {
	t.Parallel()
	html, err := view.Facts(found()).HTML()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<title>1,000/s: 0.2 % of requests missed, 1.0 % may</title>", `<td class="note">the generator was late</td>`, ">1,240/s</text>",
	} {
		if !strings.Contains(string(html), want) {
			t.Errorf("no %q in\n%s", want, html)
		}
	}
	if n := strings.Count(string(html), "<circle"); n != 2 {
		t.Errorf("%d points, want 2: a probe that is not valid is none", n)
	}
}

// TestEmpty shows that a search that found nothing is shown all the same.
func TestEmpty(t *testing.T) {
	t.Parallel()
	c := &capacity.Capacity{Verdict: perf.Invalid, Reason: "nothing was found: the search ended after 0 probes: connection refused"}
	var b strings.Builder
	if err := view.Facts(c).Text(&b, 80, true); err != nil {
		t.Fatal(err)
	}
	if want := "Nothing was found: the search ended after 0 probes: connection refused\n"; b.String() != want {
		t.Errorf("text %q, want %q", b.String(), want)
	}
	if _, err := view.Facts(c).HTML(); err != nil {
		t.Error(err)
	}
}
