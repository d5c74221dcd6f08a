package graphql_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
)

func names[T graphql.Element](elements []T) []string {
	var out []string
	for _, e := range elements {
		out = append(out, e.Coordinate())
	}
	return out
}

func TestLists(t *testing.T) {
	t.Parallel()
	s := load(t, "tracker.graphql")
	for _, tt := range []struct {
		name      string
		got, want []string
	}{
		{"Types", names(s.Types), []string{
			"DateTime", "Url", "Node", "Titled", "Root", "Change", "Watch", "IssueConnection", "Issue", "User",
			"Hit", "Format", "Direction", "Field", "Order", "CreateIssueInput", "By",
		}},
		{"Scalars", names(s.Scalars), []string{"DateTime", "Url"}},
		{"Objects", names(s.Objects), []string{"Root", "Change", "Watch", "IssueConnection", "Issue", "User"}},
		{"Interfaces", names(s.Interfaces), []string{"Node", "Titled"}},
		{"Unions", names(s.Unions), []string{"Hit"}},
		{"Enums", names(s.Enums), []string{"Format", "Direction", "Field"}},
		{"Inputs", names(s.Inputs), []string{"Order", "CreateIssueInput", "By"}},
		{"Directives", names(s.Directives), []string{"@owner", "@live"}},
		{"Roots", names(s.Roots()), []string{"Root", "Change", "Watch"}},
		{"BuiltIns", names(s.BuiltIns()), []string{"Int", "Float", "String", "Boolean", "ID"}},
		{"Fields", names(s.Fields)[:6], []string{"Node.id", "Titled.id", "Titled.title", "Root.issues", "Root.node", "Root.search"}},
		{"Arguments", names(s.Arguments[5:]), []string{
			"Root.issues(closed:)", "Root.issues(old:)", "Root.node(id:)", "Root.search(text:)", "Change.createIssue(input:)",
			"Change.find(by:)", "Watch.issue(id:)", "Issue.body(format:)", "@owner(team:)", "@owner(tags:)",
		}},
		{"InputFields", names(s.InputFields)[:3], []string{"Order.field", "Order.direction", "CreateIssueInput.title"}},
		{"EnumValues", names(s.EnumValues), []string{
			"Format.MARKDOWN", "Format.TEXT", "Format.HTML", "Direction.ASC", "Direction.DESC", "Field.CREATED", "Field.TITLE",
		}},
		{"PossibleTypes of an interface", names(s.Type("Node").PossibleTypes()), []string{"Issue", "User"}},
		{"PossibleTypes of a union", names(s.Type("Hit").PossibleTypes()), []string{"Issue", "User"}},
		{"PossibleTypes of an object", names(s.Type("User").PossibleTypes()), []string{"User"}},
		{"PossibleTypes of an enum", names(s.Type("Field").PossibleTypes()), nil},
		{"Implementors", names(s.Type("Node").Implementors()), []string{"Titled", "Issue", "User"}},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	var uses []string
	for _, d := range s.Uses {
		uses = append(uses, d.Parent().Coordinate()+" "+d.String())
	}
	if diff := cmp.Diff([]string{
		` @owner(team: "tracker")`,
		`DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")`,
		`Url @owner(team: "web")`, `Url @owner(team: "docs", tags: ["a", "b"])`,
		`Root.issues(old:) @deprecated(reason: "No cursor of this kind since 2.0.")`,
		`Change.find @deprecated`, `Issue @owner(team: "core")`, `Issue.body @owner(team: "text")`,
		"Issue.number @deprecated(reason: \"Use `id`.\")", `Format.HTML @deprecated(reason: "Unsafe.\n\nUse MARKDOWN.")`,
		`CreateIssueInput.assignee @deprecated(reason: "Use assignees.")`, `By @oneOf`,
	}, uses); diff != "" {
		t.Errorf("Uses (-want +got):\n%s", diff)
	}
}

// TestLookup looks every element up by its coordinate, and what is none.
func TestLookup(t *testing.T) {
	t.Parallel()
	s := load(t, "tracker.graphql")
	n := 0
	for e := range s.Elements() {
		n++
		if got, ok := s.Lookup(e.Coordinate()); !ok || got != e {
			t.Errorf("Lookup(%q) = %v, %v", e.Coordinate(), got, ok)
		}
	}
	if want := len(s.Types) + len(s.Fields) + len(s.Arguments) + len(s.InputFields) + len(s.EnumValues) + len(s.Directives); n != want {
		t.Errorf("Elements = %d, want %d", n, want)
	}
	for _, c := range []string{"Int", "@deprecated", "@deprecated(reason:)"} {
		if e, ok := s.Lookup(c); !ok || e.Coordinate() != c {
			t.Errorf("Lookup(%q) = %v, %v", c, e, ok)
		}
	}
	for _, c := range []string{
		"", "@", ".", "Nope", "Issue.", "Issue.nope", ".id", "Root.node(", "Root.node(id)", "Root.node(id:", "Root.node(nope:)",
		"Root(id:)", "Format.MARKDOWN(a:)", "@nope", "@owner(nope:)", "@owner.team", "Order.field(a:)", "Issue.id.id", " Issue", "Root.node(id: )",
	} {
		if e, ok := s.Lookup(c); ok || e != nil {
			t.Errorf("Lookup(%q) = %v, want nothing", c, e)
		}
	}
}

func TestUsage(t *testing.T) {
	t.Parallel()
	s := parse(t, "a.graphql", `
type Query { a(b: In): Node c: U }
interface Node implements Top { id: ID! }
interface Top { id: ID! }
type Impl implements Node & Top { id: ID! d: [Deep!]! }
type Deep { id: ID! }
union U = M
type M { id: ID! }
input In { e: E }
enum E { X }
enum ByDirective { X }
directive @d(a: ByDirective) on FIELD
type Lost { lost: Lost, e: E }
scalar Unused
`)
	for name, want := range map[string][]string{
		"Node": {"Query.a", "Impl"}, "Top": {"Node", "Impl"}, "Deep": {"Impl.d"}, "U": {"Query.c"}, "M": {"U"},
		"In": {"Query.a(b:)"}, "E": {"In.e", "Lost.e"}, "ByDirective": {"@d(a:)"}, "Lost": {"Lost.lost"}, "Unused": nil, "Query": nil,
	} {
		if diff := cmp.Diff(want, names(s.Type(name).UsedBy())); diff != "" {
			t.Errorf("UsedBy of %s (-want +got):\n%s", name, diff)
		}
		if got, want := s.Type(name).Reachable(), name != "Lost" && name != "Unused"; got != want {
			t.Errorf("Reachable of %s = %v, want %v", name, got, want)
		}
	}
}

func TestRoots(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"default names", "type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }", []string{"Query", "Mutation", "Subscription"}},
		{"named", "schema { query: Q } type Q { a: Int } type Query { a: Int } type Mutation { a: Int }", []string{"Q"}},
		{"named by extension", "extend schema { mutation: M } type M { a: Int } type Query { a: Int }", []string{"Query", "M"}},
		{"not objects", "enum Query { A } schema { mutation: Query }", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := parse(t, "a.graphql", tt.text)
			if diff := cmp.Diff(tt.want, names(s.Roots())); diff != "" {
				t.Errorf("Roots (-want +got):\n%s", diff)
			}
			for _, typ := range s.Types {
				if got, want := typ.IsRoot(), slices.Contains(s.Roots(), typ); got != want {
					t.Errorf("IsRoot of %s = %v, want %v", typ.Name, got, want)
				}
			}
		})
	}
}

