package live_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/parity/live"
)

// resolved is a fault of one field of GraphQL.
func resolved(coordinate string, change func(p resolveParams, value any) any) fault {
	return fault{field: func(_ *server, at string, p resolveParams, value any) (any, error) {
		if at == coordinate {
			return change(p, value), nil
		}
		return value, nil
	}}
}

// erring is a field of GraphQL that fails.
func erring(coordinate string) fault {
	return fault{field: func(_ *server, at string, _ resolveParams, value any) (any, error) {
		if at == coordinate {
			return nil, errors.New("column secret_7 does not exist")
		}
		return value, nil
	}}
}

// rendered is a fault of the objects that REST sends.
func rendered(typ string, change func(source any, object map[string]any)) fault {
	return fault{rest: func(_ *server, at string, source any, object map[string]any) {
		if at == typ {
			change(source, object)
		}
	}}
}

// refusing answers some requests of REST itself.
func refusing(path string, answer func(s *server, w http.ResponseWriter, r *http.Request) bool) fault {
	return fault{http: func(s *server, w http.ResponseWriter, r *http.Request) bool {
		return strings.HasPrefix(r.URL.Path, "/v1"+path) && answer(s, w, r)
	}}
}

func constant(v any) func(resolveParams, any) any {
	return func(resolveParams, any) any { return v }
}

// third says whether an object is one that a fault is about.
func third(n int) bool { return n%3 == 0 }

