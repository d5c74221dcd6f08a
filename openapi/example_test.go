package openapi_test

import (
	"context"
	"fmt"
	"testing/fstest"

	"github.com/plumbapi/plumb/openapi"
)

const petstore = `openapi: 3.0.3
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": {$ref: "#/components/responses/Pets"}
components:
  responses:
    Pets: {description: All pets.}
`

func ExampleParse() {
	doc, err := openapi.Parse("pets.yaml", []byte(petstore))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, op := range doc.Operations() {
		at := op.Node.KeyLocation()
		fmt.Printf("%s:%d: %s is %s\n", at.File, at.Line, op, op.Node.Get("operationId").Text())
	}
	// Output:
	// pets.yaml:5: GET /pets is listPets
}

// A document that cannot be read says where and why.
func ExampleParse_error() {
	_, err := openapi.Parse("pets.json", []byte("{\n  \"openapi\": \"3.0.3\"\n  \"info\": {}\n}"))
	fmt.Println(err)
	// Output:
	// pets.json:3:3: invalid character '"' after object value (expecting ',' or '}')
}

// References into other files are followed inside the file system only.
func ExampleLoad() {
	fsys := fstest.MapFS{
		"api/root.yaml": {Data: []byte("openapi: 3.1.0\ncomponents:\n  schemas:\n    Pet: {$ref: pet.json}\n    Key: {$ref: ../../secrets.yaml}\n")},
		"api/pet.json":  {Data: []byte(`{"type": "object"}`)},
	}
	doc, err := openapi.Load(context.Background(), fsys, "api/root.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, source := range doc.Sources() {
		fmt.Println(source.Name(), source.Format())
	}
	for _, f := range doc.Problems() {
		fmt.Printf("%s:%d: %s\n", f.Location.File, f.Location.Line, f.Message)
	}
	// Output:
	// api/root.yaml YAML
	// api/pet.json JSON
	// api/root.yaml:5: reference "../../secrets.yaml" leads nowhere: the path leads out of the root folder
}

func ExampleDocument_Resolve() {
	doc, err := openapi.Parse("pets.yaml", []byte(petstore))
	if err != nil {
		fmt.Println(err)
		return
	}
	response := doc.Root().Find("paths", "/pets", "get", "responses", "200")
	fmt.Println(doc.Resolve(response).Get("description").Text())
	// Output:
	// All pets.
}

func ExampleDocument_Model() {
	doc, err := openapi.Parse("pets.yaml", []byte(petstore))
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := doc.Model()
	if err != nil {
		fmt.Println(err)
		return
	}
	get := model.Paths.Value("/pets").Get
	fmt.Println(get.OperationID, *get.Responses.Status(200).Value.Description)
	// Output:
	// listPets All pets.
}

// An element of the model of a 2.0 document is found in the source that it
// was upgraded from.
func ExampleDocument_Origin() {
	doc, err := openapi.Parse("old.yaml", []byte(`swagger: "2.0"
definitions:
  Pet: {type: object}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	n := doc.Origin("/components/schemas/Pet/type")
	fmt.Printf("%s at line %d\n", n.Pointer(), n.Location().Line)
	// Output:
	// /definitions/Pet/type at line 3
}
