package load_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// plain is a traffic for tests: operation k is GET /k, answers below 400 are
// good.
type plain struct {
	base   string
	bodies bool
	// nothing says for which numbers there is no data.
	nothing func(r *perf.Request) bool
	// next says what follows in a session; nil for the next step of plan.
	next func(r *perf.Request, a *perf.Answer) int
	plan *perf.Plan
}

func (p *plain) Request(r *perf.Request) error {
	if p.nothing != nil && p.nothing(r) {
		return perf.ErrNothing("no data: users")
	}
	r.Method, r.URL = http.MethodGet, p.base+"/"+strconv.Itoa(r.Operation)
	if r.Header == nil {
		r.Header = http.Header{}
	}
	clear(r.Header)
	return nil
}

func (p *plain) NeedsBody(*perf.Request) bool { return p.bodies }

func (p *plain) Answer(r *perf.Request, a *perf.Answer) (perf.Cause, string, int) {
	next := -1
	if p.next != nil {
		next = p.next(r, a)
	} else if r.Session >= 0 {
		if steps := p.plan.Sessions[r.Session].Steps; r.Step+1 < len(steps) {
			next = steps[r.Step+1].Operation
		}
	}
	if a.Status >= 400 {
		return perf.BadStatus, "status: " + strconv.Itoa(a.Status), -1
	}
	return perf.Good, "", next
}

// steady is a plan of one operation at a rate.
func steady(url string, rate float64, d time.Duration) *perf.Plan {
	return &perf.Plan{
		Service:    "test",
		Targets:    []perf.Target{{Name: "rest", URL: url}},
		Operations: []perf.Operation{{Name: "GET /0", Target: "rest", Method: "GET", Path: "/0", Weight: 1}},
		Stages:     schedule.Constant(rate, d),
		Timeout:    time.Minute, // a machine may have other things to do
		CatchUp:    time.Minute,
	}
}

func serve(t testing.TB, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func objective(share float64, within time.Duration) perf.Objective {
	return perf.Objective{Share: share, Within: within}
}
