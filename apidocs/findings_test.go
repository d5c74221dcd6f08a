package apidocs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// TestFindings puts findings on the pages of what they were found in.
func TestFindings(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("/home/me/api.yaml", []byte(`openapi: 3.1.0
info: {title: T, version: "1"}
paths: {/a: {get: {operationId: a, parameters: [{name: q, in: query}]}}}
components: {schemas: {A: {type: object, properties: {b: {type: string}}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte("type Query { things(first: Int): T }\ntype T { name: String }\n")})
	if err != nil {
		t.Fatal(err)
	}
	find := func(rule, file, element string, breaks bool) apidocs.Finding {
		return apidocs.Finding{Rule: rule, File: file, Element: element, Status: "error", Breaks: breaks}
	}
	ref, err := apidocs.Read(apidocs.Input{OpenAPI: []*openapi.Document{doc}, GraphQL: schema, Attached: apidocs.Attached{Findings: []apidocs.Finding{
		find("in a parameter", "api.yaml", "/paths/~1a/get/parameters/0", false),
		find("in a property", "/home/me/api.yaml", "/components/schemas/A/properties/b", true),
		find("in another file", "other.yaml", "/paths/~1a/get", false),
		find("in the whole", "api.yaml", "", true),
		find("in an argument", "schema.graphql", "Query.things(first:)", false),
		find("in a field", "schema.graphql", "T.name", false),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{}
	for _, e := range ref.Entries {
		for _, f := range e.Findings {
			got[e.ID] = append(got[e.ID], f.Rule)
		}
	}
	for _, f := range ref.Broken {
		got["broken"] = append(got["broken"], f.Rule)
	}
	want := map[string][]string{
		"GET /a": {"in a parameter"}, "A": {"in a property"}, "Query.things": {"in an argument"}, "T": {"in a field"},
		"broken": {"in a property", "in the whole"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings by page (-want +got):\n%s", diff)
	}
}
