package perf_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/perf"
)

const plainHead = `targets: {rest: {url: "http://127.0.0.1:8080"}}
load: {constant: {rate: 100/s, for: 60s}}
`

// TestPlanWithoutDescriptions names operations by method and path, which are
// sent as they are.
func TestPlanWithoutDescriptions(t *testing.T) {
	t.Parallel()
	p, err := perf.ParsePlan("slo.yaml", []byte(plainHead+`operations:
  GET /health: {budget: {errors: 1%}}
sessions:
  s:
    steps:
      - {operation: POST /items, body: {name: x}, keep: {n: /id}}
      - {operation: "DELETE /items/{id}", path: {id: "{{n}}"}}
      - {operation: POST /items}
`), perf.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	type shown struct {
		Name, Method, Path, Target string
		Write                      bool
		Weight                     float64
	}
	var got []shown
	for _, o := range p.Operations {
		got = append(got, shown{o.Name, o.Method, o.Path, o.Target, o.Write, o.Weight})
	}
	want := []shown{
		{"GET /health", "GET", "/health", "rest", false, 1},
		{"POST /items", "POST", "/items", "rest", true, 0},
		{"DELETE /items/{id}", "DELETE", "/items/{id}", "rest", true, 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
}

func TestPlanWithoutDescriptionsProblems(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", "1:1: the plan names no operations, and no description has any; name what is to be sent, such as GET /issues: {}"},
		{"a name alone", "operations:\n  listIssues: {}\n", `4:3: unknown operation "listIssues": without a description of it, an operation is named by its method and path, such as GET /issues`},
		{"another method", "operations:\n  FETCH /issues: {}\n", `4:3: unknown operation "FETCH /issues": without a description of it, an operation is named by its method and path, such as GET /issues`},
		{"a query", "operations:\n  GET /issues?page=1: {}\n", `4:3: "GET /issues?page=1" has a query in its path; give that as query: {NAME: VALUE}`},
		{"a pattern", "operations:\n  GET /issues/**: {}\n", `4:3: "GET /issues/**" is a pattern, which finds operations in descriptions, and the plan names none; name the operation itself`},
		{"half a parameter", "operations:\n  GET /issues/{id: {}\n", `4:3: "GET /issues/{id" has a { or } in its path without its other half`},
		{"no URL", "operations:\n  GET /issues/%zz: {}\n", `4:3: "GET /issues/%zz" has a path that no URL has`},
		{"another parameter", "operations:\n  GET /issues/{id}: {path: {iid: 1}}\n", `4:29: GET /issues/{id} has no "iid" in its path; did you mean "id"?`},
		{"no field of GraphQL", "operations:\n  query issues: {}\n", `4:3: unknown operation "query issues": no schema has such a field, and no document is given`},
		{"in a session", "sessions: {s: {steps: [{operation: issues}]}}\noperations: {GET /issues: {}}\n", `3:36: unknown operation "issues": without a description of it, an operation is named by its method and path, such as GET /issues`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := perf.ParsePlan("slo.yaml", []byte(plainHead+tt.text), perf.PlanOptions{})
			var wrong *perf.FileError
			if !errors.As(err, &wrong) || len(wrong.Problems) != 1 {
				t.Fatalf("error %v, want one problem %q", err, tt.want)
			}
			if diff := cmp.Diff("slo.yaml:"+tt.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}
