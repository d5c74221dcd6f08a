package watching_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/watching"
)

// folder is a folder with files that a test watches.
type folder struct {
	*testing.T
	dir string
	w   *watching.Watcher
}

func (f folder) path(name string) string { return filepath.Join(f.dir, name) }

// write writes a file, at a time that no other one was written at.
func (f folder) write(name, text string, age time.Duration) {
	f.Helper()
	path := f.path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		f.Fatal(err)
	}
	at := time.Now().Add(-age)
	if err := os.Chtimes(path, at, at); err != nil {
		f.Fatal(err)
	}
}

// changes asserts what the next change is.
func (f folder) changes(moved bool, written ...string) {
	f.Helper()
	ctx, cancel := context.WithTimeout(f.Context(), time.Minute)
	defer cancel()
	got, ok := f.w.Wait(ctx)
	if !ok {
		f.Fatal("nothing changed")
	}
	want := watching.Change{Moved: moved}
	for _, name := range written {
		want.Written = append(want.Written, f.path(name))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		f.Errorf("(-want +got)\n%s", diff)
	}
	if only, ok := got.Only(); ok != (!moved && len(written) == 1) || ok && only != want.Written[0] {
		f.Errorf("the only one is %q, %t", only, ok)
	}
}

// watch makes a folder of files that are an hour old, and watches it.
func watch(t *testing.T, names ...string) folder {
	t.Helper()
	f := folder{T: t, dir: t.TempDir()}
	for _, name := range names {
		f.write(name, "a", time.Hour)
	}
	f.w = watching.New(watching.Least, time.Now(), func(l *watching.Look) {
		l.File(f.path("notes.txt"), f.path("notes.txt"))
		l.Folder(f.dir, ".yaml", ".json")
	})
	return f
}

// TestWait follows files as they are written, come, go and are put in the place
// of others.
func TestWait(t *testing.T) {
	t.Parallel()
	f := watch(t, "a.yaml", "b.json", "parts/c.yaml", "notes.txt", "other.txt", ".git/d.yaml", "node_modules/e/f.json")
	for _, name := range []string{"other.txt", ".git/d.yaml", "node_modules/e/f.json"} {
		f.write(name, "nobody looks at this", time.Minute)
	}
	f.write("notes.txt", "more", 40*time.Minute)
	f.changes(false, "notes.txt")
	f.write("a.yaml", "b", 39*time.Minute)
	f.write("parts/c.yaml", "b", 39*time.Minute)
	f.changes(false, "a.yaml", "parts/c.yaml")
	f.write("new.yaml", "a", 38*time.Minute)
	f.changes(true)
	if err := os.Remove(f.path("new.yaml")); err != nil {
		t.Fatal(err)
	}
	f.changes(true)

	// Another file of the same size and time, as a tool that keeps times leaves it.
	info, err := os.Stat(f.path("a.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	f.write("a.txt", "c", time.Hour)
	if err := os.Chtimes(f.path("a.txt"), info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(f.path("a.txt"), f.path("a.yaml")); err != nil {
		t.Fatal(err)
	}
	f.changes(false, "a.yaml")

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, ok := f.w.Wait(ctx); ok {
		t.Error("something changed after the end")
	}
}

// TestSince holds that what is written while a command reads is not overlooked.
func TestSince(t *testing.T) {
	t.Parallel()
	f := folder{T: t, dir: t.TempDir()}
	f.write("a.yaml", "a", time.Hour)
	f.write("b.yaml", "a", time.Minute)
	f.w = watching.New(watching.Least, time.Now().Add(-30*time.Minute), func(l *watching.Look) { l.Folder(f.dir, ".yaml") })
	f.changes(false, "b.yaml")
	f.write("a.yaml", "b", 20*time.Minute)
	f.changes(false, "a.yaml")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	if err := watching.Check(watching.Least); err != nil {
		t.Errorf("the least: %v", err)
	}
	err := watching.Check(watching.Least - 1)
	if err == nil || err.Error() != "--poll 9.999999ms is too often; 10ms is the least" || env.Code(err) != env.Usage {
		t.Errorf("less than the least: %v", err)
	}
}
