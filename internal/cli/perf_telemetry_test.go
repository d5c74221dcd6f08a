package cli_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// lines is a stream that can be read while it is written.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// collector takes what is pushed to it, as a collector of OpenTelemetry does.
type collector struct {
	mu    sync.Mutex
	keys  []string
	sums  []float64 // of the requests that each push says were due
	wrong []string
}

func (c *collector) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var pushed struct {
		ResourceMetrics []struct {
			ScopeMetrics []struct {
				Metrics []struct {
					Name string
					Sum  struct {
						DataPoints []struct {
							AsInt string
						}
					}
				}
			}
		}
	}
	if err := json.NewDecoder(r.Body).Decode(&pushed); err != nil || r.URL.Path != "/v1/metrics" || r.Method != http.MethodPost {
		c.wrong = append(c.wrong, r.Method+" "+r.URL.Path)
		return
	}
	c.keys = append(c.keys, r.Header.Get("Api-Key"))
	var due float64
	for _, resource := range pushed.ResourceMetrics {
		for _, scope := range resource.ScopeMetrics {
			for _, m := range scope.Metrics {
				for _, point := range m.Sum.DataPoints {
					if m.Name == "plumb.perf.due" {
						n, err := strconv.ParseFloat(point.AsInt, 64)
						if err != nil {
							c.wrong = append(c.wrong, point.AsInt)
						}
						due += n
					}
				}
			}
		}
	}
	c.sums = append(c.sums, due)
}

var (
	metricsAt = regexp.MustCompile(`metrics at (http://127\.0\.0\.1:[0-9]+/metrics)`)
	dueLine   = regexp.MustCompile(`(?m)^plumb_perf_due_total\{operation="GET /plants"\} ([0-9]+)$`)
)

// TestPerfIsFollowed scrapes a run while it goes on, from within a request of
// it, and has it pushed to a collector.
func TestPerfIsFollowed(t *testing.T) {
	t.Parallel()
	var stderr lines
	var stdout strings.Builder
	var asked atomic.Int64
	scraped := make(chan string, 1)
	service := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if asked.Add(1) == 50 { // those before it are answered, whatever this one does
			scraped <- scrapeUntil(t, stderr.String(), 10)
		}
	}))
	t.Cleanup(service.Close)
	c := &collector{}
	to := httptest.NewServer(c)
	t.Cleanup(to.Close)

	dir := t.TempDir()
	for name, text := range map[string]string{
		"api.yaml": `{openapi: 3.1.0, info: {title: Nursery, version: "1"}, paths: {/plants: {get: {responses: {"200": {description: All.}}}}}}`,
		"slo.yaml": `descriptions: [api.yaml]
targets: {rest: {url: "` + service.URL + `"}}
load: {constant: {rate: 200/s, for: 1s}, timeout: 5m, catch-up: 5m, max-lag: 5m}
operations: {GET /plants: {budget: {latency: {50%: 200s}, errors: 50%}}}
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	e := &env.Env{
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Dir: dir, Now: time.Now,
		Getenv: func(name string) string { return map[string]string{"OTEL_EXPORTER_OTLP_HEADERS": "api-key=hush"}[name] },
	}
	code := cli.Run(t.Context(), e, []string{"perf", "run", "--metrics-listen", "127.0.0.1:0", "--otlp", to.URL, "--otlp-every", "100ms", "slo.yaml"})
	said := stdout.String() + stderr.String()
	if code != env.Clean || strings.Contains(said, "hush") || strings.Contains(said, "failed") {
		t.Errorf("exit code %d:\n%s", code, said)
	}
	page := <-scraped
	for _, series := range []string{`plumb_perf_requests_total{operation="GET /plants",outcome="good"}`, "plumb_perf_response_seconds_count", `plumb_perf_objective_ratio{operation="GET /plants",within="200"} 0.5`} {
		if !strings.Contains(page, series) {
			t.Errorf("the page lacks %s:\n%s", series, page)
		}
	}
	if at := metricsAt.FindStringSubmatch(said); at != nil {
		if r, err := http.Get(at[1]); err == nil {
			_ = r.Body.Close()
			t.Error("metrics are served after the run")
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.wrong) > 0 || len(c.sums) == 0 || c.sums[len(c.sums)-1] != 200 {
		t.Fatalf("pushed %v, and what is wrong: %v; the last push has all of 200", c.sums, c.wrong)
	}
	for i := range c.sums {
		if c.keys[i] != "hush" || i > 0 && c.sums[i] < c.sums[i-1] {
			t.Errorf("push %d has the key %q, and %v after %v", i, c.keys[i], c.sums[i], c.sums[max(i-1, 0)])
		}
	}
}

// scrapeUntil asks for the metrics of a run until so many requests were due.
func scrapeUntil(t *testing.T, said string, least int) string {
	at := metricsAt.FindStringSubmatch(said)
	if at == nil {
		t.Errorf("no address of metrics is said: %s", said)
		return ""
	}
	client := &http.Client{Timeout: time.Minute}
	for {
		r, err := client.Get(at[1])
		if err != nil {
			t.Errorf("scrape: %v", err)
			return ""
		}
		text, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil || r.StatusCode != http.StatusOK {
			t.Errorf("scrape: %d, %v", r.StatusCode, err)
			return ""
		}
		if m := dueLine.FindSubmatch(text); m != nil {
			if n, err := strconv.Atoi(string(m[1])); err == nil && n >= least {
				return string(text)
			}
		}
		time.Sleep(5 * time.Millisecond)
	}
}
