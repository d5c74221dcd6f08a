package cli_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// TestCorpus lints every file of the corpus, description or not, with every
// rule: nothing may crash, and every finding has a file and a line.
func TestCorpus(t *testing.T) {
	t.Parallel()
	corpus := os.Getenv("PLUMB_CORPUS")
	if corpus == "" {
		corpus = "../../../shared/corpus"
	}
	if _, err := os.Stat(corpus); err != nil {
		t.Skipf("the corpus is not here (PLUMB_CORPUS): %v", err)
	}
	if testing.Short() {
		t.Skip("the corpus takes long")
	}
	var files []string
	err := filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		switch filepath.Ext(path) {
		case ".yaml", ".json", ".graphql":
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	e := &env.Env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: os.Stderr,
		Getenv: func(string) string { return "" }, Dir: t.TempDir(), Now: time.Now,
	}
	for i := range files {
		if files[i], err = filepath.Abs(files[i]); err != nil {
			t.Fatal(err)
		}
	}
	args := append([]string{"lint", "--ruleset", "plumb:all", "--format", "json", "--fail-on", "never"}, files...)
	if code := cli.Run(t.Context(), e, args); code != env.Incomplete {
		t.Errorf("exit code %d, want %d: among the files are some that are no descriptions", code, env.Incomplete)
	}
	var got struct {
		Findings []struct {
			Rule     string
			Message  string
			Location struct {
				File         string
				Line, Column int
			}
		}
		Incomplete []struct{ Rule, File, Message string }
	}
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	if len(files) < 50 || len(got.Findings) < 1000 {
		t.Errorf("%d findings in %d files; the corpus has more", len(got.Findings), len(files))
	}
	broken := 0
	for _, f := range got.Findings {
		if f.Location.File == "" || f.Location.Line < 1 || f.Location.Column < 1 || f.Message == "" {
			if broken++; broken < 10 {
				t.Errorf("no place or no message: %+v", f)
			}
		}
	}
	for _, inc := range got.Incomplete {
		if inc.Rule != "" || strings.Contains(inc.Message, "panic") {
			t.Errorf("%s could not be finished: %s: %s", inc.File, inc.Rule, inc.Message)
		}
	}
}
