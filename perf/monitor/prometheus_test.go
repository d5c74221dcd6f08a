package monitor_test

import (
	"testing"

	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/perf/monitor"
)

func TestPrometheus(t *testing.T) {
	t.Parallel()
	got, err := monitor.Prometheus(plan(), monitor.Options{})
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/prometheus.yaml", got)
}
