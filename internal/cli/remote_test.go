package cli_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// run calls plumb in a folder of its own with the files.
func run(t *testing.T, files map[string]string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var out, problems strings.Builder
	e := &env.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &problems, Dir: dir,
		Getenv: func(name string) string { return map[string]string{"TOKEN": "secret"}[name] },
		Now:    func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
	}
	code = cli.Run(t.Context(), e, args)
	return code, out.String(), problems.String()
}

// place is where a finding is.
type place struct{ Rule, File, Message string }

func findings(t *testing.T, stdout string) []place {
	t.Helper()
	var got struct {
		Findings []struct {
			Rule, Message string
			Location      struct{ File string }
		}
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v in %q", err, stdout)
	}
	var places []place
	for _, f := range got.Findings {
		places = append(places, place{f.Rule, f.Location.File, f.Message})
	}
	return places
}

const (
	remoteAPI = `{"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"},
 "paths": {"/pets": {"$ref": "pets.json"}, "/cats": {"$ref": "pets.json"}}}`
	remotePets    = `{"get": {"operationId": "listPets", "responses": {"200": {"description": "The pets."}}}}`
	introspection = `{"data": {"__schema": {"queryType": {"name": "Query"}, "types": [
  {"kind": "OBJECT", "name": "Query", "interfaces": [], "fields": [
    {"name": "pets", "args": [], "isDeprecated": false, "type": {"kind": "OBJECT", "name": "Pet"}}]}], "directives": []}}}`
)

// shop serves descriptions in several ways.
func shop(t *testing.T) (url, host string) {
	mux := http.NewServeMux()
	text := func(path, text string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
	}
	schema := func(path string) {
		mux.HandleFunc("POST "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, introspection)
		})
	}
	text("/api.json", remoteAPI)
	text("/pets.json", remotePets)
	text("/login", "<!doctype html><title>Sign in</title>")
	schema("/api/graphql")
	schema("/query")
	mux.HandleFunc("GET /private.json", func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if r.Header.Get("Private-Token") != "secret" && user+password != "adasecret" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		_, _ = io.WriteString(w, remotePets)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL, strings.TrimPrefix(s.URL, "http://")
}

// TestLintRulesetURL shows that rulesets of other hosts are read by the rules of
// references: those that are typed, and those that they name on the same host or
// one that is allowed.
func TestLintRulesetURL(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	for path, text := range map[string]string{
		"/rules.yaml":  "extends: base.yaml\nrules: {title-long: error}\n",
		"/base.yaml":   "extends: [[spectral:oas, off]]\nrules:\n  title-long: {given: $.info.title, then: {function: length, functionOptions: {min: 9}}}\n",
		"/broken.yaml": "rules:\n  broken: {given: $, then: {function: trutly}}\n",
		"/local.yaml":  "functions: [own]\nrules:\n  own: {given: $, then: {function: own}}\n",
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, text) })
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	host := strings.TrimPrefix(s.URL, "http://")
	files := map[string]string{
		"api.yaml":         "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths: {}\n",
		"ours.yaml":        "extends: ['" + s.URL + "/base.yaml']\n",
		"functions/own.js": "module.exports = () => [{message: 'read'}]",
	}
	for _, tt := range []struct {
		name string
		args []string
		code int
		want string // in what is said
	}{
		{"typed", []string{"--ruleset", s.URL + "/rules.yaml"}, 1, "title-long"},
		{"extended, and not allowed", []string{"--ruleset", "ours.yaml"}, 2, "plumb: ours.yaml:1:11: " + s.URL + "/base.yaml: references to other hosts are only followed with --allow-remote or --allow-host\n"},
		{"extended, private and not named", []string{"--allow-remote", "--ruleset", "ours.yaml"}, 2, "127.0.0.1 is not a public address"},
		{"extended, and allowed", []string{"--allow-host", host, "--ruleset", "ours.yaml"}, 0, "title-long"},
		{"wrong", []string{"--ruleset", s.URL + "/broken.yaml"}, 2, "plumb: " + s.URL + "/broken.yaml:2:39: there is no function trutly; did you mean truthy?\n"},
		{"not there", []string{"--ruleset", s.URL + "/none.yaml"}, 2, "plumb: --ruleset: " + s.URL + "/none.yaml: the server answers 404 Not Found\n"},
		{"files of this host", []string{"--ruleset", s.URL + "/local.yaml"}, 2, "local.yaml:1:12: the ruleset is of another host, and functions of other hosts are not run\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, files, append([]string{"lint", "api.yaml"}, tt.args...)...)
			if said := stdout + stderr; code != tt.code || !strings.Contains(said, tt.want) {
				t.Errorf("exit code %d, want %d; it says %q, want %q in it", code, tt.code, said, tt.want)
			}
		})
	}
}

