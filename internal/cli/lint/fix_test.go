package lint_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/lint"
)

// base is a description with something to fix in each of its parts, and blocks
// is what becomes of it.
const base = `openapi: 3.1.0
info: {title: Notes, version: "1"} # kept
servers:
  - url: https://a.test/   # the one
  - {url: 'https://b.test/'}
paths:
  /notes:
    get:
      tags: [notes, notes-old] # two
      description: |
        - url: https://a.test/

        Kept.
      responses: {'200': {description: ok}}
# the end
`

var blocks = strings.NewReplacer("https://a.test/   #", "https://a.test   #", "'https://b.test/'", "'https://b.test'", "# the end\n", "tags:\n  - name: notes\n  - name: notes-old\n# the end\n")

// fixKinds are texts, and what they are once they are fixed: each time all bytes
// but those that are replaced here.
var fixKinds = []struct {
	name, file, text string
	becomes          *strings.Replacer
}{
	{"blocks", "api.yaml", base, blocks},
	{"lines that end with CRLF", "api.yaml", crlf(base), strings.NewReplacer("https://a.test/   #", "https://a.test   #", "'https://b.test/'", "'https://b.test'", "# the end\r\n", "tags:\r\n  - name: notes\r\n  - name: notes-old\r\n# the end\r\n")},
	{"no line end at the end", "api.yaml", strings.TrimSuffix(base, "# the end\n"), strings.NewReplacer("https://a.test/   #", "https://a.test   #", "'https://b.test/'", "'https://b.test'", "{description: ok}}\n", "{description: ok}}\ntags:\n  - name: notes\n  - name: notes-old\n")},
	{"a byte order mark", "api.yaml", "\ufeff" + base, blocks},
	{"tabs before comments", "api.yaml", strings.ReplaceAll(base, " # ", "\t# "), strings.NewReplacer("https://a.test/  \t#", "https://a.test  \t#", "'https://b.test/'", "'https://b.test'", "# the end\n", "tags:\n  - name: notes\n  - name: notes-old\n# the end\n")},
	{"flow style", "api.yaml", "# all in one\n{openapi: 3.1.0, info: {title: a, version: '1'}, servers: [{url: https://a.test/}, {url: \"https://b.test/\"}], paths: {/a: {get: {tags: [x, y], responses: {}}}}}\n",
		strings.NewReplacer("https://a.test/}", "https://a.test}", "b.test/", "b.test", "responses: {}}}}}", "responses: {}}}}, tags: [{name: x}, {name: \"y\"}]}")},
	{"JSON on one line", "api.json", `{"openapi":"3.1.0","servers":[{"url":"https://a.test/"}],"paths":{"/a":{"get":{"tags":["x","y"],"responses":{}}}},"tags":[]}`,
		strings.NewReplacer("a.test/", "a.test", `"tags":[]`, `"tags":[{"name":"x"}, {"name":"y"}]`)},
	{"JSON with tabs and escapes", "api.json", "{\n\t\"openapi\": \"3.1.0\",\n\t\"servers\": [\n\t\t{ \"url\": \"https:\\/\\/a.test\\/\" }\n\t],\n\t\"x-kept\": \"\\u00e9\\/\",\n\t\"paths\": {}\n}\n",
		strings.NewReplacer(`"https:\/\/a.test\/"`, `"https://a.test"`)},
	// What an alias or a merge key copies stands in one place and is read in
	// another: there a fix has to be certain that it is meant once.
	{"anchors and merge keys", "api.yaml", "openapi: 3.1.0\nx-one: &one {url: https://kept.test/}\nx-tags: &tags [a]\nservers:\n  - *one\n  - url: https://b.test/\npaths:\n  /a:\n    get: &get\n      tags: *tags\n      responses: {}\n    put:\n      <<: *get\n      operationId: put\n  /b: {}\n",
		strings.NewReplacer("https://b.test/", "https://b.test", "/b: {}\n", "/b: {}\ntags:\n  - name: a\n")},
	{"block scalars", "api.yaml", "openapi: 3.1.0\nservers:\n  - url: >-\n      https://kept.test/\n  - url: https://b.test/\n    description: |+\n      - url: https://kept.test/\n\npaths: {}\n",
		strings.NewReplacer("https://b.test/\n", "https://b.test\n")},
	{"SDL with descriptions", "schema.graphql", "\"\"\"\nThe queries\n\"\"\" # kept\ntype Query {\n\t\"All \\\"notes\\\"\" notes(\n\t\t\"How many\" first: Int\n\t): [Int!]\n}\r\n\n\"Sorts\"\nenum Order { NEW, OLD, BEST }",
		strings.NewReplacer(`\"notes\""`, `\"notes\"."`, `"How many"`, `"How many."`, "NEW, OLD, BEST", "BEST, NEW, OLD")},
}

