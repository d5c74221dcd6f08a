package cli_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
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

// graded are the examples that put every integration to the test.
var graded = regexp.MustCompile(`^plumb integrations (list|export|score|check)`)

// TestExamplesWork pastes every example of every command into a shell, in such
// a product.
func TestExamplesWork(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	bin := filepath.Dir(binary(t))
	made := t.TempDir()
	if err := os.CopyFS(filepath.Join(made, "api"), os.DirFS("../../testdata/tracker")); err != nil {
		t.Fatal(err)
	}
	if out, err := shellIn(made, bin, "set -e; "+product); err != nil {
		t.Skipf("git: %v\n%s", err, out)
	}
	root := cli.Command(nil)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "[]") }))
	t.Cleanup(service.Close)
	server := service.URL
	for _, cmd := range cli.Commands(root) {
		for _, example := range examples(cmd) {
			t.Run(example, func(t *testing.T) {
				t.Parallel()
				if example == "plumb demo" {
					t.Skip("TestDemo runs it, and looks at what it leaves")
				}
				if graded.MatchString(example) {
					t.Skip("the scripts of integrations run it; grading takes seconds each time")
				}
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(made)); err != nil {
					t.Fatal(err)
				}
				shell := func(line string) (string, error) { return shellIn(dir, bin, "set -e; "+line) }
				line := example
				if strings.HasPrefix(example, "plumb perf") {
					line = prepareLoad(t, dir, server, example, shell)
				}
				if strings.HasPrefix(example, "plumb docs serve") {
					line = untilServing(example + " --addr 127.0.0.1:0")
				}
				if strings.HasPrefix(example, "plumb webhooks") {
					line = prepareDeliveries(t, dir, server, example)
				}
				if strings.HasPrefix(example, "plumb integrations") {
					line = "plumb lint --fail-on never --format json --output report.json api/openapi.yaml; " + example
					if strings.HasPrefix(example, "plumb integrations status") {
						server, variables := serveTool("jira")
						t.Cleanup(server.Close)
						for name, value := range variables {
							line = fmt.Sprintf("export %s='%s'; %s", name, strings.ReplaceAll(value, "'", `'\''`), line)
						}
					}
				}
				out, err := shell(line)
				var exit *exec.ExitError
				if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
					t.Errorf("%v\n%s", err, out)
				}
			})
		}
	}
}

// shellIn runs a line in a shell that finds plumb in bin, and returns all that it
// writes.
func shellIn(dir, bin, line string) (string, error) {
	c := exec.Command("sh", "-c", line)
	c.Dir = dir
	c.Env = append(os.Environ(), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := c.CombinedOutput()
	return string(out), err
}

// untilServing ends a command that goes on until a signal, once it serves.
func untilServing(line string) string {
	return "mkdir -p docs/guides; echo '# Guide' >docs/guides/one.md; " + line +
		" 2>said & pid=$!; n=0; until grep -q serving said || [ $n -gt 300 ]; do sleep 0.1; n=$((n+1)); done; kill -TERM $pid; wait $pid || { cat said; exit 3; }"
}

// loadPlan is a plan of half a second, whose generator may be late.
const loadPlan = `descriptions: [api/openapi.yaml]
targets: {rest: {url: "http://127.0.0.1:8080"}}
load: {constant: {rate: 80/s, for: 500ms}, max-lag: 1m, catch-up: 1m, timeout: 1m}
budgets: {default: {latency: {50%: 50s}, errors: 10%}}
operations: {GET /projects: {weight: 1}}
`

// prepareLoad puts what an example of plumb perf needs beside it, the service
// in the place of the example's, and bounds to what would last minutes.
func prepareLoad(t *testing.T, dir, server, example string, shell func(string) (string, error)) string {
	t.Helper()
	plan := strings.ReplaceAll(loadPlan, "http://127.0.0.1:8080", server)
	files := map[string]string{"counts.csv": "operation,count\nGET /projects,10\n"}
	if !strings.HasPrefix(example, "plumb perf init") {
		files["slo.yaml"] = plan
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before := ""
	switch {
	case strings.Contains(example, "perf judge"), strings.Contains(example, "--history"):
		before = "plumb perf run -q --save result.json slo.yaml; cp result.json shard-1.json; mkdir results; cp result.json results"
	case strings.Contains(example, "production/"):
		before = "mkdir production; plumb perf export openslo --output production/slos.yaml slo.yaml"
	}
	if before != "" {
		if out, err := shell(before); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	line := strings.NewReplacer("http://127.0.0.1:8080", server, "http://127.0.0.1:8081", server).Replace(example)
	switch {
	case strings.Contains(example, "perf capacity"):
		line += " --probe 1s --probes 2 --start 40"
	case strings.Contains(example, "perf compare --base"):
		line += " --pairs 3 --requests 20"
	}
	return line
}

// prepareDeliveries puts what an example of plumb webhooks needs beside it, the
// service in the place of the example's, and ends soon what would listen long.
func prepareDeliveries(t *testing.T, dir, server, example string) string {
	t.Helper()
	payload := `{"issue": {"id": 1, "title": "It rains", "state": "open", "created_at": "2026-11-27T17:00:00Z"}}`
	recorded := "POST /hooks HTTP/1.1\nX-GitHub-Event: issues\nX-Hub-Signature-256: sha256=00\n\n" + payload
	for name, text := range map[string]string{
		"payload.json": payload, "body.json": payload, "api/payloads/issueOpened.json": payload, "deliveries/issues.http": recorded,
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	line := strings.NewReplacer("http://127.0.0.1:8080", server, "--for 10m", "--for 100ms --addr 127.0.0.1:0").Replace(example)
	return "export WEBHOOK_SECRET=a-secret-for-examples; " + line
}

func examples(cmd *cobra.Command) []string {
	var lines []string
	for line := range strings.Lines(cmd.Example) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}
