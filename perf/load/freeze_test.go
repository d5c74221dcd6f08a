package load_test

import (
	"cmp"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/load"
)

// TestFreeze sends a hundred requests a second to a server that is silent for
// two seconds. What users wait for is known: until the freeze is over, for
// those that are due within it, and next to nothing for all others. A worker
// cap must not change what is measured. With PLUMB_SIMULATIONS it lasts a
// minute, of which p99 is 1.415 s; else six seconds, of which 1.945 s.
func TestFreeze(t *testing.T) {
	t.Parallel()
	length, frozen := 6*time.Second, 2*time.Second
	if os.Getenv("PLUMB_SIMULATIONS") != "" {
		length = time.Minute
	}
	for _, workers := range []int{1, 10, 50, 0} {
		t.Run(fmt.Sprintf("workers %d", workers), func(t *testing.T) {
			t.Parallel()
			var start, thaw atomic.Int64 // as the server saw them
			url := serve(t, func(http.ResponseWriter, *http.Request) {
				now := time.Now().UnixNano()
				start.CompareAndSwap(0, now)
				if time.Duration(now-start.Load()) > time.Second {
					thaw.CompareAndSwap(0, now+int64(frozen)) // the freeze begins
				}
				time.Sleep(time.Duration(thaw.Load() - now))
			})
			plan := steady(url, 100, length)
			plan.MaxWorkers, plan.Timeout = workers, time.Minute
			r, err := load.Run(t.Context(), plan, &plain{base: url}, load.Options{})
			if err != nil {
				t.Fatal(err)
			}
			m := adds(t, r)
			if m.Good != m.Planned {
				t.Fatalf("%d of %d good", m.Good, m.Planned)
			}
			want := waits(plan, time.Duration(thaw.Load()-r.Start.UnixNano()), frozen)
			p99, _ := m.Response.Quantile(0.99)
			t.Logf("p99 %s, truth %s, p99 of service times %v, lag %v", p99.Mid(), want, at(m.Service, 0.99), at(r.Lag, 0.99))
			if p99.Mid() < want*95/100 {
				t.Errorf("p99 of response times is %s, and users waited for %s", p99.Mid(), want)
			}
			// A machine that has other things to do adds to what users wait for;
			// where it did not, it is nothing more than the freeze.
			if calm := at(r.Lag, 0.99) < 20*time.Millisecond && at(m.Service, 0.5) < 2*time.Millisecond; calm && p99.Mid() > want*105/100 {
				t.Errorf("p99 of response times is %s, and users waited for %s", p99.Mid(), want)
			}
		})
	}
}

func at(h interface {
	Quantile(float64) (histogram.Bounds, bool)
}, q float64) time.Duration {
	b, _ := h.Quantile(q)
	return b.Mid()
}

// waits returns the 99th percentile of what users wait for.
func waits(plan *perf.Plan, thaw, frozen time.Duration) time.Duration {
	s, err := plan.Schedule()
	if err != nil {
		return 0
	}
	all := make([]time.Duration, s.Total())
	for i := range all {
		if due := s.Intended(uint64(i)); due >= thaw-frozen && due < thaw {
			all[i] = thaw - due
		}
	}
	slices.SortFunc(all, cmp.Compare[time.Duration])
	return all[len(all)*99/100-1]
}

// TestCliff serves 95.1 % of requests at once and the rest after 800 ms. An
// estimate of p95 is anywhere between; the count is not.
func TestCliff(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	url := serve(t, func(http.ResponseWriter, *http.Request) {
		if n.Add(1)%1000 >= 951 {
			time.Sleep(800 * time.Millisecond)
		}
	})
	plan := steady(url, 500, 4*time.Second)
	plan.Operations[0].Budget = perf.Budget{Latency: []perf.Objective{objective(0.95, 700*time.Millisecond)}}
	plan.MaxLag = time.Hour // the verdict is about the server here, whatever the machine does
	r, err := load.Run(t.Context(), plan, &plain{base: url}, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m := adds(t, r); m.Within[0] > 1902 {
		t.Errorf("%d of 2000 within 700 ms, and at most 1902 can have been", m.Within[0])
	} else if at(r.Lag, 1) < 100*time.Millisecond && at(m.Response, 0.9) < 300*time.Millisecond && m.Within[0] != 1902 {
		t.Errorf("%d of 2000 within 700 ms, want 1902", m.Within[0])
	} else if v := perf.Judge(plan, r).Operations[0].Verdict; m.Within[0] == 1902 && v == perf.Fail {
		t.Errorf("verdict %s, and 95.1 %% are within", v)
	}
}
