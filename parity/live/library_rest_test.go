package live_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

var testContext = context.Background()

func (s *server) restHandler() http.Handler {
	mux := http.NewServeMux()
	handle := func(pattern string, answer func(w http.ResponseWriter, r *http.Request) any) {
		mux.HandleFunc("GET /v1"+pattern, func(w http.ResponseWriter, r *http.Request) {
			if s.fault.http != nil && s.fault.http(s, w, r) {
				return
			}
			value := answer(w, r)
			if value == nil {
				http.Error(w, `{"message":"not found"}`, http.StatusNotFound)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(value)
		})
	}
	l := s.library
	handle("/branches", func(http.ResponseWriter, *http.Request) any { return s.list("/branches", l.branches) })
	handle("/branches/{id}", func(_ http.ResponseWriter, r *http.Request) any { return s.one(s.branch(r)) })
	handle("/branches/{id}/copies", func(w http.ResponseWriter, r *http.Request) any {
		b := s.branch(r)
		if b == nil {
			return nil
		}
		copies := filtered(b.copies, func(c *exemplar) bool {
			return r.URL.Query().Get("status") == "" || c.status == r.URL.Query().Get("status")
		})
		return paged(s, w, r, "/copies", copies)
	})
	handle("/authors", func(w http.ResponseWriter, r *http.Request) any {
		return map[string]any{"data": paged(s, w, r, "/authors", l.authors), "total": len(l.authors)}
	})
	handle("/authors/{id}", func(_ http.ResponseWriter, r *http.Request) any { return s.one(s.author(r)) })
	handle("/authors/{id}/books", func(w http.ResponseWriter, r *http.Request) any {
		a := s.author(r)
		if a == nil {
			return nil
		}
		return paged(s, w, r, "/authors/books", a.books)
	})
	handle("/books", func(w http.ResponseWriter, r *http.Request) any {
		q := r.URL.Query()
		books := filtered(l.books, func(b *book) bool { return q.Get("genre") == "" || b.genre == q.Get("genre") })
		sortBooks(books, q.Get("sort") == "pages", q.Get("order") == "desc")
		w.Header().Set("X-Total-Count", strconv.Itoa(len(books)))
		return paged(s, w, r, "/books", books)
	})
	handle("/books/{isbn}", func(_ http.ResponseWriter, r *http.Request) any { return s.one(s.book(r.PathValue("isbn"))) })
	handle("/books/{isbn}/reviews", func(w http.ResponseWriter, r *http.Request) any {
		b := s.book(r.PathValue("isbn"))
		if b == nil {
			return nil
		}
		return paged(s, w, r, "/reviews", b.reviews)
	})
	handle("/members", func(w http.ResponseWriter, r *http.Request) any { return paged(s, w, r, "/members", l.members) })
	handle("/members/{number}", func(_ http.ResponseWriter, r *http.Request) any { return s.one(s.member(r)) })
	handle("/members/{number}/loans", func(w http.ResponseWriter, r *http.Request) any {
		m := s.member(r)
		if m == nil {
			return nil
		}
		return paged(s, w, r, "/loans", m.loans)
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.log = append(s.log, r.Method+" "+r.URL.RequestURI())
		s.mu.Unlock()
		mux.ServeHTTP(w, r)
	})
}

func filtered[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return !keep(v) })
}

func sortBooks(books []*book, byPages, down bool) {
	slices.SortStableFunc(books, func(a, b *book) int {
		if down {
			a, b = b, a
		}
		if byPages {
			return a.pages - b.pages
		}
		return strings.Compare(a.title, b.title)
	})
}

func (s *server) branch(r *http.Request) *branch {
	for _, b := range s.library.branches {
		if strconv.Itoa(b.id) == r.PathValue("id") {
			return b
		}
	}
	return nil
}

func (s *server) author(r *http.Request) *author {
	for _, a := range s.library.authors {
		if strconv.Itoa(a.id) == r.PathValue("id") {
			return a
		}
	}
	return nil
}

func (s *server) book(isbn string) *book {
	for _, b := range s.library.books {
		if b.isbn == isbn {
			return b
		}
	}
	return nil
}

func (s *server) member(r *http.Request) *member {
	for _, m := range s.library.members {
		if strconv.Itoa(m.number) == r.PathValue("number") {
			return m
		}
	}
	return nil
}

// one renders an object, nil where there is none.
func (s *server) one(v any) any {
	switch v := v.(type) {
	case *branch:
		if v != nil {
			return s.render(v)
		}
	case *author:
		if v != nil {
			return s.render(v)
		}
	case *book:
		if v != nil {
			return s.render(v)
		}
	case *member:
		if v != nil {
			return s.render(v)
		}
	}
	return nil
}

