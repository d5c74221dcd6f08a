package k6_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/k6"
	"github.com/plumbapi/plumb/perf/schedule"
)

// fixed is a Traffic whose requests are written out in the test.
type fixed func(*perf.Request) error

func (f fixed) Request(r *perf.Request) error { return f(r) }

func (fixed) NeedsBody(*perf.Request) bool { return false }

func (fixed) Answer(*perf.Request, *perf.Answer) (perf.Cause, string, int) { return perf.Good, "", -1 }

// paths sends GET requests for the path of the operation.
func paths(plan *perf.Plan) fixed {
	return func(r *perf.Request) error {
		op := &plan.Operations[r.Operation]
		r.Method, r.URL = op.Method, plan.Targets[0].URL+op.Path
		r.Header = http.Header{"Accept": {"application/json"}}
		for _, h := range plan.Targets[0].Headers {
			r.Header.Set(h.Name, h.Prefix+"${"+h.Env+"}")
		}
		return nil
	}
}

// plan is one of two operations, of which one is asked for three times as
// often.
func plan(url string) *perf.Plan {
	return &perf.Plan{
		Service: "tracker", Seed: 1, Timeout: 2 * time.Second,
		Targets: []perf.Target{{Name: "rest", URL: url}},
		Operations: []perf.Operation{
			{Name: "GET /issues", Target: "rest", Method: "GET", Path: "/issues", Weight: 3, Budget: perf.Budget{
				Latency: []perf.Objective{{Within: 500 * time.Millisecond, Share: 0.99}}, Errors: 0.01, HasErrors: true,
			}},
			{Name: "GET /broken", Target: "rest", Method: "GET", Path: "/broken", Weight: 1, Budget: perf.Budget{
				Latency: []perf.Objective{{Within: 500 * time.Millisecond, Share: 0.99}}, Errors: 0.01, HasErrors: true,
			}},
		},
		Stages: []schedule.Stage{
			{Name: "warm-up", For: time.Second, From: 20, To: 20, WarmUp: true},
			{Name: "ramp", For: 2 * time.Second, From: 0, To: 100},
			{Name: "hold", For: time.Second, From: 100, To: 100},
		},
	}
}

func TestScriptOfAHostilePlanIsStillAScript(t *testing.T) {
	t.Parallel()
	p := plan("http://127.0.0.1:1")
	hostile := "GET /a`${x}'\"\\\n\u2028\u2029</script>*/ \x00"
	p.Operations[0].Name, p.Operations[0].Path = hostile, "/a'\"`\u2028*/"
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"\u2028", "\u2029", "</script>", "\x00"} {
		if strings.Contains(string(e.Script), raw) {
			t.Errorf("the script holds %q unescaped", raw)
		}
	}
	if lines := strings.Count(string(e.Script), "\n"); lines > 500 {
		t.Errorf("a name has broken a line: %d lines", lines)
	}
}

func TestScriptHoldsNoSecret(t *testing.T) {
	t.Parallel()
	p := plan("http://127.0.0.1:1")
	p.Targets[0].Headers = []perf.Header{{Name: "Authorization", Prefix: "Bearer ", Env: "TOKEN"}}
	e, err := k6.Script(p, paths(p), k6.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Env) != 1 || e.Env[0] != "TOKEN" {
		t.Errorf("needs %v of the environment, want TOKEN", e.Env)
	}
	leaky := fixed(func(r *perf.Request) error {
		r.Method, r.URL, r.Header = "GET", "http://127.0.0.1:1/", http.Header{"Authorization": {"Bearer s3cret"}}
		return nil
	})
	if _, err := k6.Script(p, leaky, k6.Options{}); err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "TOKEN") {
		t.Errorf("a header that holds a secret gives %v", err)
	}
}
