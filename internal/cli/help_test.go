package cli_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/plumbapi/plumb/internal/cli"
)

// TestHelp checks what every command's help promises: a line of purpose, two
// examples, flags that say what they do.
func TestHelp(t *testing.T) {
	t.Parallel()
	root := cli.Command(nil)
	for _, cmd := range cli.Commands(root) {
		if !regexp.MustCompile(`^[A-Z][^\n]{10,80}[^.]$`).MatchString(cmd.Short) {
			t.Errorf("%s: the purpose %q is no line of a capital letter and no period", cmd.CommandPath(), cmd.Short)
		}
		if n := len(examples(cmd)); n != 2 {
			t.Errorf("%s has %d examples, want 2", cmd.CommandPath(), n)
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if len(f.Usage) < 10 || strings.HasSuffix(f.Usage, ".") {
				t.Errorf("%s --%s: %q does not say what the flag does, without a period", cmd.CommandPath(), f.Name, f.Usage)
			}
		})
	}
}

// product is what the examples find where they are run, made by a shell beside
// a folder api with the descriptions: two versions of a schema, a log, and a
// repository with a release.
const product = `cp api/schema.graphql old.graphql && cp api/schema.graphql new.graphql &&
echo '192.0.2.7 - - [15/Oct/2026:10:00:00 +0000] "DELETE /projects/1 HTTP/1.1" 204 0 "-" "-"' >access.log &&
git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.com commit -q -m first && git tag v1.0.0`

// TestExamplesWork pastes every example of every command into a shell, in such
// a product.
func TestExamplesWork(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	bin := filepath.Dir(binary(t))
	root := cli.Command(nil)
	for _, cmd := range cli.Commands(root) {
		for _, example := range examples(cmd) {
			t.Run(example, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				shell := func(line string) (string, error) {
					c := exec.Command("sh", "-ec", line)
					c.Dir = dir
					c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
					out, err := c.CombinedOutput()
					return string(out), err
				}
				if err := os.CopyFS(filepath.Join(dir, "api"), os.DirFS("../../testdata/tracker")); err != nil {
					t.Fatal(err)
				}
				if out, err := shell(product); err != nil {
					t.Skipf("git: %v\n%s", err, out)
				}
				out, err := shell(example)
				var exit *exec.ExitError
				if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
	}
}

func examples(cmd *cobra.Command) []string {
	var lines []string
	for line := range strings.Lines(cmd.Example) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}