func TestMembers(t *testing.T) {
	t.Parallel()
	s := load(t, "tracker.graphql")
	issues := s.Query.Field("issues")
	for _, tt := range []struct {
		name      string
		got, want any
	}{
		{"type", issues.Type.String(), "IssueConnection!"},
		{"nested list", s.Query.Field("matrix").Type.String(), "[[Int!]!]"},
		{"core of a list", s.Query.Field("search").Type.Name, "Hit"},
		{"default", issues.Arg("orderBy").Default.String(), "{field: CREATED, direction: DESC}"},
		{"quotes", issues.Arg("labels").Default.String(), `["bug", "a \"quoted\" one"]`},
		{"null default", issues.Arg("old").Default.Kind, graphql.NullValue},
		{"no default", issues.Arg("after").Default, (*graphql.Value)(nil)},
		{"required argument", s.Query.Field("node").Arg("id").Required(), true},
		{"non-null with a default", s.Type("Issue").Field("body").Arg("format").Required(), false},
		{"reason", s.Type("Issue").Field("number").Deprecated.Reason, "Use `id`."},
		{"reason in a block", s.Type("Format").EnumValue("HTML").Deprecated.Reason, "Unsafe.\n\nUse MARKDOWN."},
		{"no reason", s.Mutation.Field("find").Deprecated.Reason, graphql.DefaultReason},
		{"no reason was given", s.Mutation.Field("find").Deprecated.HasReason(), false},
		{"reason was given", issues.Arg("old").Deprecated.HasReason(), true},
		{"not deprecated", s.Type("CreateIssueInput").InputField("title").Deprecated.HasReason(), false},
		{"specified by", s.Type("DateTime").SpecifiedBy, "https://www.rfc-editor.org/rfc/rfc3339"},
		{"one of", s.Type("By").OneOf, true},
		{"repeatable", s.Directive("owner").Repeatable, true},
		{"used directive", s.Type("Issue").Directive("owner").Definition(), s.Directive("owner")},
		{"used value", s.Type("Issue").Directive("owner").Arg("team").Text, "core"},
		{"signature", s.Type("Issue").Field("body").Signature(), "body(format: Format! = MARKDOWN): String"},
		{"description", s.Type("DateTime").Description, "An instant, in UTC.\n\n  Indented lines stay indented, and \"\"\" is three quotes."},
		{"schema description", s.Description, "A tracker of issues, small but with everything that SDL has."},
		{"owner of an argument", issues.Arg("first").Parent(), graphql.Element(issues)},
		{"owner of an input field", s.InputFields[0].IsArgument(), false},
		{"kind", s.Type("By").Kind.String(), "INPUT_OBJECT"},
		{"no type", s.Type("Nope"), (*graphql.Type)(nil)},
		{"no field", s.Query.Field("nope"), (*graphql.Field)(nil)},
	} {
		if tt.got != tt.want {
			t.Errorf("%s = %v, want %v", tt.name, tt.got, tt.want)
		}
	}
}

