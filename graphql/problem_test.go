package graphql_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// describe writes problems as "rule line:column element: message (related)".
func describe(problems []check.Finding) []string {
	var out []string
	for _, p := range problems {
		s := strings.TrimPrefix(p.Rule, "graphql-") + " " + lines([]check.Finding{p})[0]
		for _, r := range p.Related {
			s += fmt.Sprintf(" (%s at %d:%d)", r.Message, r.Location.Line, r.Location.Column)
		}
		out = append(out, s)
	}
	return out
}

// problems has a case or more for each rule. A text without a query type has
// one before it: type Query.
var problems = []struct {
	name, text string
	want       []string
}{
	{"sound", "type A { a: Int }", nil},
	{"duplicate-type", "type A { a: Int }\nenum A { B }", []string{`duplicate-type 2:6 A: type "A" is already defined (the first definition at 1:6)`}},
	{"duplicate-field", "type A { a: Int a: String! }", []string{`duplicate-field 1:17 A.a: field "a" is already defined in "A" (the first definition at 1:10)`}},
	{"duplicate-field by extension", "type A { a: Int }\nextend type A { a: Int }", []string{`duplicate-field 2:17 A.a: field "a" is already defined in "A" (the first definition at 1:10)`}},
	{"duplicate-field of an input", "input A { a: Int a: Int a: Int }", []string{
		`duplicate-field 1:18 A.a: field "a" is already defined in "A" (the first definition at 1:11)`,
		`duplicate-field 1:25 A.a: field "a" is already defined in "A" (the first definition at 1:11)`,
	}},
	{"duplicate-argument", "type A { a(b: Int, b: Int): Int }\ndirective @d(e: Int e: Int) on FIELD", []string{
		`duplicate-argument 1:20 A.a(b:): argument "b" is already defined in "A.a" (the first definition at 1:12)`,
		`duplicate-argument 2:21 @d(e:): argument "e" is already defined in "@d" (the first definition at 2:14)`,
	}},
	{"duplicate-enum-value", "enum A { B C B }", []string{`duplicate-enum-value 1:14 A.B: enum value "B" is already defined in "A" (the first definition at 1:10)`}},
	{"duplicate-member", "union A = B | B type B implements C & C { a: Int } interface C { a: Int }", []string{
		`duplicate-member 1:15 A: union "A" has the member "B" twice (the first definition at 1:11)`,
		`duplicate-member 1:39 B: "B" implements "C" twice (the first definition at 1:35)`,
	}},
	{"duplicate-directive", "directive @d on FIELD\ndirective @d on QUERY", []string{`duplicate-directive 2:12 @d: directive "@d" is already defined (the first definition at 1:12)`}},
	{"duplicate-schema", "schema { query: Query query: A }\nschema { mutation: A }\nextend schema { query: A } type A { a: Int }", []string{
		`duplicate-schema 1:30 : the query type is already given (the first definition at 1:17)`,
		`duplicate-schema 2:1 : the schema is already defined (the first definition at 1:1)`,
		`duplicate-schema 3:24 : the query type is already given (the first definition at 1:17)`,
	}},
	{"unknown-type", "type A implements I { a(b: [B!]): [C]! }\nunion U = D\nextend input E { a: F }\nextend schema { mutation: G }", []string{
		`unknown-type 1:19 A: type "I" is not defined`,
		`unknown-type 1:28 A.a(b:): type "B" is not defined`,
		`unknown-type 1:35 A.a: type "C" is not defined`,
		`unknown-type 2:11 U: type "D" is not defined`,
		`unknown-type 3:14 E: type "E" is extended but not defined`,
		`unknown-type 3:21 E.a: type "F" is not defined`,
		`unknown-type 4:27 : mutation type "G" is not defined`,
	}},
	{"unknown-directive", "type A @a { b(c: Int @c): Int @b }\nextend directive @e @f", []string{
		`unknown-directive 1:9 A: directive "@a" is not defined`,
		`unknown-directive 1:23 A.b(c:): directive "@c" is not defined`,
		`unknown-directive 1:32 A.b: directive "@b" is not defined`,
		`unknown-directive 2:19 @e: directive "@e" is extended but not defined`,
	}},
	{
		"imported by link",
		`extend schema @link(url: "https://specs.example.org/v2.0", import: ["@key", {name: "@a", as: "@b"}, "Set"])
type A @key(fields: "id") @b @link__c { id: ID! s: Set t: link__T }`, nil,
	},
	{"invalid-kind", "type A implements A & Query { a(b: A): N }\ninput N { c: A d: U }\nunion U = I | N\ninterface I { a: Int }\nextend enum A { X }\nextend schema { mutation: N }", []string{
		`invalid-kind 1:19 A: "A" implements "A", which is an object type, not an interface`,
		`invalid-kind 1:23 A: "A" implements "Query", which is an object type, not an interface`,
		`invalid-kind 1:36 A.a(b:): type "A" of an argument is an object type`,
		`invalid-kind 1:40 A.a: type "N" of a field is an input object`,
		`invalid-kind 2:14 N.c: type "A" of an input field is an object type`,
		`invalid-kind 2:19 N.d: type "U" of an input field is a union`,
		`invalid-kind 3:11 U: member "I" of union "U" is an interface, not an object type`,
		`invalid-kind 3:15 U: member "N" of union "U" is an input object, not an object type`,
		`invalid-kind 5:13 A: type "A" is extended as if it were enum (the first definition at 1:6)`,
		`invalid-kind 6:27 : mutation type "N" is an input object, not an object type`,
	}},
	{"invalid-directive", `directive @d(a: Int! b: E = X) on OBJECT
enum E { X }
type A @d(a: 1) @d(a: 2) { f: Int @d(a: 1) }
type B @d { f: Int @deprecated(reason: 1, since: "2") }
type C @d(a: null, a: 3, b: Y) { f: Int }`, []string{
		`invalid-directive 3:18 A: directive "@d" is used twice and not repeatable (the first definition at 3:9)`,
		`invalid-directive 3:36 A.f: directive "@d" is not for FIELD_DEFINITION`,
		`invalid-directive 4:9 B: argument "a" of "@d" is missing`,
		`invalid-directive 4:32 B.f: argument "reason" of "@deprecated": 1 is no value of String`,
		`invalid-directive 4:43 B.f: directive "@deprecated" has no argument "since"`,
		`invalid-directive 5:11 C: argument "a" of "@d": null is no value of Int!`,
		`invalid-directive 5:20 C: argument "a" of "@d" is given twice`,
		`invalid-directive 5:26 C: argument "b" of "@d": Y is no value of E`,
	}},
	{"older definition of a built-in", "directive @deprecated(reason: String, by: String) on FIELD_DEFINITION\ntype A { f(a: Int @deprecated): Int @deprecated(by: \"x\") }", nil},
	{"invalid-default", `enum E { X }
scalar S
input N { a: Int! b: [Int] = 1 c: E = X d: S = {e: [1]} }
type A { f(
 a: Int = "1", b: Int = 3000000000, c: [String] = ["x", 2], d: E = Y, e: N = {b: [null], a: null}
 f: N = {} g: N = {a: 1, z: 2} h: N = {a: 1, a: 2} i: Boolean! = null j: ID = 1, k: Float = 1, l: N = 3
 m: E = "X", n: ID = 1.5, o: Boolean = TRUE
): Int }`, []string{
		`invalid-default 5:11 A.f(a:): default value of "a": "1" is no value of Int`,
		`invalid-default 5:25 A.f(b:): default value of "b": 3000000000 is no value of Int`,
		`invalid-default 5:51 A.f(c:): default value of "c": 2 is no value of String`,
		`invalid-default 5:68 A.f(d:): default value of "d": Y is no value of E`,
		`invalid-default 5:78 A.f(e:): default value of "e": null is no value of Int!`,
		`invalid-default 6:9 A.f(f:): default value of "f": field "a" of N is missing`,
		`invalid-default 6:19 A.f(g:): default value of "g": N has no field "z"`,
		`invalid-default 6:39 A.f(h:): default value of "h": field "a" is given twice`,
		`invalid-default 6:66 A.f(i:): default value of "i": null is no value of Boolean!`,
		`invalid-default 6:103 A.f(l:): default value of "l": 3 is no value of N`,
		`invalid-default 7:9 A.f(m:): default value of "m": "X" is no value of E`,
		`invalid-default 7:22 A.f(n:): default value of "n": 1.5 is no value of ID`,
		`invalid-default 7:40 A.f(o:): default value of "o": TRUE is no value of Boolean`,
	}},
	{"invalid-one-of", "input A @oneOf { a: Int! b: Int = 1 c: Int }", []string{
		`invalid-one-of 1:18 A.a: field "a" of a one-of input object is non-null`,
		`invalid-one-of 1:26 A.b: field "b" of a one-of input object has a default value`,
	}},
	{"interface-not-satisfied", `interface I { a(b: Int c: Int): [J!] d: U e: String }
interface J implements I { a(b: Int c: Int): [J!] d: U e: String }
union U = A | B
type A implements J { a(b: Int! d: Int! e: Int): [A]! d: B e: Int! }
type B implements I & J { a(b: Int c: Int f: Int! = 1): [B!]! d: A e: String! }
type C implements I { a(b: Int c: Int): I d: C }`, []string{
		`interface-not-satisfied 4:19 A: "A" implements "J" without "I", which that implements`,
		`interface-not-satisfied 4:23 A.a: field "a" lacks the argument "c" of interface "J"`,
		`interface-not-satisfied 4:28 A.a(b:): type "Int!" of argument "b" is not "Int" as in interface "J"`,
		`interface-not-satisfied 4:33 A.a(d:): argument "d" is required, and interface "J" does not have it`,
		`interface-not-satisfied 4:50 A.a: type "[A]!" of field "a" does not fit "[J!]" of interface "J"`,
		`interface-not-satisfied 4:63 A.e: type "Int!" of field "e" does not fit "String" of interface "J"`,
		`interface-not-satisfied 6:19 C: "C" lacks the field "e" of interface "I"`,
		`interface-not-satisfied 6:41 C.a: type "I" of field "a" does not fit "[J!]" of interface "I"`,
		`interface-not-satisfied 6:46 C.d: type "C" of field "d" does not fit "U" of interface "I"`,
	}},
	{"cycle", `interface I implements J { a: Int }
interface J implements K { a: Int }
interface K implements I & J { a: Int }
interface L implements L { a: Int }
input A { b: B! c: A d: [A!]! }
input B { a: C! }
input C { a: A! c: C! = {} }`, []string{
		`cycle 1:24 I: interface "I" implements itself through "J"`,
		`interface-not-satisfied 1:24 I: "I" implements "J" without "K", which that implements`,
		`cycle 2:24 J: interface "J" implements itself through "K"`,
		`interface-not-satisfied 2:24 J: "J" implements "K" without "I", which that implements`,
		`cycle 3:24 K: interface "K" implements itself through "I"`,
		`cycle 4:24 L: interface "L" implements itself through "L"`,
		`cycle 7:11 C.a: input object "A" requires itself through field "a"`,
		`invalid-default 7:25 C.c: default value of "c": field "a" of C is missing`,
	}},
	{"missing-query-root", "# none\nscalar S", []string{"missing-query-root 1:1 : the schema has no query type"}},
	{"missing-query-root in a definition", "\nschema { mutation: M } type M { a: Int }", []string{"missing-query-root 2:1 : the schema has no query type"}},
	{"empty-type", "type A\ntype B {}\ninterface C { }\nenum D {}\nunion U\ninput E @a {\n}\ndirective @a on INPUT_OBJECT\nscalar S\ntype X\nextend type X { a: Int }", []string{
		`empty-type 1:6 A: type "A" has no fields`,
		`empty-type 2:6 B: type "B" has no fields`,
		`empty-type 3:11 C: interface "C" has no fields`,
		`empty-type 4:6 D: enum "D" has no values`,
		`empty-type 5:7 U: union "U" has no members`,
		`empty-type 6:7 E: input "E" has no fields`,
	}},
	{"invalid-name", "type __A { __b(__c: Int): Int }\nenum E { true __F }\ndirective @__d on FIELD", []string{
		`invalid-name 1:6 __A: name "__A" is reserved for introspection`,
		`invalid-name 1:12 __A.__b: name "__b" is reserved for introspection`,
		`invalid-name 1:16 __A.__b(__c:): name "__c" is reserved for introspection`,
		`invalid-name 2:10 E.true: "true" cannot be the name of an enum value`,
		`invalid-name 2:15 E.__F: name "__F" is reserved for introspection`,
		`invalid-name 3:12 @__d: name "__d" is reserved for introspection`,
	}},
	{"deprecated-required", "type A { f(a: Int! @deprecated, b: Int! = 1 @deprecated, c: Int @deprecated): Int }\ninput N { a: Int! @deprecated }", []string{
		`deprecated-required 1:12 A.f(a:): argument "a" is required and deprecated`,
		`deprecated-required 2:11 N.a: input field "a" is required and deprecated`,
	}},
	{"redefined built-ins", "extend scalar Float @specifiedBy(url: \"x\")\nscalar ID\nscalar Int\ntype __Type { a: Int }\ndirective @skip(if: Boolean!) on FIELD\ndirective @skip on QUERY", nil},
	{"response-errors", `{"errors": [{"message": "slow"}], "data": {"__schema": {"queryType": {"name": "Q"},
"types": [{"kind": "OBJECT", "name": "Q", "fields": [{"name": "f", "type": {"kind": "SCALAR", "name": "Int"}}]}]}}}`, []string{
		"response-errors 1:13 : the response has an error beside its data: slow",
	}},
	{"introspection", `{"__schema": {"queryType": {"name": "Q"}, "mutationType": {"name": "M"}, "types": [
{"kind": "OBJECT", "name": "Q", "fields": [
 {"name": "f f", "type": {"kind": "LIST", "ofType": {"kind": "NON_NULL", "ofType": null}}},
 {"name": "g", "type": {"kind": "SCALAR", "name": "Int"}, "args": [
  {"name": "a", "type": {"kind": "SCALAR", "name": "Int"}, "defaultValue": "[1"},
  {"name": "b", "type": {"kind": "SCALAR", "name": "Int"}, "defaultValue": "\"x\""}]}]}]}}`, []string{
		`unknown-type 1:69 : mutation type "M" is not defined`,
		`invalid-name 3:12 Q.f f: "f f" is no name`,
		`unknown-type 3:26 Q.f f: the type is cut off: the introspection query did not go deep enough`,
		`invalid-default 5:77 Q.g(a:): default value of "a" cannot be read: expected a value in the value "[1", found <EOF>`,
		`invalid-default 6:77 Q.g(b:): default value of "b": "x" is no value of Int`,
	}},
}

