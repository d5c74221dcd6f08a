package parity_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// FuzzMatch compares whatever can be read as a pair of descriptions: nothing
// may crash, what comes out can be written, and comes out again.
func FuzzMatch(f *testing.F) {
	for _, dir := range []string{"testdata/tasks/", "testdata/depot/"} {
		rest, err := os.ReadFile(dir + "openapi.yaml")
		if err != nil {
			f.Fatal(err)
		}
		schema, err := os.ReadFile(dir + "schema.graphql")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(rest, schema)
	}
	f.Add([]byte(`{"swagger":"2.0","paths":{"/a/{b}/{b}":{"get":{"responses":{"200":{"schema":{"$ref":"#/definitions/A"}}}}}},"definitions":{"A":{"properties":{"a":{"$ref":"#/definitions/A"}}}}}`),
		[]byte("type Query { a(id: ID!): A node(id: ID!): Node } interface Node { id: ID! } type A implements Node { id: ID! a: [A!]! }"))
	f.Add([]byte(`{"openapi":"3.1.0","paths":{"/":{"post":{"x-graphql":"Query.a"}},"//":{"get":{}},"/:x/*y":{"delete":{}},"/{}{}":{"put":{}}}}`),
		[]byte(`type Query { a: Query b: B } union B = Query enum C { A a }`))
	f.Fuzz(func(t *testing.T, rest, schema []byte) {
		doc, err := openapi.Parse("openapi.yaml", rest)
		if err != nil {
			return
		}
		gql, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: schema})
		if err != nil {
			return
		}
		write := func() string {
			res, err := parity.Match(t.Context(), doc, gql, parity.Options{})
			if err != nil {
				return err.Error()
			}
			rep, err := parity.Check(t.Context(), res, check.Policy{})
			if err != nil {
				t.Fatal(err)
			}
			if !rep.Complete() {
				t.Fatalf("incomplete: %v", rep.Incomplete)
			}
			data, err := json.Marshal(res)
			if err != nil {
				t.Fatal(err)
			}
			return string(data)
		}
		if first, again := write(), write(); first != again {
			t.Errorf("first\n%s\nand then\n%s", first, again)
		}
	})
}
