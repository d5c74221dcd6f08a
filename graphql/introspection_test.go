package graphql_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/graphql"
)

var testdata = os.DirFS("testdata")

// TestIntrospectionIsSDL compares a schema in SDL with what an introspection
// query says of it.
func TestIntrospectionIsSDL(t *testing.T) {
	t.Parallel()
	want := load(t, "tracker.graphql")
	for _, tt := range []struct {
		name, file string
		opts       cmp.Options
	}{
		{"2025", "tracker.introspection.json", modulo(untold)},
		{"2018", "tracker.introspection-2018.json", modulo(untold,
			// What that version does not tell.
			cmpopts.IgnoreFields(graphql.Type{}, "SpecifiedBy", "OneOf"),
			cmpopts.IgnoreFields(graphql.DirectiveDefinition{}, "Repeatable"),
			cmpopts.IgnoreFields(content{}, "Description"),
			cmp.FilterPath(func(p cmp.Path) bool {
				return strings.Contains(p.GoString(), "Args") || strings.Contains(p.GoString(), "InputFields")
			}, cmpopts.IgnoreFields(graphql.Node{}, "Deprecated")),
			cmpopts.IgnoreSliceElements(func(v *graphql.InputValue) bool { return v.Name == "old" || v.Name == "assignee" }),
		)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := load(t, tt.file)
			if diff := cmp.Diff(contentOf(want), contentOf(got), tt.opts); diff != "" {
				t.Errorf("introspection (-SDL +JSON):\n%s", diff)
			}
			for _, p := range got.Problems() {
				t.Errorf("%d:%d: %s: %s", p.Location.Line, p.Location.Column, p.Rule, p.Message)
			}
			if len(got.BuiltIns()) < 13 {
				t.Errorf("built-in types = %d, want the 5 scalars and 8 of introspection", len(got.BuiltIns()))
			}
		})
	}
}
