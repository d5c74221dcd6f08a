package lint_test

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

func ExampleDocument() {
	doc, err := openapi.Parse("pets.yaml", []byte(`openapi: 3.1.0
info: {title: Pets, version: "1.0", description: Sells pets., contact: {name: Pet store}}
servers: [{url: https://api.petstore.dev/}]
tags: [{name: pets}]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      description: Returns a pet.
      tags: [pets]
      responses: {"200": {description: The pet.}}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	set, _ := lint.Lookup("spectral:oas")
	report, err := lint.Document(context.Background(), doc, set.Policy())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		fmt.Printf("%d:%d %s: %s (%s)\n", f.Location.Line, f.Location.Column, f.Severity, f.Message, f.Rule)
	}
	// Output:
	// 3:17 warning: server URL "https://api.petstore.dev/" ends with a slash (oas3-server-trailing-slash)
	// 7:5 error: parameter "id" of the path "/pets/{id}" is not defined (path-params)
}

func ExampleSchema() {
	schema, err := graphql.Parse(graphql.File{Name: "pets.graphql", Data: []byte("type Query { pets: [Dog] }\n")})
	if err != nil {
		fmt.Println(err)
		return
	}
	set, _ := lint.Lookup("plumb:graphql")
	report, err := lint.Schema(context.Background(), schema, set.Policy())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		if f.Severity == check.Error {
			fmt.Println(f.Location.File, f.Location.Line, f.Location.Element)
		}
	}
	// Output: pets.graphql 1 Query.pets
}

func ExampleLookup() {
	set, ok := lint.Lookup("spectral:oas")
	fmt.Println(ok, set.Rules["path-params"], set.Rules["operation-tags"])
	// Output: true error warning
}