func TestLintURL(t *testing.T) {
	t.Parallel()
	url, host := shop(t)
	only := []string{"lint", "--ruleset", "spectral:oas", "--format", "json", "--fail-on", "never"}
	withRef := map[string]string{"api.yaml": "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n  /pets: {$ref: \"" + url + "/pets.json\"}\n"}
	tests := []struct {
		name  string
		files map[string]string
		args  []string
		code  int
		want  []place // of findings by rules about reading
	}{
		{"OpenAPI, with references on its own host", nil, []string{url + "/api.json"}, 0, nil},
		{"no secrets in names", nil, []string{"http://ada:secret@" + host + "/private.json?token=secret"}, 3, []place{
			{"unrecognized-format", url + "/private.json", "the document says neither openapi nor swagger; expected an OpenAPI description of version 2.0, 3.0, 3.1 or 3.2"},
		}},
		{"header from the environment", nil, []string{"--header", "Private-Token: ${TOKEN}", url + "/private.json"}, 3, []place{
			{"unrecognized-format", url + "/private.json", "the document says neither openapi nor swagger; expected an OpenAPI description of version 2.0, 3.0, 3.1 or 3.2"},
		}},
		{"no credentials", nil, []string{url + "/private.json"}, 3, []place{
			{"unreadable-document", url + "/private.json", "the document cannot be fetched: the server answers 401 Unauthorized"},
		}},
		{"HTML", nil, []string{url + "/login"}, 3, []place{
			{"unreadable-document", url + "/login", "the document is HTML or XML; expected JSON or YAML"},
		}},
		{"not there", nil, []string{url + "/none"}, 3, []place{
			{"unreadable-document", url + "/none", "the document cannot be fetched: the server answers 404 Not Found"},
		}},
		{"GraphQL endpoint", nil, []string{url + "/api/graphql"}, 0, []place{
			{"graphql-unknown-type", url + "/api/graphql", `type "Pet" is not defined`},
		}},
		{"GraphQL endpoint that does not look like one", nil, []string{url + "/query"}, 0, []place{
			{"graphql-unknown-type", url + "/query", `type "Pet" is not defined`},
		}},
		{"remote reference", withRef, []string{"api.yaml"}, 0, []place{
			{"invalid-ref", "api.yaml", `reference "` + url + `/pets.json" leads nowhere: the document cannot be fetched: references to other hosts are only followed with --allow-remote or --allow-host`},
		}},
		{"remote reference to a private address", withRef, []string{"--allow-remote", "api.yaml"}, 0, []place{
			{"invalid-ref", "api.yaml", `reference "` + url + `/pets.json" leads nowhere: the document cannot be fetched: dial tcp ` + host + `: 127.0.0.1 is not a public address, and was not typed`},
		}},
		{"remote reference to a host that is allowed", withRef, []string{"--allow-host", host, "api.yaml"}, 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, tt.files, append(only[:len(only):len(only)], tt.args...)...)
			if code != tt.code || stderr != "" {
				t.Errorf("exit code %d, want %d; stderr %q", code, tt.code, stderr)
			}
			var got []place
			for _, p := range findings(t, stdout) {
				switch p.Rule {
				case "unreadable-document", "unrecognized-format", "parser", "invalid-ref", "graphql-parse", "graphql-unknown-type":
					got = append(got, p)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if strings.Contains(stdout, "secret") {
				t.Errorf("a secret is in the output: %s", stdout)
			}
		})
	}
}
