package jsonschema_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

func TestSurvey(t *testing.T) {
	t.Parallel()
	const d20, d30, d31 = jsonschema.OpenAPI20, jsonschema.OpenAPI30, jsonschema.OpenAPI31
	cases := []struct {
		dialect jsonschema.Dialect
		schema  string
		problem string
		fatal   string
	}{
		{dialect: d30, schema: `{"type": "object", "properties": {"a": {"type": "string", "nullable": true}}}`},
		{dialect: d30, schema: `{"type": "strng"}`, problem: `type "strng" is none of JSON Schema`},
		{dialect: d30, schema: `{"type": 5}`, problem: `type is a number, not a string`},
		{dialect: d31, schema: `{"type": ["string", "string"]}`, problem: `type names "string" twice`},
		{dialect: d30, schema: `{"properties": {"a": {"items": {"required": []}}}}`, problem: `required holds no name`},
		{dialect: d31, schema: `{"required": []}`},
		{dialect: d31, schema: `{"required": ["a", "a"]}`, problem: `required names "a" twice`},
		{dialect: d31, schema: `{"required": true}`, problem: `required is a boolean, not an array of strings`},
		{dialect: d20, schema: `{"required": true}`},
		{dialect: d20, schema: `{"items": {"required": true}}`, problem: `required is a boolean, not an array of strings`},
		{dialect: d20, schema: `{"type": "file"}`},
		{dialect: d30, schema: `{"type": "file"}`, problem: `type "file" is none of JSON Schema`},
		{dialect: d30, schema: `{"exclusiveMinimum": true}`, problem: `exclusiveMinimum stands without minimum`},
		{dialect: d31, schema: `{"exclusiveMinimum": true}`, problem: `exclusiveMinimum is a boolean, not a number`},
		{dialect: d31, schema: `{"multipleOf": 0}`, problem: `multipleOf is 0, not greater than 0`},
		{dialect: d31, schema: `{"minLength": 1.5}`, problem: `minLength is 1.5, not a whole number from 0`},
		{dialect: d30, schema: `{"enum": ["a", "a"]}`, problem: `enum holds "a" twice, at 0 and 1`},
		{dialect: d31, schema: `{"enum": ["a", "a"]}`},
		{dialect: d30, schema: `{"enum": []}`, problem: `enum holds no value`},
		{dialect: d31, schema: `{"enum": []}`, fatal: `enum holds no value`},
		{dialect: d31, schema: `{"anyOf": []}`, problem: `anyOf holds no schema`},
		{dialect: d31, schema: `{"anyOf": {}}`, problem: `anyOf is an object, not an array of schemas`},
		{dialect: d31, schema: `{"items": []}`, problem: `an array stands where a schema is expected`},
		{dialect: d30, schema: `{"items": true}`, problem: `true stands where a schema is expected`},
		{dialect: d30, schema: `{"additionalProperties": true}`},
		{dialect: d31, schema: `{"items": true}`},
		{dialect: d31, schema: `{"examples": {}}`, problem: `examples is an object, not an array`},
		{dialect: d30, schema: `{"nullable": true}`, fatal: `nullable stands without a type`},
		{dialect: d30, schema: `{"type": "string", "nullable": "yes"}`, fatal: `nullable is a string, not a boolean`},
		{dialect: d31, schema: `{"type": "null", "nullable": false}`, fatal: `nullable is false, but type names null`},
		{dialect: d31, schema: `{"pattern": "a{2,1}"}`, fatal: `pattern "a{2,1}" is no regular expression: numbers out of order in {2,1}`},
		{dialect: d30, schema: `{"format": 5}`, fatal: `format is a number, not a string`},
	}
	for _, tc := range cases {
		t.Run(tc.schema, func(t *testing.T) {
			t.Parallel()
			got := jsonschema.NewCompiler(tc.dialect, jsonschema.Options{}).Compile(node(t, tc.schema)).Survey()
			if diff := cmp.Diff([]string{tc.problem, tc.fatal}, []string{message(got.Problem), message(got.Fatal)}); diff != "" {
				t.Errorf("problem, fatal (-want +got)\n%s", diff)
			}
		})
	}
}

func message(p *jsonschema.Problem) string {
	if p == nil {
		return ""
	}
	return p.Message
}

