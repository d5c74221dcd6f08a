package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"time"

	gographql "github.com/graphql-go/graphql"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lifecycle/server"
	"github.com/plumbapi/plumb/openapi"
)

// A server tells its clients what the description says of an operation, and
// counts who still calls it.
func ExampleMiddleware() {
	doc, err := openapi.Parse("api.yaml", []byte(`
openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /orders:
    get:
      deprecated: true
      x-deprecated-at: 2026-01-15
      x-sunset: 2026-12-31
      x-replaced-by: /purchases
      responses: {"200": {description: Orders.}}
`))
	if err != nil {
		panic(err)
	}
	api := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "[]") })
	wrap, err := server.Middleware(doc, server.Options{
		Now:        func() time.Time { return time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC) }, // time.Now in a server
		Registerer: prometheus.NewRegistry(),
		Consumer:   func(r *http.Request) string { return r.Header.Get("X-Application") },
		Gone:       true,
	})
	if err != nil {
		panic(err)
	}
	w := httptest.NewRecorder()
	wrap(api).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/orders", nil))
	for _, name := range []string{"Deprecation", "Sunset", "Link"} {
		fmt.Println(name+":", w.Header().Get(name))
	}
	// Output:
	// Deprecation: @1768435200
	// Sunset: Thu, 31 Dec 2026 00:00:00 GMT
	// Link: </purchases>; rel="successor-version"
}

// A GraphQL server built with graphql-go tells callers which deprecated fields
// their query used.
func ExampleNewExtension() {
	described, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: []byte(`
type Query {
  title: String
  name: String @deprecated(reason: "Use title.")
}
`)})
	if err != nil {
		panic(err)
	}
	extension, err := server.NewExtension(described, server.Options{})
	if err != nil {
		panic(err)
	}
	text := &gographql.Field{Type: gographql.String, Resolve: func(gographql.ResolveParams) (any, error) { return "Emma", nil }}
	schema, err := gographql.NewSchema(gographql.SchemaConfig{
		Query: gographql.NewObject(gographql.ObjectConfig{Name: "Query", Fields: gographql.Fields{"title": text, "name": text}}),
	})
	if err != nil {
		panic(err)
	}
	schema.AddExtensions(extension)
	result := gographql.Do(gographql.Params{Schema: schema, RequestString: `{name}`, Context: context.Background()})
	extensions, err := json.Marshal(result.Extensions)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(extensions))
	// Output:
	// {"deprecations":[{"element":"Query.name","kind":"field","reason":"Use title."}]}
}
