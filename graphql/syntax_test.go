package graphql_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// lines writes findings as "line:column element: message".
func lines(findings []check.Finding) []string {
	var out []string
	for _, f := range findings {
		at := f.Location
		out = append(out, fmt.Sprintf("%d:%d %s: %s", at.Line, at.Column, at.Element, f.Message))
	}
	return out
}

func TestSyntaxErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"no type", "type A { a: }", []string{`1:13 A: expected a type, found "}"`}},
		{"no colon, CRLF", "type A {\r\n  a Int\r\n}", []string{`2:5 A: expected ":", found "Int"`}},
		{"not closed", "type A { a: Int", []string{`1:16 A: expected a name or "}", found the end of the file`}},
		{"brace too many", "type A { a: Int } }", []string{`1:19 A: expected a definition, found "}"`}},
		{"default of a field", "type A { a: Int = 3 }", []string{`1:17 A: expected a name or "}", found "="`}},
		{"argument list not closed", "type A { a(b: Int: C }", []string{`1:18 A: expected a name or ")", found ":"`}},
		{"no arguments", "type A { a(): Int }", []string{`1:12 A: expected a name, found ")"`}},
		{"list not closed", "type A { a: [Int }", []string{`1:18 A: expected "]", found "}"`}},
		{"two bangs", "type A { a: Int!! }", []string{`1:17 A: expected a name or "}", found "!"`}},
		{"operation", "query { a }", []string{`1:1 : expected the definition of a type, a directive or the schema, found "query"`}},
		{"variable", "type A { a(b: Int = $c): Int }", []string{`1:21 A: expected a value, found "$"`}},
		{"directive location", "directive @a on FOO", []string{`1:17 @a: expected a directive location, found "FOO"`}},
		{"directive without location", "directive @a(b: Int) on\n", []string{`2:1 @a: expected a name, found the end of the file`}},
		{"root", "schema { foo: Bar }", []string{`1:10 : expected query, mutation or subscription, found "foo"`}},
		{"implements nothing", "type A implements { a: Int }", []string{`1:19 A: expected a name, found "{"`}},
		{"union of nothing", "union U =", []string{`1:10 U: expected a name, found the end of the file`}},
		{"bare extend", "extend", []string{`1:7 : expected type, interface, union, enum, input, scalar or schema, found the end of the file`}},
		{"empty extend", "extend type A", []string{`1:14 A: expected what the extension adds, found the end of the file`}},
		{"described extend", `"d" extend type A { a: Int }`, []string{`1:1 A: expected the definition of a type, a directive or the schema, found a string`}},
		{"string not closed", "type A { a: \"x }\n}", []string{`1:13 A: expected the closing quote of the string that begins here, found the end of the line`}},
		{"block not closed", "type B { b: Int }\n\"\"\"abc\n\ntype A { a: Int }", []string{`2:1 : expected the closing quote of the string that begins here, found the end of the file`}},
		{"escape", `type A { a: Int @d(e: "\q") }`, []string{`1:24 A: invalid escape sequence in a string`}},
		{"character", "# Ünïcödé\ntype A { \"日本\" a: Int é }", []string{`2:22 A: unexpected character 'é'`}},
		{"number", "input A { a: Int = 01 }", []string{`1:21 A: expected a digit, found '1'`}},
		{"byte order mark", "\ufefftype A { 1: Int }", []string{`1:11 A: expected a name or "}", found "1"`}},
		{
			"several", "type A {\n  a: Int\n\ntype B { b: Int }\n\n\"About C.\"\ntype C {\n  c Int\n}\ntype D { d: Int }\nextend type C { d }\n",
			[]string{`4:1 A: expected a name or "}", found "type"`, `8:5 C: expected ":", found "Int"`, `11:19 C: expected ":", found "}"`},
		},
		{"empty", "", []string{"1:1 : is empty; expected a GraphQL schema"}},
		{"blank", "\ufeff \r\n\t", []string{"1:1 : is empty; expected a GraphQL schema"}},
		{"HTML", "\n <!DOCTYPE html>\n<html></html>", []string{"2:2 : expected SDL or introspection JSON, found HTML"}},
		{"XML", "<schema/>", []string{"1:1 : expected SDL or introspection JSON, found markup"}},
		{"UTF-16", "\xff\xfet\x00y\x00", []string{"1:1 : is in UTF-16; expected UTF-8"}},
		{"NUL", "type A {\n\x00", []string{"2:1 : has a NUL byte, as binary data has; expected a GraphQL schema"}},
		{"Latin-1", "type A { a: Int }\n# caf\xe9", []string{"2:6 : byte 0xE9 is not UTF-8"}},
		{"deep types", "type A { a: " + strings.Repeat("[", 10_000), []string{"1:512 : brackets nest deeper than 500 levels"}},
		{"deep values", "input A { a: B = " + strings.Repeat("{x:[", 10_000), []string{"1:1017 : brackets nest deeper than 500 levels"}},
		{"list", "[]", []string{"1:1 : expected the result of an introspection query, an object, found a list"}},
		{"another object", `{"openapi": "3.1.0"}`, []string{`1:1 : expected the result of an introspection query, an object with the key "__schema" or "data", found an object with the key "openapi"`}},
		{"empty object", "\n {}", []string{`2:2 : expected the result of an introspection query, an object with the key "__schema" or "data", found an empty object`}},
		{"half an object", `{"data": {`, []string{"1:11 /data: invalid JSON: the file ends within a value"}},
		{"errors only", `{"data": null, "errors": [{"message": "no\nway"}]}`, []string{"1:27 : the response has no schema but an error: no way"}},
		{"number for a name", `{"__schema": {"types": [{"name": 1}]}}`, []string{"1:34 /__schema/types/0/name: expected a string, found a number"}},
		{"kind", `{"__schema": {"types": [{"kind": "STRUCT", "name": "A"}]}}`, []string{"1:35 /__schema/types/0/kind: expected the kind of a type, such as OBJECT, found STRUCT"}},
		{"nameless", `{"__schema": {"types": [{"kind": "ENUM"}]}}`, []string{"1:25 /__schema/types/0: expected a type with a name, found one without"}},
		{"types as object", `{"__schema": {"types": {}}}`, []string{"1:24 /__schema/types: expected a list, found an object"}},
		{"text after the end", `{"__schema": {"types": []}} x`, []string{"1:29 : expected the end of the file, found 'x'"}},
		{"not JSON", "{\n __schema: 1}", []string{"2:2 : invalid JSON: invalid character '_' at start of value"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			schema, err := graphql.Parse(graphql.File{Name: "a.graphql", Data: []byte(tt.text)})
			if schema != nil || err == nil {
				t.Fatalf("Parse = %v, %v, want an error", schema, err)
			}
			found := graphql.Findings(err)
			if diff := cmp.Diff(tt.want, lines(found)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			for _, f := range found {
				if f.Rule != "graphql-parse" || f.Severity != check.Error || f.Location.File != "a.graphql" || f.Fingerprint == "" {
					t.Errorf("finding = %+v", f)
				}
			}
		})
	}
}

