package jsonschema_test

import (
	"testing"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// TestSurveyOfCircles shows that schemas which hold one another get one survey,
// whichever of them is looked at first.
func TestSurveyOfCircles(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.json", []byte(`{"openapi": "3.0.3", "components": {"schemas": {
		"A": {"properties": {"b": {"$ref": "#/components/schemas/B"}, "bad": {"type": 5}}},
		"B": {"properties": {"a": {"$ref": "#/components/schemas/A"}, "c": {"$ref": "#/components/schemas/C"}}},
		"C": {"properties": {"c": {"$ref": "#/components/schemas/C"}}},
		"D": {"properties": {"b": {"$ref": "#/components/schemas/B"}, "c": {"$ref": "#/components/schemas/C"}}},
		"E": {"type": "string"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	schemas := doc.Root().Find("components", "schemas")
	bad := schemas.Find("A", "properties", "bad", "type")
	for _, order := range []string{"ABCDE", "BACDE", "DCBAE", "CDABE"} {
		c := jsonschema.NewCompiler(jsonschema.DialectOf(doc.Version()), jsonschema.ForDocument(doc))
		for _, name := range order {
			survey := c.Compile(schemas.Get(string(name))).Survey()
			wanted := name != 'C' && name != 'E'
			if got := survey.Unusable != nil && survey.Unusable.Node == bad; got != wanted {
				t.Errorf("%s in the order %s: the type is reported: %v, want %v", string(name), order, got, wanted)
			}
			if got, want := survey.Recursive, name != 'E'; got != want {
				t.Errorf("%s in the order %s: recursive: %v, want %v", string(name), order, got, want)
			}
		}
	}
}
