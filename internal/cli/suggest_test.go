package cli_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

const (
	openREST = `openapi: 3.1.0
info: {title: Notes, version: "1"}
paths:
  /notes:
    get:
      responses: {"200": {description: All., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Note"}}}}}}
  /archived-notes:
    get:
      responses: {"200": {description: Old ones., content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Note"}}}}}}
components: {schemas: {Note: {type: object, properties: {text: {type: string}, pinned: {type: boolean}}}}}
`
	openGraphQL = "type Query { notes(archived: Boolean): [Note!]! }\ntype Note { text: String pinned: Boolean }\n"
)

// TestSuggestInteractive answers questions as somebody at a terminal does.
func TestSuggestInteractive(t *testing.T) {
	t.Parallel()
	accepted := "version: 1\n\noperations:\n  - operation: GET /archived-notes\n    graphql: Query.notes\n"
	rejected := "version: 1\n\noperations:\n  - operation: GET /archived-notes\n    graphql: none\n"
	for _, tt := range []struct {
		name, typed string
		code        int
		want, says  string // parity.yaml, "" for none; the last line
	}{
		{"accepted, after what is no answer", "7\nx\n1\n", env.Clean, accepted, "plumb: 1 decision made\n"},
		{"rejected", "0\n", env.Clean, rejected, "plumb: 1 decision made\n"},
		{"skipped", "\n", env.Clean, "", "plumb: 0 decisions made\n"},
		{"ended", "q\n", env.Clean, "", "plumb: 0 decisions made\n"},
		{"closed", "", env.Clean, "", "plumb: 0 decisions made\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir, code, problems := suggest(t.Context(), t, strings.NewReader(tt.typed))
			got, err := os.ReadFile(filepath.Join(dir, "parity.yaml"))
			if err != nil && tt.want != "" {
				t.Error(err)
			}
			if diff := cmp.Diff(tt.want, string(got)); diff != "" {
				t.Errorf("parity.yaml (-want +got):\n%s", diff)
			}
			if code != tt.code || !strings.HasSuffix(problems, tt.says) {
				t.Errorf("exit code %d and %q, want %d and %q", code, problems, tt.code, tt.says)
			}
		})
	}
	t.Run("interrupted", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		silent, keyboard := io.Pipe()
		t.Cleanup(func() { _ = keyboard.Close() })
		go func() {
			_, _ = keyboard.Write([]byte("x\n")) // it asks by now
			cancel()
		}()
		_, code, problems := suggest(ctx, t, silent)
		if want := "plumb: interrupted; 0 decisions made are written\n"; code != env.Incomplete || problems != want {
			t.Errorf("exit code %d and %q, want %d and %q", code, problems, env.Incomplete, want)
		}
	})
}

// suggest calls plumb parity suggest --interactive at a terminal.
func suggest(ctx context.Context, t *testing.T, typed io.Reader) (dir string, code int, problems string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{"api.yaml": openREST, "schema.graphql": openGraphQL} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var said strings.Builder
	e := &env.Env{
		Stdin: typed, Stdout: io.Discard, Stderr: &said, Dir: dir, StdinTerminal: true, StdoutTerminal: true,
		Getenv: func(string) string { return "" }, Now: time.Now,
	}
	code = cli.Run(ctx, e, []string{"parity", "suggest", "--interactive", "api.yaml", "schema.graphql"})
	return dir, code, said.String()
}
