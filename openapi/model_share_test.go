package openapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

// butPlaces leaves out where kin-openapi has found the target of a reference.
var butPlaces = cmp.FilterPath(func(p cmp.Path) bool {
	f, ok := p.Last().(cmp.StructField)
	return ok && (f.Name() == "refPath" || f.Name() == "url")
}, cmp.Ignore())

func TestSharedModelEqualsKinLoader(t *testing.T) {
	t.Parallel()
	for _, tc := range modelCases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			fsys := files(tc.files)
			want, err := kinLoad(fsys, "api/root.yaml")
			if err != nil {
				t.Fatalf("kin-openapi: %v", err)
			}
			doc, err := openapi.Load(t.Context(), fsys, "api/root.yaml")
			if err != nil {
				t.Fatalf("Load: %v", err)
			}
			got, err := doc.SharedModel()
			if err != nil {
				t.Fatalf("SharedModel: %v", err)
			}
			if len(tc.files) > 1 {
				// kin-openapi has a copy of each file for each reference, so
				// that its circles are longer ones.
				want, got := marshal(t, want), marshal(t, got)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("SharedModel (-kin +ours):\n%s", short(diff))
				}
				return
			}
			if diff := cmp.Diff(want, got, everyField, butPlaces); diff != "" {
				t.Errorf("SharedModel (-kin +ours):\n%s", short(diff))
			}
		})
	}
	eachCorpusDocument(t, func(t *testing.T, doc *openapi.Document) {
		if doc.Version() == openapi.V20 || len(doc.Source().Text()) > 1<<16 {
			t.Skip("2.0 or large")
		}
		want, err := doc.Model()
		if err != nil {
			t.Skip(err)
		}
		got, err := doc.SharedModel()
		if err != nil {
			t.Fatalf("SharedModel: %v", err)
		}
		if diff := cmp.Diff(want, got, everyField, butPlaces); diff != "" {
			t.Errorf("SharedModel (-Model +SharedModel):\n%s", short(diff))
		}
	})
}

func marshal(t *testing.T, model *openapi3.T) string {
	t.Helper()
	out, err := model.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// TestFilesThatReferToOneAnother has forty schemas in files of their own, each
// with references to four others: kin-openapi's loader does not come to an
// end.
func TestFilesThatReferToOneAnother(t *testing.T) {
	t.Parallel()
	const n = 40
	texts := map[string]string{}
	var root strings.Builder
	root.WriteString("openapi: 3.1.0\ncomponents:\n  schemas:\n")
	for i := range n {
		fmt.Fprintf(&root, "    s%d: {$ref: schemas/s%d.yaml}\n", i, i)
		var b strings.Builder
		fmt.Fprintf(&b, "title: s%d\nproperties:\n", i)
		for j := 1; j <= 4; j++ {
			fmt.Fprintf(&b, "  p%d: {$ref: s%d.yaml, description: near}\n", j, (i*j+j)%n)
		}
		texts[fmt.Sprintf("schemas/s%d.yaml", i)] = b.String()
	}
	texts["root.yaml"] = root.String()
	doc, err := openapi.Load(t.Context(), files(texts), "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	model, err := doc.Model()
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		schema := model.Components.Schemas[fmt.Sprintf("s%d", i)]
		if want := fmt.Sprintf("schemas/s%d.yaml", i); schema.Ref != want {
			t.Errorf("s%d refers to %q, want %q", i, schema.Ref, want)
		}
		for j := 1; j <= 4; j++ {
			p := schema.Value.Properties[fmt.Sprintf("p%d", j)]
			if want := fmt.Sprintf("s%d", (i*j+j)%n); p.Value == nil || p.Value.Title != want || p.Value.Description != "near" {
				t.Errorf("s%d/p%d is %v, want %s", i, j, p.Value, want)
			}
		}
	}
	if len(model.Extensions) != 0 {
		t.Errorf("the table is left in the model: %v", model.Extensions)
	}
}