func TestSurveyReferences(t *testing.T) {
	t.Parallel()
	n := node(t, `{
		"plain": {"properties": {"a": {"$ref": "#/leaf"}}},
		"leaf": {"type": "string"},
		"tree": {"properties": {"child": {"items": {"$ref": "#/tree"}}}},
		"above": {"allOf": [{"$ref": "#/tree"}]},
		"lost": {"anyOf": [{"$ref": "#/leaf"}, {"$ref": "#/gone"}]}}`)
	c := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{})
	type result struct{ Recursive, Dangling bool }
	want := map[string]result{
		"plain": {}, "leaf": {}, "tree": {Recursive: true}, "above": {Recursive: true}, "lost": {Dangling: true},
	}
	got := map[string]result{}
	for name := range want {
		s := c.Compile(n.Get(name)).Survey()
		got[name] = result{s.Recursive, s.Dangling != nil}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	other := node(t, `{"$id": "https://example.com/other", "$defs": {"n": {"$anchor": "n", "type": "integer"}, "t": {"$ref": "#n"}}}`)
	old := node(t, `{"id": "http://example.com/root.json", "definitions": {"s": {"id": "#s", "type": "string"}, "d": {"id": "dir/", "definitions": {"x": {"type": "null"}}}}}`)
	cases := []struct {
		name    string
		dialect jsonschema.Dialect
		schema  string
		good    string
		bad     string
	}{
		{"pointer with escapes", jsonschema.Draft07, `{"$ref": "#/definitions/a~1b%25", "definitions": {"a/b%": {"type": "integer"}}}`, `1`, `"a"`},
		{"anchor", jsonschema.Draft202012, `{"$ref": "#here", "$defs": {"x": {"$anchor": "here", "type": "integer"}}}`, `1`, `"a"`},
		{"$id within", jsonschema.Draft202012, `{"$id": "https://example.com/a/b", "$ref": "c", "$defs": {"x": {"$id": "c", "type": "integer"}}}`, `1`, `"a"`},
		{"a resource", jsonschema.Draft202012, `{"$ref": "https://example.com/other#/$defs/t"}`, `1`, `"a"`},
		{"an anchor of a resource", jsonschema.Draft202012, `{"$ref": "https://example.com/other#n"}`, `1`, `"a"`},
		{"an id of draft 04", jsonschema.Draft04, `{"$ref": "http://example.com/root.json#s"}`, `"a"`, `1`},
		{"an id within one", jsonschema.Draft04, `{"$ref": "http://example.com/dir/#/definitions/x"}`, `null`, `1`},
		{
			"the dynamic scope", jsonschema.Draft202012,
			`{"$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false,
			  "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "properties": {"kids": {"items": {"$dynamicRef": "#node"}}}}}}`,
			`{"kids": [{"kids": []}]}`, `{"kids": [{"kdis": []}]}`,
		},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			resources := map[string]*openapi.Node{"https://example.com/other": other, "http://example.com/root.json": old, "http://example.com/dir/": old.Find("definitions", "d")}
			s := jsonschema.NewCompiler(tc.dialect, jsonschema.Options{Resources: resources}).Compile(node(t, tc.schema))
			if d := s.Survey().Dangling; d != nil {
				t.Fatalf("%s leads nowhere", d.Get("$ref").Text())
			}
			if errs, _ := s.Validate(node(t, tc.good), jsonschema.Mode{}); errs != nil {
				t.Errorf("%s: %v", tc.good, errs[0].Message())
			}
			if errs, _ := s.Validate(node(t, tc.bad), jsonschema.Mode{}); errs == nil {
				t.Errorf("%s: no error", tc.bad)
			}
		})
	}
}

func TestForDocument(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte(`
openapi: 3.0.3
info: {title: Pets, version: "1"}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {parent: {$ref: "#/components/schemas/Pet"}, name: {$ref: "#/components/schemas/Name"}}}
    Name: {$ref: "#/components/schemas/Text"}
    Text: {type: string}
`))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler(jsonschema.DialectOf(doc.Version()), jsonschema.ForDocument(doc))
	s := c.Compile(doc.Root().Find("components", "schemas", "Pet"))
	if s != c.Compile(s.Node()) {
		t.Error("the schema was compiled twice")
	}
	value := node(t, `{"parent": {"parent": {"name": 5}}}`)
	errs, _ := s.Validate(value, jsonschema.Mode{})
	want := []string{`type /parent/parent/name: value 5 is a number, not a string`}
	if diff := cmp.Diff(want, found(errs, value)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if got := errs[0].Schema.Pointer(); got != "/components/schemas/Text" {
		t.Errorf("the failing schema is %s", got)
	}
}

func TestRunFollowsValues(t *testing.T) {
	t.Parallel()
	n := node(t, `{"schema": {"properties": {"a": {"type": "string"}}}, "value": {"a": {"$ref": "there"}}, "there": 5}`)
	s := jsonschema.NewCompiler(jsonschema.Draft07, jsonschema.Options{}).Compile(n.Get("schema"))
	run := jsonschema.NewRun(jsonschema.Mode{}, func(v *openapi.Node) *openapi.Node { return n.Get(v.Get("$ref").Text()) })
	errs, err := run.Validate(s, n.Get("value"))
	if err != nil || len(errs) != 1 || errs[0].Instance != n.Get("there") {
		t.Errorf("got %v, %v", errs, err)
	}
}

func TestMetaSchemas(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]jsonschema.Dialect{"draft-04": jsonschema.Draft04, "2020-12": jsonschema.Draft202012} {
		meta := jsonschema.MetaSchema(name)
		s := jsonschema.NewCompiler(d, jsonschema.Options{}).Compile(meta)
		if v := s.Survey(); v.Problem != nil || v.Fatal != nil || v.Dangling != nil {
			t.Errorf("%s: %+v", name, v)
		}
		if errs, err := s.Validate(meta, jsonschema.Mode{All: true}); err != nil || errs != nil {
			t.Errorf("%s does not match itself: %v %v", name, found(errs, meta), err)
		}
		bad := node(t, `{"type": "strng", "properties": {"a": {"minLength": -1}}, "required": "a"}`)
		errs, _ := s.Validate(bad, jsonschema.Mode{All: true})
		if len(errs) < 3 {
			t.Errorf("%s finds only %v", name, found(errs, bad))
		}
	}
	if jsonschema.MetaSchema("draft-99") != nil {
		t.Error("there is a draft 99")
	}
}
