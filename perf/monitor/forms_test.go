package monitor_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	yaml "go.yaml.in/yaml/v4"

	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	for name, write := range formats() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := write(plan())
			if err != nil {
				t.Fatal(err)
			}
			end := ".yaml"
			if name == "grafana" {
				end = ".json"
			}
			golden.Compare(t, "testdata/"+name+end, got)
		})
	}
}

// thresholds reads what Prometheus reads: for each objective the thresholds of its
// alerts, by severity.
func thresholds(t *testing.T, p *perf.Plan, opts monitor.Options) map[string][]string {
	t.Helper()
	text, err := monitor.Prometheus(p, opts)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Groups []struct {
			Rules []struct {
				Alert, Expr string
				Labels      map[string]string
			}
		}
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			for _, line := range strings.Split(r.Expr, "\n") {
				_, rest, ok := strings.Cut(line, "ratio_rate")
				if _, limit, above := strings.Cut(rest, "} > "); ok && above && r.Alert != "" {
					key := r.Labels["sloth_slo"] + " " + r.Labels["severity"]
					found[key] = append(found[key], rest[:strings.IndexByte(rest, '{')]+" "+limit[:strings.IndexByte(limit, ')')+1])
				}
			}
		}
	}
	return found
}

// TestWindows holds the factors against those of The Site Reliability Workbook
// (30 days) and of sloth (28 days), and the two exceptions.
func TestWindows(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		window  time.Duration
		budget  float64
		page    []string
		tickets []string
	}{
		{30 * day, 0.001, []string{"5m (14.4 * 0.001)", "1h (14.4 * 0.001)", "30m (6 * 0.001)", "6h (6 * 0.001)"}, []string{"2h (3 * 0.001)", "1d (3 * 0.001)", "6h (1 * 0.001)", "3d (1 * 0.001)"}},
		{28 * day, 0.001, []string{"5m (13.44 * 0.001)", "1h (13.44 * 0.001)", "30m (5.6 * 0.001)", "6h (5.6 * 0.001)"}, []string{"2h (2.8 * 0.001)", "1d (2.8 * 0.001)", "6h (0.933333 * 0.001)", "3d (0.933333 * 0.001)"}},
		{7 * day, 0.01, []string{"5m (3.36 * 0.01)", "1h (3.36 * 0.01)", "30m (1.4 * 0.01)", "6h (1.4 * 0.01)"}, []string{"2h (0.9 * 0.01)", "1d (0.9 * 0.01)", "6h (0.9 * 0.01)", "3d (0.9 * 0.01)"}},
		{28 * day, 0.1, []string{"5m (9 * 0.1)", "1h (9 * 0.1)", "30m (5.6 * 0.1)", "6h (5.6 * 0.1)"}, []string{"2h (2.8 * 0.1)", "1d (2.8 * 0.1)", "6h (0.933333 * 0.1)", "3d (0.933333 * 0.1)"}},
		{day, 0.01, []string{"5m (0.9 * 0.01)", "1h (0.9 * 0.01)", "30m (0.9 * 0.01)", "6h (0.9 * 0.01)"}, nil},
	} {
		t.Run(fmt.Sprintf("%s %v", tt.window, tt.budget), func(t *testing.T) {
			t.Parallel()
			p := &perf.Plan{Window: tt.window, Operations: []perf.Operation{{Name: "GET /a", Budget: perf.Budget{Errors: tt.budget, HasErrors: true}}}}
			want := map[string][]string{"get-a-errors page": tt.page}
			if tt.tickets != nil {
				want["get-a-errors ticket"] = tt.tickets
			}
			if diff := cmp.Diff(want, thresholds(t, p, monitor.Options{})); diff != "" {
				t.Errorf("thresholds (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNumbersAreShort looks for the noise of 1 − 0.999 in every format.
func TestNumbersAreShort(t *testing.T) {
	t.Parallel()
	p := &perf.Plan{}
	for i, share := range []float64{0.5, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999, 0.99999, 0.9999999} {
		p.Operations = append(p.Operations, perf.Operation{Name: fmt.Sprint("GET /", i), Budget: perf.Budget{
			Latency: []perf.Objective{{Within: 100 * time.Millisecond, Share: share}}, Errors: float64(i) / 10_000, HasErrors: true,
		}})
	}
	for name, write := range formats() {
		text, err := write(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, noise := range []string{"00000000", "99999999"} {
			if i := bytes.Index(text, []byte(noise)); i >= 0 {
				t.Errorf("%s has %q", name, text[max(0, i-20):i+20])
			}
		}
	}
}

func TestNamesOfObjectives(t *testing.T) {
	t.Parallel()
	long := "GET /" + strings.Repeat("very-", 30) + "long"
	p := &perf.Plan{Service: "Tracker API"}
	for _, name := range []string{"GET /a/{b}", "GET /a/b", long + "/1", long + "/2", "日本"} {
		p.Operations = append(p.Operations, perf.Operation{Name: name, Budget: perf.Budget{Latency: []perf.Objective{{Within: 1500 * time.Millisecond, Share: 0.99}}}})
	}
	objectives, err := monitor.Objectives(p)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range objectives {
		got = append(got, o.Name)
	}
	names(t, objectives)
	want := []string{"get-a-b-", "get-a-b-", "get-very-", "get-very-", "x-"}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) || !strings.HasSuffix(got[i], "-latency-1500ms") {
			t.Errorf("%q is called %q", p.Operations[i].Name, got[i])
		}
	}
	slices.Reverse(p.Operations)
	again, err := monitor.Objectives(p)
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range again {
		if o.Name != got[len(got)-1-i] {
			t.Errorf("in another order %q is called %q, not %q", o.Operation, o.Name, got[len(got)-1-i])
		}
	}
}

// TestDocuments reads the streams of Pyrra and OpenSLO: no document is empty.
func TestDocuments(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"pyrra": 5, "openslo": 1 + 4 + 2*5 + 2} {
		text, err := formats()[name](plan())
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for dec := yaml.NewDecoder(bytes.NewReader(text)); ; n++ {
			var doc struct {
				APIVersion string `yaml:"apiVersion"`
				Kind       string
				Metadata   struct{ Name string }
			}
			if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			if doc.APIVersion == "" || doc.Kind == "" || doc.Metadata.Name == "" {
				t.Errorf("%s: document %d is %+v", name, n, doc)
			}
		}
		if n != want {
			t.Errorf("%s: %d documents, want %d", name, n, want)
		}
	}
}

func TestWrongPlans(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(p *perf.Plan)
		want   string
	}{
		{"histogram", func(p *perf.Plan) { p.Metrics.Histogram = "a b" }, `metrics: histogram "a b" is no name of a metric`},
		{"label", func(p *perf.Plan) { p.Metrics.Operation = "__x" }, `metrics: operation "__x" is no name of a label`},
		{"no matcher", func(p *perf.Plan) { p.Metrics.Errors = "5xx" }, `metrics: errors "5xx": "5xx" compares nothing`},
		{"no quotes", func(p *perf.Plan) { p.Metrics.Errors = "code=5" }, `the value of code is not in double quotes`},
		{"no expression", func(p *perf.Plan) { p.Metrics.Errors = `code=~"("` }, `the value of code is no regular expression`},
		{"injection", func(p *perf.Plan) { p.Metrics.Errors = `code="5"} or vector(1) #` }, `a comma is missing before`},
		{"reserved", func(p *perf.Plan) { p.Metrics.Labels = map[string]string{"severity": "x"} }, `the label "severity" is set by the rules themselves`},
		{"no budget", func(p *perf.Plan) { p.Operations = p.Operations[:0] }, `there is nothing to monitor`},
		{"a short window", func(p *perf.Plan) { p.Window = time.Hour }, `the window 1h0m0s cannot be monitored`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for name, write := range formats() {
				p := plan()
				tt.change(p)
				if _, err := write(p); err == nil || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("%s: %v, want %s", name, err, tt.want)
				}
			}
		})
	}
}

func BenchmarkPrometheus(b *testing.B) {
	b.ReportAllocs()
	p := plan()
	for i := range 1000 {
		op := p.Operations[0]
		op.Name = fmt.Sprint("GET /", i)
		p.Operations = append(p.Operations, op)
	}
	for b.Loop() {
		if _, err := monitor.Prometheus(p, monitor.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
