package cli_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// TestPerfCompareHistory follows results whose times, not names, are in order.
func TestPerfCompareHistory(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	day := time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC)
	for i := range 16 {
		took := 80*time.Millisecond + time.Duration(i%3)*time.Millisecond
		if i >= 10 {
			took += 30 * time.Millisecond
		}
		files[fmt.Sprintf("results/%c.json", 'z'-i)] = stored(t, day.AddDate(0, 0, i), took)
	}
	code, out, problems := run(t, files, "perf", "compare", "--history", "results")
	if want := "GET /plants: from 81 ms to 111 ms since "; code != env.Findings || !strings.Contains(out, want) || !strings.Contains(out, "p.json") {
		t.Errorf("exit code %d, want %d with %q since p.json:\n%s%s", code, env.Findings, want, out, problems)
	}
	code, out, problems = run(t, files, "perf", "compare", "--history", "results", "--format", "json")
	if want := `"after_ns"`; code != env.Findings || !strings.Contains(out, want) {
		t.Errorf("exit code %d, want %d with %s:\n%s%s", code, env.Findings, want, out, problems)
	}
	files["results/broken.json"] = "{"
	if code, _, problems := run(t, files, "perf", "compare", "--history", "results"); code != env.Incomplete || !strings.Contains(problems, "broken.json") {
		t.Errorf("exit code %d of a history with a broken file, want %d: %s", code, env.Incomplete, problems)
	}
	if code, _, problems := run(t, files, "perf", "compare", "--history", "nowhere"); code != env.Usage || !strings.Contains(problems, "nowhere") {
		t.Errorf("exit code %d of a history that is not there, want %d: %s", code, env.Usage, problems)
	}
}

// stored is a result of 300 requests that all take as long.
func stored(t *testing.T, start time.Time, took time.Duration) string {
	t.Helper()
	all := func() *histogram.Histogram {
		h := new(histogram.Histogram)
		h.AddN(took, 300)
		return h
	}
	var b bytes.Buffer
	err := perf.WriteResult(&b, &perf.Result{
		Version: 1, Engine: "plumb", Clock: perf.FromIntended, Start: start, Planned: time.Minute, Elapsed: time.Minute, Lag: new(histogram.Histogram),
		Shards: []perf.Shard{{Index: 0, Of: 1}},
		Operations: []perf.Measured{{
			Operation: "GET /plants", Planned: 300, Due: 300, Sent: 300, Good: 300, Within: []uint64{300},
			Response: all(), Service: all(), FirstByte: all(), Statuses: map[int]uint64{200: 300}, Classes: map[string]uint64{},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