func TestProblems(t *testing.T) {
	t.Parallel()
	for _, tt := range problems {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			files := []graphql.File{{Name: "a.graphql", Data: []byte(tt.text)}}
			if !strings.HasPrefix(tt.name, "missing") && tt.text[0] != '{' {
				files = append(files, graphql.File{Name: "query.graphql", Data: []byte("type Query { q: Int }")})
			}
			s, err := graphql.Parse(files...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, describe(s.Problems())); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			seen := map[string]bool{}
			for _, p := range s.Problems() {
				if seen[p.Fingerprint] && !strings.HasPrefix(p.Rule, "graphql-duplicate") {
					t.Errorf("fingerprint of %q is not its own", p.Message)
				}
				seen[p.Fingerprint] = true
			}
		})
	}
}

// TestProblemRules looks at what describes the rules, and that each has a
// case.
func TestProblemRules(t *testing.T) {
	t.Parallel()
	cases := map[string]bool{"parse": true}
	for _, tt := range problems {
		for _, w := range tt.want {
			rule, _, _ := strings.Cut(w, " ")
			cases[rule] = true
		}
	}
	var ids []string
	for _, m := range graphql.ProblemRules() {
		ids = append(ids, m.ID)
		id, ok := strings.CutPrefix(m.ID, "graphql-")
		if !ok || !cases[id] {
			t.Errorf("rule %q has no case", m.ID)
		}
		if !strings.HasSuffix(m.Summary, ".") || m.Rationale == "" || m.Severity != check.Error || m.Since == "" || m.Tags == nil || m.Aliases == nil {
			t.Errorf("rule %q is not whole: %+v", m.ID, m)
		}
	}
	if slices.Sort(ids); len(slices.Compact(ids)) != len(graphql.ProblemRules()) {
		t.Errorf("rules have equal names: %v", ids)
	}
}

// TestProblemsAreBounded gives schemas whose problems, or the work of finding
// them, grow with the square of their size.
func TestProblemsAreBounded(t *testing.T) {
	t.Parallel()
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "$", fmt.Sprint(i)))
		}
		return b.String()
	}
	for _, tt := range []struct{ name, text string }{
		{"fields times types", "interface I {" + many(50_000, "f$:A ") + "}" + many(50_000, "type T$ implements I{a:A}")},
		{"interfaces of interfaces", many(400, "interface I$ implements "+many(400, "&I$")+"{a:A}")},
		{"defaults", "input I {" + many(50_000, "f$:A! ") + "} type T{a(" + many(50_000, "a$:I={} ") + "):Int}"},
		{"enum defaults", "enum E {" + many(100_000, "E$ ") + "} type T{a(" + many(50_000, "a$:E=E99999 ") + "):Int}"},
		{"chain of inputs", many(50_000, "input I$ { a: I$!, b: I0! }")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, "a.graphql", tt.text)
			if n := len(s.Problems()); n == 0 || n > 10_001 {
				t.Errorf("problems = %d, want some and not more than 10,001", n)
			}
		})
	}
}
