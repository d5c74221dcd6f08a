package site_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/site"
)

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestParseTheme(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ text, want string }{
		"variables":     {":root { --accent: #a0f; }", ""},
		"a data URL":    {"body { background: url(data:image/png;base64,AAAA); }", ""},
		"an import":     {"\n@import 'x.css';", "line 2: @import asks for another file, and pages may load none"},
		"another file":  {"a { background: URL( 'https://example.com/x.png' ); }", `line 1: "https://example.com/x.png" is another file, and pages may load none; use a data: URL`},
		"markup":        {"</style><script>", "line 1: a stylesheet has no end tags"},
		"an open brace": {"a {", "it opens 1 braces and closes 0"},
		"no text":       {"a\x00", "it is no text in UTF-8"},
		"long":          {strings.Repeat(" ", 1<<20), "it is longer than 256 KiB"},
	} {
		_, err := site.ParseTheme(tt.text)
		if diff := cmp.Diff(tt.want, message(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestParseTemplates(t *testing.T) {
	t.Parallel()
	version := &fstest.MapFile{Data: []byte("1\n")}
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	for name, tt := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"whole":         {fstest.MapFS{"version": version, "footer.html": text("<p>{{.Title}}</p>"), ".keep": text("")}, ""},
		"no version":    {fstest.MapFS{"footer.html": text("x")}, `there is no file "version"; write the version of the slots into it, 1`},
		"newer":         {fstest.MapFS{"version": text("2")}, `version: "2" is not a version of the slots that this plumb knows, which is 1`},
		"no slot":       {fstest.MapFS{"version": version, "side.html": text("x")}, "side.html is no slot; the files are head.html, header.html, landing.html, before.html, after.html, footer.html"},
		"no member":     {fstest.MapFS{"version": version, "head.html": text("\n{{.Page.Titel}}")}, `head.html:2:7: executing "head.html" at <.Page.Titel>: can't evaluate field Titel in type site.PageOf`},
		"no template":   {fstest.MapFS{"version": version, "head.html": text("{{if}}")}, "head.html:1: missing value for if"},
		"inline script": {fstest.MapFS{"version": version, "head.html": text("<script>x()</script>")}, "head.html: a script that is written into a page does not run there; put it into a file"},
	} {
		_, err := site.ParseTemplates(tt.files)
		if diff := cmp.Diff(tt.want, message(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestParseTry(t *testing.T) {
	t.Parallel()
	const noAddress = "it is no address of a server; write it as https://sandbox.example.com/v1"
	for name, tt := range map[string]struct{ server, graphQL, want, wantErr string }{
		"https":             {"https://API.example.com/v1/", "", "https://api.example.com/v1 https://api.example.com/v1/graphql", ""},
		"loopback":          {"http://127.0.0.1:80", "http://127.0.0.1:80/query", "http://127.0.0.1:80 http://127.0.0.1:80/query", ""},
		"in the open":       {"http://api.example.com", "", "", "credentials would go over the network in the open; use https, or http on this machine"},
		"no address":        {"api.example.com", "", "", noAddress},
		"a password":        {"https://me:secret@example.com", "", "", noAddress},
		"breaks the policy": {"https://example.com;script-src*", "", "", "the name of the server may have letters, digits, hyphens and dots only"},
		"two origins":       {"https://example.com", "https://other.example.com/graphql", "", "both addresses must be of one origin, and other.example.com is not example.com"},
	} {
		got, err := site.ParseTry(tt.server, tt.graphQL)
		if diff := cmp.Diff(tt.wantErr, message(err)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
			continue
		}
		if err == nil && got.Server+" "+got.GraphQL != tt.want {
			t.Errorf("%s: %s %s, want %s", name, got.Server, got.GraphQL, tt.want)
		}
	}
}

// TestLook builds a site with a theme, templates and requests that are sent:
// each is where it belongs, and where none was asked for there is nothing.
func TestLook(t *testing.T) {
	t.Parallel()
	templates, err := site.ParseTemplates(fstest.MapFS{
		"version":      {Data: []byte("1")},
		"head.html":    {Data: []byte(`<meta name="robots" content="noindex">`)},
		"header.html":  {Data: []byte(`<a href="{{.Root}}index.html">home</a>`)},
		"landing.html": {Data: []byte(`<p>welcome to {{.Title}} {{.Version}}</p>`)},
		"before.html":  {Data: []byte(`<p class="crumbs">{{.Page.Area}} / {{.Page.Group}} / {{.Page.ID}}</p>`)},
		"after.html":   {Data: []byte(`{{if eq .Page.Kind "operation"}}<p>ask us</p>{{end}}`)},
		"footer.html":  {Data: []byte(`<p>© us</p>`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	try, err := site.ParseTry("https://sandbox.example.com/v1", "")
	if err != nil {
		t.Fatal(err)
	}
	dressed := build(t, apidocs.Input{}, site.Options{Theme: ":root { --accent: #a0f; }", Templates: templates, Try: try}, library, libraryGraph)
	plain := build(t, apidocs.Input{}, site.Options{}, library, libraryGraph)
	sound(t, dressed)
	for page, want := range map[string][]string{
		"index.html": {"welcome to Library 2", "© us", "noindex", `<a href="index.html">home</a>`, "assets/theme.css", "connect-src https://sandbox.example.com\""},
		"rest/shelves/get-shelf.html": {
			"rest / shelves / GET /shelves/{id}", "ask us", `<a href="../../index.html">home</a>`, "assets/try.js",
			`data-server="https://sandbox.example.com/v1"`, `data-path="/shelves/{id}"`, `name="id" data-in="path"`, `type="password"`, `data-before="Bearer "`,
		},
		"graphql/queries/shelf.html": {`data-graphql="https://sandbox.example.com/v1/graphql"`, "query Shelf("},
		"rest/types/shelf.html":      {"rest / Types / Shelf"},
	} {
		for _, w := range want {
			if !strings.Contains(string(dressed[page].Data), w) {
				t.Errorf("%s does not have %q", page, w)
			}
			if strings.Contains(string(plain[page].Data), w) && w != "query Shelf(" {
				t.Errorf("without options %s has %q", page, w)
			}
		}
	}
	for _, name := range []string{"assets/theme.css", "assets/try.js"} {
		if dressed[name] == nil || plain[name] != nil {
			t.Errorf("%s is there: %t, without options %t", name, dressed[name] != nil, plain[name] != nil)
		}
	}
}
