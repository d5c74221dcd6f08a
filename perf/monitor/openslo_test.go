package monitor_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

// promise is what an objective demands, in either form.
type promise struct {
	Operation, Kind string
	Within          time.Duration
	Share           float64
}

// TestOpenSLOIsReadBack writes a plan and reads the same demands again.
func TestOpenSLOIsReadBack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change func(p *perf.Plan)
	}{
		{"classic", func(*perf.Plan) {}},
		{"native", func(p *perf.Plan) { p.Metrics.Native = true }},
		{"two labels tell errors", func(p *perf.Plan) { p.Metrics.Errors = `code=~"5..", route!="health"` }},
		{"small and odd", func(p *perf.Plan) {
			p.Operations[0].Budget.Latency = []perf.Objective{{Within: 1500 * time.Microsecond, Share: 0.95}, {Within: 90 * time.Second, Share: 0.99999}}
			p.Operations[0].Budget.Errors = 0.0005
		}},
		{"a week", func(p *perf.Plan) { p.Window = 7 * day }},
		{"hostile", hostile},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := plan()
			tt.change(p)
			text, err := monitor.OpenSLO(p)
			if err != nil {
				t.Fatal(err)
			}
			got, err := perf.ReadOpenSLO("openslo.yaml", text)
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if len(got.Unread) > 0 {
				t.Errorf("not understood: %v", got.Unread)
			}
			if got.Window != p.Window {
				t.Errorf("window %s, want %s", got.Window, p.Window)
			}
			var read, written []promise
			for _, o := range got.Objectives {
				read = append(read, promise{o.Operations[0], o.Kind, o.Within, o.Share})
			}
			objectives, err := monitor.Objectives(p)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range objectives {
				if o.Budget > 0 { // OpenSLO has no target of 100 %
					written = append(written, promise{o.Operation, string(o.Kind), o.Within, o.Target})
				}
			}
			if diff := cmp.Diff(written, read); diff != "" {
				t.Errorf("demands (-written +read):\n%s", diff)
			}
		})
	}
}
