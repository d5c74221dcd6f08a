package live_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/parity/live"
)

func fixtures(t testing.TB, text string) *live.Fixtures {
	t.Helper()
	f, err := live.ParseFixtures("fixtures.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Fixtures stand in for lists: nothing else is asked.
func TestFixtures(t *testing.T) {
	t.Parallel()
	s, at := direct(t, fault{})
	opts := quick()
	opts.NoSuggestions = true
	opts.Only = []string{"GET /books/{isbn}", "GET /branches/{branch_id}", "GET /members/{member_number}"}
	opts.Fixtures = fixtures(t, `
version: 1
parameters: {member_number: 7004}
operations:
  GET /books/{isbn}:
    - isbn: "9780140404931"
    - isbn: "9780140404938"
  GET /branches/{branch_id}:
    - rest: {branch_id: 2}
      graphql: {id: "gid://library/Branch/2"}
`)
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	if !res.Complete || res.Counts.Differs+res.Counts.Unpaired > 0 {
		t.Errorf("result: %+v", res.Counts)
	}
	var got []string
	for _, line := range s.log {
		if strings.HasPrefix(line, "GET ") {
			got = append(got, line)
		}
	}
	want := []string{
		"GET /v1/books/9780140404931", "GET /v1/books/9780140404931", "GET /v1/books/9780140404938", "GET /v1/books/9780140404938",
		"GET /v1/branches/2", "GET /v1/branches/2", "GET /v1/members/7004", "GET /v1/members/7004",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// What fixtures name and the server does not have is no difference: the name
// may be wrong.
func TestFixturesThatNameNothing(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.Only = []string{"GET /books/{isbn}", "GET /branches/{branch_id}"}
	opts.Fixtures = fixtures(t, `
operations:
  GET /books/{isbn}: [{isbn: nothing}]
  GET /branches/{branch_id}: [{branch_id: 2}]
`)
	_, at := direct(t, fault{})
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	if res.Complete || len(res.Differences) > 0 || res.Counts.Unpaired == 0 {
		t.Errorf("result: %+v", res)
	}
}

func TestFixturesErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, want string }{
		{"[]", "f:1:1: fixtures are an object with parameters and operations, not an array"},
		{"a: {", "f:1:"},
		{"version: 2", `f:1:10: version "2" is unknown; 1 is known`},
		{"parametrs: {}", `f:1:1: unknown member "parametrs"; did you mean "parameters"?`},
		{"parameters: []", "f:1:13: expected an object of values, found an array"},
		{"parameters: {a: {b: c}}", `f:1:17: the value of "a" is an object`},
		{"operations: []", "f:1:13: operations is an object by operation, not an array"},
		{"operations: {GET /a: {}}", `f:1:22: "GET /a" has a list of rows, not an object`},
		{"operations: {GET /a: [{rest: {}, graph: {}}]}", `f:1:34: unknown member "graph"; did you mean "graphql"?`},
		{"operations: {GET /a: [7]}", "f:1:23: expected an object of values, found a number"},
	} {
		_, err := live.ParseFixtures("f", []byte(test.text))
		if err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %s", test.text, err, test.want)
		}
	}
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.Only = []string{"GET /book"}
	if _, err := live.NewPlan(matched(t), opts); err == nil || err.Error() != `no operation "GET /book"; did you mean "GET /books"?` {
		t.Errorf("Only: %v", err)
	}
	opts = quick()
	opts.Fixtures = fixtures(t, "operations:\n  GET /brnches: []\n")
	if _, err := live.NewPlan(matched(t), opts); err == nil || err.Error() != `fixtures.yaml:2:3: no operation "GET /brnches"; did you mean "GET /branches"?` {
		t.Errorf("Fixtures: %v", err)
	}
}

func FuzzParseFixtures(f *testing.F) {
	f.Add("version: 1\nparameters: {a: b}\noperations:\n  GET /a: [{b: 1}, {rest: {b: 2}, graphql: {c: true}}]\n")
	f.Fuzz(func(_ *testing.T, text string) {
		_, _ = live.ParseFixtures("fuzz", []byte(text))
	})
}
