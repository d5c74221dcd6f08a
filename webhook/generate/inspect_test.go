package generate_test

import (
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/plumbapi/plumb/webhook/generate"
)

// inspect fails where a generated package is anything but declarations: where
// it does not parse, is not as gofmt has it, imports what it should not, runs
// code when a program starts, or has a comment that a tool obeys.
func inspect(t *testing.T, files []generate.File) {
	t.Helper()
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.ParseComments)
		if err != nil {
			t.Fatalf("%s: %v\n%.2000s", f.Name, err, f.Data)
		}
		parsed = append(parsed, file)
		if again, err := format.Source(f.Data); err != nil || string(again) != string(f.Data) {
			t.Errorf("%s is not as gofmt has it: %v", f.Name, err)
		}
		if strings.HasSuffix(f.Name, "_test.go") || f.Name != strings.ToLower(f.Name) || strings.HasPrefix(f.Name, "_") || strings.ContainsAny(f.Name, `/\: `) {
			t.Errorf("the name of the file %q means something", f.Name)
		}
		for _, i := range file.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); path != generate.Runtime && path != "context" {
				t.Errorf("%s imports %s", f.Name, path)
			}
		}
		for _, group := range file.Comments {
			for _, c := range group.List {
				text, ok := strings.CutPrefix(c.Text, "// ")
				if !ok && c.Text != "//" && !strings.HasPrefix(c.Text, "//\t") {
					t.Errorf("%s: comment %.80q", f.Name, c.Text)
				}
				for _, bad := range []string{"+build", "go:", "#cgo", "export ", "line "} {
					if strings.HasPrefix(text, bad) && bad != "line " && bad != "export " {
						t.Errorf("%s: directive %.80q", f.Name, c.Text)
					}
				}
				if i := strings.IndexFunc(text, func(r rune) bool { return r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) }); i >= 0 {
					t.Errorf("%s: control character in %.80q", f.Name, c.Text)
				}
			}
		}
		for _, d := range file.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Recv == nil && (d.Name.Name == "init" || d.Name.Name == "main") {
				t.Errorf("%s declares %s", f.Name, d.Name.Name)
			}
		}
	}
	typecheck.Lock()
	defer typecheck.Unlock()
	config := types.Config{Importer: packages()}
	if _, err := config.Check("made", fset, parsed, nil); err != nil {
		t.Fatalf("the package does not compile: %v", err)
	}
}

var typecheck sync.Mutex

// packages reads what the go command has compiled of package hook and what it
// imports.
var packages = sync.OnceValue(func() types.Importer {
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", generate.Runtime).Output()
	compiled := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		compiled[path] = file
	}
	return importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		if err != nil {
			return nil, err
		}
		return os.Open(compiled[path])
	})
})

// inspectTypeScript fails where a module is anything but declarations. It knows
// as much of the language as plumb writes: strings, comments, names and marks.
func inspectTypeScript(t *testing.T, data []byte) {
	t.Helper()
	s := string(data)
	var open []byte
	words := map[string]bool{}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case strings.HasPrefix(s[i:], "/*"):
			end := strings.Index(s[i:], "*/")
			if end < 0 {
				t.Fatal("a comment without end")
			}
			i += end + 2
		case strings.HasPrefix(s[i:], "//"):
			end := strings.IndexByte(s[i:], '\n')
			i += max(end, 0)
		case c == '"':
			end := i + 1
			for end < len(s) && s[end] != '"' {
				if s[end] == '\n' {
					t.Fatalf("a string over two lines: %.80q", s[i:])
				}
				if s[end] == '\\' {
					end++
				}
				end++
			}
			i = end + 1
		case strings.IndexByte("{[(", c) >= 0:
			open = append(open, c)
			i++
		case strings.IndexByte("}])", c) >= 0:
			if len(open) == 0 || strings.IndexByte("}])", c) != strings.IndexByte("{[(", open[len(open)-1]) {
				t.Fatalf("%c closes nothing: %.80q", c, s[max(i-40, 0):])
			}
			open = open[:len(open)-1]
			i++
		case strings.IndexByte(" \n|;:?&=", c) >= 0:
			i++
		default:
			end := i
			for end < len(s) && (s[end] >= 0x80 || s[end] == '_' || s[end] == '$' || s[end] >= '0' && s[end] <= '9' || s[end] >= 'a' && s[end] <= 'z' || s[end] >= 'A' && s[end] <= 'Z') {
				end++
			}
			if end == i {
				t.Fatalf("%q is no part of a declaration: %.80q", c, s[max(i-40, 0):])
			}
			words[s[i:end]] = true
			i = end
		}
	}
	if len(open) > 0 {
		t.Errorf("%q is not closed", open)
	}
	for _, word := range []string{"eval", "import", "require", "function", "namespace", "global"} {
		if words[word] && !strings.Contains(s, " "+word+": ") && !strings.Contains(s, " "+word+"?: ") {
			t.Errorf("%s stands in the declarations", word)
		}
	}
}
