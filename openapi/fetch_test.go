package openapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/internal/mocks/openapimock"
	"github.com/plumbapi/plumb/openapi"
	"github.com/stretchr/testify/mock"
)

func body(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

func TestRemoteReferencesGoThroughTheFetcher(t *testing.T) {
	t.Parallel()
	fetcher := openapimock.NewFetcher(t)
	for address, text := range map[string]string{
		"https://example.com/api/root.yaml":    "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {$ref: 'parts/a.json#/A'}\n    B: {$ref: '/b.yaml'}\n    C: {$ref: 'http://other.example/c'}\n    D: {$ref: 'parts/a.json#/A/properties/up'}\n",
		"https://example.com/api/parts/a.json": `{"A":{"title":"a","properties":{"up":{"$ref":"../root.yaml#/components/schemas/B"}}}}`,
		"https://example.com/b.yaml":           "title: b\n",
	} {
		fetcher.EXPECT().Fetch(mock.Anything, address).Return(body(text), nil).Once()
	}
	fetcher.EXPECT().Fetch(mock.Anything, "http://other.example/c").Return(nil, errors.New("no route")).Once()
	l := openapi.Loader{Fetcher: fetcher}
	doc, err := l.Load(t.Context(), "https://example.com/api/root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"A": "a", "B": "b", "D": "b"} {
		if got := doc.Resolve(doc.Root().Find("components", "schemas", name)).Get("title").Text(); got != want {
			t.Errorf("%s has the title %q, want %q", name, got, want)
		}
	}
	want := []string{`https://example.com/api/root.yaml:6 reference "http://other.example/c" leads nowhere: the document cannot be fetched: no route`}
	if diff := cmp.Diff(want, problems(doc)); diff != "" {
		t.Errorf("Problems (-want +got):\n%s", diff)
	}
}

func TestLocalFilesReferToRemoteOnes(t *testing.T) {
	t.Parallel()
	fetcher := openapimock.NewFetcher(t)
	fetcher.EXPECT().Fetch(mock.Anything, "https://example.com/a.yaml").Return(body("A: {$ref: 'secret.yaml'}\n"), nil).Once()
	fetcher.EXPECT().Fetch(mock.Anything, "https://example.com/secret.yaml").Return(body("title: remote\n"), nil).Once()
	l := openapi.Loader{Fetcher: fetcher, FS: files(map[string]string{
		"root.yaml":   "openapi: 3.0.3\ncomponents: {schemas: {A: {$ref: 'https://example.com/a.yaml#/A'}}}\n",
		"secret.yaml": "title: local\n",
	})}
	doc, err := l.Load(t.Context(), "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Resolve(doc.Root().Find("components", "schemas", "A")).Get("title").Text(); got != "remote" {
		t.Errorf("a remote source reaches the %s file", got)
	}
}

// TestEndlessSources: every source refers to a further one.
func TestEndlessSources(t *testing.T) {
	t.Parallel()
	fetched := 0
	fetcher := openapimock.NewFetcher(t)
	fetcher.EXPECT().Fetch(mock.Anything, mock.Anything).RunAndReturn(func(context.Context, string) (io.ReadCloser, error) {
		fetched++
		return body(fmt.Sprintf("openapi: 3.0.3\nnext: {$ref: 'https://example.com/%d'}\npad: %q\n", fetched, strings.Repeat("x", 1000))), nil
	})
	l := openapi.Loader{Fetcher: fetcher, MaxBytes: 10_000}
	doc, err := l.Load(t.Context(), "https://example.com/0")
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Problems()) != 1 || !strings.HasSuffix(doc.Problems()[0].Message, "the document refers to more sources than are read") {
		t.Errorf("problems %v", problems(doc))
	}
	if fetched > 100 {
		t.Errorf("%d sources were fetched", fetched)
	}
}

func TestLoadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	fetcher := openapimock.NewFetcher(t)
	fetcher.EXPECT().Fetch(mock.Anything, "https://example.com/a").RunAndReturn(func(context.Context, string) (io.ReadCloser, error) {
		cancel()
		return body("openapi: 3.0.3\nnext: {$ref: b}\n"), nil
	}).Once()
	if _, err := (&openapi.Loader{Fetcher: fetcher}).Load(ctx, "https://example.com/a"); !errors.Is(err, context.Canceled) {
		t.Errorf("Load returned the error %v, want %v", err, context.Canceled)
	}
}

