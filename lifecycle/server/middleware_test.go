package server_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/lifecycle/server"
	"github.com/plumbapi/plumb/openapi"
)

const shop = `openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://api.shop.example/v1"}]
paths:
  /orders:
    get:
      operationId: listOrders
      deprecated: true
      x-deprecated-at: 2026-01-15
      x-sunset: 2026-12-31
      x-replaced-by: GET /purchases
      x-deprecated-reason: Orders are purchases now, see https://shop.example/docs/purchases.
      responses: {"200": {description: Orders.}}
  /orders/{id}:
    get:
      deprecated: true
      x-replaced-by: GET /purchases/{id}
      responses: {"200": {description: An order.}}
    delete:
      deprecated: true
      x-deprecated-at: 2027-02-01
      x-sunset: 2027-01-01
      responses: {"204": {description: Gone.}}
  /export:
    get:
      x-sunset: 2026-03-01
      responses: {"200": {description: Everything.}}
  /purchases:
    get:
      parameters:
        - {name: sort, in: query, deprecated: true, schema: {type: string}}
      responses: {"200": {description: Purchases.}}
  /purchases/{id}:
    get:
      responses: {"200": {description: A purchase.}}
`

func parse(tb testing.TB, text string) *openapi.Document {
	tb.Helper()
	doc, err := openapi.Parse("api.yaml", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func at(text string) func() time.Time { return func() time.Time { return day(text) } }

// start serves a handler behind the middleware.
func start(t *testing.T, o server.Options, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	wrap, err := server.Middleware(parse(t, shop), o)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(wrap(handler))
	t.Cleanup(s.Close)
	return s
}

// reply is a response that has been read.
type reply struct {
	StatusCode    int
	Header        http.Header
	Body          string
	ContentLength int64
}

func ask(t *testing.T, s *httptest.Server, method, path string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{resp.StatusCode, resp.Header, string(body), resp.ContentLength}
}

// said are the fields of a response that are about life.
func said(h http.Header) map[string][]string {
	got := map[string][]string{}
	for _, name := range []string{"Deprecation", "Sunset", "Link"} {
		if v := h.Values(name); len(v) > 0 {
			got[name] = v
		}
	}
	return got
}

const (
	dep2026  = "@1768435200" // 15 Jan 2026
	sun2026  = "Thu, 31 Dec 2026 00:00:00 GMT"
	docsLink = `<https://shop.example/docs/purchases>; rel="deprecation"`
	nextLink = `</v1/purchases>; rel="successor-version"`
)

func TestMiddleware(t *testing.T) {
	t.Parallel()
	s := start(t, server.Options{Now: at("2026-06-01")}, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	tests := map[string]map[string][]string{
		"GET /v1/orders":        {"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {docsLink, nextLink}},
		"HEAD /v1/orders":       {"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {docsLink, nextLink}},
		"GET /v1/orders/7":      {"Deprecation": {"@1780272000"}}, // no day in the description: that of the start
		"DELETE /v1/orders/7":   {"Deprecation": {"@1798761600"}, "Sunset": {"Fri, 01 Jan 2027 00:00:00 GMT"}},
		"GET /v1/export":        {"Sunset": {"Sun, 01 Mar 2026 00:00:00 GMT"}},
		"GET /v1/purchases":     {}, // a parameter is deprecated, not the operation
		"GET /v1/purchases/7":   {},
		"POST /v1/orders":       {},
		"GET /orders":           {},
		"GET /v1/orders/7/more": {},
	}
	for request, want := range tests {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			method, path, _ := strings.Cut(request, " ")
			resp := ask(t, s, method, path)
			if diff := cmp.Diff(want, said(resp.Header)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
			if resp.StatusCode != http.StatusOK || method != "HEAD" && resp.Body != "hello" {
				t.Errorf("status %d, body %q; want those of the handler", resp.StatusCode, resp.Body)
			}
		})
	}
}

// TestOptions is about values that the description does not have.
func TestOptions(t *testing.T) {
	t.Parallel()
	s := start(t, server.Options{
		Now: at("2026-06-01"), Since: day("2026-02-02"), Docs: "https://shop.example/deprecations",
		SunsetDocs: "https://shop.example/policy", Bases: []string{""},
	}, func(http.ResponseWriter, *http.Request) {})
	docs, policy := `<https://shop.example/deprecations>; rel="deprecation"`, `<https://shop.example/policy>; rel="sunset"`
	for path, want := range map[string]map[string][]string{
		"/orders":   {"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {docsLink, nextLink, policy}},
		"/orders/7": {"Deprecation": {"@1769990400"}, "Link": {docs}},
		"/export":   {"Sunset": {"Sun, 01 Mar 2026 00:00:00 GMT"}, "Link": {policy}},
	} {
		if diff := cmp.Diff(want, said(ask(t, s, "GET", path).Header)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// TestOwnFields is about handlers that say something themselves.
func TestOwnFields(t *testing.T) {
	t.Parallel()
	ours := map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {docsLink, nextLink}}
	next := `</v1/orders?page=2>; rel="next"`
	tests := []struct {
		name    string
		handler http.HandlerFunc
		want    map[string][]string
	}{
		{"a field of its own", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Deprecation", "@5") }, map[string][]string{"Deprecation": {"@5"}, "Sunset": {sun2026}, "Link": {docsLink, nextLink}}},
		{"another link", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Link", next) }, map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {next, docsLink, nextLink}}},
		{"a link of its own", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", next+`, </v9>; rel="up Successor-Version"`)
			w.WriteHeader(http.StatusAccepted)
		}, map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {next + `, </v9>; rel="up Successor-Version"`, docsLink}}},
		{"a link that is none", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Link", "</v9") }, map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {"</v9", docsLink, nextLink}}},
		{"nothing written", func(http.ResponseWriter, *http.Request) {}, ours},
		{"a status only", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }, ours},
		{"an error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", http.StatusInternalServerError) }, ours},
		{"early hints", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Set("Link", next)
			w.WriteHeader(http.StatusOK)
		}, map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {next, docsLink, nextLink}}},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) {
			w.(http.Flusher).Flush()
			w.Header().Set("Deprecation", "@5") // too late
		}, ours},
		{"flushed by the controller", func(w http.ResponseWriter, _ *http.Request) {
			if err := http.NewResponseController(w).Flush(); err != nil {
				panic(err)
			}
		}, ours},
		{"copied", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("a text"))
		}, ours},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, server.Options{Now: at("2026-06-01")}, tt.handler)
			if diff := cmp.Diff(tt.want, said(ask(t, s, "GET", "/v1/orders").Header)); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHijack(t *testing.T) {
	t.Parallel()
	for name, hijack := range map[string]func(w http.ResponseWriter) (io.WriteCloser, *bufio.ReadWriter, error){
		"asserted": func(w http.ResponseWriter) (io.WriteCloser, *bufio.ReadWriter, error) {
			return w.(http.Hijacker).Hijack()
		},
		"by the controller": func(w http.ResponseWriter) (io.WriteCloser, *bufio.ReadWriter, error) {
			return http.NewResponseController(w).Hijack()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, server.Options{Now: at("2026-06-01")}, func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := hijack(w)
				if err != nil {
					panic(err)
				}
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nraw")
				_ = conn.Close()
			})
			if resp := ask(t, s, "GET", "/v1/orders"); resp.Body != "raw" {
				t.Errorf("body %q, want that of the connection", resp.Body)
			}
		})
	}
}

