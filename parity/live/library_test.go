package live_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	gographql "github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/parity/live"
)

// The library is a small product with two APIs over one store: REST on
// net/http, GraphQL on graphql-go.

type branch struct {
	id                int
	name, city, phone string
	opened            time.Time
	accessible        bool
	copies            []*exemplar
}

type author struct {
	id                       int
	name, country, biography string
	born, created, updated   time.Time
	books                    []*book
}

type book struct {
	isbn, title, subtitle, genre, price, mark string
	pages                                     int
	sold                                      int64
	rating                                    float64
	inPrint                                   bool
	published, created                        time.Time
	author                                    *author
	tags                                      []string
	reviews                                   []*review
}

type exemplar struct {
	barcode, status, condition string
	acquired                   time.Time
	book                       *book
}

type review struct {
	id, stars int
	body      string
	created   time.Time
	member    *member
}

type member struct {
	number            int
	name, email, plan string
	active            bool
	joined            time.Time
	loans             []*loan
}

type loan struct {
	id, renewals int
	due          time.Time
	returned     time.Time
	copy         *exemplar
}

type library struct {
	branches []*branch
	authors  []*author
	books    []*book
	members  []*member
}

// newLibrary fills the store: 4 branches, 7 authors, 17 books, 12 members.
func newLibrary() *library {
	l := &library{}
	day := func(n int) time.Time {
		return time.Date(2001, 3, 4, 9, 30, 15, 250_000_000, time.UTC).AddDate(0, 0, 37*n).Add(time.Duration(n*613) * time.Second)
	}
	for i := range 7 {
		l.authors = append(l.authors, &author{
			id: 11 + i, name: "Author " + string(rune('A'+i)), country: []string{"PE", "IS", "KE", "JP"}[i%4],
			biography: []string{"", "Lives by the sea.", "Wrote late."}[i%3], born: day(-200 - i), created: day(i), updated: day(60 + i),
		})
	}
	for i := range 12 {
		l.members = append(l.members, &member{
			number: 7001 + 3*i, name: fmt.Sprintf("Member %02d", i), email: fmt.Sprintf("m%02d@library.example", i),
			plan: []string{"basic", "family", "student"}[i%3], active: i%4 != 3, joined: day(10 + i),
		})
	}
	for i := range 17 {
		a := l.authors[i%len(l.authors)]
		b := &book{
			isbn: fmt.Sprintf("97801404%05d", 4931+7*i), title: fmt.Sprintf("Title %02d", (i*5)%17), subtitle: []string{"", "A story", "Notes"}[i%3],
			genre: []string{"novel", "science-fiction", "poetry", "history"}[i%4], pages: 80 + (i*53)%400, sold: 5_000_000_000 + int64(i)*1_000_003,
			rating: 1 + float64((i*7)%40)/10, inPrint: i%5 != 0, price: fmt.Sprintf("%d.%02d", 9+i, (i*25)%100), mark: fmt.Sprintf("QX-%d.%d", 100+i, i%7),
			published: day(-20 + i), created: day(i), author: a, tags: []string{"tag" + strconv.Itoa(i%3), "shelf" + strconv.Itoa(i%5)},
		}
		for k := range i%4 + 1 {
			b.reviews = append(b.reviews, &review{
				id: 500 + 10*i + k, stars: 1 + (i+k)%5, body: fmt.Sprintf("Review %d of %s: <fine> & done.", k, b.title), created: day(100 + i + k), member: l.members[(i+k)%len(l.members)],
			})
		}
		a.books = append(a.books, b)
		l.books = append(l.books, b)
	}
	for i := range 4 {
		br := &branch{
			id: 1 + i, name: "Branch " + string(rune('N'+i)), city: []string{"Upton", "Downham"}[i%2], phone: []string{"", "+1 555 010"}[i%2],
			opened: day(-100 - i), accessible: i != 2,
		}
		for k := range 9 {
			br.copies = append(br.copies, &exemplar{
				barcode: fmt.Sprintf("C%d%03d", i, k), status: []string{"available", "on-loan", "in-repair"}[(i+k)%3], condition: []string{"good", "worn"}[k%2],
				acquired: day(30 + i + k), book: l.books[(i*4+k)%len(l.books)],
			})
		}
		l.branches = append(l.branches, br)
	}
	for i, m := range l.members {
		for k := range i%3 + 1 {
			n := &loan{id: 9000 + 10*i + k, renewals: (i + k) % 3, due: day(300 + i + k), copy: l.branches[i%4].copies[(i+k)%9]}
			if k%2 == 0 {
				n.returned = day(299 + i)
			}
			m.loans = append(m.loans, n)
		}
	}
	return l
}

