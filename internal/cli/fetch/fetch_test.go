package fetch_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/internal/cli/fetch"
)

func get(t *testing.T, f *fetch.Fetcher, url string) (string, error) {
	t.Helper()
	body, err := f.Fetch(t.Context(), url)
	if err != nil {
		return "", err
	}
	defer func() { _ = body.Close() }()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), nil
}

// echo answers with the token that it was sent.
func echo(t *testing.T) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "token="+r.Header.Get("Private-Token"))
	}))
	t.Cleanup(s.Close)
	return s
}

func redirectTo(t *testing.T, url string) *httptest.Server {
	s := httptest.NewServer(http.RedirectHandler(url, http.StatusFound))
	t.Cleanup(s.Close)
	return s
}

func TestTypedAddress(t *testing.T) {
	t.Parallel()
	s := echo(t)
	f := fetch.New(fetch.Options{Header: http.Header{"Private-Token": {"secret"}}})
	f.Type(s.URL + "/api.yaml")
	got, err := get(t, f, s.URL+"/api.yaml")
	if err != nil || got != "token=secret" {
		t.Errorf("Fetch = %q, %v; want the token to be sent", got, err)
	}
}

func TestPrivateAddress(t *testing.T) {
	t.Parallel()
	s := echo(t)
	tests := map[string]struct{ typed, url string }{
		"never typed":   {"https://example.com", s.URL},
		"redirected to": {"", redirectTo(t, s.URL).URL},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := fetch.New(fetch.Options{})
			if tt.typed == "" {
				tt.typed = tt.url
			}
			f.Type(tt.typed)
			_, err := get(t, f, tt.url)
			if err == nil || !strings.Contains(err.Error(), "127.0.0.1 is not a public address") {
				t.Errorf("Fetch returned %v, want the address refused", err)
			}
		})
	}
}

// TestHeadersStay shows that a redirect to another host does not carry the
// user's headers along.
func TestHeadersStay(t *testing.T) {
	t.Parallel()
	first := redirectTo(t, "http://other.example.com/")
	f := fetch.New(fetch.Options{
		Header: http.Header{"Private-Token": {"secret"}},
		Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			if r.URL.Host == "other.example.com" {
				body := io.NopCloser(strings.NewReader("token=" + r.Header.Get("Private-Token")))
				return &http.Response{StatusCode: http.StatusOK, Body: body, Request: r}, nil
			}
			return http.DefaultTransport.RoundTrip(r)
		}),
	})
	f.Type(first.URL)
	got, err := get(t, f, first.URL)
	if err != nil || got != "token=" {
		t.Errorf("Fetch = %q, %v; want no token", got, err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestProblems(t *testing.T) {
	t.Parallel()
	missing := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(missing.Close)
	var loop *httptest.Server
	loop = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, loop.URL, http.StatusFound)
	}))
	t.Cleanup(loop.Close)
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for url, want := range map[string]string{
		missing.URL:      "the server answers 404 Not Found",
		loop.URL:         "more than 5 redirects",
		gone.URL:         "connection refused",
		"http://a b/":    "no URL",
		"http://[::1]:x": "no URL",
	} {
		f := fetch.New(fetch.Options{})
		f.Type(url)
		_, err := get(t, f, url)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Fetch(%s) returned %v, want %q", url, err, want)
		}
		if err != nil && strings.Contains(err.Error(), url) {
			t.Errorf("Fetch(%s) returned %v, which repeats the URL", url, err)
		}
	}
}
