package demo_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/demo"
	"github.com/plumbapi/plumb/lifecycle"
)

// TestSchema holds what runs against what is described: they differ in texts,
// which resolvers do not have.
func TestSchema(t *testing.T) {
	t.Parallel()
	files, err := demo.Files(now, "")
	if err != nil {
		t.Fatal(err)
	}
	described, err := graphql.Read(bytes.NewReader(files["api/schema.graphql"]), "schema.graphql")
	if err != nil {
		t.Fatal(err)
	}
	_, url := start(t, "")
	runs, err := graphql.Fetch(t.Context(), http.DefaultClient, url+demo.GraphQLPath, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range lifecycle.DiffGraphQL(described, runs).Changes {
		if !strings.Contains(c.ID, "DESCRIPTION") && !strings.Contains(c.ID, "REASON") {
			got = append(got, c.ID+" "+c.Element)
		}
	}
	want := []string{"FIELD_DEPRECATION_REMOVED Issue.closedAt"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes from what is described to what runs (-want +got):\n%s", diff)
	}
}
