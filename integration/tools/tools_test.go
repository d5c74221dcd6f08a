package tools_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/integration/tools"
)

// TestEveryToolIsListed shows that each folder with a manifest is in the list,
// and its files in the program.
func TestEveryToolIsListed(t *testing.T) {
	t.Parallel()
	manifests, err := filepath.Glob("../*/manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, m := range manifests {
		want = append(want, filepath.Base(filepath.Dir(m)))
	}
	got := tools.Names()
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Names (-folders +list):\n%s", diff)
	}
	for _, name := range got {
		files, err := tools.Files(name)
		if err != nil {
			t.Fatal(err)
		}
		err = fs.WalkDir(os.DirFS(path.Join("..", name)), ".", func(file string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				_, err = fs.Stat(files, file)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	if tool := tools.Find("slack"); tool == nil || tool.Manifest().Name != "slack" {
		t.Errorf("Find(slack) = %v", tool)
	}
	if tool := tools.Find("slak"); tool != nil {
		t.Errorf("Find(slak) = %v, want nil", tool)
	}
}

// TestManifestsCanBeRead: one that cannot has no name, and says why.
func TestManifestsCanBeRead(t *testing.T) {
	t.Parallel()
	variables := map[string]string{}
	for _, tool := range tools.All() {
		m := tool.Manifest()
		if m.Name == "" {
			t.Errorf("a manifest cannot be read: %s", m.Description)
		}
		for _, in := range m.Inputs {
			if other := variables[in.Env]; other != "" {
				t.Errorf("%s and %s read the same variable %s", other, m.Name, in.Env)
			}
			variables[in.Env] = m.Name
		}
		if objects := tool.Fake(m.Examples()).Objects(); len(objects) > 0 {
			t.Errorf("%s: a fresh fake has %q", m.Name, objects)
		}
	}
}
