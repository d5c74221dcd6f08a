package live_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity/live"
)

// TestClean asks two servers that are right.
func TestClean(t *testing.T) {
	t.Parallel()
	s := serve(t, fault{})
	res := verify(t, s, quick())
	for _, d := range res.Differences {
		t.Errorf("false alarm: %+v", d)
	}
	if c := res.Counts; c.Equal < 1000 || c != (live.Counts{Equal: c.Equal}) {
		t.Errorf("counts: %+v", c)
	}
	if !res.Complete || len(res.Incomplete) > 0 {
		t.Errorf("not complete: %q", res.Incomplete)
	}
	for _, p := range res.Probes {
		if p.Outcome != live.Equal || p.Objects < 4 || p.Reason != "" {
			t.Errorf("%s: %s, %d objects, %s", p.Operation, p.Outcome, p.Objects, p.Reason)
		}
	}
	proven := 0
	for _, p := range res.Pairs {
		if p.Proven {
			proven++
		}
		if p.Confidence < p.Before || p.Proven && p.Confidence < 0.99 {
			t.Errorf("confidence: %+v", p)
		}
	}
	if proven < len(res.Pairs)*3/4 {
		t.Errorf("%d of %d pairs are proven", proven, len(res.Pairs))
	}
	want := []live.Suggestion{{REST: "Book.shelf_mark", GraphQL: "Book.callNumber", Objects: 17, Values: 17, Confidence: 0.99}}
	if diff := cmp.Diff(want, res.Suggestions); diff != "" {
		t.Errorf("suggestions (-want +got):\n%s", diff)
	}
	if len(s.log) != res.Requests {
		t.Errorf("%d requests were sent, %d are counted", len(s.log), res.Requests)
	}
	for _, line := range s.log {
		if !strings.HasPrefix(line, "GET ") && !strings.HasPrefix(line, "query ") {
			t.Errorf("sent %q", line)
		}
	}
}

// Raised names the pairs of which the values say more than the names.
func TestRaised(t *testing.T) {
	t.Parallel()
	_, at := direct(t, fault{})
	opts := quick()
	opts.Only = []string{"GET /authors"}
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range res.Raised() {
		got = append(got, p.REST+" "+p.GraphQL)
	}
	if diff := cmp.Diff([]string{"Author.books_count Author.books"}, got); diff != "" {
		t.Errorf("raised (-want +got):\n%s", diff)
	}
}

// A pair that values deny is looked at anew: what goes with what.
func TestSuggestSwapped(t *testing.T) {
	t.Parallel()
	_, at := direct(t, fault{field: func(_ *server, where string, _ resolveParams, v any) (any, error) {
		switch v := v.(type) {
		case string:
			if where == "Book.callNumber" {
				return "no mark", nil
			}
			return v, nil
		}
		return v, nil
	}, rest: func(_ *server, typ string, source any, o map[string]any) {
		if typ == "Author" {
			o["name"], o["country"] = o["country"], o["name"]
		}
	}})
	opts := quick()
	opts.Only = []string{"GET /authors"}
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range res.Suggestions {
		got = append(got, s.REST+" "+s.GraphQL)
	}
	if diff := cmp.Diff([]string{"Author.country Author.name", "Author.name Author.country"}, got); diff != "" {
		t.Errorf("suggestions (-want +got):\n%s", diff)
	}
}

// The result depends on the answers alone.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	var first string
	for i := range 4 {
		_, at := direct(t, resolved("Book.pages", func(_ resolveParams, v any) any { return v.(int) + 1 }))
		opts := quick()
		opts.Concurrency = 1 + i%2
		res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(text)
		}
		if diff := cmp.Diff(first, string(text)); diff != "" {
			t.Fatalf("run %d (-first +this):\n%s", i, diff)
		}
	}
}