func TestHTTPFetcher(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/api.json", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"openapi":"3.0.3"}`) })
	mux.HandleFunc("/page", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>sign in</html>") })
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("x", 101)) })
	mux.HandleFunc("/fits", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "openapi: 3.0.3 #"+strings.Repeat("x", 84))
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/api.json", http.StatusFound) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()

	for _, tc := range []struct {
		name, path, want string
		ctx              context.Context
	}{
		{name: "a description", path: "/api.json"},
		{name: "as large as may be", path: "/fits"},
		{name: "behind a redirect", path: "/away"},
		{name: "HTML", path: "/page", want: "the document is HTML or XML; expected JSON or YAML"},
		{name: "nothing", path: "/none", want: "the answer is 404 Not Found"},
		{name: "too large", path: "/large", want: "the body is too large"},
		{name: "an endless redirect", path: "/round", want: "more than 5 redirects"},
		{name: "a context that has ended", path: "/slow", ctx: cancelled, want: "context canceled"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if tc.ctx == nil {
				tc.ctx = t.Context()
			}
			l := openapi.Loader{Fetcher: &openapi.HTTPFetcher{AllowPrivate: true, MaxBytes: 100}}
			_, err := l.Load(tc.ctx, server.URL+tc.path)
			if tc.want == "" && err != nil || tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)) {
				t.Errorf("Load returned the error %v, want %q", err, tc.want)
			}
		})
	}
}

func TestHTTPFetcherRefusesPrivateAddresses(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.Path
		_, _ = io.WriteString(w, "openapi: 3.0.3\n")
	}))
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	f := openapi.HTTPFetcher{}
	for _, host := range []string{
		"127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "10.0.0.1", "172.16.0.1",
		"192.168.1.1", "169.254.169.254", "[fe80::1]", "[fd00::1]", "100.64.0.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
	} {
		ctx, cancel := context.WithCancel(t.Context())
		got, err := f.Fetch(ctx, "http://"+host+":"+at.Port()+"/secret")
		cancel()
		if err == nil {
			_ = got.Close()
			t.Errorf("Fetch from %s returned no error", host)
		} else if !strings.Contains(err.Error(), "is not public") && host != "2130706433" {
			t.Errorf("Fetch from %s returned the error %v", host, err)
		}
	}
	close(asked)
	for path := range asked {
		t.Errorf("%s was asked for", path)
	}
	for _, address := range []string{"file:///etc/passwd", "ftp://example.com/a", "gopher://example.com", "::"} {
		if _, err := f.Fetch(t.Context(), address); err == nil {
			t.Errorf("Fetch(%q) returned no error", address)
		}
	}
	f.Client = &http.Client{Transport: roundTripper(nil)}
	if _, err := f.Fetch(t.Context(), server.URL); err == nil || !strings.Contains(err.Error(), "cannot be kept from private addresses") {
		t.Errorf("Fetch with a transport of its own returned the error %v", err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestHTTPFetcherRedirects follows redirects without a network: they must
// neither take the header to another host nor leave https.
func TestHTTPFetcherRedirects(t *testing.T) {
	t.Parallel()
	var seen []string
	answer := func(r *http.Request) (*http.Response, error) {
		seen = append(seen, r.URL.String()+" "+r.Header.Get("Private-Token"))
		res := &http.Response{StatusCode: http.StatusFound, Header: http.Header{}, Body: http.NoBody, Request: r}
		switch r.URL.Path {
		case "/one":
			res.Header.Set("Location", "https://other.example/two")
		case "/two":
			res.Header.Set("Location", "https://example.com/three")
		case "/down":
			res.Header.Set("Location", "http://example.com/three")
		default:
			res.StatusCode, res.Body = http.StatusOK, body("openapi: 3.0.3\n")
		}
		return res, nil
	}
	f := openapi.HTTPFetcher{
		Client: &http.Client{Transport: roundTripper(answer)}, AllowPrivate: true,
		Header: http.Header{"private-token": {"s3cret"}}, HeaderHost: "example.com",
	}
	got, err := f.Fetch(t.Context(), "https://example.com/one")
	if err != nil {
		t.Fatal(err)
	}
	_ = got.Close()
	want := []string{"https://example.com/one s3cret", "https://other.example/two ", "https://example.com/three s3cret"}
	if diff := cmp.Diff(want, seen); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
	if _, err := f.Fetch(t.Context(), "https://example.com/down"); err == nil || !strings.Contains(err.Error(), "a redirect leads from https to http") {
		t.Errorf("Fetch returned the error %v", err)
	}
}
