package openapi_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/openapi"
)

func TestVersions(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text, raw string
		want      openapi.Version
	}{
		{`{"swagger":"2.0"}`, "2.0", openapi.V20},
		{"swagger: 2.0\n", "2.0", openapi.V20},
		{`{"openapi":"3.0.3"}`, "3.0.3", openapi.V30},
		{"openapi: 3.0\n", "3.0", openapi.V30},
		{"openapi: '3.1.1'\n", "3.1.1", openapi.V31},
		{`{"openapi":"3.2.0"}`, "3.2.0", openapi.V32},
		{"---\n# first\nopenapi: 3.2.0 # why\n...\n", "3.2.0", openapi.V32},
	} {
		doc, err := openapi.Parse("api", []byte(tc.text))
		if err != nil {
			t.Errorf("Parse(%q): %v", tc.text, err)
			continue
		}
		if doc.Version() != tc.want || doc.VersionString() != tc.raw {
			t.Errorf("Parse(%q) has version %v, %q; want %v, %q", tc.text, doc.Version(), doc.VersionString(), tc.want, tc.raw)
		}
	}
}

// TestUnreadable: what is no description ends in an error that says where and
// what was expected.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	deep := func(open, end string, n int) string { return strings.Repeat(open, n) + strings.Repeat(end, n) }
	for _, tc := range []struct{ name, text, want string }{
		{"empty", "", "api.yaml:1:1: the document is empty; expected an OpenAPI description"},
		{"blank", " \r\n\t\n", "api.yaml:1:1: the document is empty; expected an OpenAPI description"},
		{"comment only", "# nothing\n", "api.yaml:1:1: the document is empty; expected an OpenAPI description"},
		{"BOM only", "\ufeff", "api.yaml:1:1: the document is empty; expected an OpenAPI description"},
		{"NUL byte", "openapi: 3.0.3\nx: \x00\n", "api.yaml:2:4: the document holds a NUL byte, so it is no text; expected JSON or YAML in UTF-8"},
		{"binary", "\x89PNG\r\n\x1a\n", "api.yaml:1:1: the document is not UTF-8 text; expected JSON or YAML in UTF-8"},
		{"Latin-1", "openapi: 3.0.3\ninfo: {title: caf\xe9}\n", "api.yaml:2:18: the document is not UTF-8 text; expected JSON or YAML in UTF-8"},
		{"UTF-16", "\xff\xfeo\x00p\x00", "api.yaml:1:1: the document is UTF-16 text; expected JSON or YAML in UTF-8"},
		{"HTML", "\n<!DOCTYPE html><html>", "api.yaml:1:1: the document is HTML or XML; expected JSON or YAML"},
		{"a list", "[1]", "api.yaml:1:1: the document is an array; expected an object with the member openapi or swagger"},
		{"text", "hello", "api.yaml:1:1: the document is a string; expected an object with the member openapi or swagger"},
		{"null", "null", "api.yaml:1:1: the document is null; expected an object with the member openapi or swagger"},
		{"no version", "info: {}\n", "api.yaml:1:1: the document says neither openapi nor swagger; expected an OpenAPI description of version 2.0, 3.0, 3.1 or 3.2"},
		{"later version", "info: {}\nopenapi: 4.0.0\n", `api.yaml:2:10: openapi "4.0.0" is no version that can be read; expected 2.0, 3.0, 3.1 or 3.2`},
		{"earlier version", `{"swagger": "1.2"}`, `api.yaml:1:13: swagger "1.2" is no version that can be read; expected 2.0, 3.0, 3.1 or 3.2`},
		{"version that is no text", "openapi: [3]\n", `api.yaml:1:10: openapi "" is no version that can be read; expected 2.0, 3.0, 3.1 or 3.2`},
		{"JSON without a comma", "{\n  \"openapi\": \"3.0.3\"\n  \"info\": {}\n}", "api.json:3:3: invalid character '\"' after object value (expecting ',' or '}')"},
		{"JSON cut off", `{"openapi": "3.0.3", "info": {`, "api.json:1:31: the document ends in the middle of a value"},
		{"JSON and more", "{\"openapi\": \"3.0.3\"}\n {}", "api.json:2:2: expected the end of the document"},
		{"JSON with a trailing comma", `{"openapi": "3.0.3",}`, "api.json:1:20: a comma must be followed by another value, not by '}'"},
		{"YAML with a tab", "openapi: 3.0.3\ninfo:\n\ttitle: t\n", "api.yaml:3:1: found character that cannot start any token"},
		{"YAML with an open quote", "openapi: 3.0.3\nx: 'a\ny: b\n", "api.yaml:4:1: found unexpected end of stream"},
		{"YAML with an unknown alias", "openapi: 3.0.3\nx: *none\n", `api.yaml:2:4: unknown anchor 'none' referenced`},
		{"YAML that eats its tail", "openapi: 3.0.3\nx: &x [*x]\n", `api.yaml:2:8: alias "x" stands inside the value that it names`},
		{"a merge key with a number", "openapi: 3.0.3\nx: {<<: 1}\n", "api.yaml:2:9: a merge key takes a mapping or a list of mappings"},
		{"deep JSON", `{"openapi":"3.0.3","x":` + deep("[", "]", 10_000) + "}", "api.json:1:1023: values nest deeper than 1,000 levels"},
		{"deep JSON objects", `{"openapi":"3.0.3","x":` + strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_001), "api.json:1:5019: values nest deeper than 1,000 levels"},
		{"deep YAML", "openapi: 3.0.3\nx: " + deep("[", "]", 9_000) + "\n", "api.yaml:2:1003: values nest deeper than 1,000 levels"},
		{"deeper YAML", "openapi: 3.0.3\nx: " + deep("[", "]", 100_000) + "\n", "exceeded max depth of 10000"},
		{"deep YAML blocks", "openapi: 3.0.3\nx:\n" + nested(2_000), "values nest deeper than 1,000 levels"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			name, _, _ := strings.Cut(tc.want, ":")
			if !strings.HasPrefix(name, "api.") {
				name = "api.yaml"
			}
			_, err := openapi.Parse(name, []byte(tc.text))
			var e *openapi.Error
			if !errors.As(err, &e) {
				t.Fatalf("Parse returned the error %v, want an *openapi.Error", err)
			}
			if !strings.HasSuffix(e.Error(), tc.want) {
				t.Errorf("error %q, want %q", e, tc.want)
			}
			if f := e.Finding; f.Location.Line < 1 || f.Location.Column < 1 || f.Rule == "" || f.Fingerprint == "" {
				t.Errorf("finding %+v lacks its place or rule", f)
			}
		})
	}
}

