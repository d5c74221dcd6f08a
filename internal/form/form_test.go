package form_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
)

func text() *form.Shape { return &form.Shape{Kind: form.Text} }

// shape is a shape of every kind.
var shape = &form.Shape{Kind: form.Mapping, Doc: "All.", Fields: []form.Field{
	{Key: "text", Shape: &form.Shape{Kind: form.Text, Doc: "A text.", Pattern: "^a", Examples: []string{"abc"}, Valid: func(s string) string {
		if !strings.HasPrefix(s, "a") {
			return "does not begin with an a"
		}
		return ""
	}}},
	{Key: "word", Shape: &form.Shape{Kind: form.Text, Words: []string{"left", "right"}}},
	{Key: "number", Shape: &form.Shape{Kind: form.Number, Min: 1, Max: 2.5}},
	{Key: "texts", Shape: &form.Shape{Kind: form.Texts, Item: text()}},
	{Key: "list", Shape: &form.Shape{Kind: form.List, Item: text()}},
	{Key: "whole", Shape: &form.Shape{Kind: form.Mapping, Required: []string{"a"}, Fields: []form.Field{{Key: "a", Shape: text()}, {Key: "b", Shape: text()}},
		Demand: func(get func(string) string) string {
			if get("b") == "" {
				return "has an a and no b"
			}
			return ""
		}}},
	{Key: "one", Shape: &form.Shape{Kind: form.Mapping, Some: []string{"a", "b"}, Fields: []form.Field{{Key: "a", Shape: text()}, {Key: "b", Shape: text()}}}},
}}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		text string
		want []form.Problem
	}{
		{"{}", nil},
		{"text: abc\nword: left\nnumber: 2\ntexts: a\nlist: [a, b]\nwhole: {a: x, b: y}\none: {b: z}\n", nil},
		{"texts: [a, b]\nlist:\n", nil},
		{"- a", []form.Problem{{1, 1, "the file is a list; expected a mapping"}}},
		{"text:\nword: {}\n", []form.Problem{{1, 6, "text is empty; expected text"}, {2, 7, "word is a mapping; expected text"}}},
		{"text: 7\nnumber: x\n", []form.Problem{{1, 7, "text is the number 7; expected text; put it in quotes"}, {2, 9, `number is "x"; expected a number`}}},
		{"text: true\n", []form.Problem{{1, 7, "text is the boolean true; expected text; put it in quotes"}}},
		{"text: ' '\n", []form.Problem{{1, 7, "text is empty; expected text"}}},
		{"text: bcd\n", []form.Problem{{1, 7, `text "bcd" does not begin with an a`}}},
		{"word: up\n", []form.Problem{{1, 7, `word "up" is unknown; it is one of left, right`}}},
		{"word: lift\n", []form.Problem{{1, 7, `word "lift" is unknown; did you mean "left"?`}}},
		{"number: 3\n", []form.Problem{{1, 9, "number is 3; expected a number from 1 to 2.5"}}},
		{"texts: {}\nlist: x\n", []form.Problem{{1, 8, "texts is a mapping; expected text or a list of texts"}, {2, 7, `list is "x"; expected a list`}}},
		{"texts: []\n", []form.Problem{{1, 8, "texts is empty; expected text or a list of texts"}}},
		{"list: [a, 1]\n", []form.Problem{{1, 11, "list[1] is the number 1; expected text; put it in quotes"}}},
		{"whole: {b: y}\n", []form.Problem{{1, 8, "whole has no a"}}},
		{"whole: {a: y}\n", []form.Problem{{1, 8, "whole has an a and no b"}}},
		{"whole:\n", []form.Problem{{1, 7, "whole is empty; expected a mapping"}}},
		{"one: {}\n", []form.Problem{{1, 6, "one has none of a, b"}}},
		{"one: {a: x, b: y}\n", []form.Problem{{1, 6, "one has a and b; only one of them can be what it is about"}}},
		{"one: {c: x, a: y}\nother: 1\n", []form.Problem{{1, 7, `unknown key "c" in one; it is one of a, b`}, {2, 1, `unknown key "other"; it is one of text, word, number, texts, list, whole, one`}}},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			root, err := openapi.ParseTree("file.yaml", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, form.Check(root, shape)); diff != "" {
				t.Errorf("Check (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckStopsAtTwenty(t *testing.T) {
	t.Parallel()
	root, err := openapi.ParseTree("file.yaml", []byte("list: ["+strings.Repeat("1, ", 100)+"]"))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(form.Check(root, shape)); got != 20 {
		t.Errorf("%d problems; want 20", got)
	}
}

func TestSchema(t *testing.T) {
	t.Parallel()
	got := form.Schema("file.yaml", shape)
	if !json.Valid(got) || !strings.HasSuffix(string(got), "}\n") {
		t.Fatalf("no JSON in lines: %s", got)
	}
	var compact strings.Builder
	var value any
	if err := json.Unmarshal(got, &value); err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(&compact)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"$schema":"http://json-schema.org/draft-07/schema#"`, `"title":"file.yaml"`, `"additionalProperties":false`,
		`"number":{"maximum":2.5,"minimum":1,"type":"number"}`,
		`"word":{"enum":["left","right"],"type":"string"}`,
		`"text":{"description":"A text.","examples":["abc"],"minLength":1,"pattern":"^a","type":"string"}`,
		`"texts":{"anyOf":[{"minLength":1,"type":"string"},{"items":{"minLength":1,"type":"string"},"minItems":1,"type":"array"}]}`,
		`"list":{"items":{"minLength":1,"type":"string"},"type":["array","null"]}`,
		`"oneOf":[{"required":["a"]},{"required":["b"]}]`, `"required":["a"]`,
	} {
		if !strings.Contains(compact.String(), part) {
			t.Errorf("no %s in\n%s", part, compact.String())
		}
	}
}