func (s *server) list(path string, list any) []any {
	var out []any
	switch list := list.(type) {
	case []*branch:
		for _, v := range list {
			out = append(out, s.render(v))
		}
	}
	if s.fault.list != nil {
		out = s.fault.list(s, path, out)
	}
	return out
}

// paged cuts a list as the parameters say, and links to the next page.
func paged[T any](s *server, w http.ResponseWriter, r *http.Request, path string, list []T) []any {
	limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
	if err != nil {
		limit = 20
	}
	page := max(1, number(r.URL.Query().Get("page")))
	from, to := min((page-1)*limit, len(list)), min(page*limit, len(list))
	if to < len(list) {
		w.Header().Set("Link", fmt.Sprintf(`<http://%s%s?page=%d>; rel="next"`, r.Host, r.URL.Path, page+1))
	}
	out := []any{}
	for _, v := range list[from:to] {
		out = append(out, s.render(v))
	}
	if s.fault.list != nil {
		out = s.fault.list(s, path, out)
	}
	return out
}

func number(text string) int {
	n, _ := strconv.Atoi(text)
	return n
}

// render makes the object that REST sends.
func (s *server) render(v any) map[string]any {
	typ, out := "", map[string]any{}
	put := func(name string, value any) { out[name] = value }
	text := func(name, value string) {
		if value != "" {
			out[name] = value
		}
	}
	stamp := func(name string, at time.Time) { out[name] = at.Format(time.RFC3339Nano) }
	day := func(name string, at time.Time) { out[name] = at.Format(time.DateOnly) }
	switch v := v.(type) {
	case *branch:
		typ = "Branch"
		put("id", v.id)
		put("node_id", gid(v))
		put("name", v.name)
		put("city", v.city)
		put("phone", orNil(v.phone))
		day("opened_on", v.opened)
		put("accessible", v.accessible)
		put("copies_count", len(v.copies))
		put("web_url", fmt.Sprintf("https://api.library.example/branches/%d", v.id))
	case *author:
		typ = "Author"
		put("id", v.id)
		put("name", v.name)
		day("born_on", v.born)
		put("country", v.country)
		text("biography", v.biography)
		put("books_count", len(v.books))
		stamp("created_at", v.created)
		stamp("updated_at", v.updated)
	case *book:
		typ = "Book"
		put("isbn", v.isbn)
		put("title", v.title)
		put("subtitle", orNil(v.subtitle))
		put("genre", v.genre)
		put("pages", v.pages)
		put("copies_sold", v.sold)
		put("average_rating", v.rating)
		put("price", v.price)
		put("in_print", v.inPrint)
		put("shelf_mark", v.mark)
		day("published_on", v.published)
		stamp("created_at", v.created)
		put("author", s.render(v.author))
		put("tags", v.tags)
		put("reviews_count", len(v.reviews))
		put("web_url", "https://api.library.example/books/"+v.isbn)
	case *exemplar:
		typ = "Copy"
		put("barcode", v.barcode)
		put("status", v.status)
		put("condition", v.condition)
		day("acquired_on", v.acquired)
		put("book", s.render(v.book))
	case *review:
		typ = "Review"
		put("id", v.id)
		put("stars", v.stars)
		put("body", v.body)
		stamp("created_at", v.created)
		put("member", s.render(v.member))
	case *member:
		typ = "Member"
		put("number", v.number)
		put("name", v.name)
		put("email", v.email)
		put("plan", v.plan)
		put("active", v.active)
		stamp("joined_at", v.joined)
		put("loans_count", len(v.loans))
	case *loan:
		typ = "Loan"
		put("id", v.id)
		day("due_on", v.due)
		put("renewals", v.renewals)
		put("copy", s.render(v.copy))
		put("returned_at", nil)
		if !v.returned.IsZero() {
			stamp("returned_at", v.returned)
		}
	}
	if s.fault.rest != nil {
		s.fault.rest(s, typ, v, out)
	}
	return out
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// gid is the global ID of an object.
func gid(v any) string {
	switch v := v.(type) {
	case *branch:
		return fmt.Sprintf("gid://library/Branch/%d", v.id)
	case *author:
		return fmt.Sprintf("gid://library/Author/%d", v.id)
	case *review:
		return fmt.Sprintf("gid://library/Review/%d", v.id)
	case *loan:
		return fmt.Sprintf("gid://library/Loan/%d", v.id)
	}
	return ""
}
