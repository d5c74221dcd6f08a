package openapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// TestYAMLRanges reads YAML in all its styles and shows the source at the
// range of every value.
func TestYAMLRanges(t *testing.T) {
	t.Parallel()
	const text = `openapi: 3.0.3
plain: some text # a comment
folded plain: one
  two
  three
'quoted key': 'it''s'
double: "a \"b\" \
  c"
literal: |-
  one

    two
folded: >+2
   one
  two

empty:
tilde: ~
number: 0x1F
truth: True
flow: [a, 'b ]', "c }", {d: e, "f}": g}, # not the end ]
  h]
nested: {a: {b: [c]}} # }
anchored: &one !!str text
bare anchor: &two
aliased: *one
block anchor: &three
  k: v
merged: {<<: *three, own: 1}
in flow: [*one, &four [x], [y, z], *four]
keyed: {"}]": *one}
tagged: !<tag:yaml.org,2002:str> 12
commented: &five # here it comes
  text
"line\u2028sep": "a\u2028b"
é: ü
`
	doc, err := openapi.Parse("api.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"/plain":         "some text",
		"/folded plain":  "one\n  two\n  three",
		"/quoted key":    `'it''s'`,
		"/double":        "\"a \\\"b\\\" \\\n  c\"",
		"/literal":       "|-\n  one\n\n    two",
		"/folded":        ">+2\n   one\n  two",
		"/empty":         "",
		"/tilde":         "~",
		"/number":        "0x1F",
		"/truth":         "True",
		"/flow":          "[a, 'b ]', \"c }\", {d: e, \"f}\": g}, # not the end ]\n  h]",
		"/flow/1":        "'b ]'",
		"/flow/3":        `{d: e, "f}": g}`,
		"/nested":        "{a: {b: [c]}}",
		"/nested/a":      "{b: [c]}",
		"/anchored":      "&one !!str text",
		"/bare anchor":   "&two",
		"/aliased":       "&one !!str text",
		"/block anchor":  "&three\n  k: v",
		"/merged":        "{<<: *three, own: 1}",
		"/merged/k":      "v",
		"/in flow":       "[*one, &four [x], [y, z], *four]",
		"/in flow/2":     "[y, z]",
		"/in flow/3":     "&four [x]",
		"/keyed":         `{"}]": *one}`,
		"/tagged":        "!<tag:yaml.org,2002:str> 12",
		"/commented":     "&five # here it comes\n  text",
		"/line\u2028sep": `"a\u2028b"`,
		"/é":             "ü",
	}
	got := map[string]string{}
	for pointer := range want {
		n, err := doc.Lookup(nil, "#"+pointer)
		if err != nil {
			t.Errorf("%s: %v", pointer, err)
			continue
		}
		start, end := n.Offsets()
		got[pointer] = text[start:end]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

// TestYAMLLineBreaks: YAML 1.1 parsers end lines where editors do not.
func TestYAMLLineBreaks(t *testing.T) {
	t.Parallel()
	for _, brk := range []string{"\n", "\r\n", "\r"} {
		for _, odd := range []string{"", "\u0085", "\u2028", "\u2029"} {
			text := strings.ReplaceAll("openapi: 3.0.3\nx: 'a"+odd+"b'\ny: z\n", "\n", brk)
			doc, err := openapi.Parse("api.yaml", []byte(text))
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			n := doc.Root().Get("y")
			if at := n.Location(); at.Line != 3 || at.Column != 4 {
				t.Errorf("%q: y is at %d:%d, want 3:4", text, at.Line, at.Column)
			}
			if start, end := n.Offsets(); text[start:end] != "z" {
				t.Errorf("%q: y is %q", text, text[start:end])
			}
		}
	}
}

func TestYAMLAliases(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte(`openapi: 3.0.3
base: &base {a: 1, b: {c: 2}}
more: &more {b: 3, d: 4}
one: {<<: *base, a: own}
two: {<<: [*more, *base], e: 5}
three: {<<: &late {x: 1}, y: *late}
list: &list [*base]
four: {<<: *list}
copy: *base
keys: {&k key: 1, *k : 2}
`))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"one":   map[string]any{"a": "own", "b": map[string]any{"c": 2.0}},
		"two":   map[string]any{"b": 3.0, "d": 4.0, "a": 1.0, "e": 5.0},
		"three": map[string]any{"x": 1.0, "y": map[string]any{"x": 1.0}},
		"four":  map[string]any{"a": 1.0, "b": map[string]any{"c": 2.0}},
		"copy":  map[string]any{"a": 1.0, "b": map[string]any{"c": 2.0}},
		"keys":  map[string]any{"key": 2.0},
	} {
		n := doc.Root().Get(key)
		if diff := cmp.Diff(want, n.Value()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
		everyNode(n, func(n *openapi.Node) {
			if found, err := doc.Lookup(nil, "#"+n.Pointer()); err != nil || found != n {
				t.Errorf("pointer %q of %s leads to %v, %v", n.Pointer(), key, found, err)
			}
		})
	}
	var problems []string
	for _, f := range doc.Problems() {
		problems = append(problems, fmt.Sprintf("%d: %s", f.Location.Line, f.Message))
	}
	if diff := cmp.Diff([]string{`10: mapping key "key" is given twice; the first is at line 10`}, problems); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
