package route_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lifecycle/internal/route"
	"github.com/plumbapi/plumb/openapi"
)

// describe makes a description of operations such as "GET /users". What
// stands before them is more of the document.
func describe(tb testing.TB, top string, operations ...string) *openapi.Document {
	tb.Helper()
	var order []string
	methods := map[string][]string{}
	for _, op := range operations {
		method, path, _ := strings.Cut(op, " ")
		if methods[path] == nil {
			order = append(order, path)
		}
		methods[path] = append(methods[path], method)
	}
	b := &strings.Builder{}
	fmt.Fprintf(b, "{%s \"info\": {\"title\": \"t\", \"version\": \"1\"}, \"paths\": {", top)
	for i, path := range order {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(b, "%q: {", path)
		for j, m := range methods[path] {
			if j > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(b, "%q: {\"responses\": {}}", strings.ToLower(m))
		}
		b.WriteString("}")
	}
	b.WriteString("}}")
	doc, err := openapi.Parse("api.json", []byte(b.String()))
	if err != nil {
		tb.Fatal(err)
	}
	return doc
}

const v30 = `"openapi": "3.0.3",`

// found is the operation of a request as text, "" for none.
func found(r *route.Route) string {
	if r == nil {
		return ""
	}
	return r.Operation.String()
}

