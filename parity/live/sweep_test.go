package live_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/parity/live"
)

// TestSweep breaks every pair of the map in two ways, on either side: other
// values, and none. Each break is found, and nothing beside it.
func TestSweep(t *testing.T) {
	t.Parallel()
	opts := quick()
	opts.NoSuggestions, opts.Objects, opts.PerPage = true, 2, 20
	var breaks int
	for _, pair := range verify(t, serve(t, fault{}), opts).Pairs {
		typ, property, _ := strings.Cut(pair.REST, ".")
		coordinate := pair.GraphQL
		opts := opts
		opts.Only = shows[typ]
		for name, f := range map[string]fault{
			"GraphQL says something else": resolved(coordinate, func(_ resolveParams, v any) any { return otherwise(v) }),
			"REST says something else": rendered(typ, func(_ any, o map[string]any) {
				o[property] = otherwise(o[property])
			}),
			"REST says nothing": rendered(typ, func(_ any, o map[string]any) { o[property] = nil }),
		} {
			if pair.REST == "Book.author" || pair.REST == "Copy.book" || pair.REST == "Review.member" || pair.REST == "Loan.copy" {
				if name != "REST says nothing" {
					continue // another object: TestFaults
				}
			}
			breaks++
			t.Run(fmt.Sprintf("%s %s", pair.REST, name), func(t *testing.T) {
				t.Parallel()
				_, at := direct(t, f)
				res, err := live.Verify(t.Context(), plan(t, opts), at, opts)
				if err != nil {
					t.Fatal(err)
				}
				got := found(res)
				hit := slices.ContainsFunc(got, func(d string) bool { return strings.HasPrefix(d, pair.REST+" "+pair.GraphQL+" ") })
				if !hit {
					t.Errorf("not found: %q", got)
				}
				got = slices.DeleteFunc(got, func(d string) bool {
					// An ID that GraphQL shows and does not know is a second fault.
					return strings.HasPrefix(d, pair.REST+" "+pair.GraphQL+" ") || pair.REST == "Branch.node_id" && strings.HasSuffix(d, " empty")
				})
				if len(got) > 0 {
					t.Errorf("beside it: %q", got)
				}
			})
		}
	}
	if breaks < 100 {
		t.Errorf("only %d breaks", breaks)
	}
}

// otherwise is another value of the same kind.
func otherwise(v any) any {
	switch v := v.(type) {
	case int:
		return v + 1000
	case int64:
		return v + 1
	case float64:
		return v + 0.5
	case bool:
		return !v
	case window:
		v.total++
		return v
	case []string:
		return append(slices.Clone(v), "more")
	case nil:
		return "was nothing"
	case string:
		switch {
		case len(v) >= 10 && v[4] == '-' && v[7] == '-': // a day or a moment
			return "1999" + v[4:]
		case slices.Contains(enumerated, v):
			return enumerated[(slices.Index(enumerated, v)/3*3+(slices.Index(enumerated, v)+1)%3)%len(enumerated)]
		case strings.Trim(v, "0123456789.") == "":
			return "1" + v
		}
		return v + " else"
	}
	return v
}

// enumerated are values of enums, three of each.
var enumerated = []string{
	"available", "on-loan", "in-repair", "basic", "family", "student", "novel", "science-fiction", "poetry",
}

// shows are the operations that show objects of a schema.
var shows = map[string][]string{
	"Author": {"GET /authors", "GET /authors/{author_id}", "GET /books"},
	"Book":   {"GET /books", "GET /books/{isbn}", "GET /authors/{author_id}/books"},
	"Branch": {"GET /branches", "GET /branches/{branch_id}"},
	"Copy":   {"GET /branches/{branch_id}/copies", "GET /members/{member_number}/loans"},
	"Loan":   {"GET /members/{member_number}/loans"},
	"Member": {"GET /members", "GET /members/{member_number}", "GET /books/{isbn}/reviews"},
	"Review": {"GET /books/{isbn}/reviews"},
}