// faults are what may be wrong with servers. Want is the set of differences
// that are found, as REST GraphQL kind; none are found where it is empty.
// Noisy and declined are pairs or operations that are.
var faults = []struct {
	name     string
	fault    fault
	want     []string
	noisy    []string
	declined []string
}{
	{name: "wrong value", fault: resolved("Book.title", func(p resolveParams, v any) any {
		if third(p.Source.(*book).pages) {
			return "Another title"
		}
		return v
	}), want: []string{"Book.title Book.title value"}},
	{name: "number off by one", fault: resolved("Book.pages", func(_ resolveParams, v any) any { return v.(int) + 1 }), want: []string{"Book.pages Book.pages value"}},
	{name: "one side of REST is stale", fault: rendered("Member", func(_ any, o map[string]any) { o["plan"] = "basic" }), want: []string{"Member.plan Member.plan value"}},
	{name: "required property missing", fault: rendered("Book", func(_ any, o map[string]any) { delete(o, "pages") }), want: []string{"Book.pages Book.pages null"}},
	{name: "optional property missing now and then", fault: rendered("Review", func(s any, o map[string]any) {
		if third(s.(*review).id) {
			delete(o, "member")
		}
	}), want: []string{"Review.member Review.member null"}},
	{name: "optional property missing in the detail", fault: fault{http: nil, rest: func(s *server, typ string, _ any, o map[string]any) {
		if typ == "Member" && s.lastRequest("/members/70") {
			delete(o, "email")
		}
	}}, want: []string{"Member.email Member.email null"}},
	{name: "null in GraphQL", fault: resolved("Book.averageRating", constant(nil)), want: []string{"Book.average_rating Book.averageRating null"}},
	{name: "null in REST", fault: rendered("Branch", func(_ any, o map[string]any) { o["phone"] = nil }), want: []string{"Branch.phone Branch.phone null"}},
	{name: "empty text for null", fault: resolved("Book.subtitle", func(_ resolveParams, v any) any {
		if v == nil {
			return ""
		}
		return v
	}), want: []string{"Book.subtitle Book.subtitle null"}},
	{name: "stale count", fault: rendered("Book", func(_ any, o map[string]any) { o["reviews_count"] = o["reviews_count"].(int) - 1 }), want: []string{"Book.reviews_count Book.reviews count"}},
	{name: "stale total of a list", fault: resolved("Query.books", func(_ resolveParams, v any) any { w := v.(window); w.total++; return w }), want: []string{"GET /books Query.books count"}},
	{name: "first object lost", fault: resolved("Query.books", func(_ resolveParams, v any) any { w := v.(window); w.nodes = w.nodes[1:]; return w }), want: []string{"GET /books Query.books objects"}},
	{name: "last object lost in REST", fault: fault{list: func(_ *server, path string, list []any) []any {
		if path == "/members" {
			return list[:len(list)-1]
		}
		return list
	}}, want: []string{"GET /members Query.members objects"}},
	{name: "wrong enum value", fault: resolved("Copy.status", constant("available")), want: []string{"Copy.status Copy.status value"}},
	{name: "wrong time zone", fault: resolved("Book.createdAt", func(p resolveParams, _ any) any {
		return p.Source.(*book).created.In(time.FixedZone("", 7200)).Format("2006-01-02T15:04:05Z")
	}), want: []string{"Book.created_at Book.createdAt value"}},
	{name: "day off by one", fault: resolved("Loan.dueOn", func(p resolveParams, _ any) any {
		return p.Source.(*loan).due.AddDate(0, 0, 1).Format(time.DateOnly)
	}), want: []string{"Loan.due_on Loan.dueOn value"}},
	{name: "seconds lost", fault: rendered("Member", func(s any, o map[string]any) {
		o["joined_at"] = s.(*member).joined.Truncate(time.Minute).Format(time.RFC3339)
	}), want: []string{"Member.joined_at Member.joinedAt value"}},
	{name: "text cut off", fault: resolved("Review.body", func(_ resolveParams, v any) any { return v.(string)[:12] }), want: []string{"Review.body Review.body value"}},
	{name: "text escaped", fault: rendered("Review", func(_ any, o map[string]any) {
		o["body"] = strings.NewReplacer("<", "&lt;", "&", "&amp;").Replace(o["body"].(string))
	}), want: []string{"Review.body Review.body value"}},
	{name: "text in the wrong encoding", fault: resolved("Author.biography", func(_ resolveParams, v any) any {
		if v != nil {
			return v.(string) + "Ã©"
		}
		return v
	}), want: []string{"Author.biography Author.biography value"}},
	{name: "white space at the end", fault: rendered("Member", func(_ any, o map[string]any) { o["name"] = o["name"].(string) + " " }), want: []string{"Member.name Member.name value"}},
	{name: "capitals", fault: resolved("Member.email", func(_ resolveParams, v any) any { return strings.ToUpper(v.(string)) }), want: []string{"Member.email Member.email value"}},
	{name: "swapped fields", fault: fault{field: func(_ *server, at string, p resolveParams, v any) (any, error) {
		switch at {
		case "Copy.condition":
			return p.Source.(*exemplar).barcode, nil
		case "Copy.barcode":
			return p.Source.(*exemplar).condition, nil
		}
		return v, nil
	}}, want: []string{"Copy.barcode Copy.barcode value", "Copy.condition Copy.condition value"}},
	{name: "filter ignored", fault: resolved("Query.books", func(p resolveParams, v any) any {
		if p.Args["genre"] == nil {
			return v
		}
		return windowOf(p)
	}), want: []string{"GET /books Query.books count", "GET /books Query.books objects"}},
	{name: "another filter", fault: fault{field: func(s *server, at string, p resolveParams, v any) (any, error) {
		if at == "Branch.copies" && p.Args["status"] == "on-loan" {
			list := anys(filtered(p.Source.(*branch).copies, func(c *exemplar) bool { return c.status != "available" }))
			return window{nodes: list, total: len(list)}, nil
		}
		return v, nil
	}}, want: []string{"GET /branches/{branch_id}/copies Branch.copies objects"}},
	{name: "empty list", fault: resolved("Query.members", constant(window{})), want: []string{"GET /members Query.members empty"}},
	{name: "empty list in REST", fault: fault{list: func(_ *server, path string, list []any) []any {
		if path == "/members" {
			return []any{}
		}
		return list
	}}, want: []string{"GET /members Query.members empty"}},
	{name: "empty list inside an object", fault: resolved("Book.tags", constant([]string{})), want: []string{"Book.tags Book.tags value"}},
	{name: "one lost of a list inside an object", fault: rendered("Book", func(_ any, o map[string]any) { o["tags"] = o["tags"].([]string)[:1] }), want: []string{"Book.tags Book.tags value"}},
	{name: "wrong order", fault: resolved("Query.books", func(_ resolveParams, v any) any { slices.Reverse(v.(window).nodes); return v }), want: []string{"GET /books Query.books order"}},
	{name: "two objects swapped", fault: resolved("Query.books", func(_ resolveParams, v any) any {
		n := v.(window).nodes
		n[2], n[3] = n[3], n[2]
		return v
	}), want: []string{"GET /books Query.books order"}},
	{name: "integer overflows to null", fault: resolved("Book.copiesSold", constant(nil)), want: []string{"Book.copies_sold Book.copiesSold null"}},
	{name: "integer wraps around", fault: resolved("Book.copiesSold", func(p resolveParams, _ any) any { return int32(p.Source.(*book).sold) }), want: []string{"Book.copies_sold Book.copiesSold value"}},
	{name: "integer loses its last digits", fault: resolved("Book.copiesSold", func(p resolveParams, _ any) any {
		return float64(float32(p.Source.(*book).sold))
	}), want: []string{"Book.copies_sold Book.copiesSold value"}},
	{name: "fraction cut off", fault: resolved("Book.averageRating", func(_ resolveParams, v any) any { return float64(int(v.(float64))) }), want: []string{"Book.average_rating Book.averageRating value"}},
	{name: "money rounded", fault: rendered("Book", func(s any, o map[string]any) { o["price"] = strings.Split(o["price"].(string), ".")[0] }), want: []string{"Book.price Book.price value"}},
	{name: "flag turned around", fault: resolved("Member.active", func(p resolveParams, v any) any {
		if p.Source.(*member).number == 7001 {
			return !v.(bool)
		}
		return v
	}), want: []string{"Member.active Member.active value"}},
	{name: "address of another thing", fault: resolved("Branch.webUrl", func(_ resolveParams, v any) any { return v.(string) + "0" }), want: []string{"Branch.web_url Branch.webUrl value"}},
	{name: "another author", fault: fault{field: func(s *server, at string, _ resolveParams, v any) (any, error) {
		if at == "Book.author" && v.(*author).id == 12 {
			return s.library.authors[3], nil
		}
		return v, nil
	}}, want: []string{
		"Author.biography Author.biography null", "Author.books_count Author.books count", "Author.born_on Author.bornOn value", "Author.country Author.country value",
		"Author.created_at Author.createdAt value", "Author.name Author.name value", "Author.updated_at Author.updatedAt value",
	}},
	{name: "another object than was asked for", fault: fault{field: func(s *server, at string, p resolveParams, v any) (any, error) {
		if at == "Query.book" && len(p.Info.Path.AsArray()) == 1 {
			for i, b := range s.library.books {
				if v.(*book) == b {
					return s.library.books[(i+1)%len(s.library.books)], nil
				}
			}
		}
		return v, nil
	}}, want: []string{"GET /books/{isbn} Query.book identity", "GET /books/{isbn}/reviews Book.reviews objects"}},
	{name: "object that REST does not know", fault: refusing("/books/9", func(_ *server, w http.ResponseWriter, r *http.Request) bool {
		if strings.HasSuffix(r.URL.Path, "reviews") {
			return false
		}
		http.Error(w, "{}", http.StatusNotFound)
		return true
	}), want: []string{"GET /books/{isbn} Query.book empty"}},
	{name: "object that GraphQL does not know", fault: fault{field: func(s *server, at string, p resolveParams, v any) (any, error) {
		if at == "Query.member" && p.Args["number"] == 7001 {
			return nil, nil
		}
		return v, nil
	}}, want: []string{"GET /members/{member_number} Query.member empty", "GET /members/{member_number}/loans Member.loans empty"}},

	{name: "REST is not there", fault: refusing("/branches", func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusServiceUnavailable)
		return true
	}), declined: []string{"GET /branches"}},
	{name: "REST forbids", fault: refusing("/members", func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		w.WriteHeader(http.StatusForbidden)
		return true
	}), declined: []string{"GET /members"}},
	{name: "REST forbids the second time", fault: refusing("/members", func(s *server, w http.ResponseWriter, r *http.Request) bool {
		if s.count(r.URL.Path)%2 == 0 {
			return false
		}
		w.WriteHeader(http.StatusUnauthorized)
		return true
	}), declined: []string{"GET /members", "GET /members/{member_number}", "GET /members/{member_number}/loans"}},
	{name: "REST sends no JSON", fault: refusing("/authors/", func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		_, _ = w.Write([]byte("<html>"))
		return true
	}), declined: []string{"GET /authors/{author_id}", "GET /authors/{author_id}/books"}},
	{name: "REST answers with something else", fault: refusing("/branches", func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		_, _ = w.Write([]byte(`{"message":"please log in"}`))
		return true
	}), declined: []string{"GET /branches"}},
	{name: "REST says that a list is gone", fault: refusing("/authors/", func(_ *server, w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasSuffix(r.URL.Path, "/books") {
			return false
		}
		http.Error(w, "{}", http.StatusNotFound)
		return true
	}), want: []string{"GET /authors/{author_id}/books Author.books empty"}},
	{name: "REST calls its answer degraded", fault: refusing("/branches/", func(_ *server, w http.ResponseWriter, _ *http.Request) bool {
		w.Header().Set("X-Degraded", "1")
		_, _ = w.Write([]byte("{}"))
		return true
	}), declined: []string{"GET /branches/{branch_id}", "GET /branches/{branch_id}/copies"}},
	{name: "GraphQL forbids", fault: fault{post: func(_ *server, w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(body(r), "members(") {
			return false
		}
		w.WriteHeader(http.StatusForbidden)
		return true
	}}, declined: []string{"GET /members"}},
	{name: "GraphQL refuses a query", fault: fault{post: func(_ *server, w http.ResponseWriter, r *http.Request) bool {
		if !strings.Contains(body(r), "branches {") {
			return false
		}
		_, _ = w.Write([]byte(`{"data":null,"errors":[{"message":"too complex","extensions":{"code":"COMPLEXITY"}}]}`))
		return true
	}}, declined: []string{"GET /branches"}},
	{name: "GraphQL fails for a field", fault: erring("Book.averageRating"), declined: []string{"Book.average_rating"}},
	{name: "GraphQL fails for a field that cannot be null", fault: erring("Review.stars"), declined: []string{"GET /books/{isbn}/reviews"}},
	{name: "GraphQL fails for a list", fault: erring("Member.loans"), declined: []string{"GET /members/{member_number}/loans"}},

	{name: "REST changes by itself", fault: fault{rest: func(s *server, typ string, _ any, o map[string]any) {
		if typ == "Author" {
			o["updated_at"] = time.Unix(int64(1_700_000_000+s.count("clock")), 0).UTC().Format(time.RFC3339)
		}
	}}, noisy: []string{"Author.updated_at"}},
	{name: "GraphQL changes by itself", fault: fault{field: func(s *server, at string, _ resolveParams, v any) (any, error) {
		if at == "Author.updatedAt" {
			return time.Unix(int64(1_700_000_000+s.count("clock")), 0).UTC().Format(time.RFC3339), nil
		}
		return v, nil
	}}, noisy: []string{"Author.updated_at"}},
	{name: "an object comes and goes", fault: fault{list: func(s *server, path string, list []any) []any {
		if path == "/members" && s.count("members")%2 == 1 {
			return list[1:]
		}
		return list
	}}, noisy: []string{"GET /members"}},

	{name: "clean: lists without an order are in another one", fault: fault{list: func(s *server, path string, list []any) []any {
		if path == "/members" || path == "/reviews" {
			slices.Reverse(list)
		}
		return list
	}}},
	{name: "clean: numbers as text", fault: rendered("Book", func(_ any, o map[string]any) { o["pages"] = strconv.Itoa(o["pages"].(int)) })},
	{name: "clean: seconds since 1970", fault: rendered("Book", func(s any, o map[string]any) { o["created_at"] = s.(*book).created.Unix() })},
	{name: "clean: milliseconds since 1970", fault: rendered("Book", func(s any, o map[string]any) { o["created_at"] = s.(*book).created.UnixMilli() })},
	{name: "clean: the server asks to wait", fault: refusing("/branches", func(s *server, w http.ResponseWriter, r *http.Request) bool {
		if s.count(r.URL.Path)%3 != 0 {
			return false
		}
		w.Header().Set("Retry-After", "2")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})},
	{name: "clean: null is left out", fault: rendered("Loan", func(_ any, o map[string]any) {
		if o["returned_at"] == nil {
			delete(o, "returned_at")
		}
	})},
	{name: "clean: an optional property that lists never show", fault: fault{rest: func(s *server, typ string, _ any, o map[string]any) {
		if typ == "Member" && !s.lastRequest("/members/70") {
			delete(o, "email")
		}
	}}},
	{name: "clean: IDs in base64", fault: resolved("Branch.id", constant(nil))},
	{name: "clean: more members than the description has", fault: rendered("Book", func(_ any, o map[string]any) { o["extra"] = map[string]any{"a": []int{1}} })},
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, test := range faults {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := test.fault
			if test.name == "clean: IDs in base64" {
				f = base64IDs()
			}
			opts := quick()
			opts.NoSuggestions, opts.Objects, opts.Shown = true, 4, 100
			_, at := direct(t, f)
			res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, found(res)); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
				for _, d := range res.Differences {
					t.Logf("%+v", d)
				}
			}
			for _, name := range test.noisy {
				if c := countsOf(t, res, name); c.Noisy == 0 || c.Differs > 0 {
					t.Errorf("%s is not noisy: %+v", name, c)
				}
			}
			for _, name := range test.declined {
				if c := countsOf(t, res, name); c.Declined == 0 || c.Differs > 0 {
					t.Errorf("%s is not declined: %+v", name, c)
				}
			}
			if test.want == nil && test.declined == nil && (res.Counts.Declined > 0 || res.Counts.Equal < 1000) {
				t.Errorf("counts: %+v", res.Counts)
			}
		})
	}
}

// found is the set of what differs.
func found(res *live.Result) []string {
	var out []string
	for _, d := range res.Differences {
		out = append(out, fmt.Sprintf("%s %s %s", d.REST, d.GraphQL, d.Kind))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// countsOf are the counts of an operation, or of the pair of a property.
func countsOf(t *testing.T, res *live.Result, name string) live.Counts {
	t.Helper()
	for _, p := range res.Probes {
		if p.Operation == name {
			return p.Counts
		}
	}
	for _, p := range res.Pairs {
		if p.REST == name {
			return p.Counts
		}
	}
	t.Errorf("%s is in no result", name)
	return live.Counts{}
}
