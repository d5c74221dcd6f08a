package perf_test

import (
	"context"
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
)

// TestPlanRules runs each rule over the plans of its cases: a slo.yaml beside
// its descriptions, and production.yaml where production has objectives.
func TestPlanRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, perf.PlanRules(), "testdata/plan", planCase)
}

func planCase(fsys fs.FS, root string) (*perf.PlanSubject, error) {
	dir := path.Dir(root)
	data, err := fs.ReadFile(fsys, root)
	if err != nil {
		return nil, err
	}
	names, err := perf.PlanDescriptions(root, data)
	if err != nil {
		return nil, err
	}
	s := &perf.PlanSubject{}
	for _, name := range names {
		d := perf.Description{Name: name}
		if strings.HasSuffix(name, ".graphql") {
			d.GraphQL, err = graphql.Load(context.Background(), fsys, path.Join(dir, name))
		} else {
			d.OpenAPI, err = openapi.Load(context.Background(), fsys, path.Join(dir, name))
		}
		if err != nil {
			return nil, err
		}
		s.Descriptions = append(s.Descriptions, d)
	}
	if text, err := fs.ReadFile(fsys, dir+"/production.yaml"); err == nil {
		if s.Production, err = perf.ReadOpenSLO(dir+"/production.yaml", text); err != nil {
			return nil, err
		}
	}
	s.Plan, err = perf.ParsePlan(root, data, perf.PlanOptions{
		Descriptions: s.Descriptions,
		File:         func(name string) ([]byte, error) { return fs.ReadFile(fsys, path.Join(dir, name)) },
	})
	return s, err
}

// TestCheckPlanIsIncomplete: what production says and nobody understands is not
// passed over.
func TestCheckPlanIsIncomplete(t *testing.T) {
	t.Parallel()
	p, err := perf.ParsePlan("slo.yaml", []byte(whole), options(t))
	if err != nil {
		t.Fatal(err)
	}
	production, err := perf.ReadOpenSLO("slos.yaml", []byte("apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: a}\nspec: {service: s}\n"))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := perf.CheckPlan(t.Context(), &perf.PlanSubject{Plan: p, Production: production}, check.Policy{})
	if err != nil {
		t.Fatal(err)
	}
	want := []check.Incomplete{{File: "slos.yaml", Message: `SLO "a" has no objectives`}}
	if diff := cmp.Diff(want, rep.Incomplete); diff != "" {
		t.Errorf("incomplete (-want +got):\n%s", diff)
	}
}