// TestHTTP2 shows that the writer of HTTP/2 keeps what it can, and gets
// nothing that it cannot.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	wrap, err := server.Middleware(parse(t, shop), server.Options{Now: at("2026-06-01")})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, hijacks := w.(http.Hijacker)
		_, pushes := w.(http.Pusher)
		w.Header().Set("X-Hijacks", map[bool]string{true: "yes", false: "no"}[hijacks])
		w.Header().Set("X-Pushes", map[bool]string{true: "yes", false: "no"}[pushes])
		w.(http.Flusher).Flush()
		_, _ = io.WriteString(w, r.Proto)
	})))
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	resp := ask(t, s, "GET", "/v1/orders")
	if resp.Body != "HTTP/2.0" || resp.Header.Get("X-Hijacks") != "no" || resp.Header.Get("X-Pushes") != "yes" {
		t.Errorf("protocol %q, hijacks %s, pushes %s; want HTTP/2.0, no, yes", resp.Body, resp.Header.Get("X-Hijacks"), resp.Header.Get("X-Pushes"))
	}
	want := map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {docsLink, nextLink}}
	if diff := cmp.Diff(want, said(resp.Header)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
}

func TestGone(t *testing.T) {
	t.Parallel()
	var now time.Time
	s := start(t, server.Options{Now: func() time.Time { return now }, Gone: true, Since: day("2026-01-01")}, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "hello") })
	for _, tt := range []struct {
		now, path string
		status    int
	}{
		{"2026-12-30", "/v1/orders", http.StatusOK}, {"2026-12-31", "/v1/orders", http.StatusGone},
		{"2030-01-01", "/v1/orders/7", http.StatusOK}, {"2030-01-01", "/v1/purchases", http.StatusOK}, {"2030-01-01", "/v1/export", http.StatusGone},
	} {
		now = day(tt.now)
		if resp := ask(t, s, "GET", tt.path); resp.StatusCode != tt.status {
			t.Errorf("%s at %s: status %d, want %d", tt.path, tt.now, resp.StatusCode, tt.status)
		}
	}
	resp := ask(t, s, "GET", "/v1/orders")
	if got := resp.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type %q", got)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(resp.Body), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"type": "about:blank", "title": "Gone", "status": 410.0, "operation": "GET /orders", "sunset": "2026-12-31T00:00:00Z", "successor": "/v1/purchases",
		"detail": "GET /orders is gone since 31 Dec 2026. Use /v1/purchases instead.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("body (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(map[string][]string{"Deprecation": {dep2026}, "Sunset": {sun2026}, "Link": {docsLink, nextLink}}, said(resp.Header)); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if resp := ask(t, s, "HEAD", "/v1/orders"); resp.StatusCode != http.StatusGone || resp.ContentLength <= 0 {
		t.Errorf("HEAD: status %d, length %d", resp.StatusCode, resp.ContentLength)
	}
}

