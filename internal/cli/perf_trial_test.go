package cli_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// trialFiles are a plan with a description. The generator may be late, as it is
// on a machine that does other things too: what is tested is not its pace.
func trialFiles(url string) map[string]string {
	return map[string]string{
		"openapi.yaml": `openapi: 3.1.0
info: {title: Nursery, version: "1.0"}
paths:
  /plants:
    get:
      responses: {"200": {description: The plants.}}
`,
		"slo.yaml": `descriptions: [openapi.yaml]
targets:
  rest: {url: "` + url + `"}
load:
  constant: {rate: 200/s, for: 1s}
  max-lag: 30s
  catch-up: 30s
budgets:
  default: {latency: {90%: 20s}, errors: 5%}
operations:
  GET /plants: {weight: 1}
`,
	}
}

// nursery answers with a status.
func nursery(t *testing.T, status int) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(server.Close)
	return server.URL
}

// gone is an address that nothing listens at.
func gone(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	return server.URL
}

func TestPerfCompare(t *testing.T) {
	t.Parallel()
	well, broken := nursery(t, http.StatusOK), nursery(t, http.StatusInternalServerError)
	for _, tt := range []struct {
		name       string
		base, head string
		code       int
		want       string // on standard output, or on standard error with a code of 2 and more
	}{
		{"nothing changed", well, well, env.Clean, "3 pairs of blocks"},
		{"head fails", well, broken, env.Findings, "100.0 % of requests fail, 0.0 % at base"},
		{"base is gone", gone(t), well, env.Incomplete, "the comparison ended after 0 of 3 pairs: base: "},
		{"base fails", broken, well, env.Incomplete, "to base was answered well"},
		{"no head", well, "", env.Usage, "--head says where that version runs"},
		{"a public address", well, "http://192.0.2.7:80", env.Usage, "192.0.2.7"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := []string{"perf", "compare", "--pairs", "3", "--requests", "40", "--base", tt.base}
			if tt.head != "" {
				args = append(args, "--head", tt.head)
			}
			code, out, problems := run(t, trialFiles(well), append(args, "slo.yaml")...)
			if said := out + problems; code != tt.code || !strings.Contains(said, tt.want) {
				t.Errorf("exit code %d, want %d with %q:\n%s", code, tt.code, tt.want, said)
			}
			if tt.code == env.Usage {
				return
			}
			code, out, problems = run(t, trialFiles(well), append(args, "--format", "json", "slo.yaml")...)
			if code != tt.code || !strings.Contains(out, `"comparison"`) {
				t.Errorf("exit code %d as JSON, want %d:\n%s%s", code, tt.code, out, problems)
			}
		})
	}
}

func TestPerfCompareHistory(t *testing.T) {
	t.Parallel()
	files := trialFiles("http://127.0.0.1:1")
	day := time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC)
	for i := range 16 {
		took := 80*time.Millisecond + time.Duration(i%3)*time.Millisecond
		if i >= 10 {
			took += 30 * time.Millisecond
		}
		// The folder is sorted by the times of the runs, not by names.
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

func TestPerfCapacity(t *testing.T) {
	t.Parallel()
	well, broken := nursery(t, http.StatusOK), nursery(t, http.StatusInternalServerError)
	for _, tt := range []struct {
		name, url string
		flags     []string
		code      int
		want      string
	}{
		{"more than is probed", well, nil, env.Clean, "Bears 80/s and more"},
		{"enough", well, []string{"--min", "60"}, env.Clean, "and has to bear 60/s"},
		{"nothing is borne", broken, []string{"--lowest", "20", "--min", "30"}, env.Findings, "GET /plants misses its budget (errors)"},
		{"gone", gone(t), nil, env.Incomplete, "nothing was found: the search ended after 0 probes"},
		{"too short", well, []string{"--probe", "1ms"}, env.Usage, "too short"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := append([]string{"perf", "capacity", "--start", "40", "--highest", "80", "--probes", "4", "--probe", "1s"}, tt.flags...)
			code, out, problems := run(t, trialFiles(tt.url), append(args, "slo.yaml")...)
			if said := out + problems; code != tt.code || !strings.Contains(said, tt.want) {
				t.Errorf("exit code %d, want %d with %q:\n%s", code, tt.code, tt.want, said)
			}
		})
	}
}
