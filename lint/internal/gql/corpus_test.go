package gql_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint/internal/gql"
)

// everything is the policy that turns every rule on.
func everything() check.Policy {
	policy := check.Policy{On: map[string]bool{}}
	for _, r := range gql.Rules() {
		policy.On[r.ID] = true
	}
	return policy
}

// TestRulesOnRealSchemas runs every rule over schemas that nobody wrote for a
// test: no rule crashes, and every finding has a place and names an element
// that exists.
func TestRulesOnRealSchemas(t *testing.T) {
	t.Parallel()
	dir := corpus(t)
	names, err := filepath.Glob(filepath.Join(dir, "*", "graphql", "*.graphql"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no schema in %s (%v)", dir, err)
	}
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			schema := parse(t, name)
			report, err := check.Run(t.Context(), gql.Rules(), schema, everything())
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Incomplete {
				t.Errorf("incomplete: %s: %s", f.Rule, f.Message)
			}
			for _, f := range report.Findings {
				at := f.Location
				if at.Line < 1 || at.Column < 1 || at.EndLine < at.Line || at.File == "" {
					t.Errorf("%s: no place: %+v", f.Rule, at)
				}
				if _, ok := schema.Lookup(at.Element); !ok {
					t.Errorf("%s: no element %q", f.Rule, at.Element)
				}
				if strings.ContainsAny(f.Message, "\r\n") || strings.HasSuffix(f.Message, ".") {
					t.Errorf("%s: a message is one line and ends without a period: %q", f.Rule, f.Message)
				}
			}
		})
	}
}

// corpus returns the folder of real schemas, which is not part of the
// repository, and skips where it is absent.
func corpus(tb testing.TB) string {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "corpus")
	}
	if _, err := os.Stat(dir); err != nil {
		tb.Skipf("no corpus of real schemas: set PLUMB_CORPUS to its folder (%v)", err)
	}
	return dir
}

func parse(tb testing.TB, name string) *graphql.Schema {
	tb.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: filepath.Base(name), Data: data})
	if err != nil {
		tb.Fatal(err)
	}
	return schema
}
