package graphql_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
)

// introspected has something of all that introspection tells.
const introspected = `{"errors": [{"message": "m"}], "data": {"__schema": {"description": "d", "queryType": {"name": "Q"},
"mutationType": null, "subscriptionType": {"name": "S"}, "types": [
{"kind": "OBJECT", "name": "Q", "description": "\u00e9\n", "fields": [{"name": "f", "isDeprecated": true, "deprecationReason": null,
 "args": [{"name": "a", "type": {"kind": "INPUT_OBJECT", "name": "N", "ofType": null}, "defaultValue": "{b: [1, \"x\", E, null, true, 1.5, {}]}"}],
 "type": {"kind": "NON_NULL", "ofType": {"kind": "LIST", "ofType": {"kind": "OBJECT", "name": "Q"}}}}], "interfaces": [{"name": "I"}]},
{"kind": "INTERFACE", "name": "I", "fields": [], "possibleTypes": [{"name": "Q"}], "interfaces": null},
{"kind": "UNION", "name": "U", "possibleTypes": [{"kind": "OBJECT", "name": "Q"}]},
{"kind": "INPUT_OBJECT", "name": "N", "isOneOf": true, "inputFields": [{"name": "b", "type": {"kind": "SCALAR", "name": "Int"}}]},
{"kind": "ENUM", "name": "E", "enumValues": [{"name": "V", "isDeprecated": false}]},
{"kind": "SCALAR", "name": "D", "specifiedByURL": "u"}],
"directives": [{"name": "d", "locations": ["FIELD"], "isRepeatable": true, "args": []}, {"name": "o", "onField": true}]}}}`

// FuzzParse parses anything. It must not panic; an error must have findings
// with places; a schema must know where its elements stand, find them by
// their coordinates, and survive being printed.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds in testdata: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		if len(data) < 8<<10 { // mutations of small inputs get further
			f.Add(data)
		}
	}
	f.Add([]byte(placed))
	f.Add([]byte(introspected))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(placed, "\n", "\r\n")))
	for _, tt := range problems {
		f.Add([]byte(tt.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := graphql.Parse(graphql.File{Name: "f", Data: data})
		if err != nil {
			found := graphql.Findings(err)
			if s != nil || len(found) == 0 {
				t.Fatalf("Parse = %v, %v, want no schema and an *Error", s, err)
			}
			for _, p := range found {
				if p.Location.Line < 1 || p.Location.Column < 1 || p.Message == "" || strings.Contains(p.Message, "syntax error") {
					t.Errorf("finding = %+v", p)
				}
			}
			return
		}
		for _, p := range s.Problems() {
			if p.Location.Line < 1 || p.Location.Column < 1 || p.Message == "" || p.Location.File != "f" {
				t.Errorf("problem = %+v", p)
			}
		}
		sdl := s.Sources()[0].Text()
		isSDL := strings.IndexByte("{[", strings.TrimLeft(strings.TrimPrefix(sdl, "\ufeff"), " \t\r\n")[0]) < 0
		for e := range s.Elements() {
			checkElement(t, s, e, sdl, isSDL)
		}
		roundTrip(t, s)
	})
}

func checkElement(t *testing.T, s *graphql.Schema, e graphql.Element, text string, isSDL bool) {
	t.Helper()
	n := e.Base()
	start, end := n.NameSpan()
	if got := text[start:end]; isSDL && got != n.Name {
		t.Errorf("%s: name stands at %q", e.Coordinate(), got)
	}
	from, to := n.Span()
	if from > start || end > to {
		t.Errorf("%s: name at %d-%d is not in %d-%d", e.Coordinate(), start, end, from, to)
	}
	if at := e.Location(); at.Line < 1 || at.Column < 1 || at.EndLine < at.Line {
		t.Errorf("%s: place = %+v", e.Coordinate(), at)
	}
	if isSDL {
		if got, ok := s.Lookup(e.Coordinate()); !ok || got != e {
			t.Errorf("Lookup(%q) = %v, %v", e.Coordinate(), got, ok)
		}
	}
	for _, d := range n.Directives {
		from, to := d.Span()
		if !strings.HasPrefix(text[from:to], "@") {
			t.Errorf("%s: directive %s stands at %q", e.Coordinate(), d, text[from:to])
		}
	}
}

// roundTrip prints a schema and parses what was printed, where its names
// allow that.
func roundTrip(t *testing.T, s *graphql.Schema) {
	t.Helper()
	for _, p := range s.Problems() {
		switch p.Rule {
		case "graphql-invalid-name", "graphql-unknown-type", "graphql-invalid-default":
			return
		}
	}
	sdl := s.SDL()
	if strings.TrimSpace(sdl) == "" {
		return
	}
	again, err := graphql.Parse(graphql.File{Name: "f", Data: []byte(sdl)})
	if err != nil {
		t.Fatalf("parse what was printed: %v\n%s", err, sdl)
	}
	if diff := cmp.Diff(sdl, again.SDL()); diff != "" {
		t.Errorf("second print (-first +second):\n%s", diff)
	}
}