func TestFind(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		operations []string
		want       map[string]string
	}{
		{
			"literals win over parameters, from the left", []string{"GET /users/{id}", "GET /users/me", "DELETE /users/{id}", "GET /{kind}/me", "GET /users/me/keys/{id}", "GET /users/{id}/repos"},
			map[string]string{
				"GET /users/me": "GET /users/me", "GET /users/you": "GET /users/{id}", "GET /teams/me": "GET /{kind}/me",
				"DELETE /users/me": "DELETE /users/{id}", "GET /users/me/repos": "GET /users/{id}/repos", "GET /users": "", "GET /users/": "",
				"GET /users//repos": "", "POST /users/me": "", "GET /": "", "GET ": "", "GET users/me": "",
			},
		},
		{
			"several parameters in a segment", []string{"GET /compare/{base}...{head}", "GET /files/{name}", "GET /files/{name}.{ext}", "GET /files/{name}.json", "POST /jobs/{id}:cancel", "POST /jobs/{id}:cancelAll", "GET /at/v{major}"},
			map[string]string{
				"GET /compare/a...b": "GET /compare/{base}...{head}", "GET /compare/...b": "", "GET /compare/a...": "", "GET /compare/a.b": "",
				"GET /compare/a....b": "GET /compare/{base}...{head}", "GET /files/a": "GET /files/{name}", "GET /files/a.txt": "GET /files/{name}.{ext}",
				"GET /files/a.json": "GET /files/{name}.json", "GET /files/.json": "GET /files/{name}", "GET /files/a.b.c": "GET /files/{name}.{ext}",
				"POST /jobs/7:cancel": "POST /jobs/{id}:cancel", "POST /jobs/7:cancelAll": "POST /jobs/{id}:cancelAll", "POST /jobs/:cancel": "",
				"POST /jobs/7%3Acancel": "POST /jobs/{id}:cancel", "GET /at/v3": "GET /at/v{major}", "GET /at/v": "", "GET /at/3": "",
			},
		},
		{
			"HEAD is GET unless it is described", []string{"GET /a", "GET /b", "HEAD /b", "POST /c"},
			map[string]string{"HEAD /a": "GET /a", "HEAD /b": "HEAD /b", "HEAD /c": "", "head /a": "", "OPTIONS /a": ""},
		},
		{
			"a slash at the end", []string{"GET /a", "GET /b/", "GET /c", "POST /c/", "GET /d/{id}", "GET /"},
			map[string]string{
				"GET /a/": "GET /a", "GET /b": "GET /b/", "GET /b/": "GET /b/", "GET /a//": "", "POST /c": "POST /c/", "GET /c/": "GET /c",
				"GET /d/1/": "GET /d/{id}", "GET /d/": "", "GET /": "GET /",
			},
		},
		{
			"percent-encoding", []string{"GET /projects/{id}/issues", "GET /a b/{x}", "GET /caf%C3%A9", "GET /100%/x"},
			map[string]string{
				"GET /projects/group%2Fproject/issues": "GET /projects/{id}/issues", "GET /project%73/1/issues": "GET /projects/{id}/issues",
				"GET /a%20b/1": "GET /a b/{x}", "GET /a b/1": "GET /a b/{x}", "GET /caf%c3%a9": "GET /caf%C3%A9", "GET /café": "GET /caf%C3%A9",
				"GET /100%/x": "GET /100%/x", "GET /100%25/x": "GET /100%/x", "GET /projects/%zz/issues": "GET /projects/{id}/issues",
				"GET /projects/" + strings.Repeat("%41", 400) + "/issues": "GET /projects/{id}/issues",
			},
		},
		{
			"targets as logs have them", []string{"GET /a/{b}"},
			map[string]string{
				"GET /a/1?page=2": "GET /a/{b}", "GET /a/1#top": "GET /a/{b}", "GET /a?x=/b": "", "GET https://api.example.com/a/1?x": "GET /a/{b}",
				"GET https://api.example.com": "", "GET *": "", "CONNECT example.com:443": "", "GET ?": "",
			},
		},
		{
			"parameters that Grape lets take slashes", []string{"GET /go/*module/@v/{version}.zip", "GET /files/(*path/){name}", "GET /files/(*path/){name}/authorize", "GET /*rest", "GET /odata/Products({id})", `GET /odata/Packages\(Id='*id'\)`, "POST /(ref/{ref}/)trigger", "GET /latest(/)(*suffix)"},
			map[string]string{
				"GET /go/example.com/m/v2/@v/v2.0.1.zip": "GET /go/*module/@v/{version}.zip", "GET /files/a.txt": "GET /files/(*path/){name}",
				"GET /files/x/y/a.txt": "GET /files/(*path/){name}", "GET /files/x/y/a.txt/authorize": "GET /files/(*path/){name}/authorize",
				"GET /else/where": "GET /*rest", "GET /" + strings.Repeat("x/", 80): "GET /*rest", "GET /": "",
				"GET /odata/Products(7)": "GET /odata/Products({id})", "GET /odata/Packages(Id='7')": `GET /odata/Packages\(Id='*id'\)`,
				"POST /trigger": "POST /(ref/{ref}/)trigger", "POST /ref/main/trigger": "POST /(ref/{ref}/)trigger",
				"GET /latest": "GET /latest(/)(*suffix)", "GET /latest/a/b": "GET /latest(/)(*suffix)",
				"GET /go/" + strings.Repeat("m/", 64) + "@v/1.zip": "GET /go/*module/@v/{version}.zip",
				"GET /go/" + strings.Repeat("m/", 65) + "@v/1.zip": "GET /*rest",
			},
		},
		{
			"what no description should hold", []string{"GET no-slash", "GET /{", "GET /a{", "GET /x/{}", "GET /q?x=1", "GET /same/{a}", "GET /same/{b}", "GET /{a}{b}/two", "GET /deep" + strings.Repeat("/x", 300)},
			map[string]string{
				"GET /no-slash": "GET no-slash", "GET /{": "GET /{", "GET /a{": "GET /a{", "GET /x/1": "GET /x/{}", "GET /q?y": "GET /q?x=1",
				"GET /same/1": "GET /same/{a}", "GET /ab/two": "GET /{a}{b}/two", "GET /a/two": "", "GET /deep" + strings.Repeat("/x", 300): "",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := route.New(describe(t, v30, tt.operations...), route.Options{})
			got := map[string]string{}
			for request := range tt.want {
				method, target, _ := strings.Cut(request, " ")
				got[request] = found(r.Find(method, target))
				if b := found(r.FindBytes([]byte(method), []byte(target))); b != got[request] {
					t.Errorf("FindBytes(%q) = %q, but Find %q", request, b, got[request])
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Find (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBases(t *testing.T) {
	t.Parallel()
	server := func(s string) string { return v30 + `"servers": [` + s + `],` }
	tests := []struct {
		name, top string
		bases     []string
		want      []string // targets that find GET /users
	}{
		{"none", v30, nil, []string{"/users"}},
		{"a host", server(`{"url": "https://api.example.com"}`), nil, []string{"/users"}},
		{"several", server(`{"url": "https://a.example.com/v1/"}, {"url": "/v2"}, {"url": "v3"}, {"url": "./v4"}, {"url": "//b.example.com/v5"}`), nil, []string{"/v1/users", "/v2/users", "/v3/users", "/v4/users", "/v5/users"}},
		{"a variable for all", server(`{"url": "{root}/v1", "variables": {"root": {"default": "https://example.com/x"}}}`), nil, []string{"/x/v1/users"}},
		{"a variable with an enum", server(`{"url": "https://e.com/{v}", "variables": {"v": {"default": "v1", "enum": ["v1", "v2"]}}}`), nil, []string{"/v1/users", "/v2/users"}},
		{"a variable that may be any", server(`{"url": "https://{h}/{t}/api", "variables": {"h": {"default": "e.com"}, "t": {"default": "acme"}}}`), nil, []string{"/acme/api/users", "/other/api/users"}},
		{"2.0", `"swagger": "2.0", "basePath": "/api/v2/",`, nil, []string{"/api/v2/users"}},
		{"2.0 without one", `"swagger": "2.0",`, nil, []string{"/users"}},
		{"given ones", server(`{"url": "/v1"}`), []string{"", "/proxy"}, []string{"/users", "/proxy/users"}},
		{"further ones", server(`{"url": "/v1"}`), []string{"+/proxy/"}, []string{"/v1/users", "/proxy/users"}},
	}
	targets := []string{"/users", "/v1/users", "/v2/users", "/v3/users", "/v4/users", "/v5/users", "/x/v1/users", "/acme/api/users", "/other/api/users", "/api/v2/users", "/proxy/users"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := route.Options{Bases: tt.bases}
			if len(tt.bases) == 1 {
				o = route.Options{Also: []string{tt.bases[0][1:]}}
			}
			r := route.New(describe(t, tt.top, "GET /users"), o)
			var got []string
			for _, target := range targets {
				if r.Find("GET", target) != nil {
					got = append(got, target)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("targets (-want +got):\n%s", diff)
			}
		})
	}
}

func TestServersOfAnOperation(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte(`openapi: 3.1.0
info: {title: t, version: "1"}
servers: [{url: /api}]
paths:
  /assets:
    servers: [{url: /uploads}]
    get: {responses: {}}
    post: {servers: [{url: https://up.example.com}], responses: {}}
  /plain:
    get: {responses: {}}
  /branches/{branch}/protection:
    parameters:
      - {name: branch, in: path, required: true, x-multi-segment: true, schema: {type: string}}
    get: {responses: {}}
webhooks:
  hook: {post: {responses: {}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	r := route.New(doc, route.Options{})
	want := map[string]string{
		"GET /uploads/assets": "GET /assets", "POST /assets": "POST /assets", "GET /assets": "", "GET /api/plain": "GET /plain",
		"GET /api/branches/fix/deep/protection": "GET /branches/{branch}/protection", "GET /api/branches/protection": "", "POST /api/hook": "",
	}
	got := map[string]string{}
	for request := range want {
		method, target, _ := strings.Cut(request, " ")
		got[request] = found(r.Find(method, target))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Find (-want +got):\n%s", diff)
	}
	for i, at := range r.Routes() {
		if at.Index != i {
			t.Errorf("route %d has the index %d", i, at.Index)
		}
	}
	if n := len(r.Routes()); n != 4 {
		t.Errorf("%d routes, want the 4 of paths", n)
	}
}

// TestFindURL asks a server, so that URLs are what net/http makes of them.
func TestFindURL(t *testing.T) {
	t.Parallel()
	r := route.New(describe(t, v30, "GET /projects/{id}/issues", "GET /a%/b", "GET /q?x", "GET /what%3F/b"), route.Options{})
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		fmt.Fprint(w, found(r.FindURL(req.Method, req.URL)))
	}))
	t.Cleanup(s.Close)
	for path, want := range map[string]string{
		"/projects/1/issues": "GET /projects/{id}/issues", "/projects/a%2Fb/issues?x=1": "GET /projects/{id}/issues", "/projects/a/b/issues": "",
		"/a%25/b": "GET /a%/b", "/what%3F/b": "GET /what%3F/b", "/what?/b": "",
	} {
		resp, err := s.Client().Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		fmt.Fscanf(resp.Body, "%s %s", new(string), &got)
		_ = resp.Body.Close()
		if want != "" {
			want = strings.TrimPrefix(want, "GET ")
		}
		if got != want {
			t.Errorf("FindURL(%s) = %q, want %q", path, got, want)
		}
	}
	stale := &url.URL{Path: "/projects/1/issues", RawPath: "/before/it/was/rewritten"}
	if got := found(r.FindURL("GET", stale)); got != "GET /projects/{id}/issues" {
		t.Errorf("FindURL of a rewritten path = %q", got)
	}
}

func TestNoAllocations(t *testing.T) {
	r := route.New(describe(t, v30, "GET /projects/{id}/issues", "GET /files/{name}.{ext}", "GET /a/(*b/)c"), route.Options{})
	for _, target := range []string{"/projects/group%2Fproject/issues", "/files/a.b", "/files/%41.b", "/a/1/2/3/c", "/nothing/of/it", "https://example.com/a/c?d"} {
		method, b := []byte("GET"), []byte(target)
		u, err := url.Parse(target)
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, func() { r.Find("GET", target); r.FindBytes(method, b); r.FindURL("GET", u) }); n != 0 {
			t.Errorf("looking up %s allocates %v times", target, n)
		}
	}
}
