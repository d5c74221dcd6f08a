package graphql_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	gographql "github.com/graphql-go/graphql"

	"github.com/plumbapi/plumb/graphql"
)

// serve starts a server that answers with the handler.
func serve(tb testing.TB, handler http.HandlerFunc) *httptest.Server {
	tb.Helper()
	server := httptest.NewServer(handler)
	tb.Cleanup(server.Close)
	return server
}

// query returns the query of a request.
func query(tb testing.TB, r *http.Request) string {
	tb.Helper()
	var body struct{ Query string }
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		tb.Error(err)
	}
	return body.Query
}

// TestFetchFromServer asks a server that graphql-go runs: it knows the
// specification of 2018 only and refuses what came later.
func TestFetchFromServer(t *testing.T) {
	t.Parallel()
	schema := tracker(t)
	queries := 0
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		queries++
		if got := r.Header.Get("X-Api-Key"); got != "secret" {
			t.Errorf("X-Api-Key = %q, want %q", got, "secret")
		}
		result := gographql.Do(gographql.Params{Schema: schema, RequestString: query(t, r), Context: r.Context()})
		_ = json.NewEncoder(w).Encode(result)
	})
	got, err := graphql.Fetch(t.Context(), server.Client(), server.URL+"/graphql?token=x", http.Header{"x-api-key": {"secret"}})
	if err != nil {
		t.Fatal(err)
	}
	want, err := graphql.FromSchema(schema, "tracker")
	if err != nil {
		t.Fatal(err)
	}
	// graphql-go tells everything in an order of chance, and default values
	// of input objects as Go prints them.
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return strings.HasSuffix(p.GoString(), ".Default") }, cmp.Ignore())
	if diff := cmp.Diff(contentOf(want), contentOf(got), modulo(untold, ignore, unordered)); diff != "" {
		t.Errorf("Fetch (-schema +fetched):\n%s", diff)
	}
	if queries != 4 {
		t.Errorf("queries = %d, want 4: three that the server refuses, and one", queries)
	}
	at := got.Query.Location()
	if at.File != server.URL+"/graphql" || at.Line < 2 {
		t.Errorf("place of the query type = %+v, want a line of SDL", at)
	}
	if line := strings.Split(got.Sources()[0].Text(), "\n")[at.Line-1]; !strings.HasPrefix(line, "type Root") {
		t.Errorf("line of the query type = %q", line)
	}
}

var unordered = cmp.Options{
	cmpopts.SortSlices(func(a, b *graphql.Field) bool { return a.Name < b.Name }),
	cmpopts.SortSlices(func(a, b *graphql.InputValue) bool { return a.Name < b.Name }),
	cmpopts.SortSlices(func(a, b *graphql.EnumValue) bool { return a.Name < b.Name }),
}

func TestFetchModern(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/tracker.introspection.json")
	if err != nil {
		t.Fatal(err)
	}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		q := query(t, r)
		for _, part := range []string{"isOneOf", "specifiedByURL", "isRepeatable", "inputFields(includeDeprecated: true)"} {
			if !strings.Contains(q, part) {
				t.Errorf("the first query lacks %s", part)
			}
		}
		_, _ = w.Write(data)
	})
	got, err := graphql.Fetch(t.Context(), server.Client(), server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contentOf(load(t, "tracker.graphql")), contentOf(got), modulo(untold)); diff != "" {
		t.Errorf("Fetch (-SDL +fetched):\n%s", diff)
	}
}