func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

// TestFixKinds fixes texts of all kinds: what is asked for is mended, no other
// byte is touched, nothing that can be fixed is left, and a second time nothing
// changes.
func TestFixKinds(t *testing.T) {
	t.Parallel()
	for _, tt := range fixKinds {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, tt.file)
			write(t, path, tt.text)
			write(t, filepath.Join(dir, ".spectral.yaml"), "extends: [[spectral:oas, off]]\nrules: {oas3-server-trailing-slash: warn, operation-tag-defined: error}\n")
			flags := []string{"--fix", "--fail-on", "never"}
			if strings.HasSuffix(tt.file, ".graphql") {
				flags = append(flags, "--rule", "graphql-enum-values-sorted-alphabetically=on", "--rule", "graphql-descriptions-end-with-period=on")
			} else {
				flags = append(flags, "--ruleset", ".spectral.yaml")
			}
			if code, said := run(t, dir, append(flags, tt.file)...); code != env.Clean {
				t.Fatalf("exit code %d\n%s", code, said)
			}
			want := tt.becomes.Replace(tt.text)
			if diff := cmp.Diff(want, read(t, path)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if code, said := run(t, dir, append(flags, tt.file)...); code != env.Clean || !strings.Contains(said, "there is nothing to fix") {
				t.Errorf("the second time: exit code %d\n%s", code, said)
			}
			if diff := cmp.Diff(want, read(t, path)); diff != "" {
				t.Errorf("the second time (-want +got)\n%s", diff)
			}
		})
	}
}

// TestFixPlaces fixes files behind symbolic links and with modes of their own, and
// none of them where one cannot be written.
func TestFixPlaces(t *testing.T) {
	t.Parallel()
	const text, fixed = "openapi: 3.1.0\nservers: [{url: https://a.test/}]\npaths: {}\n", "openapi: 3.1.0\nservers: [{url: https://a.test}]\npaths: {}\n"
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("real.yaml"), text)
	if err := os.Chmod(at("real.yaml"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.yaml", at("link.yaml")); err != nil {
		t.Skip(err)
	}
	flags := []string{"--fix", "--ruleset", "spectral:oas", "--fail-on", "never"}
	if code, said := run(t, dir, append(flags, "link.yaml")...); code != env.Clean {
		t.Fatalf("exit code %d\n%s", code, said)
	}
	if got := read(t, at("real.yaml")); got != fixed {
		t.Errorf("behind the link is %q", got)
	}
	if target, err := os.Readlink(at("link.yaml")); err != nil || target != "real.yaml" {
		t.Errorf("the link leads to %q: %v", target, err)
	}
	if info, err := os.Stat(at("real.yaml")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v: %v", info.Mode(), err)
	}

	write(t, at("a.yaml"), text)
	write(t, at("b.yaml"), text)
	if err := os.Chmod(at("b.yaml"), 0o444); err != nil {
		t.Fatal(err)
	}
	code, said := run(t, dir, append(flags, "a.yaml", "b.yaml")...)
	if code != env.Incomplete || !strings.Contains(said, "fix b.yaml: the file is read-only; make it writable, or see --fix-dry-run; nothing was written") {
		t.Errorf("a file that is read-only: exit code %d\n%s", code, said)
	}
	if got := read(t, at("a.yaml")) + read(t, at("b.yaml")); got != text+text {
		t.Errorf("something was written: %q", got)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 4 {
		t.Errorf("something was left: %v %v", entries, err)
	}
}

// run runs the command in a folder, and returns its exit code and what it said
// on standard error.
func run(t *testing.T, dir string, args ...string) (code int, said string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := lint.New(&env.Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Getenv: func(string) string { return "" }, Dir: dir, Now: time.Now})
	cmd.SetArgs(args)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	err := cmd.ExecuteContext(t.Context())
	if err != nil {
		errs.WriteString(env.Message(err))
	}
	return env.Code(err), errs.String()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
