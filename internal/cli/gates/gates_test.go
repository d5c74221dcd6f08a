package gates_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// open makes a project of files and opens it.
func open(t testing.TB, files map[string]string) *project.Project {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "api"), os.DirFS("../../../testdata/tracker")); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	e := &env.Env{
		Stdin: &out, Stdout: &out, Stderr: &out, Dir: dir, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC) },
	}
	p, err := project.Open(e, "", names.Config())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const both = `apis:
  - name: tracker
    openapi: api/openapi.yaml
    graphql: api/schema.graphql
`

// TestRun runs all gates over the example product, which has no plan.
func TestRun(t *testing.T) {
	t.Parallel()
	out, err := gates.Run(t.Context(), open(t, map[string]string{"plumb.yaml": both}), gates.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.APIs) != 1 {
		t.Fatalf("%d APIs, want 1", len(out.APIs))
	}
	api := out.APIs[0]
	type ran struct {
		Name, Skipped string
		Reported      bool
	}
	var got []ran
	findings := 0
	for _, g := range api.Gates {
		got = append(got, ran{g.Name, g.Skipped, g.Report != nil})
		if g.Report != nil {
			findings += len(g.Report.Findings)
		}
	}
	want := []ran{{"lint", "", true}, {"parity", "", true}, {"lifecycle", "", true}, {"webhooks", "", true}, {"perf", "no plan", false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("gates (-want +got):\n%s", diff)
	}
	if findings == 0 || findings != len(out.Report.Findings) {
		t.Errorf("the gates have %d findings and all of it %d", findings, len(out.Report.Findings))
	}
	if api.Parity == nil || len(api.Inventories) != 2 || api.Calendar == nil || len(api.Documents) != 2 {
		t.Errorf("facts are missing: %+v", api)
	}
}

const many = `apis:
  - {name: one, openapi: api/openapi.yaml, graphql: api/schema.graphql}
  - {name: two, openapi: api/openapi.yaml, base: {openapi: api/openapi.yaml}}
  - {name: three, graphql: api/schema.graphql}
  - {name: four, openapi: api/openapi.yaml, graphql: api/schema.graphql}
`

// TestRunSeveral runs APIs that share descriptions side by side: what comes of
// them is the same each time, and each description is loaded once.
func TestRunSeveral(t *testing.T) {
	t.Parallel()
	p := open(t, map[string]string{"plumb.yaml": many})
	run := func() *gates.Outcome {
		out, err := gates.Run(t.Context(), p, gates.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first, second := run(), run()
	if diff := cmp.Diff(first.Report, second.Report); diff != "" {
		t.Errorf("two runs differ (-first +second):\n%s", diff)
	}
	var names []string
	for i := range first.APIs {
		names = append(names, first.APIs[i].Name)
	}
	if diff := cmp.Diff([]string{"one", "two", "three", "four"}, names); diff != "" {
		t.Errorf("APIs (-want +got):\n%s", diff)
	}
	if one, four := first.APIs[0].Documents, first.APIs[3].Documents; one[0] != four[0] || one[1] != four[1] {
		t.Error("a description that two APIs share was loaded twice")
	}
	if n := len(first.APIs[1].Comparisons); n != 1 {
		t.Errorf("%d comparisons, want 1", n)
	}
}

// TestRunEnds ends a run whose context has ended.
func TestRunEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := gates.Run(ctx, open(t, map[string]string{"plumb.yaml": many}), gates.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Run returned %v, want that it was cancelled", err)
	}
}

// BenchmarkRun is all gates of the example product, with the description itself
// as the earlier version.
func BenchmarkRun(b *testing.B) {
	p := open(b, map[string]string{"plumb.yaml": both + "    base: {openapi: api/openapi.yaml, graphql: api/schema.graphql}\n"})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := gates.Run(b.Context(), p, gates.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