func TestErrorText(t *testing.T) {
	t.Parallel()
	_, err := graphql.Parse(graphql.File{Name: "a.graphql", Data: []byte("type A {")})
	var e *graphql.Error
	if !errors.As(err, &e) {
		t.Fatalf("error = %v, want an *Error", err)
	}
	if got, want := e.Error(), `a.graphql:1:9: expected a name or "}", found the end of the file`; got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if e.Unwrap() == nil {
		t.Error("Unwrap() = nil, want the parser's error")
	}
}

// TestTooLarge gives what is beyond all limits: it must end in an error, and
// soon.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text, want string }{
		{"bytes", strings.Repeat("x", graphql.MaxBytes+1), "1:1 : has more than 32 MiB; expected a GraphQL schema"},
		{"noise", strings.Repeat("\x8f\xa1z", 1<<20), "1:1 : byte 0x8F is not UTF-8"},
		{"tokens", "enum E {" + strings.Repeat("a ", graphql.MaxTokens), "1:2000003 : the schema has more than 1000000 tokens"},
		{"comments", strings.Repeat("#\n", graphql.MaxTokens+1), "1000001:1 : the schema has more than 1000000 tokens"},
		{"objects", `{"__schema": {"types": [` + strings.Repeat(`{"kind":"ENUM","name":"a"},`, graphql.MaxTokens), "1:13499971 : the schema has more than 500000 objects"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := graphql.Parse(graphql.File{Name: "a", Data: []byte(tt.text)})
			if diff := cmp.Diff([]string{tt.want}, lines(graphql.Findings(err))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"api/schema.graphql":       {Data: []byte("type Query { a: A }")},
		"api/types/a.graphql":      {Data: []byte("type A { b: B }")},
		"api/types/deep/b.graphql": {Data: []byte("type B { c: Int }")},
		"api/types/broken.txt":     {Data: []byte("type A {")},
		"api/README.md":            {Data: []byte("# API")},
		"odd[1].graphql":           {Data: []byte("type Query { a: Int }")},
	}
	for _, tt := range []struct {
		name    string
		names   []string
		types   []string
		sources []string
		want    []string
	}{
		{"one", []string{"odd[1].graphql"}, []string{"Query"}, []string{"odd[1].graphql"}, nil},
		{
			"all depths", []string{"api/schema.graphql", "api/**/*.graphql"},
			[]string{"Query", "A", "B"},
			[]string{"api/schema.graphql", "api/types/a.graphql", "api/types/deep/b.graphql"}, nil,
		},
		{"one depth", []string{"api/*.graphql", "api/t*/?.graphql"}, []string{"Query", "A"}, []string{"api/schema.graphql", "api/types/a.graphql"}, nil},
		{"missing", []string{"api/none.graphql"}, nil, nil, []string{"1:1 : does not exist; expected a GraphQL schema"}},
		{"no match", []string{"api/*.gql"}, nil, nil, []string{"1:1 : matches no file; expected a GraphQL schema"}},
		{"folder", []string{"api"}, nil, nil, []string{"1:1 : is a directory; expected a GraphQL schema"}},
		{
			"several broken", []string{"api/none.graphql", "api/types/broken.txt", "api/README.md", "api/schema.graphql"}, nil, nil,
			[]string{
				"1:1 : does not exist; expected a GraphQL schema",
				`1:9 A: expected a name or "}", found the end of the file`,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := graphql.Load(t.Context(), fsys, tt.names...)
			if diff := cmp.Diff(tt.want, lines(graphql.Findings(err))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if err != nil {
				return
			}
			var types, sources []string
			for _, typ := range s.Types {
				types = append(types, typ.Name)
			}
			for _, src := range s.Sources() {
				sources = append(sources, src.Name())
			}
			if diff := cmp.Diff(tt.types, types); diff != "" {
				t.Errorf("types (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.sources, sources); diff != "" {
				t.Errorf("sources (-want +got):\n%s", diff)
			}
		})
	}
	if _, err := graphql.Load(t.Context(), fsys); err == nil {
		t.Error("Load of no file gives no error")
	}
	if _, err := graphql.Load(t.Context(), fsys, "["); err == nil {
		t.Error("Load of a bad pattern gives no error")
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	s, err := graphql.Read(strings.NewReader("type Query { a: Int }"), "-")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Query.Location().File; got != "-" {
		t.Errorf("file = %q, want %q", got, "-")
	}
	_, err = graphql.Read(bytes.NewReader(make([]byte, graphql.MaxBytes+1)), "-")
	if diff := cmp.Diff([]string{"1:1 : has more than 32 MiB; expected a GraphQL schema"}, lines(graphql.Findings(err))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