func TestFetchErrors(t *testing.T) {
	t.Parallel()
	other := serve(t, func(http.ResponseWriter, *http.Request) { t.Error("the redirect was followed to another host") })
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		want    string
	}{
		{"unauthorized", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, `{"errors": [{"message": "who?"}]}`, http.StatusUnauthorized)
		}, "1:1 : the endpoint asks for credentials: it answers 401 Unauthorized"},
		{"not found", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, "1:1 : the endpoint answers 404 Not Found"},
		{"HTML", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "<!doctype html><html></html>")
		}, "1:1 : expected JSON, found HTML"},
		{"text", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "hello")
		}, "1:1 : expected JSON, found text/plain"},
		{"nothing", func(http.ResponseWriter, *http.Request) {}, "1:1 : expected JSON, found nothing"},
		{"errors in 200", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"data": null, "errors": [{"message": "rate limit"}]}`)
		}, "1:27 : the endpoint refuses the introspection query: rate limit"},
		{"errors in 400", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"errors": [{"message": "unknown field"}]}`)
		}, "1:13 : the endpoint refuses the introspection query: unknown field"},
		{"disabled", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"errors": [{"message": "Introspection has been disabled."}]}`)
		}, "1:13 : the endpoint does not allow introspection: Introspection has been disabled."},
		{"field hidden", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"errors": [{"message": "Field '__schema' doesn't exist on type 'Query'"}]}`)
		}, "1:13 : the endpoint does not allow introspection: Field '__schema' doesn't exist on type 'Query'"},
		{"another object", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"ok": true}`)
		}, `1:1 : expected the result of an introspection query, an object with the key "__schema" or "data", found an object with the key "ok"`},
		{"broken JSON", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"data": `)
		}, "1:10 /data: invalid JSON: the file ends within a value"},
		{"hangs up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "1:1 : the endpoint closed the connection"},
		{"another host", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/x?secret=1", http.StatusTemporaryRedirect)
		}, "1:1 : the endpoint cannot be reached: it redirects to another place, " + other.URL + "/x"},
		{"drops the query", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/login", http.StatusFound)
		}, "1:1 : the endpoint cannot be reached: it redirects to URL/login in a way that drops the query"},
		{"loop", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/again", http.StatusPermanentRedirect)
		}, "1:1 : the endpoint cannot be reached: it redirects without end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, tt.handler)
			_, err := graphql.Fetch(t.Context(), server.Client(), server.URL, http.Header{"Authorization": {"secret"}})
			var e *graphql.Error
			if !errors.As(err, &e) {
				t.Fatalf("error = %v, want an *Error", err)
			}
			want := strings.ReplaceAll(tt.want, "URL", server.URL)
			if diff := cmp.Diff([]string{want}, lines(graphql.Findings(err))); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if e.Finding.Location.File != server.URL {
				t.Errorf("file = %q, want %q", e.Finding.Location.File, server.URL)
			}
		})
	}
}

func TestFetchRedirectWithinHost(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/graphql" {
			http.Redirect(w, r, "/graphql", http.StatusPermanentRedirect)
			return
		}
		if r.Header.Get("Authorization") != "secret" || !strings.Contains(query(t, r), "__schema") {
			t.Error("the redirected request lacks its header or its query")
		}
		http.ServeFile(w, r, "testdata/tracker.introspection.json")
	})
	if _, err := graphql.Fetch(t.Context(), nil, server.URL, http.Header{"Authorization": {"secret"}}); err != nil {
		t.Error(err)
	}
}

func TestFetchEnds(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	server := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-done:
		}
	})
	t.Cleanup(func() { close(done) })
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := graphql.Fetch(ctx, server.Client(), server.URL, nil)
	if diff := cmp.Diff([]string{"1:1 : the endpoint did not answer in time"}, lines(graphql.Findings(err))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error = %v, want one that is context.DeadlineExceeded", err)
	}
}

func TestFetchTooLarge(t *testing.T) {
	t.Parallel()
	server := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		block := []byte("{" + strings.Repeat(" ", 1<<20))
		for {
			if _, err := w.Write(block); err != nil {
				return // the client had enough
			}
		}
	})
	_, err := graphql.Fetch(t.Context(), server.Client(), server.URL, nil)
	if diff := cmp.Diff([]string{"1:1 : the response has more than 32 MiB"}, lines(graphql.Findings(err))); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestFetchAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "graphql", "ftp://host/graphql", "http://", "http://a b/", "file:///etc/passwd"} {
		if _, err := graphql.Fetch(t.Context(), nil, address, nil); err == nil || len(graphql.Findings(err)) != 1 {
			t.Errorf("Fetch of %q = %v, want an *Error", address, err)
		}
	}
	_, err := graphql.Fetch(t.Context(), nil, "http://user:pass@127.0.0.1:1/graphql?token=x", nil)
	if text := fmt.Sprint(err); strings.Contains(text, "pass") || strings.Contains(text, "token") {
		t.Errorf("error tells a secret: %s", text)
	}
}
