// Package checktest tests rules with their examples: it runs every rule of a
// set over the cases in its txtar file and compares the findings with those
// that the file expects. See package cases for the form of a file.
//
// A rule's test is then one line for the whole set:
//
//	func TestRules(t *testing.T) {
//		checktest.Run(t, lint.Rules(), "testdata/rules", load)
//	}
//
// The package is for tests only. It defines the flag -update, which rewrites
// the want sections with what the rules found.
package checktest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/checktest/cases"
	"github.com/plumbapi/plumb/internal/golden"
)

// Run tests every rule of the set, alone, over the cases in dir/ID.txtar.
// Load makes the subject of a case's only file; the name (bad/NAME.EXT) is
// what it is to name in locations.
//
// It fails the test where the set is not valid, a rule has no file, no bad
// or no good case; where a bad case has no finding or others than its want
// lines say; where a good case has one; where a finding has no line, lies
// outside the case's files, or has a fix that does not mend it; and where a
// txtar file in dir belongs to no rule of the set.
func Run[S any](t *testing.T, rules check.Set[S], dir string, load func(name string, data []byte) (S, error)) {
	t.Helper()
	RunFS(t, rules, dir, func(fsys fs.FS, root string) (S, error) {
		var none S
		names, err := fs.Glob(fsys, "*/*/*")
		if err != nil || len(names) > 0 {
			return none, errors.New("the case is a folder of files; test it with RunFS")
		}
		data, err := fs.ReadFile(fsys, root)
		if err != nil {
			return none, err
		}
		return load(root, data)
	})
}

// RunFS is [Run] for subjects of several files: load gets a file system that
// holds the case's files only, and the name of the root in it.
func RunFS[S any](t *testing.T, rules check.Set[S], dir string, load func(fsys fs.FS, root string) (S, error)) {
	t.Helper()
	if err := rules.Validate(); err != nil {
		t.Errorf("the set is not valid:\n%v", err)
	}
	for _, name := range orphans(rules, dir) {
		t.Errorf("%s belongs to no rule of the set", name)
	}
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			name := filepath.Join(dir, r.ID+".txtar")
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatalf("the rule has no cases: %v", err)
			}
			file, err := cases.Parse(data)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got, problems := verify(t.Context(), r, file, load)
			fixed, more := fixAll(t.Context(), r, file, load)
			for _, problem := range append(problems, more...) {
				t.Errorf("%s: %s", name, problem)
			}
			if golden.Update() {
				update(t, name, data, file.With(got, fixed))
				return
			}
			if diff := cmp.Diff(file.Want, got); diff != "" {
				t.Errorf("%s (-want +got), rewrite with -update:\n%s", name, diff)
			}
			if diff := cmp.Diff(texts(file.Fixed), texts(fixed)); diff != "" {
				t.Errorf("%s: what fixes make of the bad cases (-want +got), rewrite with -update:\n%s", name, diff)
			}
		})
	}
}

// texts returns files as a comparison can show them.
func texts(files []cases.Source) []string {
	list := make([]string, len(files))
	for i, f := range files {
		list[i] = "-- " + f.Name + " --\n" + string(f.Data)
	}
	return list
}

// orphans returns the txtar files in dir that no rule is named like.
func orphans[S any](rules check.Set[S], dir string) []string {
	names, err := filepath.Glob(filepath.Join(dir, "*.txtar"))
	if err != nil {
		return []string{fmt.Sprintf("%s: %v", dir, err)}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		id := strings.TrimSuffix(filepath.Base(name), ".txtar")
		return slices.ContainsFunc(rules, func(r *check.Rule[S]) bool { return r.ID == id })
	})
}

func update(t *testing.T, name string, old, text []byte) {
	t.Helper()
	if bytes.Equal(old, text) {
		return
	}
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Error(err)
	}
}
