package snapshot_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/snapshot"
)

func TestCriteria(t *testing.T) {
	t.Parallel()
	c, err := snapshot.ParseCriteria("c.yaml", []byte(`
title: Strategy
criteria:
  - {name: Breadth, metric: parity.breadth, at_least: 0.5, owner: ann}
  - {name: All of it, metric: parity.breadth, at_least: 1, evidence: see the plan}
  - {name: No errors, metric: lint.errors, at_most: 0}
  - {name: Few errors, metric: lint.errors, at_least: 1, at_most: 3}
  - {name: Budgets, metric: slo.broken, at_most: 0}
  - {name: Guide, done: true, evidence: "https://example.com/guide"}
  - {name: Course, done: false}
  - {name: Elsewhere, done: true, apis: [other, "b*"]}
`))
	if err != nil {
		t.Fatal(err)
	}
	s := one("p", "a", day, "r1", 5, 2)
	s.APIs[0].Gates = []snapshot.Gate{{Name: "perf", Skipped: "no plan"}}
	want := []snapshot.Answer{
		{Name: "Breadth", State: snapshot.Met, Evidence: "parity: 50.0 %; asked for is at least 50.0 %", Owner: "ann", Metric: "parity.breadth"},
		{Name: "All of it", State: snapshot.NotMet, Evidence: "parity: 50.0 %; asked for is at least 100.0 %; see the plan", Metric: "parity.breadth"},
		{Name: "No errors", State: snapshot.NotMet, Evidence: "lint errors: 2; asked for is none", Metric: "lint.errors"},
		{Name: "Few errors", State: snapshot.Met, Evidence: "lint errors: 2; asked for is 1 to 3", Metric: "lint.errors"},
		{Name: "Budgets", State: snapshot.Unknown, Evidence: "plumb perf did not run: no plan", Metric: "slo.broken"},
		{Name: "Guide", State: snapshot.Met, Evidence: "https://example.com/guide"},
		{Name: "Course", State: snapshot.NotMet},
	}
	if diff := cmp.Diff(want, c.Answer(s, &s.APIs[0])); diff != "" {
		t.Errorf("Answer (-want +got):\n%s", diff)
	}
}

func TestDefaultCriteria(t *testing.T) {
	t.Parallel()
	if c := snapshot.DefaultCriteria(); len(c.List) < 10 || c.Title == "" {
		t.Errorf("the criteria are %+v", c)
	}
}

func TestCriteriaProblems(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, text, want string }{
		{"no list", "title: x\n", "c.yaml:1:1: the file has no criteria"},
		{"no limit", "criteria:\n  - {name: a, metric: lint.errors}\n", "c.yaml:2:5: criteria[0] names a metric but no limit; add at_least or at_most"},
		{"no metric", "criteria:\n  - {name: a, done: true, at_most: 1}\n", "c.yaml:2:5: criteria[0] has a limit but no metric"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, err := snapshot.ParseCriteria("c.yaml", []byte(test.text))
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("ParseCriteria (-want +got):\n%s", diff)
			}
		})
	}
}

func FuzzParseCriteria(f *testing.F) {
	f.Add([]byte("criteria: [{name: a, metric: lint.errors, at_most: 0, apis: ['*']}, {name: b, done: true}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := snapshot.ParseCriteria("c.yaml", data)
		if err != nil {
			return
		}
		s := one("p", "a", day, "r1", 5, 2)
		for _, a := range c.Answer(s, &s.APIs[0]) {
			if a.State == "" {
				t.Fatalf("%q has no state", a.Name)
			}
		}
	})
}
