package perf_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/monitor"
)

// production has an SLO of every form that is read, and some that are not.
const production = `# The service, and what it promises.
apiVersion: openslo/v1
kind: Service
metadata: {name: tracker}
spec: {description: A tracker.}
---
apiVersion: openslo/v1
kind: SLO
metadata:
  name: list-latency
  annotations: {plumb/operation: GET /issues}
spec:
  service: tracker
  indicator:
    metadata: {name: list-latency}
    spec:
      ratioMetric:
        counter: true
        good: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(http_request_duration_seconds_bucket{operation="listIssues", le="0.3"}[1m]))'}}}
        total: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(http_request_duration_seconds_count{operation="listIssues"}[1m]))'}}}
  timeWindow: [{duration: 4w, isRolling: true}]
  budgetingMethod: Occurrences
  objectives: [{target: 0.99}]
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: search-errors}
spec:
  service: tracker
  indicatorRef: search-errors-sli
  timeWindow: [{duration: 28d, isRolling: true}]
  objectives: [{targetPercent: 99.9}]
---
apiVersion: openslo/v1
kind: SLI
metadata: {name: search-errors-sli}
spec:
  ratioMetric:
    counter: true
    bad: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(http_requests_total{method="get", route="/search", code=~"5.."}[1m]))'}}}
    total: {metricSource: {type: Prometheus, spec: {query: 'sum(rate(http_requests_total{method="get", route="/search"}[1m]))'}}}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: issue-threshold, labels: {endpoint: "GET /issues/:id"}}
spec:
  service: tracker
  indicator:
    spec:
      thresholdMetric: {metricSource: {type: Prometheus, spec: {query: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'}}}
  objectives: [{op: lte, value: 0.5, target: 0.999}]
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: slices}
spec:
  service: tracker
  budgetingMethod: Timeslices
  objectives: [{target: 0.99}]
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: unitless}
spec:
  service: tracker
  indicator: {spec: {thresholdMetric: {metricSource: {type: Datadog, spec: {query: 'avg:latency{*}'}}}}}
  objectives: [{op: lte, value: 0.5, target: 0.99}]
---
apiVersion: openslo/v1alpha
kind: SLO
metadata: {name: old}
`

func TestReadOpenSLO(t *testing.T) {
	t.Parallel()
	got, err := perf.ReadOpenSLO("slos.yaml", []byte(production))
	if err != nil {
		t.Fatal(err)
	}
	want := &perf.Production{
		Name: "slos.yaml", Service: "tracker", Window: 28 * 24 * time.Hour,
		Objectives: []perf.ServiceObjective{
			{Name: "list-latency", Operations: []string{"GET /issues", "listIssues"}, Kind: "latency", Objective: perf.Objective{Within: 300 * time.Millisecond, Share: 0.99}},
			{Name: "search-errors", Operations: []string{"/search", "GET /search"}, Kind: "errors", Objective: perf.Objective{Share: 0.999}},
			{Name: "issue-threshold", Operations: []string{"GET /issues/:id"}, Kind: "latency", Objective: perf.Objective{Within: 500 * time.Millisecond, Share: 0.95}},
		},
		Unread: []perf.FileProblem{
			{Line: 69, Column: 13, Message: `version "openslo/v1alpha" of OpenSLO is not read; openslo/v1 is`},
			{Line: 58, Column: 20, Message: `SLO "slices" counts Timeslices; only Occurrences count requests`},
			{Line: 66, Column: 39, Message: `SLO "unitless" does not say in which unit it measures; expected a metric whose name has _seconds, _milliseconds or _ms`},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreTypes(check.Location{}), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("ReadOpenSLO (-want +got):\n%s", diff)
	}
	if at := got.Objectives[0].Location; at.Line != 23 {
		t.Errorf("the first objective is at line %d, want 23", at.Line)
	}
	if _, err := perf.ReadOpenSLO("slos.yaml", []byte("kind: SLO\n")); err == nil || !strings.Contains(err.Error(), "there is no document in OpenSLO v1") {
		t.Errorf("error %v of a file without OpenSLO", err)
	}
}

// TestDraftOfProduction: a plan from the objectives of production owes the same.
func TestDraftOfProduction(t *testing.T) {
	t.Parallel()
	o := options(t)
	p, err := perf.ReadOpenSLO("slos.yaml", []byte(production))
	if err != nil {
		t.Fatal(err)
	}
	text, notes, err := perf.Draft(perf.DraftOptions{Descriptions: o.Descriptions, Production: p})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := perf.ParsePlan("slo.yaml", text, o)
	if err != nil {
		t.Fatal(err)
	}
	if op := plan.Operations[plan.Operation("GET /issues")]; len(op.Budget.Latency) != 1 || op.Budget.Latency[0] != (perf.Objective{Within: 300 * time.Millisecond, Share: 0.99}) {
		t.Errorf("GET /issues owes %+v", op.Budget)
	}
	if op := plan.Operations[plan.Operation("GET /search")]; !op.Budget.HasErrors || op.Budget.Errors < 0.0009 || op.Budget.Errors > 0.0011 {
		t.Errorf("GET /search owes %+v", op.Budget)
	}
	if !strings.Contains(strings.Join(notes, "\n"), `the objective "issue-threshold"`) {
		t.Errorf("notes %q do not tell that GET /issues/{number} is not sent", notes)
	}
}

// TestOpenSLORoundTrip: what is written for production from a plan is read
// back, and does not drift from it.
func TestOpenSLORoundTrip(t *testing.T) {
	t.Parallel()
	o := options(t)
	p, err := perf.ParsePlan("slo.yaml", []byte(whole), o)
	if err != nil {
		t.Fatal(err)
	}
	text, err := monitor.OpenSLO(p)
	if err != nil {
		t.Fatal(err)
	}
	production, err := perf.ReadOpenSLO("slos.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	if len(production.Unread) > 0 || len(production.Objectives) < 5 {
		t.Errorf("%d objectives read, %v not understood", len(production.Objectives), production.Unread)
	}
	rep, err := perf.CheckPlan(t.Context(), &perf.PlanSubject{Plan: p, Descriptions: o.Descriptions, Production: production}, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range rep.Findings {
		if strings.HasPrefix(f.Rule, "perf-objective") {
			t.Errorf("%s: %s", f.Rule, f.Message)
		}
	}
}
