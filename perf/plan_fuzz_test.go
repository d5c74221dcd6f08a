package perf_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

// FuzzPlan: any text is a plan that holds together, or an error with places.
func FuzzPlan(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(head))
	f.Add([]byte(head + "operations:\n  GET /**: {budget: {latency: {99%: 1s, 99.9%: 2s}}}\n  query A: {document: 'query A { issues { id } }'}\n"))
	if data, err := os.ReadFile("../testdata/perf/slo.yaml"); err == nil {
		f.Add(data)
	}
	o := options(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := perf.ParsePlan("slo.yaml", data, o)
		if err != nil {
			var file *perf.FileError
			if !errors.As(err, &file) || len(file.Problems) == 0 || len(file.Problems) > 20 {
				t.Fatalf("error %v is no *FileError with places", err)
			}
			for _, problem := range file.Problems {
				if problem.Line < 1 || problem.Column < 1 || problem.Message == "" {
					t.Fatalf("problem %+v has no place", problem)
				}
			}
			return
		}
		if _, err := p.Schedule(); err != nil {
			t.Fatalf("the schedule of a sound plan: %v", err)
		}
		for i := range p.Sessions {
			for _, step := range p.Sessions[i].Steps {
				if step.Operation < 0 || step.Operation >= len(p.Operations) {
					t.Fatal("a step is of no operation")
				}
			}
		}
		_ = p.Digest()
		if _, err := perf.CheckPlan(context.Background(), &perf.PlanSubject{Plan: p, Descriptions: o.Descriptions}, check.Policy{}); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzOpenSLO: any text is read, or an error.
func FuzzOpenSLO(f *testing.F) {
	f.Add([]byte(production))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := perf.ReadOpenSLO("slos.yaml", data)
		if err != nil {
			return
		}
		for _, o := range p.Objectives {
			if !(o.Share > 0 && o.Share <= 1) || o.Within < 0 || o.Kind == "latency" && o.Within == 0 {
				t.Fatalf("objective %+v", o)
			}
		}
		o := options(t)
		text, _, err := perf.Draft(perf.DraftOptions{Descriptions: o.Descriptions, Production: p})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := perf.ParsePlan("slo.yaml", text, o); err != nil {
			t.Fatalf("the draft is no plan: %v\n%s", err, text)
		}
	})
}
