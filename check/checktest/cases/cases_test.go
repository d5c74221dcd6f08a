package cases_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check/checktest/cases"
)

const example = `What the rule is about.

-- bad/one.yaml --
a: 1
-- bad/folder/root.json --
{}
-- bad/folder/sub/part.yaml --
b: 2
-- good/fine.graphql --
type Query
-- want --
bad/one.yaml:1:1 error first

bad/one.yaml.extra:1:1 error not in a file
bad/folder/sub/part.yaml:1:4 warning second
`

func parse(t *testing.T, text string) *cases.File {
	t.Helper()
	f, err := cases.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParse(t *testing.T) {
	t.Parallel()
	want := &cases.File{
		Comment: "What the rule is about.\n\n",
		Bad: []cases.Case{
			{Name: "bad/one.yaml", Files: []cases.Source{{Name: "bad/one.yaml", Data: []byte("a: 1\n")}}},
			{Name: "bad/folder", Files: []cases.Source{
				{Name: "bad/folder/root.json", Data: []byte("{}\n")},
				{Name: "bad/folder/sub/part.yaml", Data: []byte("b: 2\n")},
			}},
		},
		Good: []cases.Case{{Name: "good/fine.graphql", Files: []cases.Source{{Name: "good/fine.graphql", Data: []byte("type Query\n")}}}},
		Want: []string{"bad/one.yaml:1:1 error first", "bad/one.yaml.extra:1:1 error not in a file", "bad/folder/sub/part.yaml:1:4 warning second"},
	}
	got := parse(t, example)
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(cases.File{})); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
	if got := got.Bad[1].Root().Name; got != "bad/folder/root.json" {
		t.Errorf("Root = %q, want the first file", got)
	}
	if diff := cmp.Diff([]string{"bad/folder/sub/part.yaml:1:4 warning second"}, got.WantIn(got.Bad[1])); diff != "" {
		t.Errorf("WantIn (-want +got):\n%s", diff)
	}
}

func TestExample(t *testing.T) {
	t.Parallel()
	got := parse(t, example).Example()
	if got.Bad.Name != "bad/one.yaml" || got.Good.Name != "good/fine.graphql" {
		t.Errorf("Example = %q and %q", got.Bad.Name, got.Good.Name)
	}
	if diff := cmp.Diff([]string{"bad/one.yaml:1:1 error first"}, got.Findings); diff != "" {
		t.Errorf("Example (-want +got):\n%s", diff)
	}
	if got = parse(t, "only text\n").Example(); len(got.Bad.Files)+len(got.Good.Files)+len(got.Findings) > 0 {
		t.Errorf("Example of nothing = %v", got)
	}
}

func TestReadExample(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"rules/some-rule.txtar": {Data: []byte(example)}, "rules/broken.txtar": {Data: []byte("-- ugly --\n")}}
	if e, ok := cases.ReadExample(fsys, "rules", "some-rule"); !ok || e.Bad.Name != "bad/one.yaml" {
		t.Errorf("ReadExample = %q, %t", e.Bad.Name, ok)
	}
	for _, id := range []string{"broken", "no-such-rule"} {
		if _, ok := cases.ReadExample(fsys, "rules", id); ok {
			t.Errorf("ReadExample(%q) has an example", id)
		}
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, section, want string }{
		{"other section", "ugly/a.yaml", `section "ugly/a.yaml" is none of`},
		{"no folder", "a.yaml", "is none of"},
		{"no name", "bad/", "no proper file name"},
		{"out of the folder", "bad/../a.yaml", "no proper file name"},
		{"double slash", "bad//a.yaml", "no proper file name"},
		{"other ending", "good/a.txt", `ends in ".txt"`},
		{"no ending", "good/a", `ends in ""`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := cases.Parse([]byte("-- " + tt.section + " --\nx\n"))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse: %v, want %q in it", err, tt.want)
			}
		})
	}
	if _, err := cases.Parse([]byte("-- want --\n-- want --\n")); err == nil || !strings.Contains(err.Error(), "given twice") {
		t.Errorf("Parse of two want sections: %v", err)
	}
}

func TestWithWant(t *testing.T) {
	t.Parallel()
	f := parse(t, "Text.\n-- bad/a.yaml --\na\n-- want --\nold\n-- good/b.yaml --\nb\n")
	want := "Text.\n-- bad/a.yaml --\na\n-- want --\nnew 1\nnew 2\n-- good/b.yaml --\nb\n"
	if diff := cmp.Diff(want, string(f.WithWant([]string{"new 1", "new 2"}))); diff != "" {
		t.Errorf("WithWant (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff("-- bad/a.yaml --\na\n-- want --\n", string(parse(t, "-- bad/a.yaml --\na\n").WithWant(nil))); diff != "" {
		t.Errorf("WithWant of none (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"old"}, f.Want); diff != "" {
		t.Errorf("WithWant changed the file (-want +got):\n%s", diff)
	}
}
