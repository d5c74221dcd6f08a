package generate_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plumbapi/plumb/webhook"
	"github.com/plumbapi/plumb/webhook/generate"
)

// module writes a module that has the generated package below its root, and
// plumb from this checkout; nothing of it comes from a network.
func module(t *testing.T, m *webhook.Model, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	generated, err := generate.Go(m, generate.Options{Package: "made"})
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, data []byte) {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", []byte("module example.test\n\ngo 1.26\n\nrequire github.com/plumbapi/plumb v0.0.0\n\nreplace github.com/plumbapi/plumb => "+root+"\n"))
	for _, f := range generated {
		write("made/"+f.Name, f.Data)
	}
	for name, text := range files {
		write(name, []byte(text))
	}
	return dir
}

// run runs the go command in a module, and returns what it prints.
func run(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		lines := strings.SplitN(string(out), "\n", 40)
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, strings.Join(lines, "\n"))
	}
	return string(out)
}

// declaredTypes returns the names of the types that a file declares.
func declaredTypes(t *testing.T, f generate.File) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.TYPE {
			for _, s := range d.Specs {
				if s, ok := s.(*ast.TypeSpec); ok {
					names = append(names, s.Name.Name)
				}
			}
		}
	}
	return names
}
