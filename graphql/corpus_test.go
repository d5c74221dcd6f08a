package graphql_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpus returns the folder of real schemas, which is not part of the
// repository, and skips where it is absent.
func corpus(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no corpus of real schemas: set PLUMB_CORPUS to its folder (%v)", err)
	}
	return dir
}

func corpusFile(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(corpus(tb), filepath.FromSlash(name)))
	if err != nil {
		tb.Skipf("the corpus lacks a file: %v", err)
	}
	return data
}

// TestCorpus reads every real schema and looks at each of its elements.
func TestCorpus(t *testing.T) {
	t.Parallel()
	dir := corpus(t)
	var paths []string
	err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); ext == ".graphql" || ext == ".graphqls" || ext == ".gql" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// What is wrong with them, and known. All others are sound.
	known := map[string][]string{
		"github/graphql/schema.graphql": {
			`duplicate-field 15153:3 EnterpriseOwnerInfo.repositoryDeployKeySetting: field "repositoryDeployKeySetting" is already defined in "EnterpriseOwnerInfo" (the first definition at 15003:3)`,
			`duplicate-field 15158:3 EnterpriseOwnerInfo.repositoryDeployKeySettingOrganizations: field "repositoryDeployKeySettingOrganizations" is already defined in "EnterpriseOwnerInfo" (the first definition at 15008:3)`,
		},
	}
	for _, path := range paths {
		name, err := filepath.Rel(dir, path)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := string(corpusFile(t, name))
			s := parse(t, name, text)
			if diff := cmp.Diff(known[name], describe(s.Problems())); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if len(s.Fields) < 1000 || s.Query == nil || s.Mutation == nil {
				t.Errorf("fields = %d, want thousands, and a query and a mutation type", len(s.Fields))
			}
			for e := range s.Elements() {
				checkElement(t, s, e, text, true)
			}
			roundTrip(t, s)
		})
	}
}