// TestSDLRoundTrip prints schemas and parses what was printed.
func TestSDLRoundTrip(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, text string }{
		{"tracker", load(t, "tracker.graphql").Sources()[0].Text()},
		{"places", placed},
		{"descriptions", `type Query {
  "one line" a: Int
  " indented" b: Int
  """
    deeper
  less
  """ c: Int
  "ends in a blank line\n" d: Int
  "\ttab and \u0007 bell \\ \"" e: Int
  "quotes \"\"\" inside\nand \\\"\"\" more" f: Int
  "ends in a quote\"" g: Int
  "\n\nstarts with blank lines" h: Int
  "spaces  \n   \nwithin" i: Int
  "   " j: Int
  "\r\n" k: Int
}`},
		{"extensions", "type Query { a: Int } extend type Query @a { b(\"x\" c: Int = 1 \"\" d: [Int]): Int } extend schema @b extend union U = Query"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := parse(t, "a.graphql", tt.text)
			sdl := want.SDL()
			got := parse(t, "printed.graphql", sdl)
			if diff := cmp.Diff(contentOf(want), contentOf(got), modulo()); diff != "" {
				t.Errorf("round trip (-first +second):\n%s\n%s", diff, sdl)
			}
			if again := got.SDL(); again != sdl {
				t.Errorf("second print (-first +second):\n%s", cmp.Diff(sdl, again))
			}
		})
	}
}
