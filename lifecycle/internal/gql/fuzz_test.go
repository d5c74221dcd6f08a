package gql_test

import (
	"testing"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/internal/gql"
)

// FuzzDiff compares whatever can be read: it must end, say nothing of equal
// schemas, place and order what it says, and say the same in both directions.
func FuzzDiff(f *testing.F) {
	for _, c := range cases {
		f.Add(c.base, c.revision)
	}
	f.Add(`{"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"kind":"OBJECT","name":"Q","fields":[]}]}}}`, "type Q @a { b: Int }")
	f.Fuzz(func(t *testing.T, base, revision string) {
		a, err := graphql.Parse(graphql.File{Name: "a", Data: []byte(base)})
		if err != nil {
			return
		}
		b, err := graphql.Parse(graphql.File{Name: "b", Data: []byte(revision)})
		if err != nil {
			return
		}
		if same := gql.Diff(a, a); len(same) > 0 {
			t.Fatalf("a schema differs from itself: %v", lines(same))
		}
		there := gql.Diff(a, b)
		wellFormed(t, there)
		mirrored(t, there, gql.Diff(b, a))
	})
}
