package load

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// TestMemoryOfADay counts a day of two thousand operations. All are sent at a
// thousand a second with PLUMB_SIMULATIONS, and else one in five hundred of them
// over the same day: what is kept depends on operations, stretches and the
// range of what is measured, and all of these are there. Latencies are spread
// over three decades, one request in a hundred fails in one of many ways.
func TestMemoryOfADay(t *testing.T) {
	rate := 2.0
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		rate = 1000
	}
	plan := &perf.Plan{Stages: schedule.Constant(rate, 24*time.Hour), Seed: 1}
	for i := range 2000 {
		plan.Operations = append(plan.Operations, perf.Operation{
			Name: fmt.Sprintf("GET /resources/%d", i), Weight: 1,
			Budget: perf.Budget{Latency: []perf.Objective{{Within: 250 * time.Millisecond, Share: 0.99}, {Within: time.Second, Share: 0.999}}},
		})
	}
	v := newVirtual(t, plan, perf.Shard{Of: 1})
	v.service = func(number uint64, _ time.Duration) (time.Duration, error) {
		h := number * 0x9e3779b97f4a7c15
		return time.Millisecond << (h >> 61) * time.Duration(64+h>>40&127) / 64, nil
	}
	v.answer = func(r *perf.Request, _ *perf.Answer) (perf.Cause, string, int) {
		if r.Seq%100 == 0 {
			return perf.BadContract, fmt.Sprintf("response: /items/*/field-%d is a string, want an integer", r.Seq/100%5000), -1
		}
		return perf.Good, "", -1
	}
	most := uint64(0)
	look := func() {
		r := v.result() // as a live view and the journal take it
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
		runtime.KeepAlive(r)
	}
	look()
	quarter := v.schedule.Total() / 4
	for v.seq = 0; v.seq < v.schedule.Total(); v.seq++ {
		v.clock = v.intended(v.seq)
		v.hit(v.seq)
		if v.seq%quarter == quarter-1 {
			look()
		}
	}
	all := sum(t, v.result())
	if all.Sent != v.schedule.Total() {
		t.Errorf("%d of %d counted", all.Sent, v.schedule.Total())
	}
	t.Logf("%d requests, at most %d MB", all.Sent, most>>20)
	const bound = 256 << 20
	if most > bound {
		t.Errorf("the heap held %d MB, and %d are allowed", most>>20, bound>>20)
	}
}
