package perf_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf"
)

// tracker are the descriptions of the example product, as a plan beside them
// names them.
func tracker(t testing.TB) []perf.Description {
	t.Helper()
	doc, err := openapi.Load(context.Background(), os.DirFS("../testdata/tracker"), "openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := graphql.Load(context.Background(), os.DirFS("../testdata/tracker"), "schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	return []perf.Description{{Name: "openapi.yaml", OpenAPI: doc}, {Name: "schema.graphql", GraphQL: s}}
}

// TestDraft shows the plan that is written, and that it loads.
func TestDraft(t *testing.T) {
	t.Parallel()
	described := tracker(t)
	text, notes, err := perf.Draft(perf.DraftOptions{Service: "tracker", Descriptions: described})
	if err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, "testdata/draft.yaml", text)
	if _, err := perf.ParsePlan("slo.yaml", text, perf.PlanOptions{Descriptions: described}); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"3 reads need values that are not known; the plan has them as comments"}, notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestDraftWeights(t *testing.T) {
	t.Parallel()
	described := tracker(t)
	text, notes, err := perf.Draft(perf.DraftOptions{Descriptions: described, Weights: []perf.DraftWeight{
		{Operation: "GET /issues/{issue_id}", Weight: 812}, {Operation: "listProjects", Weight: 40.5}, {Operation: "createProject", Weight: 7},
	}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := perf.ParsePlan("slo.yaml", text, perf.PlanOptions{Descriptions: described})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, op := range p.Operations {
		got[op.Name] = op.Weight
	}
	// The list of issues is not in the weights; the pool of GET /issues/{issue_id} needs it.
	want := map[string]float64{"GET /issues/{issue_id}": 812, "GET /projects": 40.5, "GET /projects/{project_id}/issues": 1}
	for name, weight := range want {
		if got[name] != weight {
			t.Errorf("weights %v; want %v", got, want)
			break
		}
	}
	if len(notes) == 0 || !strings.Contains(strings.Join(notes, "\n"), "1 write is in the weights") {
		t.Errorf("notes %q do not tell of the write", notes)
	}
	text, _, err = perf.Draft(perf.DraftOptions{Descriptions: described, Weights: []perf.DraftWeight{{Operation: "GET /issues/{issue_id}", Weight: 2}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := perf.ParsePlan("slo.yaml", text, perf.PlanOptions{Descriptions: described}); err != nil {
		t.Errorf("a pool of a pool is not filled: %v", err)
	}
	_, _, err = perf.Draft(perf.DraftOptions{Descriptions: described, Weights: []perf.DraftWeight{{Operation: "GET /project", Weight: 1}}})
	if want := `unknown operation "GET /project"; did you mean "GET /projects"?`; err == nil || err.Error() != want {
		t.Errorf("error %v; want %s", err, want)
	}
}

// TestDraftOfRealDescriptions writes a plan for each real description, and
// reads it.
func TestDraftOfRealDescriptions(t *testing.T) {
	t.Parallel()
	corpus := os.Getenv("PLUMB_CORPUS")
	if corpus == "" {
		corpus = "../../shared/corpus"
	}
	if _, err := os.Stat(corpus); err != nil {
		t.Skip("there is no corpus: set PLUMB_CORPUS")
	}
	read := 0
	err := filepath.WalkDir(corpus, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		ext := filepath.Ext(path)
		info, err := d.Info()
		if err != nil || info.Size() > 6<<20 || ext != ".json" && ext != ".yaml" && ext != ".yml" && ext != ".graphql" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		described := perf.Description{Name: "description"}
		if ext == ".graphql" {
			if described.GraphQL, err = graphql.Parse(graphql.File{Name: path, Data: data}); err != nil {
				return nil
			}
		} else if described.OpenAPI, err = openapi.Parse(path, data); err != nil {
			return nil
		}
		text, _, err := perf.Draft(perf.DraftOptions{Service: d.Name(), Descriptions: []perf.Description{described}})
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return nil
		}
		_, err = perf.ParsePlan("slo.yaml", text, perf.PlanOptions{Descriptions: []perf.Description{described}})
		if err != nil && !strings.Contains(err.Error(), "the plan names no operations") {
			t.Errorf("the plan for %s:\n%.2000s", path, err)
		}
		read++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d descriptions", read)
	if read < 20 {
		t.Errorf("only %d descriptions could be read", read)
	}
}