// Values are not shown unless that is asked for, and secrets never.
func TestMasked(t *testing.T) {
	t.Parallel()
	f := fault{rest: func(_ *server, typ string, _ any, o map[string]any) {
		switch typ {
		case "Member":
			o["email"], o["access_token"] = "someone.else@library.example", "hunter2hunter2"
		case "Branch":
			o["name"] = "Hidden house"
		}
	}, list: func(_ *server, path string, list []any) []any {
		if path == "/members" {
			list = append(list, map[string]any{"number": 1, "name": "Nobody there", "access_token": "hunter2hunter2"})
		}
		return list
	}}
	texts := map[bool]string{}
	for _, show := range []bool{false, true} {
		_, at := direct(t, f)
		at.Header = http.Header{"Authorization": {"Bearer hunter2hunter2"}}
		opts := quick()
		opts.ShowValues = show
		res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		texts[show] = string(text)
	}
	for _, value := range []string{"someone.else", "m00@", "Hidden house", "Branch N", "Nobody", "7001"} {
		if strings.Contains(texts[false], value) {
			t.Errorf("masked: shows %q", value)
		}
	}
	for _, value := range []string{"someone.else", "m00@", "Hidden house", "Branch N", "Nobody"} {
		if !strings.Contains(texts[true], value) {
			t.Errorf("open: does not show %q", value)
		}
	}
	if text := texts[false] + texts[true]; strings.Contains(text, "hunter2") {
		t.Error("shows a secret")
	}
}

// A run that compares nothing is no success.
func TestNothingCompared(t *testing.T) {
	t.Parallel()
	_, at := direct(t, fault{http: func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusForbidden)
		return true
	}})
	res, err := live.Verify(t.Context(), plan(t, quick()), at, quick())
	if err != nil {
		t.Fatal(err)
	}
	if res.Complete || res.Counts.Equal > 0 || res.Counts.Declined == 0 {
		t.Errorf("complete %v, counts %+v", res.Complete, res.Counts)
	}
	if diff := cmp.Diff([]string{"no value was compared"}, res.Incomplete); diff != "" {
		t.Errorf("incomplete (-want +got):\n%s", diff)
	}
	outcomes := map[string]string{}
	for _, p := range res.Probes {
		outcomes[p.Operation] = string(p.Outcome) + ": " + p.Reason
	}
	if got, want := outcomes["GET /books"], "declined: REST: 403 Forbidden"; got != want {
		t.Errorf("GET /books is %q, want %q", got, want)
	}
	if got, want := outcomes["GET /books/{isbn}"], "unpaired: no value is known for {isbn}: GET /books shows none"; got != want {
		t.Errorf("GET /books/{isbn} is %q, want %q", got, want)
	}
}

// An operation that says that it goes away is compared all the same.
func TestDeprecated(t *testing.T) {
	t.Parallel()
	_, at := direct(t, refusing("/books", func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("Sunset", "Sat, 31 Dec 2028 23:59:59 GMT")
		return false
	}))
	opts := quick()
	opts.Only = []string{"GET /books", "GET /authors"}
	res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range res.Probes {
		if p.Outcome != live.Equal || p.Deprecated != (p.Operation == "GET /books") {
			t.Errorf("%s: %s, deprecated %v", p.Operation, p.Outcome, p.Deprecated)
		}
	}
}

// The servers that are asked here are what the descriptions say.
func TestLibraryIsAsDescribed(t *testing.T) {
	t.Parallel()
	s := serve(t, fault{})
	got, err := graphql.Fetch(t.Context(), nil, s.endpoints().GraphQL, nil)
	if err != nil {
		t.Fatal(err)
	}
	signatures := func(s *graphql.Schema) map[string]string {
		out := map[string]string{}
		for _, f := range s.Fields {
			out[f.Coordinate()] = f.Type.String()
		}
		for _, a := range s.Arguments {
			if a.IsArgument() {
				out[a.Coordinate()] = a.Type.String()
			}
		}
		return out
	}
	if diff := cmp.Diff(signatures(matched(t).GraphQL), signatures(got)); diff != "" {
		t.Errorf("schema (-described +served):\n%s", diff)
	}
}