// nested is a YAML mapping n levels deep.
func nested(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

// TestReadableAnyway: what is odd but means something is read.
func TestReadableAnyway(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, file, text string }{
		{"BOM and JSON", "api.json", "\ufeff{\"openapi\":\"3.0.3\",\"info\":{\"title\":\"t\"}}"},
		{"BOM and YAML", "api.yaml", "\ufeffopenapi: 3.0.3\ninfo: {title: t}\n"},
		{"CRLF", "api.yaml", "openapi: 3.0.3\r\ninfo:\r\n  title: t\r\n"},
		{"lone CR", "api.yaml", "openapi: 3.0.3\rinfo:\r  title: t\r"},
		{"JSON by another name", "api.txt", ` {"openapi":"3.0.3","info":{"title":"t"}} `},
		{"YAML in flow style", "api.yaml", "{openapi: 3.0.3, info: {title: t}}"},
		{"JSON with comments, as YAML", "api.yaml", "{\"openapi\": \"3.0.3\", # why\n \"info\": {\"title\": \"t\"}}"},
		{"a quoted scalar less indented than its key", "api.yaml", "openapi: 3.0.3\ninfo:\n  title: \"t\"\n  description: \"one\ntwo\"\n"},
		{"a second document", "api.yaml", "openapi: 3.0.3\ninfo: {title: t}\n---\nother: 1\n"},
		{"surrogates", "api.json", `{"openapi":"3.0.3","info":{"title":"t","x":"\ud83d\ude00 \ud83d"}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse(tc.file, []byte(tc.text))
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			if got := doc.Root().Find("info", "title").Text(); got != "t" {
				t.Errorf("the title is %q", got)
			}
			everyNode(doc.Root(), func(n *openapi.Node) {
				if problem := checkNode(doc, n); problem != "" {
					t.Errorf("%s: %s", n.Pointer(), problem)
				}
			})
			if _, err := doc.Model(); err != nil {
				t.Errorf("Model: %v", err)
			}
		})
	}
}

func TestProblemsOfKeys(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, want string }{
		{"given twice in JSON", "{\"openapi\":\"3.0.3\",\n\"a\":1,\n\"a\":2}", `3:1 /a parser: mapping key "a" is given twice; the first is at line 2`},
		{"in Latin-1, far in the text", "{\"openapi\":\"3.0.3\",\"pad\":\"" + strings.Repeat("x", 600) + "\",\n\"caf\xe9\":1}", `2:5  parser: the text is not UTF-8 here`},
		{"given twice in YAML", "openapi: 3.0.3\na: 1\nb: 2\na: 3\n", `4:1 /a parser: mapping key "a" is given twice; the first is at line 2`},
		{"number", "openapi: 3.0.3\nresponses:\n  200: {}\n", `3:3 /responses/200 parser: mapping key must be a string, not a number: "200"`},
		{"boolean", "openapi: 3.0.3\ntrue: {}\n", `2:1 /true parser: mapping key must be a string, not a boolean: "true"`},
		{"null", "openapi: 3.0.3\n? ~\n: {}\n", `2:3 /~0 parser: mapping key must be a string, not null: "~"`},
		{"mapping", "openapi: 3.0.3\nx:\n  ? {a: 1}\n  : 2\n", `3:5 /x parser: mapping key must be a string, not a mapping`},
		{"sequence", "openapi: 3.0.3\nx: {? [a] : 2}\n", `2:7 /x parser: mapping key must be a string, not a sequence`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			doc, err := openapi.Parse("api", []byte(tc.text))
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			var got []string
			for _, f := range doc.Problems() {
				got = append(got, fmt.Sprintf("%d:%d %s %s: %s", f.Location.Line, f.Location.Column, f.Location.Element, f.Rule, f.Message))
			}
			if diff := cmp.Diff([]string{tc.want}, got); diff != "" {
				t.Errorf("Problems (-want +got):\n%s", diff)
			}
		})
	}
	doc, err := openapi.Parse("api", []byte(`{"openapi":"3.0.3","a":1,"b":2,"a":3}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"openapi": "3.0.3", "a": 3.0, "b": 2.0}, doc.Root().Value()); diff != "" {
		t.Errorf("the last value does not count (-want +got):\n%s", diff)
	}
}

