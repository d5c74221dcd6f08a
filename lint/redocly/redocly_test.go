package redocly_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/redocly"
	"github.com/plumbapi/plumb/openapi"
)

const bikes = `openapi: 3.0.3
info: {title: Bikes, version: "1"}
paths:
  /bikes/{id}:
    get:
      operationId: bike
      responses: {"200": {description: One}}
`

func run(t *testing.T, files fstest.MapFS, name string) []string {
	t.Helper()
	config, err := (&redocly.Loader{FS: files}).Load("redocly.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Parse(name, []byte(bikes))
	if err != nil {
		t.Fatal(err)
	}
	rep, err := check.Run(t.Context(), config.For(name).Rules(doc.Version()), doc, check.Policy{Ignores: config.For(name).Ignores()})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range rep.Findings {
		got = append(got, f.Rule+" "+f.Location.Element)
	}
	return got
}

func TestFor(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"redocly.yaml":     {Data: []byte("rules: {path-parameters-defined: error, operation-summary: warn}\napis:\n  b@v1: {root: b.yaml, rules: {operation-summary: off}}\n")},
		redocly.IgnoreName: {Data: []byte("c.yaml:\n  operation-summary: ['#/paths/~1bikes~1{id}/get/summary']\n")},
	}
	defined := "path-parameters-defined /paths/~1bikes~1{id}/get/parameters"
	for name, want := range map[string][]string{
		"a.yaml": {"operation-summary /paths/~1bikes~1{id}/get/summary", defined},
		"b.yaml": {defined},
		"c.yaml": {defined},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(want, run(t, files, name)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"severity", "rules:\n  struct: bad\n", `redocly.yaml:2:11: severity "bad"`},
		{"ruleset", "extends: [recommendet]\n", `did you mean "recommended"`},
		{"assertion", "rules:\n  rule/a: {subject: {type: Info, property: title}, assertions: {patern: x}}\n", `did you mean "pattern"`},
		{"kind", "rules:\n  rule/a: {subject: {type: Informations}, assertions: {}}\n", "there is no kind of object"},
		{"circle", "extends: [./redocly.yaml]\n", "extends itself"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := (&redocly.Loader{FS: fstest.MapFS{"redocly.yaml": {Data: []byte(tt.text)}}}).Load("redocly.yaml")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want …%s…", err, tt.want)
			}
		})
	}
}
