package revision_test

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/revision"
)

// repository makes a repository with two commits in a folder of the test.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	dir := t.TempDir()
	write := func(name, content string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("init", "-q", "-b", "main")
	write("api/openapi.yaml", "openapi: 3.0.3\n")
	write("api/deep/er/pet.yaml", "type: object\n")
	write("a name with spaces\n and a line.yaml", "x")
	for link, target := range map[string]string{"inside.yaml": "api/deep/../openapi.yaml", "dir": "api", "outside": "../../etc/passwd", "loop": "loop"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	git("add", ".")
	git("commit", "-q", "-m", "first")
	git("tag", "v1")
	write("api/openapi.yaml", "openapi: 3.1.0\n")
	git("commit", "-q", "-a", "-m", "second")
	return dir
}

func TestFS(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	f, err := revision.Open(t.Context(), filepath.Join(dir, "api"), "v1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(f.Close)
	for name, want := range map[string]string{
		"api/openapi.yaml":                     "openapi: 3.0.3\n",
		"api/deep/er/pet.yaml":                 "type: object\n",
		"a name with spaces\n and a line.yaml": "x",
		"inside.yaml":                          "openapi: 3.0.3\n",
		"dir/deep/er/pet.yaml":                 "type: object\n",
	} {
		got, err := fs.ReadFile(f, name)
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, name := range []string{"api/none.yaml", "openapi.yaml", "api/openapi.yaml/x"} {
		if _, err := f.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open(%q) returned %v, want fs.ErrNotExist", name, err)
		}
	}
	for _, name := range []string{"outside", "loop", "../x", "/x", ""} {
		if _, err := f.Open(name); err == nil {
			t.Errorf("Open(%q) returned no error", name)
		}
	}
	api, err := fs.Sub(f, "api")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(api, "openapi.yaml", "deep/er/pet.yaml"); err != nil {
		t.Error(err)
	}
}

func TestOpenUnknown(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	for _, rev := range []string{"v2", "", "--all", "v1:api", "v1\nv1"} {
		_, err := revision.Open(t.Context(), dir, rev)
		var unknown *revision.UnknownError
		if !errors.As(err, &unknown) {
			t.Errorf("Open(%q) returned %v, want an *UnknownError", rev, err)
		}
	}
	if _, err := revision.Open(t.Context(), t.TempDir(), "HEAD"); err == nil {
		t.Error("Open outside a repository returned no error")
	}
}

func TestClosed(t *testing.T) {
	t.Parallel()
	f, err := revision.Open(t.Context(), repository(t), "HEAD")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := f.Open("api/openapi.yaml"); err == nil {
		t.Error("Open after Close returned no error")
	}
	f.Close()
}