func TestLoadFails(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"dir/api.yaml": {Data: []byte("openapi: 3.0.3\n")},
		"large.json":   {Data: []byte(`{"openapi":"3.0.3","x":"` + strings.Repeat("x", 1<<20) + `"}`)},
	}
	l := openapi.Loader{FS: fsys, MaxBytes: 1 << 20, Prefix: "shown"}
	for name, want := range map[string]string{
		"none.yaml":             "shown/none.yaml:1:1: there is no such file",
		"dir":                   "shown/dir:1:1: the document is a directory; expected a file",
		"../api.yaml":           "api.yaml:1:1: the path leads out of the root folder",
		"caf\xe9.yaml":          "shown/caf\xe9.yaml:1:1: the name of the file is not UTF-8",
		"/etc/passwd":           "shown/etc/passwd:1:1: the path leads out of the root folder",
		"large.json":            "shown/large.json:1:1: the document is larger than 1 MiB",
		"https://example.com/a": "https://example.com/a:1:1: the document is remote, and remote documents are not read here",
	} {
		if _, err := l.Load(t.Context(), name); err == nil || err.Error() != want {
			t.Errorf("Load(%q) returned the error %v, want %q", name, err, want)
		}
	}
	if _, err := l.Read(t.Context(), "x.json", iotest.ErrReader(errors.New("the pipe broke"))); err == nil || !strings.Contains(err.Error(), "the document cannot be read: the pipe broke") {
		t.Errorf("Read returned the error %v", err)
	}
	if _, err := l.Load(t.Context(), "dir/api.yaml"); err != nil {
		t.Errorf("Load: %v", err)
	}
	if _, err := l.Load(t.Context(), "./dir/../dir/api.yaml"); err != nil {
		t.Errorf("Load: %v", err)
	}
	if _, err := l.Read(t.Context(), "large.json", strings.NewReader(strings.Repeat(" ", 1<<20)+"x")); err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("Read returned the error %v", err)
	}
}

// TestSymlinks: a root that the operating system guards keeps links inside.
func TestSymlinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.yaml")
	inside := filepath.Join(dir, "root")
	for path, text := range map[string]string{
		secret:                             "password: hunter2\n",
		filepath.Join(inside, "pet.yaml"):  "type: object\n",
		filepath.Join(inside, "root.yaml"): "openapi: 3.0.3\ncomponents:\n  schemas:\n    In: {$ref: link.yaml}\n    Out: {$ref: out.yaml}\n",
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("pet.yaml", filepath.Join(inside, "link.yaml")); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := os.Symlink(secret, filepath.Join(inside, "out.yaml")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	doc, err := openapi.Load(t.Context(), root.FS(), "root.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if got := doc.Resolve(doc.Root().Find("components", "schemas", "In")).Get("type").Text(); got != "object" {
		t.Errorf("the link inside leads to a schema of type %q", got)
	}
	if n := doc.Resolve(doc.Root().Find("components", "schemas", "Out")); n != nil {
		t.Errorf("the link out of the root leads to %v", n.Value())
	}
	if len(doc.Problems()) != 1 || doc.Problems()[0].Location.Line != 5 {
		t.Errorf("problems %v, want one at line 5", doc.Problems())
	}
}
