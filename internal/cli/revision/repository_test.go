package revision_test

import (
	"errors"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/revision"
)

// open opens the repository of a folder for a test.
func open(t *testing.T, dir string) *revision.Repository {
	t.Helper()
	r, err := revision.OpenRepository(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

// git runs git in a folder.
func git(t *testing.T, dir string, args ...string) {
	t.Helper()
	cmd := exec.Command("git", append([]string{"-C", dir, "-c", "user.name=a", "-c", "user.email=a@example.com"}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	git(t, dir, "tag", "-m", "with a message", "v2", "HEAD")
	git(t, dir, "tag", "-m", "of a tag", "v3", "v2")
	git(t, dir, "tag", "api/v1", "v1")
	git(t, dir, "tag", "v-blob", "HEAD:api/openapi.yaml")
	git(t, dir, "update-ref", "refs/tags/--output=x", "HEAD")
	r := open(t, dir)
	for pattern, want := range map[string][]string{
		"v*": {"v1", "v2", "v3"}, "**": {"--output=x", "api/v1", "v1", "v2", "v3"}, "api/*": {"api/v1"}, "v1": {"v1"}, "none": nil, "--all": nil,
	} {
		tags, err := r.Tags(t.Context(), pattern)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tag := range tags {
			got = append(got, tag.Name)
			if tag.Time.IsZero() {
				t.Errorf("%s has no time", tag.Name)
			}
			data, err := fs.ReadFile(r.At(tag.Name, tag.Object), "api/openapi.yaml")
			if err != nil || len(data) == 0 {
				t.Errorf("%s: %v", tag.Name, err)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Tags(%q) (-want +got):\n%s", pattern, diff)
		}
	}
}

func TestObject(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	git(t, dir, "tag", "v2")
	r := open(t, dir)
	object := func(name, file string) string {
		rev, err := r.Revision(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.At(name, rev.Object).Object(file)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if object("v1", "api/deep/er/pet.yaml") != object("v2", "api/deep/er/pet.yaml") {
		t.Error("a file that did not change has two objects")
	}
	if object("v1", "api/openapi.yaml") == object("v2", "api/openapi.yaml") {
		t.Error("a file that changed has one object")
	}
	if object("v2", "inside.yaml") != object("v2", "api/openapi.yaml") {
		t.Error("a link has another object than what it leads to")
	}
	if _, err := r.At("v1", "0000000000000000000000000000000000000000").Object("x"); err == nil {
		t.Error("a commit that is not there has files")
	}
	if object("v1", "api/openapi.yaml") == "" {
		t.Error("git answers no more after a question that it could not answer")
	}
}

func TestRenamed(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	git(t, dir, "mv", "api", "spec")
	git(t, dir, "commit", "-q", "-m", "moved")
	git(t, dir, "tag", "v2")
	r := open(t, dir)
	before, err := r.Revision(t.Context(), "HEAD~1")
	if err != nil {
		t.Fatal(err)
	}
	after, err := r.Revision(t.Context(), "v2")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		in, from revision.Tag
		name     string
		want     string
	}{
		{after, before, "spec/openapi.yaml", "api/openapi.yaml"},
		{before, after, "api/openapi.yaml", "spec/openapi.yaml"},
		{after, before, "outside", ""},
		{after, before, "-none", ""},
	} {
		got, ok, err := r.Renamed(t.Context(), tt.in.Object, tt.from.Object, tt.name)
		if err != nil || got != tt.want || ok != (tt.want != "") {
			t.Errorf("Renamed(%s) = %q, %t, %v; want %q", tt.name, got, ok, err, tt.want)
		}
	}
}

func TestRevisionUnknown(t *testing.T) {
	t.Parallel()
	r := open(t, repository(t))
	for _, name := range []string{"v9", "", "--all", "--output=x", "v1:api", "v1\nv1"} {
		_, err := r.Revision(t.Context(), name)
		var unknown *revision.UnknownError
		if !errors.As(err, &unknown) {
			t.Errorf("Revision(%q) returned %v, want an *UnknownError", name, err)
		}
	}
	if _, err := revision.OpenRepository(t.Context(), t.TempDir()); err == nil {
		t.Error("OpenRepository outside a repository returned no error")
	}
}

func TestKindsOfRepositories(t *testing.T) {
	t.Parallel()
	dir := repository(t)
	if r := open(t, filepath.Join(dir, "api")); r.Prefix != "api/" || r.Shallow {
		t.Errorf("in a folder: prefix %q, shallow %t; want api/, false", r.Prefix, r.Shallow)
	}
	bare := filepath.Join(t.TempDir(), "bare.git")
	git(t, dir, "clone", "-q", "--bare", ".", bare)
	tags, err := open(t, bare).Tags(t.Context(), "v1")
	if err != nil || len(tags) != 1 {
		t.Errorf("a bare repository has %d tags, %v; want 1", len(tags), err)
	}
	shallow := filepath.Join(t.TempDir(), "shallow")
	git(t, dir, "clone", "-q", "--depth", "1", "file://"+dir, shallow)
	if r := open(t, shallow); !r.Shallow {
		t.Error("a shallow clone does not say so")
	}
}
