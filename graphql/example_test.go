package graphql_test

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing/fstest"

	gographql "github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/graphql"
)

func Example() {
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(`
type Query {
  "Issues, newest first."
  issues(first: Int = 30): [Issue!]!
}

type Issue {
  id: ID!
  name: String @deprecated(reason: "Use title, from 2.0 on.")
}
`)})
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range schema.Fields {
		if f.Deprecated != nil {
			at := f.Location()
			fmt.Printf("%s:%d:%d: %s: %s\n", at.File, at.Line, at.Column, at.Element, f.Deprecated.Reason)
		}
	}
	// Output: schema.graphql:9:3: Issue.name: Use title, from 2.0 on.
}

func ExampleLoad() {
	fsys := fstest.MapFS{
		"api/query.graphql":        {Data: []byte("type Query { me: User }")},
		"api/types/user.graphql":   {Data: []byte("type User { name: String! }")},
		"api/types/extras.graphql": {Data: []byte("extend type User { email: String }")},
	}
	schema, err := graphql.Load(context.Background(), fsys, "api/**/*.graphql")
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range schema.Type("User").Fields {
		fmt.Println(f.Source().Name(), f.Signature())
	}
	// Output:
	// api/types/user.graphql name: String!
	// api/types/extras.graphql email: String
}

func ExampleParse_errors() {
	_, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte("type Query {\n  me User\n}")})
	for _, f := range graphql.Findings(err) {
		fmt.Printf("%s:%d:%d: %s\n", f.Location.File, f.Location.Line, f.Location.Column, f.Message)
	}
	// Output: schema.graphql:2:6: expected ":", found "User"
}

func ExampleRead() {
	schema, err := graphql.Read(strings.NewReader("type Query { a: Int }"), "-")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(schema.SDL())
	// Output:
	// type Query {
	//   a: Int
	// }
}

func ExampleFetch() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"data": {"__schema": {"queryType": {"name": "Query"}, "types": [{"kind": "OBJECT", "name": "Query",
			"fields": [{"name": "me", "type": {"kind": "SCALAR", "name": "String"}}]}]}}}`)
	}))
	defer server.Close()

	header := http.Header{"Authorization": {"Bearer " + "token"}}
	schema, err := graphql.Fetch(context.Background(), server.Client(), server.URL, header)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(schema.Query.Fields[0].Coordinate())
	// Output: Query.me
}

func ExampleFromSchema() {
	value, err := gographql.NewSchema(gographql.SchemaConfig{
		Query: gographql.NewObject(gographql.ObjectConfig{
			Name: "Query", Fields: gographql.Fields{"me": {Type: gographql.String}},
		}),
	})
	if err != nil {
		log.Fatal(err)
	}
	schema, err := graphql.FromSchema(value, "service")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(schema.Query.Field("me").Signature())
	// Output: me: String
}

func ExampleSchema_Problems() {
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte("type Query { me: User me: Person }")})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range schema.Problems() {
		fmt.Printf("%d: %s: %s\n", p.Location.Column, p.Rule, p.Message)
	}
	// Output:
	// 18: graphql-unknown-type: type "User" is not defined
	// 23: graphql-duplicate-field: field "me" is already defined in "Query"
}

func ExampleSchema_Lookup() {
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte("type Query { issue(id: ID!): Int }")})
	if err != nil {
		log.Fatal(err)
	}
	element, ok := schema.Lookup("Query.issue(id:)")
	fmt.Println(ok, element.(*graphql.InputValue).Type)
	// Output: true ID!
}

func ExampleSchema_Elements() {
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte("type Query { issue(id: ID!): Int } enum State { OPEN }")})
	if err != nil {
		log.Fatal(err)
	}
	for e := range schema.Elements() {
		fmt.Println(e.Coordinate())
	}
	// Output:
	// Query
	// Query.issue
	// Query.issue(id:)
	// State
	// State.OPEN
}

func ExampleType_UsedBy() {
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte("type Query { a: User b: Box } type Box { c: [User] } type User { d: Int }")})
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range schema.Type("User").UsedBy() {
		fmt.Println(e.Coordinate())
	}
	// Output:
	// Query.a
	// Box.c
}
