package live_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/live"
)

const (
	kites = `openapi: 3.1.0
info: {title: Kites, version: "1"}
paths:
  /kites:
    get:
      responses:
        "200":
          description: The kites.
          content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Kite"}}}}
components:
  schemas:
    Kite:
      type: object
      required: [id, name, span]
      properties: {id: {type: integer}, name: {type: string}, span: {type: integer}}
`
	kiteSchema = `type Query { kites: [Kite!]! }
type Kite { id: ID! name: String! span: Int! }
`
)

// Two servers are asked for the same kites; GraphQL has another span for one.
func Example() {
	ctx := context.Background()
	answer := func(text string) *httptest.Server {
		return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
	}
	rest := answer(`[{"id": 1, "name": "Delta", "span": 120}, {"id": 2, "name": "Box", "span": 90}]`)
	defer rest.Close()
	gql := answer(`{"data": {"kites": [{"id": "2", "name": "Box", "span": 91}, {"id": "1", "name": "Delta", "span": 120}]}}`)
	defer gql.Close()

	doc, err := openapi.Parse("kites.yaml", []byte(kites))
	if err != nil {
		fmt.Println(err)
		return
	}
	schema, err := graphql.Parse(graphql.File{Name: "kites.graphql", Data: []byte(kiteSchema)})
	if err != nil {
		fmt.Println(err)
		return
	}
	match, err := parity.Match(ctx, doc, schema, parity.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	opts := live.Options{Rate: 1000, ShowValues: true}
	plan, err := live.NewPlan(match, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := live.Verify(ctx, plan, live.Endpoints{REST: rest.URL, GraphQL: gql.URL}, opts)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("complete: %v, %d equal, %d differ\n", result.Complete, result.Counts.Equal, result.Counts.Differs)
	for _, d := range result.Differences {
		fmt.Printf("%s of %s: REST has %s, GraphQL %s\n", d.REST, d.Object, d.RESTValue, d.GraphQLValue)
	}
	// Output:
	// complete: true, 6 equal, 1 differ
	// Kite.span of 2: REST has 90, GraphQL 91
}

func ExampleParseFixtures() {
	fixtures, err := live.ParseFixtures("fixtures.yaml", []byte("operations:\n  GET /kites/{id}:\n    - id: 1\n"))
	fmt.Println(fixtures != nil, err)
	_, err = live.ParseFixtures("fixtures.yaml", []byte("operation:\n  GET /kites/{id}: []\n"))
	fmt.Println(err)
	// Output:
	// true <nil>
	// fixtures.yaml:1:1: unknown member "operation"; did you mean "operations"?
}
