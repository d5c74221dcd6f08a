package openapi_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// problems shows the problems of a document as "file:line message".
func problems(doc *openapi.Document) []string {
	var out []string
	for _, f := range doc.Problems() {
		out = append(out, fmt.Sprintf("%s:%d %s", f.Location.File, f.Location.Line, f.Message))
	}
	return out
}

func TestReferencesToNothing(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, ref, want string
	}{
		{"a missing file", "none.yaml#/A", "there is no such file"},
		{"a missing pointer", "#/components/schemas/None", `/components/schemas has no "None"`},
		{"a missing pointer in another file", "other.yaml#/None", `the document has no "None"`},
		{"a file that is no text", "broken.json", "line 1, column 6: invalid character '}' at start of value"},
		{"a folder", "folder", "the document is a directory; expected a file"},
		{"a pointer without a slash", "#components/schemas/A", `no schema has the anchor "components/schemas/A"`},
		{"a bad escape", "#/a~2", `JSON Pointer "/a~2" has a ~ that is not followed by 0 or 1`},
		{"an index with a leading zero", "#/x-list/01", `/x-list has no "01"`},
		{"an index too large", "#/x-list/99999999999999999999", `/x-list has no "99999999999999999999"`},
		{"a way out of the root folder", "../../etc/passwd", "the path leads out of the root folder"},
		{"a hidden way out of the root folder", "%2e%2e/%2e%2e/etc/passwd", "the path leads out of the root folder"},
		{"an absolute path", "/etc/passwd", "the path leads out of the root folder"},
		{"another host", "//example.com/api.yaml", "the path leads out of the root folder"},
		{"a file URL", "file:///etc/passwd", `the scheme "file" is not followed`},
		{"a Windows path", `c:\secret.yaml`, `the scheme "c" is not followed`},
		{"a remote file", "https://example.com/api.yaml#/A", "the document is remote, and remote documents are not read here"},
		{"no URI", "%zz", `no URI reference: parse "%zz": invalid URL escape "%zz"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Load(t.Context(), files(map[string]string{
				"api/root.yaml":  fmt.Sprintf("openapi: 3.0.3\nx-list: [a]\ncomponents:\n  schemas:\n    A:\n      $ref: %q\n", tc.ref),
				"api/other.yaml": "A: {}\n", "api/broken.json": `{"a":}`, "api/folder/a.yaml": "a: b\n",
			}), "api/root.yaml")
			if err != nil {
				t.Fatalf("Load: %v", err)
			}
			want := []string{fmt.Sprintf("api/root.yaml:6 reference %q leads nowhere: %s", tc.ref, tc.want)}
			if diff := cmp.Diff(want, problems(doc)); diff != "" {
				t.Errorf("Problems (-want +got):\n%s", diff)
			}
			if n := doc.Resolve(doc.Root().Find("components", "schemas", "A")); n != nil {
				t.Errorf("Resolve returned %v", n.Value())
			}
			if _, err := doc.Model(); err == nil {
				t.Error("Model returned no error")
			}
		})
	}
}

func TestReferencesInACircle(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load(t.Context(), files(map[string]string{
		"root.yaml": `openapi: 3.0.3
components:
  schemas:
    Self: {$ref: "#/components/schemas/Self"}
    One: {$ref: "#/components/schemas/Two"}
    Two: {$ref: "#/components/schemas/One"}
    Near: {$ref: "far.yaml#/Far"}
    Into: {$ref: "#/components/schemas/One"}
    Through: {$ref: "#/components/schemas/Through/properties/a"}
    Fine: {properties: {again: {$ref: "#/components/schemas/Fine"}}}
`,
		"far.yaml": "Far: {$ref: \"root.yaml#/components/schemas/Near\"}\n",
	}), "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`root.yaml:4 reference "#/components/schemas/Self" leads in a circle`,
		`root.yaml:5 reference "#/components/schemas/Two" leads in a circle`,
		`root.yaml:6 reference "#/components/schemas/One" leads in a circle`,
		`root.yaml:7 reference "far.yaml#/Far" leads in a circle`,
		`root.yaml:9 reference "#/components/schemas/Through/properties/a" leads nowhere: /components/schemas/Through has no "properties"`,
		`far.yaml:1 reference "root.yaml#/components/schemas/Near" leads in a circle`,
	}
	if diff := cmp.Diff(want, problems(doc)); diff != "" {
		t.Errorf("Problems (-want +got):\n%s", diff)
	}
	for _, name := range []string{"Self", "One", "Near", "Into", "Through"} {
		if n := doc.Resolve(doc.Root().Find("components", "schemas", name)); n != nil {
			t.Errorf("%s resolves to %v", name, n.Value())
		}
	}
	if n := doc.Root().Find("components", "schemas", "Fine"); doc.Resolve(n.Find("properties", "again")) != n {
		t.Error("a schema that refers to itself is not found")
	}
}

// TestWhatReferencesName follows references in all the ways that they can be
// written; each leads to a schema whose title says so.
func TestWhatReferencesName(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load(t.Context(), files(map[string]string{
		"api/root.yaml": `openapi: 3.2.0
$self: https://example.com/apis/this.yaml
paths:
  "/a b/{c~d}": {get: {title: path}}
components:
  schemas:
    A/B~C%D é: {title: escaped}
    Anchored: {$anchor: spot, title: anchor}
    Dynamic: {$dynamicAnchor: moving, title: dynamic anchor}
    Identified: {$id: "https://example.com/schemas/id", title: id, $defs: {in: {title: in id}}}
    Ref: {$ref: "#/components/schemas/Shape"}
    Shape: {title: shape, properties: {name: {title: property}}}
    Far: {$ref: "../common/parts.json"}
    default: {title: default, $ref: "#/components/schemas/Shape"}
  responses: {default: {$ref: "#/x-response"}}
x-response: {title: response}
x-refs:
  - {$ref: "#/components/schemas/A~1B~0C%25D%20%C3%A9", want: escaped}
  - {$ref: "#/components/schemas/A%2FB", want: ""}
  - {$ref: "#/paths/~1a%20b~1%7Bc~0d%7D/get", want: path}
  - {$ref: "#spot", want: anchor}
  - {$ref: "#moving", want: dynamic anchor}
  - {$ref: "https://example.com/schemas/id", want: id}
  - {$ref: "https://example.com/schemas/id#/$defs/in", want: in id}
  - {$ref: "#/components/schemas/Ref/properties/name", want: property}
  - {$ref: "#/components/schemas/Far/deep/0", want: in a file}
  - {$ref: "#/components/schemas/Far/through/properties/name", want: property}
  - {$ref: "https://example.com/apis/this.yaml#/components/schemas/Shape", want: shape}
  - {$ref: "root.yaml#/components/schemas/Shape", want: shape}
  - {$ref: "./../api/root.yaml#spot", want: anchor}
  - {$ref: "../common/parts.json#/deep/0", want: in a file}
  - {$ref: "../common/parts.json#tag", want: far anchor}
  - {$ref: "../common/some%20name.yml", want: spaced}
  - {$ref: "#/components/schemas/default", want: shape}
  - {$ref: "#/components/responses/default", want: response}
  - {$ref: "#/x-refs/3/$ref", want: ""}
  - {$ref: "", want: ""}
`,
		"common/parts.json":    `{"deep":[{"title":"in a file"}],"through":{"$ref":"../api/root.yaml#/components/schemas/Shape"},"a":{"$anchor":"tag","title":"far anchor"}}`,
		"common/some name.yml": "title: spaced\n",
	}), "api/root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range doc.Root().Get("x-refs").Children() {
		if got := doc.Resolve(n).Get("title").Text(); got != n.Get("want").Text() {
			t.Errorf("%q leads to %q, want %q", n.Get("$ref").Text(), got, n.Get("want").Text())
		}
	}
	var names []string
	for _, s := range doc.Sources() {
		names = append(names, s.Name()+" "+s.Format().String())
	}
	want := []string{"api/root.yaml YAML", "common/parts.json JSON", "common/some name.yml YAML"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("Sources (-want +got):\n%s", diff)
	}
	if got := doc.Ref(doc.Root().Find("components", "responses", "default")); got == nil || got.Target == nil {
		t.Error("the response that is called default is no reference")
	}
}

// TestDataIsNoReference: what an example holds names nothing, and what is
// called example may.
func TestDataIsNoReference(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("root.yaml", []byte(`openapi: 3.1.0
paths:
  /a:
    get:
      parameters: [{example: {$ref: data}, schema: {default: {$ref: data}, enum: [{$ref: data}], const: {$ref: data}, examples: [{$ref: data}]}}]
      responses:
        default: {$ref: "#/real/1"}
        "200":
          content: {a/b: {example: {$ref: data}, examples: {example: {$ref: "#/real/2"}, value: {value: {$ref: data}, dataValue: {$ref: data}}}}}
components:
  schemas:
    example: {properties: {example: {$ref: "#/real/3"}, default: {$ref: "#/real/4"}, properties: {properties: {const: {$ref: "#/real/5"}}, example: {$ref: data}}}}
    const: {$ref: "#/real/6"}
  examples: {examples: {$ref: "#/real/7"}}
real: [0, 1, 2, 3, 4, 5, 6, 7]
`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range doc.Refs() {
		got = append(got, r.Value())
	}
	if diff := cmp.Diff([]string{"#/real/1", "#/real/2", "#/real/3", "#/real/4", "#/real/5", "#/real/6", "#/real/7"}, got); diff != "" {
		t.Errorf("Refs (-want +got):\n%s", diff)
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Load(t.Context(), files(map[string]string{
		"root.yaml": "openapi: 3.0.3\nx: {$ref: sub/other.yaml}\n", "sub/other.yaml": "a: {b: 1}\n",
	}), "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	other := doc.Sources()[1].Root()
	for _, tc := range []struct {
		from *openapi.Node
		ref  string
		want string
	}{
		{nil, "#/openapi", "3.0.3"},
		{nil, "sub/other.yaml#/a/b", "1"},
		{other, "#/a/b", "1"},
		{other, "../root.yaml#/openapi", "3.0.3"},
	} {
		if n, err := doc.Lookup(tc.from, tc.ref); err != nil || n.Text() != tc.want {
			t.Errorf("Lookup(%q) is %q, %v; want %q", tc.ref, n.Text(), err, tc.want)
		}
	}
	if n, err := doc.Lookup(other, "root.yaml"); err == nil {
		t.Errorf("Lookup found %v", n.Value())
	}
}
