package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/plumbapi/plumb/internal/golden"
)

// TestEditor lets an editor speak with plumb lsp that is none of ours: the client
// side of the library that VS Code is built on. What it would show is kept, for
// editors that count in UTF-16 and in UTF-8, and for one that asks for
// diagnostics instead of being told of them.
func TestEditor(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node")
	}
	packages, err := filepath.Abs("../../.tmp/lsp/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(packages, "vscode-languageserver-protocol")); err != nil {
		t.Skip("there is no client of the Language Server Protocol: npm install --no-save --prefix .tmp/lsp vscode-languageserver-protocol@3.18.5")
	}
	for _, mode := range []string{"utf-16", "utf-8", "pull"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			dir, err := filepath.EvalSymlinks(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(dir, os.DirFS("testdata/editor/notes")); err != nil {
				t.Fatal(err)
			}
			c := exec.CommandContext(t.Context(), node, "testdata/editor/editor.cjs", binary(t), dir, packages, mode)
			out, err := c.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			golden.Compare(t, "testdata/editor/"+mode+".golden", out)
		})
	}
}
