package rest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// build looks at a description.
func build(t *testing.T, text string) *rest.API {
	t.Helper()
	doc, err := openapi.Parse("openapi.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	lex, err := word.New(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return rest.Build(doc, lex)
}

// swagger and three describe one API in version 2.0 and 3.1.
const swagger = `swagger: "2.0"
info: {title: Museum, version: "1"}
paths:
  /api/v2/rooms/{id}/works:
    get:
      parameters:
        - {name: id, in: path, required: true, type: integer}
        - {name: painter, in: query, type: string}
      responses: {"200": {description: works, schema: {type: array, items: {$ref: "#/definitions/Work"}}}}
    post:
      parameters:
        - {name: body, in: body, schema: {$ref: "#/definitions/Work"}}
      responses: {"201": {description: the work, schema: {$ref: "#/definitions/Work"}}}
definitions:
  Work: {type: object, required: [title], properties: {title: {type: string}, year: {type: integer, format: int64}}}
`

const three = `openapi: 3.1.0
info: {title: Museum, version: "1"}
paths:
  /api/v2/rooms/{id}/works:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get:
      parameters: [{name: painter, in: query, schema: {type: string}}]
      responses: {"200": {description: works, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Work"}}}}}}
    post:
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Work"}}}}
      responses: {"201": {description: the work, content: {application/json: {schema: {$ref: "#/components/schemas/Work"}}}}}
components:
  schemas:
    Work: {type: object, required: [title], properties: {title: {type: string}, year: {type: integer, format: int64}}}
`

func TestBuild(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"2.0": swagger, "3.1": three} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := build(t, text)
			if len(a.Operations) != 2 || len(a.Schemas) != 1 {
				t.Fatalf("%d operations and %d schemas", len(a.Operations), len(a.Schemas))
			}
			get, post := a.Operations[0], a.Operations[1]
			var segments []string
			for _, s := range get.Segments {
				segments = append(segments, s.Text)
			}
			if diff := cmp.Diff([]string{"rooms", "{id}", "works"}, segments); diff != "" {
				t.Errorf("segments, less what names the API and its version (-want +got):\n%s", diff)
			}
			work := a.Schemas[0]
			if !get.List || get.Item != work || get.Item.Name != "Work" {
				t.Errorf("a list of %v, want one of Work", get.Item)
			}
			if post.Body != work || post.List || post.Item != work {
				t.Errorf("body %v, item %v, want Work", post.Body, post.Item)
			}
			var params []string
			for _, p := range get.Params {
				params = append(params, p.In+" "+p.Name+" "+p.Schema.Type())
			}
			if diff := cmp.Diff([]string{"path id integer", "query painter string"}, sorted(params)); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
			if p := work.Property("title"); p == nil || !p.Required {
				t.Errorf("title is %+v, want it to be required", p)
			}
			if p := work.Property("year"); p == nil || p.Required || p.Schema.Type() != "integer:int64" {
				t.Errorf("year is %+v", p)
			}
		})
	}
}

func sorted(list []string) []string {
	if len(list) == 2 && list[0] > list[1] {
		list[0], list[1] = list[1], list[0]
	}
	return list
}

func TestUnwrap(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, schema string
		item         string
		list         bool
	}{
		{"a thing", `{$ref: "#/components/schemas/Work"}`, "Work", false},
		{"a list", `{type: array, items: {$ref: "#/components/schemas/Work"}}`, "Work", true},
		{"a counted list", `{type: object, properties: {total_count: {type: integer}, works: {type: array, items: {$ref: "#/components/schemas/Work"}}}}`, "Work", true},
		{"data", `{type: object, properties: {data: {$ref: "#/components/schemas/Work"}, meta: {type: object}}}`, "Work", false},
		{"a list in data", `{type: object, properties: {data: {type: array, items: {$ref: "#/components/schemas/Work"}}, next_cursor: {type: string}}}`, "Work", true},
		{"a thing with a list", `{$ref: "#/components/schemas/Room"}`, "Room", false},
		{"a choice with null", `{oneOf: [{type: "null"}, {$ref: "#/components/schemas/Work"}]}`, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			a := build(t, `openapi: 3.1.0
info: {title: Museum, version: "1"}
paths: {/x: {get: {responses: {"200": {description: ok, content: {application/json: {schema: `+tt.schema+`}}}}}}}
components:
  schemas:
    Work: {type: object, properties: {title: {type: string}}}
    Room: {type: object, properties: {floor: {type: integer}, works: {type: array, items: {$ref: "#/components/schemas/Work"}}}}
`)
			op := a.Operations[0]
			if op.Item == nil || op.Item.Name != tt.item || op.List != tt.list {
				t.Errorf("item %q, list %v; want %q, %v", op.Item.Name, op.List, tt.item, tt.list)
			}
		})
	}
}

func TestCompositions(t *testing.T) {
	t.Parallel()
	a := build(t, `openapi: 3.1.0
info: {title: Museum, version: "1"}
paths: {}
components:
  schemas:
    Base: {type: object, required: [id], properties: {id: {type: integer}}}
    Both: {allOf: [{$ref: "#/components/schemas/Base"}, {required: [title], properties: {title: {type: [string, "null"]}}}]}
    Either: {oneOf: [{$ref: "#/components/schemas/Base"}, {required: [name], properties: {name: {type: string}}}]}
    Loop: {properties: {self: {$ref: "#/components/schemas/Loop"}}, allOf: [{$ref: "#/components/schemas/Loop"}]}
    Mood: {type: [string, "null"], enum: [calm, wild, null]}
    Bag: {type: object}
`)
	var lines []string
	for _, s := range a.Schemas {
		line := s.Name + " " + s.Kind.String()
		if s.Nullable {
			line += "?"
		}
		if s.Open {
			line += " open"
		}
		for _, p := range s.Properties {
			line += " " + p.Name
			if p.Required {
				line += "!"
			}
			if p.Nullable {
				line += "?"
			}
		}
		lines = append(lines, strings.TrimSpace(line+" "+strings.Join(s.Enum, "|")))
	}
	want := []string{"Bag object open", "Base object id!", "Both object id! title!?", "Either object id name", "Loop object self", "Mood string? calm|wild"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("schemas (-want +got):\n%s", diff)
	}
}
