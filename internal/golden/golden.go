// Package golden compares what a test got with a file in testdata, and
// rewrites the file on demand:
//
//	go test ./report/... -update
//
// It is the one place where the -update flag is defined, for every package
// of the project. It is for tests only; nothing else may import it.
package golden

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files with what the tests got")

// Update reports whether golden files are to be rewritten, for tests that
// keep what they expect in another form than one file per result.
func Update() bool { return *update }

// Compare fails the test where got differs from the content of the file at
// path, which is relative to the package's folder. With -update it writes
// got there instead, and makes the folders that are missing. A file that
// does not exist fails the test.
func Compare(t testing.TB, path string, got []byte) {
	t.Helper()
	if Update() {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s does not exist; run the test with -update to write it", path)
		return
	}
	if err != nil {
		t.Error(err)
		return
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got), rewrite with -update:\n%s", path, diff)
	}
}

// write puts content at path and leaves a file that already has it alone.
func write(t testing.TB, path string, content []byte) {
	t.Helper()
	if old, err := os.ReadFile(path); err == nil && string(old) == string(content) {
		return
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Error(err)
		return
	}
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Error(err)
	}
}