// counts are the values of the counter, by surface, element and consumer.
func counts(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			labels := map[string]string{}
			for _, l := range m.GetLabel() {
				labels[l.GetName()] = l.GetValue()
			}
			got[f.GetName()+" "+labels["surface"]+" "+labels["element"]+" "+labels["consumer"]] = m.GetCounter().GetValue()
		}
	}
	return got
}

func TestCounter(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	o := server.Options{
		Now: at("2027-06-01"), Registerer: registry, MaxConsumers: 2, Gone: true,
		Consumer: func(r *http.Request) string { return r.URL.Query().Get("app") },
	}
	s := start(t, o, func(http.ResponseWriter, *http.Request) {})
	for _, path := range []string{
		"/v1/orders?app=web", "/v1/orders?app=web", "/v1/orders/1?app=cli", "/v1/orders/2?app=new", "/v1/orders/2?app=newer", "/v1/orders/3",
		"/v1/orders/4?app=web", "/v1/purchases?app=web", "/v1/export?app=web", "/v1/none",
	} {
		ask(t, s, "GET", path)
	}
	const name = "api_deprecated_uses_total rest "
	want := map[string]float64{
		name + "GET /orders web": 2, name + "GET /orders/{id} cli": 1, name + "GET /orders/{id} other": 2, name + "GET /orders/{id} unknown": 1, name + "GET /orders/{id} web": 1,
	}
	if diff := cmp.Diff(want, counts(t, registry)); diff != "" {
		t.Errorf("counter (-want +got):\n%s", diff)
	}

	// A second middleware shares the counter; a name that is no text does not
	// matter.
	o.Consumer = func(*http.Request) string { return strings.Repeat("\xff", 500) }
	o.Gone = false
	ask(t, start(t, o, func(http.ResponseWriter, *http.Request) {}), "GET", "/v1/orders")
	if got := counts(t, registry); len(got) != 6 {
		t.Errorf("%d series, want 6: %v", len(got), got)
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	taken := prometheus.NewRegistry()
	taken.MustRegister(prometheus.NewGauge(prometheus.GaugeOpts{Name: server.Metric, Help: "Something else."}))
	for name, tt := range map[string]struct {
		o    server.Options
		want string
	}{
		"no clock":          {server.Options{}, "Options.Now is missing"},
		"the name is taken": {server.Options{Now: at("2026-01-01"), Registerer: taken}, "register the counter api_deprecated_uses_total"},
		"docs are no URL":   {server.Options{Now: at("2026-01-01"), Docs: "see the wiki"}, `Link "<see the wiki>; rel=\"deprecation\""`},
	} {
		if _, err := server.Middleware(parse(t, shop), tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", name, err, tt.want)
		}
	}
}

// discard is a ResponseWriter that costs nothing.
type discard struct{ h http.Header }

func (d discard) Header() http.Header         { return d.h }
func (d discard) Write(b []byte) (int, error) { return len(b), nil }
func (d discard) WriteHeader(int)             {}

// TestNoAllocations is about routes that are not deprecated.
func TestNoAllocations(t *testing.T) {
	wrap, err := server.Middleware(parse(t, shop), server.Options{Now: at("2026-06-01"), Gone: true, Registerer: prometheus.NewRegistry()})
	if err != nil {
		t.Fatal(err)
	}
	h := wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for _, path := range []string{"/v1/purchases", "/v1/purchases/a%2Fb?x=1", "/elsewhere"} {
		r, w := httptest.NewRequest(http.MethodGet, path, nil), discard{http.Header{}}
		if n := testing.AllocsPerRun(100, func() { h.ServeHTTP(w, r) }); n != 0 {
			t.Errorf("%s allocates %v times", path, n)
		}
	}
}

// TestRealDescription holds every value for GitHub's description against the
// grammars, through a server.
func TestRealDescription(t *testing.T) {
	t.Parallel()
	doc := github(t)
	wrap, err := server.Middleware(doc, server.Options{Now: at("2026-06-01")})
	if err != nil {
		t.Fatal(err)
	}
	h := wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	n := 0
	for _, p := range headers.Promises(doc, headers.Options{}) {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(p.Operation.Method, strings.NewReplacer("{", "", "}", "").Replace(p.Operation.Path), nil))
		if _, err := headers.ParseDeprecation(w.Header().Get("Deprecation")); err != nil {
			t.Errorf("%s: Deprecation: %v", p.Operation, err)
		}
		if links, err := headers.ParseLinks(w.Header()["Link"]...); err != nil {
			t.Errorf("%s: Link %q: %v", p.Operation, links, err)
		}
		n++
	}
	if n == 0 {
		t.Error("GitHub deprecates nothing?")
	}
}

func github(tb testing.TB) *openapi.Document {
	tb.Helper()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = "../../../shared/corpus"
	}
	const name = "github/rest/api.github.com.json"
	if _, err := os.Stat(dir + "/" + name); err != nil {
		tb.Skipf("the corpus is not here: %v (set PLUMB_CORPUS)", err)
	}
	doc, err := openapi.Load(tb.Context(), os.DirFS(dir), name)
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

// BenchmarkMiddleware is one request through the middleware, for a route of
// GitHub's that is not deprecated and for one that is; BenchmarkBare is the
// floor.
func BenchmarkMiddleware(b *testing.B) {
	wrap, err := server.Middleware(github(b), server.Options{Now: at("2026-06-01"), Registerer: prometheus.NewRegistry()})
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range map[string]string{"plain": "/repos/octo/cat/issues/7/comments", "deprecated": "/teams/1/members/octocat"} {
		b.Run(name, func(b *testing.B) {
			serve(b, wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})), path)
		})
	}
}

func BenchmarkBare(b *testing.B) {
	serve(b, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}), "/repos/octo/cat/issues/7/comments")
}

func serve(b *testing.B, h http.Handler, path string) {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	w := discard{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.h)
		h.ServeHTTP(w, r)
	}
}
