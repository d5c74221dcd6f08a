package load_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/load"
	"github.com/plumbapi/plumb/perf/schedule"
)

func TestRunSendsThePlan(t *testing.T) {
	t.Parallel()
	var seen atomic.Int64
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { seen.Add(1) })
	plan := steady(url, 200, time.Second)
	plan.Stages = append(schedule.WarmUp(100, 500*time.Millisecond), plan.Stages...)
	plan.Operations[0].Budget.Latency = []perf.Objective{objective(0.9, time.Nanosecond), objective(0.99, time.Hour)}
	r, err := load.Run(t.Context(), plan, &plain{base: url}, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := r.Operations[0]
	if seen.Load() != 250 || m.Planned != 200 || m.Due != 200 || m.Good != 200 || m.Statuses[200] != 200 {
		t.Errorf("server saw %d of 250; planned %d, due %d, good %d, statuses %v, want 200 each; unsent %+v, classes %v", seen.Load(), m.Planned, m.Due, m.Good, m.Statuses, m.Unsent, m.Classes)
	}
	if m.Within[0] != 0 || m.Within[1] != 200 {
		t.Errorf("within %v, want 0 and 200", m.Within)
	}
	for name, n := range map[string]uint64{"response": m.Response.Count(), "service": m.Service.Count(), "first byte": m.FirstByte.Count()} {
		if n != 200 {
			t.Errorf("%s holds %d, want 200", name, n)
		}
	}
	if r.Incomplete != "" || r.Elapsed != time.Second || r.Planned != time.Second || r.Clock != perf.FromIntended || r.Plan != plan.Digest() {
		t.Errorf("the result says %q, %s of %s, %s, %s", r.Incomplete, r.Elapsed, r.Planned, r.Clock, r.Plan)
	}
}
