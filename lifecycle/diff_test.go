package lifecycle_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// june is the day on which sunsets are judged.
var june = lifecycle.At(date("2026-06-01"))

// TestDiff compares the pairs of testdata/diff. Each file says what it shows,
// and what is found is its want: once for each cause, then how many rows that
// makes.
func TestDiff(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/diff/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			base, revision := casePair(t, archive)
			got := lifecycle.Diff(base, revision, june)
			var b strings.Builder
			for i := range got.Changes {
				b.WriteString(line(&got.Changes[i]))
			}
			fmt.Fprintf(&b, "%d rows\n", len(lifecycle.Diff(base, revision, june, lifecycle.Expand()).Changes))
			archive.Files = append(withoutWant(archive.Files), txtar.File{Name: "want", Data: []byte(b.String())})
			golden.Compare(t, file, txtar.Format(archive))
			sound(t, base, revision, got)
		})
	}
}

func withoutWant(files []txtar.File) []txtar.File {
	if n := len(files); files[n-1].Name == "want" {
		return files[:n-1]
	}
	return files
}

func casePair(t testing.TB, archive *txtar.Archive) (base, revision *openapi.Document) {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range archive.Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return load(t, fsys, "base.yaml"), load(t, fsys, "revision.yaml")
}

func load(t testing.TB, fsys fs.FS, name string) *openapi.Document {
	t.Helper()
	doc, err := openapi.Load(t.Context(), fsys, name)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// line is a change as the cases show it.
func line(c *lifecycle.Change) string {
	at := func(l check.Location) string {
		if l.Line == 0 {
			return "-"
		}
		return fmt.Sprintf("%s:%d", strings.TrimSuffix(l.File, ".yaml"), l.Line)
	}
	text := fmt.Sprintf("%s %s %s %s\n  %s: %s\n", c.Level, c.ID, at(c.Base), at(c.Revision), c.Subject, c.Message)
	for _, o := range c.Operations {
		text += "  " + o + "\n"
	}
	return text
}

// sound checks what holds for every comparison.
func sound(t testing.TB, base, revision *openapi.Document, got *lifecycle.Comparison) {
	t.Helper()
	type cause struct {
		id, base, revision, message string
		level                       check.Severity
	}
	seen := map[cause]bool{}
	for i := range got.Changes {
		c := &got.Changes[i]
		if c.Base.Line == 0 && c.Revision.Line == 0 {
			t.Errorf("%s at %s has no line", c.ID, c.Element)
		}
		if c.Operations == nil || c.Subject == "" || c.Message == "" {
			t.Errorf("%s at %s is not whole: %+v", c.ID, c.Element, c)
		}
		place := func(l check.Location) string { return fmt.Sprintf("%s:%d:%d %s", l.File, l.Line, l.Column, l.Element) }
		k := cause{c.ID, place(c.Base), place(c.Revision), c.Message, c.Level}
		if seen[k] {
			t.Errorf("%s is told twice: %+v", c.ID, k)
		}
		seen[k] = true
	}
	if diff := cmp.Diff(got.Changes, lifecycle.Diff(base, revision, june).Changes, cmp.AllowUnexported(lifecycle.Change{})); diff != "" {
		t.Errorf("a second comparison differs:\n%s", diff)
	}
	for _, d := range []*openapi.Document{base, revision} {
		if same := lifecycle.Diff(d, d, june); len(same.Changes) > 0 {
			t.Errorf("%s differs from itself: %s", d.Source().Name(), line(&same.Changes[0]))
		}
	}
}

// oneWay are kinds of change that oasdiff has no name for the other way round:
// a header that is always sent now, a schema that is there now, a version.
var oneWay = []string{"response-header-became-optional", "api-schema-removed", "api-version-not-bumped"}

// TestDiffMirrors: what came one way goes the other way, at the same places.
func TestDiffMirrors(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"shared", "recursive", "choices", "draft-2020-12", "payloads", "streams", "events", "swagger", "files"} {
		archive, err := txtar.ParseFile("testdata/diff/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		base, revision := casePair(t, archive)
		places := func(c *lifecycle.Comparison, swap bool) map[string]bool {
			set := map[string]bool{}
			for i := range c.Changes {
				x := &c.Changes[i]
				if slices.Contains(oneWay, x.ID) {
					continue
				}
				a, b := x.Base.Element, x.Revision.Element
				if swap {
					a, b = b, a
				}
				for _, at := range []string{a, b} {
					set[strings.Join(x.Operations, ",")+" "+at] = true
				}
			}
			return set
		}
		there := places(lifecycle.Diff(base, revision, june), false)
		back := places(lifecycle.Diff(revision, base, june), true)
		for at := range there {
			if !back[at] && !strings.HasSuffix(at, " ") {
				t.Errorf("%s: %s changes one way only", name, at)
			}
		}
	}
}

// TestDiffIsConcurrent compares one pair in many places at once.
func TestDiffIsConcurrent(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/diff/shared.txtar")
	if err != nil {
		t.Fatal(err)
	}
	base, revision := casePair(t, archive)
	want := lifecycle.Diff(base, revision)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if diff := cmp.Diff(want, lifecycle.Diff(base, revision), cmp.AllowUnexported(lifecycle.Change{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	wg.Wait()
}

// TestOpenAPIChanges holds the table against what is known of oasdiff 1.35: how
// many names it has, and how many of each level.
func TestOpenAPIChanges(t *testing.T) {
	t.Parallel()
	levels := map[check.Severity]int{}
	ids := map[string]bool{}
	own := 0
	for _, k := range lifecycle.OpenAPIChanges() {
		if ids[k.ID] {
			t.Errorf("%s is there twice", k.ID)
		}
		ids[k.ID] = true
		if k.Own {
			own++
			continue
		}
		levels[k.Levels[0]]++
	}
	want := map[check.Severity]int{check.Error: 351, check.Warning: 23, check.Info: 404}
	if diff := cmp.Diff(want, levels); diff != "" {
		t.Errorf("levels (-want +got):\n%s", diff)
	}
	if own != len(ids)-778 {
		t.Errorf("%d names of %d are plumb's own", own, len(ids))
	}
	if err := check.ValidateMetas(lifecycle.ChangeRules()); err != nil {
		t.Error(err)
	}
}

// TestJudge: a policy makes another severity of a change, or sets it aside; what
// is gone is found where it would be in the revision.
func TestJudge(t *testing.T) {
	t.Parallel()
	base := parse(t, "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {responses: {'204': {description: ok}}}\n    put: {responses: {'204': {description: ok}}}\n")
	revision := parse(t, "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {deprecated: true, responses: {'204': {description: ok}}}\n")
	c := lifecycle.Diff(base, revision)
	rep, err := c.Judge(check.Policy{Severity: map[string]check.Severity{"endpoint-deprecated": check.Warning}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, f := range rep.Findings {
		fmt.Fprintf(&b, "%d %s %s %s", f.Location.Line, f.Severity, f.Rule, f.Location.Element)
		for _, r := range f.Related {
			fmt.Fprintf(&b, " %d", r.Location.Line)
		}
		b.WriteByte('\n')
	}
	want := "4 error api-removed-without-deprecation /paths/~1a/put 6\n5 warning endpoint-deprecated /paths/~1a/get/deprecated\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	rep, err = c.Judge(check.Policy{Off: map[string]bool{"endpoint-deprecated": true}, Baseline: rep.Baseline()})
	if err != nil {
		t.Fatal(err)
	}
	if len(rep.Findings) != 0 || len(rep.Suppressed) != 1 {
		t.Errorf("%d findings and %d set aside, want 0 and 1", len(rep.Findings), len(rep.Suppressed))
	}
}
