package monitor_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

// promtool returns Prometheus' own tool, from PROMTOOL or the path.
func promtool(t *testing.T) string {
	t.Helper()
	name := os.Getenv("PROMTOOL")
	if name == "" {
		name = "promtool"
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skip("promtool is not installed (Debian's package prometheus has it; PROMTOOL names another): its tests skip")
	}
	return path
}

// TestPromtool holds what is written against Prometheus itself: the rules are
// read, and do in the tests of them what they have to.
func TestPromtool(t *testing.T) {
	t.Parallel()
	tool := promtool(t)
	for _, tt := range []struct {
		name   string
		change func(p *perf.Plan)
		opts   monitor.Options
		// read says that this is only read: older versions of promtool have no
		// native histograms in tests of rules.
		read bool
	}{
		{"classic", func(*perf.Plan) {}, monitor.Options{}, false},
		{"two labels tell errors", func(p *perf.Plan) { p.Metrics.Errors = `code=~"5..|429", route!="health"` }, monitor.Options{}, false},
		{"a month, and one bad request is enough", func(p *perf.Plan) { p.Window = 30 * day }, monitor.Options{LeastBad: 1}, false},
		{"a week", func(p *perf.Plan) { p.Window = 7 * day }, monitor.Options{}, false},
		{"a day", func(p *perf.Plan) { p.Window = day }, monitor.Options{}, false},
		{"native", func(p *perf.Plan) { p.Metrics.Native = true }, monitor.Options{}, os.Getenv("PROMTOOL_NATIVE") == ""},
		{"native, two labels", func(p *perf.Plan) { p.Metrics.Native, p.Metrics.Errors = true, `code=~"5..", route!="health"` }, monitor.Options{}, os.Getenv("PROMTOOL_NATIVE") == ""},
		{"hostile", hostile, monitor.Options{}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, dir := plan(), t.TempDir()
			tt.change(p)
			rules, err := monitor.Prometheus(p, tt.opts)
			if err != nil {
				t.Fatal(err)
			}
			tests, err := monitor.PrometheusTests(p, tt.opts, "rules.yaml")
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(dir, "rules.yaml"), rules)
			write(t, filepath.Join(dir, "tests.yaml"), tests)
			run(t, tool, dir, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml")
			if !tt.read {
				run(t, tool, dir, "test", "rules", "tests.yaml")
			}
		})
	}
}

func write(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func run(t *testing.T, tool, dir string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), tool, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("promtool %v: %v\n%s", args, err, out)
	}
}
