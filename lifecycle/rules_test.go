package lifecycle_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/check/checktest"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/openapi"
)

// today is the day of every case.
var today = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// TestRules runs every rule over the cases of its own.
func TestRules(t *testing.T) {
	t.Parallel()
	checktest.RunFS(t, lifecycle.Rules(), "testdata/rules", func(fsys fs.FS, root string) (*lifecycle.Subject, error) {
		return caseSubject(t, fsys, path.Dir(root))
	})
}

// caseSubject makes the subject of a folder, which has an openapi.yaml or a
// schema.graphql or both, and may have a policy.yaml, and in pairs.txt one
// pair a line: "GET /users = Query.users".
func caseSubject(t *testing.T, fsys fs.FS, dir string) (*lifecycle.Subject, error) {
	t.Helper()
	s := &lifecycle.Subject{Now: today}
	if _, err := fs.Stat(fsys, dir+"/openapi.yaml"); err == nil {
		doc, err := openapi.Load(t.Context(), fsys, dir+"/openapi.yaml")
		if err != nil {
			return nil, err
		}
		s.Documents = append(s.Documents, doc)
		s.Inventories = append(s.Inventories, lifecycle.Inspect(doc))
	}
	if _, err := fs.Stat(fsys, dir+"/schema.graphql"); err == nil {
		schema, err := graphql.Load(t.Context(), fsys, dir+"/schema.graphql")
		if err != nil {
			return nil, err
		}
		s.Inventories = append(s.Inventories, lifecycle.InspectGraphQL(schema))
	}
	if data, err := fs.ReadFile(fsys, dir+"/policy.yaml"); err == nil {
		if s.Policy, err = lifecycle.ParsePolicy(dir+"/policy.yaml", data); err != nil {
			return nil, err
		}
	}
	data, _ := fs.ReadFile(fsys, dir+"/pairs.txt")
	for line := range strings.Lines(string(data)) {
		if rest, gql, ok := strings.Cut(strings.TrimSpace(line), " = "); ok {
			s.Pairs = append(s.Pairs, lifecycle.Pair{REST: rest, GraphQL: gql})
		}
	}
	return s, nil
}
