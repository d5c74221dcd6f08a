package openapi_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/openapi"
)

// problemsOf returns the problems of the document root.yaml as "rule
// element", with the number of further places.
func problemsOf(t *testing.T, files map[string]string) []string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	doc, err := openapi.Load(t.Context(), fsys, "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range doc.Problems() {
		got = append(got, f.Rule+" "+f.Location.File+"#"+f.Location.Element+" "+[]string{"", "+1", "+2"}[len(f.Related)])
	}
	return got
}

func TestProblems(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{
			name: "what is missing is found once, at the first reference to it",
			files: map[string]string{
				"root.yaml":  "openapi: 3.0.0\npaths:\n  /a: {$ref: '#/x'}\n  /b: {$ref: '#/x'}\n  /c: {$ref: 'no.yaml#/1'}\n  /d: {$ref: 'no.yaml#/2'}\n  /e: {$ref: 'other.yaml#/a'}\n",
				"other.yaml": "a: {$ref: 'root.yaml#/x'}\n",
			},
			want: []string{"invalid-ref root.yaml#/paths/~1a/$ref +2", "invalid-ref root.yaml#/paths/~1c/$ref +1"},
		},
		{
			name: "a member called default or example may be a reference where names are free",
			files: map[string]string{"root.yaml": `openapi: 3.0.0
paths:
  /a: {get: {responses: {default: {$ref: '#/r'}}}}
components:
  responses: {example: {$ref: '#/components/responses/gone'}}
  schemas:
    a: {example: {$ref: data}, default: {$ref: data}, enum: [{$ref: data}]}
    b: {properties: {responses: {default: {$ref: data}}, example: {$ref: '#/s'}}}
`},
			want: []string{
				"invalid-ref root.yaml#/paths/~1a/get/responses/default/$ref ", "invalid-ref root.yaml#/components/responses/example/$ref ",
				"invalid-ref root.yaml#/components/schemas/b/properties/example/$ref ",
			},
		},
		{
			name:  "references in a circle end",
			files: map[string]string{"root.yaml": "openapi: 3.0.0\npaths: {$ref: '#/paths'}\ncomponents:\n  schemas:\n    a: {$ref: '#/components/schemas/b'}\n    b: {$ref: '#/components/schemas/a'}\n"},
			want: []string{
				"invalid-ref root.yaml#/paths/$ref ", "invalid-ref root.yaml#/components/schemas/a/$ref ", "invalid-ref root.yaml#/components/schemas/b/$ref ",
			},
		},
		{
			name: "a key is found once, however often it is given",
			files: map[string]string{"root.yaml": `openapi: 3.0.0
paths:
  /a: &a
    get: {tags: [a], tags: [b], tags: [c]}
    200: {}
    200: {}
    null: {}
    ? [x]
    : {}
    ? {y: z}
    : {}
  /b: *a
  /c: {<<: *a}
`},
			want: []string{
				"parser root.yaml#/paths/~1a/get/tags +2", "parser root.yaml#/paths/~1a/200 +1",
				"parser root.yaml#/paths/~1a/200 ", "parser root.yaml#/paths/~1a/null ", "parser root.yaml#/paths/~1a ",
			},
		},
		{
			name:  "what the core schema takes for a string is one",
			files: map[string]string{"root.yaml": "openapi: 3.0.0\npaths: {}\nx: {yes: 1, on: 1, 1_000: 1, 0b1: 1, 2020-01-01: 1, 190:20:30: 1, 1e: 1, +0x1: 1}\n"},
			want:  nil,
		},
		{
			name:  "what it takes for another kind is none",
			files: map[string]string{"root.yaml": "openapi: 3.0.0\npaths: {}\nx: {True: 1, .5: 1, 0o7: 1, 1.: 1, -.inf: 1}\n"},
			want: []string{
				"parser root.yaml#/x/True ", "parser root.yaml#/x/.5 ", "parser root.yaml#/x/0o7 ", "parser root.yaml#/x/1. ", "parser root.yaml#/x/-.inf ",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, problemsOf(t, tt.files)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
