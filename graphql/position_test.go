package graphql_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// places writes where an element's name, its whole definition and its
// description stand.
func places(e graphql.Element) string {
	text := e.Base().Source().Text()
	start, end := e.Base().Span()
	at, whole := e.Location(), e.Extent()
	out := fmt.Sprintf("%d:%d-%d:%d in %d:%d-%d:%d %q", at.Line, at.Column, at.EndLine, at.EndColumn,
		whole.Line, whole.Column, whole.EndLine, whole.EndColumn, text[start:end])
	if start, end := e.Base().DescriptionSpan(); end > 0 {
		out += fmt.Sprintf(" doc %q", text[start:end])
	}
	return out
}

const placed = `"🙂 é"
type Query @d(x: {a: [1]}) {
  a: Int
  "é" b("日本" c: Int = 3, d: [E!]! = [X] @d): [[Int!]]! @deprecated e: E
}
extend type Query @e { f: I }
enum E { "" X @deprecated(reason: "no")  Y }
input N { a: String = "x" b: String = "y" "c" c: N }
scalar S
union U @e = | Query
  | E
directive @d(x: X, y: Int) repeatable on OBJECT
extend schema @e { query: Query }
interface I implements & J & K { f: I } # the end
`

func TestPlaces(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"":            `13:8-13:14 in 13:1-13:34 "extend schema @e { query: Query }"`,
		"Query":       "2:6-2:11 in 1:1-5:2 " + fmt.Sprintf("%q", placed[:strings.Index(placed, "extend")-1]) + ` doc "\"🙂 é\""`,
		"Query.a":     `3:3-3:4 in 3:3-3:9 "a: Int"`,
		"Query.b":     `4:7-4:8 in 4:3-4:67 "\"é\" b(\"日本\" c: Int = 3, d: [E!]! = [X] @d): [[Int!]]! @deprecated" doc "\"é\""`,
		"Query.b(c:)": `4:14-4:15 in 4:9-4:24 "\"日本\" c: Int = 3" doc "\"日本\""`,
		"Query.b(d:)": `4:26-4:27 in 4:26-4:43 "d: [E!]! = [X] @d"`,
		"Query.e":     `4:68-4:69 in 4:68-4:72 "e: E"`,
		"Query.f":     `6:24-6:25 in 6:24-6:28 "f: I"`,
		"E":           `7:6-7:7 in 7:1-7:45 "enum E { \"\" X @deprecated(reason: \"no\")  Y }"`,
		"E.X":         `7:13-7:14 in 7:10-7:40 "\"\" X @deprecated(reason: \"no\")" doc "\"\""`,
		"E.Y":         `7:42-7:43 in 7:42-7:43 "Y"`,
		"N":           `8:7-8:8 in 8:1-8:53 "input N { a: String = \"x\" b: String = \"y\" \"c\" c: N }"`,
		"N.a":         `8:11-8:12 in 8:11-8:26 "a: String = \"x\""`,
		"N.b":         `8:27-8:28 in 8:27-8:42 "b: String = \"y\""`,
		"N.c":         `8:47-8:48 in 8:43-8:51 "\"c\" c: N" doc "\"c\""`,
		"S":           `9:8-9:9 in 9:1-9:9 "scalar S"`,
		"U":           `10:7-10:8 in 10:1-11:6 "union U @e = | Query\n  | E"`,
		"@d":          `12:12-12:13 in 12:1-12:48 "directive @d(x: X, y: Int) repeatable on OBJECT"`,
		"@d(x:)":      `12:14-12:15 in 12:14-12:18 "x: X"`,
		"@d(y:)":      `12:20-12:21 in 12:20-12:26 "y: Int"`,
		"I":           `14:11-14:12 in 14:1-14:40 "interface I implements & J & K { f: I }"`,
		"I.f":         `14:34-14:35 in 14:34-14:38 "f: I"`,
	}

	for _, eol := range []struct{ name, eol, bom string }{
		{"LF", "\n", ""}, {"CRLF", "\r\n", ""}, {"CR", "\r", ""}, {"BOM", "\n", "\ufeff"},
	} {
		t.Run(eol.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, "a.graphql", eol.bom+strings.ReplaceAll(placed, "\n", eol.eol))
			got := map[string]string{"": places(s.Definition)}
			for e := range s.Elements() {
				got[e.Coordinate()] = strings.ReplaceAll(places(e), strings.Trim(fmt.Sprintf("%q", eol.eol), `"`), `\n`)
			}
			wanted := want
			if eol.bom != "" { // it takes up the first column
				wanted = map[string]string{}
				for k, v := range want {
					wanted[k] = strings.Replace(v, "in 1:1-5:2", "in 1:2-5:2", 1)
				}
			}
			if diff := cmp.Diff(wanted, got); diff != "" {
				t.Errorf("places (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPlacesOfParts looks at what is no element of its own.
func TestPlacesOfParts(t *testing.T) {
	t.Parallel()
	s := parse(t, "a.graphql", placed)
	query := s.Query
	b := query.Field("b")
	use := query.Directives[0]
	for _, tt := range []struct {
		name string
		at   check.Location
		want string
	}{
		{"type of b", b.TypeLocation(), "4:46-4:55 Query.b"},
		{"type of d", b.Arg("d").TypeLocation(), "4:29-4:34 Query.b(d:)"},
		{"default of d", b.Arg("d").DefaultLocation(), "4:37-4:40 Query.b(d:)"},
		{"use of d", use.Location(), "2:13-2:14 Query"},
		{"whole use of d", use.Extent(), "2:12-2:27 Query"},
		{"argument x of d", use.ArgLocation("x"), "2:15-2:16 Query"},
		{"no argument y of d", use.ArgLocation("y"), "2:13-2:14 Query"},
		{"member E", s.Type("U").Members[1].Location(), "11:5-11:6 U"},
		{"interface K", s.Type("I").Interfaces[1].Location(), "14:30-14:31 I"},
		{"query type", s.Definition.Operations[0].Type.Location(), "13:27-13:32 "},
		{"extension", query.Extensions[0], "6:13-6:18 Query"},
		{"description of b", graphql.DescriptionLocation(b), "4:3-4:6 Query.b"},
		{"no description", graphql.DescriptionLocation(query.Field("a")), "3:3-3:4 Query.a"},
	} {
		l := tt.at
		if got := fmt.Sprintf("%d:%d-%d:%d %s", l.Line, l.Column, l.EndLine, l.EndColumn, l.Element); got != tt.want {
			t.Errorf("%s = %s, want %s", tt.name, got, tt.want)
		}
	}
}