// fault is something wrong, or only odd, on one of the servers. Its functions
// may be nil.
type fault struct {
	// rest changes an object of REST before it is sent; typ is the schema.
	rest func(s *server, typ string, source any, object map[string]any)
	// list changes a list of REST.
	list func(s *server, path string, list []any) []any
	// http answers a request of REST itself where it returns true.
	http func(s *server, w http.ResponseWriter, r *http.Request) bool
	// field changes what a field of GraphQL resolves to.
	field func(s *server, coordinate string, p gographql.ResolveParams, value any) (any, error)
	// post answers a request of GraphQL itself where it returns true.
	post func(s *server, w http.ResponseWriter, r *http.Request) bool
}

// server is both servers.
type server struct {
	library *library
	fault   fault
	rest    *httptest.Server
	gql     *httptest.Server

	mu     sync.Mutex
	counts map[string]int
	log    []string
}

// count returns how often it was called for a key before.
func (s *server) count(key string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[key]++
	return s.counts[key] - 1
}

func serve(t testing.TB, f fault) *server {
	t.Helper()
	s := &server{library: newLibrary(), fault: f, counts: map[string]int{}}
	s.rest = httptest.NewServer(s.restHandler())
	s.gql = httptest.NewServer(s.graphqlHandler(t))
	t.Cleanup(s.rest.Close)
	t.Cleanup(s.gql.Close)
	return s
}

// direct asks both servers without a network.
func direct(t testing.TB, f fault) (*server, live.Endpoints) {
	t.Helper()
	s := &server{library: newLibrary(), fault: f, counts: map[string]int{}}
	rest, gql := s.restHandler(), s.graphqlHandler(t)
	client := &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		if r.URL.Host == "rest.example" {
			rest.ServeHTTP(w, r)
		} else {
			gql.ServeHTTP(w, r)
		}
		return w.Result(), nil
	})}
	return s, live.Endpoints{REST: "http://rest.example/v1", GraphQL: "http://graphql.example/graphql", Client: client}
}

type transport func(r *http.Request) (*http.Response, error)

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

func (s *server) endpoints() live.Endpoints {
	return live.Endpoints{REST: s.rest.URL + "/v1", GraphQL: s.gql.URL + "/graphql"}
}

// described loads the descriptions of the library and matches them.
var described = sync.OnceValues(func() (*parity.Result, error) {
	text, err := os.ReadFile("testdata/library/openapi.yaml")
	if err != nil {
		return nil, err
	}
	doc, err := openapi.Parse("openapi.yaml", text)
	if err != nil {
		return nil, err
	}
	if text, err = os.ReadFile("testdata/library/schema.graphql"); err != nil {
		return nil, err
	}
	schema, err := graphql.Parse(graphql.File{Name: "schema.graphql", Data: text})
	if err != nil {
		return nil, err
	}
	return parity.Match(testContext, doc, schema, parity.Options{})
})

func matched(t testing.TB) *parity.Result {
	t.Helper()
	res, err := described()
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// quick are options that wait for nothing.
func quick() live.Options { return live.Options{Clock: live.NoWait()} }

func plan(t testing.TB, opts live.Options) *live.Plan {
	t.Helper()
	p, err := live.NewPlan(matched(t), opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// verify asks both servers.
func verify(t testing.TB, s *server, opts live.Options) *live.Result {
	t.Helper()
	res, err := live.Verify(t.Context(), plan(t, opts), s.endpoints(), opts)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// lastRequest reports whether the request that REST answers now is for a path
// with the beginning.
func (s *server) lastRequest(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.log) - 1; i >= 0; i-- {
		if strings.HasPrefix(s.log[i], "GET ") {
			return strings.HasPrefix(s.log[i], "GET /v1"+path)
		}
	}
	return false
}

// body reads the body of a request and leaves it there.
func body(r *http.Request) string {
	text, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(text))
	return string(text)
}

// windowOf is the whole list of books.
func windowOf(p gographql.ResolveParams) window {
	list := anys(p.Context.Value(libraryKey{}).(*library).books)
	return window{nodes: list, total: len(list)}
}

type libraryKey struct{}

// base64IDs is a GraphQL server that hides the form of its IDs.
func base64IDs() fault {
	return fault{field: func(s *server, at string, p gographql.ResolveParams, v any) (any, error) {
		if id, ok := v.(string); ok && strings.HasSuffix(at, ".id") {
			parts := strings.Split(id, "/")
			return base64.StdEncoding.EncodeToString([]byte(parts[3] + ":" + parts[4])), nil
		}
		plain := ""
		if arg, ok := p.Args["id"].(string); ok {
			text, _ := base64.StdEncoding.DecodeString(arg)
			plain = "gid://library/" + strings.ReplaceAll(string(text), ":", "/")
		}
		switch at {
		case "Query.branch":
			return first(s.library.branches, func(b *branch) bool { return gid(b) == plain }), nil
		case "Query.author":
			return first(s.library.authors, func(a *author) bool { return gid(a) == plain }), nil
		}
		return v, nil
	}}
}
