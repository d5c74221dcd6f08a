package edit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/check/fix"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

// TestAdd puts three elements into one list in a single pass, in the styles that
// texts have; the second of them is asked for twice.
func TestAdd(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, text, want string }{
		{"block, none yet", "openapi: 3.0.3\npaths: {}\n", "openapi: 3.0.3\npaths: {}\ntags:\n  - name: a\n  - name: b\n  - name: c\n"},
		{"block, no line end", "openapi: 3.0.3\npaths: {}", "openapi: 3.0.3\npaths: {}\ntags:\n  - name: a\n  - name: b\n  - name: c"},
		{"block, some", "openapi: 3.0.3\ntags:\n- name: x # one\npaths: {}\n", "openapi: 3.0.3\ntags:\n- name: x # one\n- name: a\n- name: b\n- name: c\npaths: {}\n"},
		{"block, CRLF", "openapi: 3.0.3\r\npaths: {}\r\n", "openapi: 3.0.3\r\npaths: {}\r\ntags:\r\n  - name: a\r\n  - name: b\r\n  - name: c\r\n"},
		{"flow, empty", "openapi: 3.0.3\ntags: []\n", "openapi: 3.0.3\ntags: [{name: a}, {name: b}, {name: c}]\n"},
		{"flow, some", "openapi: 3.0.3\ntags: [ {name: x} ]\n", "openapi: 3.0.3\ntags: [ {name: x}, {name: a}, {name: b}, {name: c} ]\n"},
		{"flow, all", "# API\n{openapi: 3.0.3, paths: {}}", "# API\n{openapi: 3.0.3, paths: {}, tags: [{name: a}, {name: b}, {name: c}]}"},
		{"JSON, one line", `{"openapi":"3.0.3","paths":{}}`, `{"openapi":"3.0.3","paths":{}, "tags":[{"name":"a"}, {"name":"b"}, {"name":"c"}]}`},
		{"JSON, empty", `{"tags": [ ], "openapi": "3.0.3"}`, `{"tags": [{"name": "a"}, {"name": "b"}, {"name": "c"}], "openapi": "3.0.3"}`},
		{"JSON, lines", "{\n\t\"openapi\": \"3.0.3\",\n\t\"paths\": {}\n}\n", "{\n\t\"openapi\": \"3.0.3\",\n\t\"paths\": {},\n\t\"tags\": [\n\t\t{\n\t\t\t\"name\": \"a\"\n\t\t},\n\t\t{\n\t\t\t\"name\": \"b\"\n\t\t},\n\t\t{\n\t\t\t\"name\": \"c\"\n\t\t}\n\t]\n}\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse("api", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			e := &edit.Editor{}
			var fixes []*check.Fix
			for _, name := range []string{"a", "b", "b", "c"} {
				fixes = append(fixes, edit.Fix("add", e.Add(doc.Root(), "tags", edit.Object{{Key: "name", Value: name}})))
			}
			texts := fix.New(func(string) (string, error) { return tt.text, nil })
			for i, o := range texts.Apply(fixes) {
				if !o.Applied || o.Err != nil {
					t.Errorf("the %d. is not applied: %v", i+1, o.Err)
				}
			}
			got, _ := texts.Text("api")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			// One of them alone is the fix that somebody takes in an editor.
			alone, err := fix.Apply(tt.text, fixes[0].Edits)
			if err != nil {
				t.Fatal(err)
			}
			again, err := openapi.Parse("api", []byte(alone))
			if err != nil {
				t.Fatal(err)
			}
			tags := again.Root().Get("tags").Children()
			if name := tags[len(tags)-1].Get("name").Text(); name != "a" || len(tags) != doc.Root().Get("tags").Len()+1 {
				t.Errorf("alone it made %q", alone)
			}
		})
	}
}
