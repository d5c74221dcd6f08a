package cli_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestTemplates runs what the templates for continuous integration call, as the
// servers that they are for would, in a repository with the tracker.
func TestTemplates(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	gitlab := jobs(t, documents(t, "templates/check.yml"))
	action := steps(t, documents(t, "action.yml")[0])
	hooks := documents(t, ".pre-commit-hooks.yaml")[0].([]any)
	for _, tt := range []struct {
		name, script string
		env          []string
		code         int
		files        []string // that have to be there, JSON where they end so
	}{
		{"GitLab, whole", gitlab["plumb check"], []string{"PLUMB_FAIL_ON=error"}, 1, []string{"gl-code-quality-report.json", "plumb-junit.xml", "plumb.html"}},
		{"GitLab, merge request", gitlab["plumb check"], []string{"PLUMB_FAIL_ON=error", "CI_MERGE_REQUEST_DIFF_BASE_SHA=HEAD", "PLUMB_ARGS=--only lint,parity"}, 0, []string{"gl-code-quality-report.json"}},
		{"GitLab, load", gitlab["plumb perf"], []string{"PLUMB_TARGET=http://127.0.0.1:1", "PLUMB_PLAN=slo.yaml"}, 3, []string{"load-performance.json", "plumb-perf-junit.xml", "plumb-perf.html", "plumb-result.json"}},
		{"GitHub, push", action["Check"], []string{"PLUMB_FAIL_ON=error", "PLUMB_CHANGED_FROM=none", "PLUMB_SARIF=plumb.sarif"}, 1, []string{"plumb.sarif", "summary.md"}},
		{"GitHub, pull request", action["Check"], []string{"PLUMB_FAIL_ON=error", "PLUMB_CHANGED_FROM=HEAD", "PLUMB_SARIF=plumb.sarif"}, 0, []string{"plumb.sarif", "summary.md"}},
		{"Jenkins, branch", jenkins(t), nil, 1, []string{"plumb-junit.xml", "plumb.sarif", "plumb.html"}},
		{"Jenkins, change", jenkins(t), []string{"CHANGE_TARGET=main"}, 0, []string{"plumb-junit.xml"}},
		{"pre-commit, check", hooks[0].(map[string]any)["entry"].(string), nil, 0, nil},
		{"pre-commit, lint", hooks[1].(map[string]any)["entry"].(string), nil, 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.script == "" {
				t.Fatal("the template has no such job")
			}
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "api"), os.DirFS("../../testdata/tracker")); err != nil {
				t.Fatal(err)
			}
			for name, text := range map[string]string{
				"plumb.yaml": "apis: [{name: tracker, openapi: api/openapi.yaml, graphql: api/schema.graphql}]\n", "slo.yaml": loadPlan,
			} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			run := func(script string) (int, string) {
				c := exec.Command("bash", "-ec", script)
				c.Dir = dir
				c.Env = append(os.Environ(), "PATH="+filepath.Dir(binary(t))+string(os.PathListSeparator)+os.Getenv("PATH"),
					"RUNNER_TEMP="+dir, "GITHUB_STEP_SUMMARY="+filepath.Join(dir, "summary.md"))
				c.Env = append(c.Env, tt.env...)
				out, err := c.CombinedOutput()
				if c.ProcessState == nil {
					t.Skip(err)
				}
				return c.ProcessState.ExitCode(), string(out)
			}
			if code, out := run("git init -q -b main && git add . && git -c user.name=a -c user.email=a@example.com commit -q -m first && git update-ref refs/remotes/origin/main HEAD"); code != 0 {
				t.Skipf("git: %s", out)
			}
			code, out := run(tt.script)
			if code != tt.code {
				t.Errorf("exit code %d, want %d\n%s", code, tt.code, out)
			}
			for _, name := range tt.files {
				data, err := os.ReadFile(filepath.Join(dir, name))
				if err != nil || len(data) == 0 || strings.HasSuffix(name, ".json") && !json.Valid(data) {
					t.Errorf("%s: %v, %d bytes", name, err, len(data))
				}
			}
		})
	}
}

// documents parses a YAML file of the top folder.
func documents(t *testing.T, name string) (list []any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../..", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split(string(data), "\n---\n") {
		var v any
		if err := yaml.Unmarshal([]byte(part), &v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list = append(list, v)
	}
	return list
}

// jobs are the scripts of a GitLab component, and what they report is in their
// artifacts.
func jobs(t *testing.T, docs []any) map[string]string {
	t.Helper()
	inputs := docs[0].(map[string]any)["spec"].(map[string]any)["inputs"].(map[string]any)
	scripts := map[string]string{}
	for name, job := range docs[1].(map[string]any) {
		job := job.(map[string]any)
		var lines []string
		for _, line := range job["script"].([]any) {
			lines = append(lines, line.(string))
		}
		scripts[name] = strings.Join(lines, "\n")
		for _, file := range job["artifacts"].(map[string]any)["reports"].(map[string]any) {
			if !strings.Contains(scripts[name], "="+file.(string)) {
				t.Errorf("%s: nothing writes %s", name, file)
			}
		}
		text, err := yaml.Marshal(job)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\$\[\[ inputs\.([a-z-]+) \]\]`).FindAllStringSubmatch(string(text), -1) {
			if _, ok := inputs[m[1]]; !ok {
				t.Errorf("%s: there is no input %q", name, m[1])
			}
		}
	}
	return scripts
}

// steps are the scripts of a GitHub action.
func steps(t *testing.T, doc any) map[string]string {
	t.Helper()
	action := doc.(map[string]any)
	inputs := action["inputs"].(map[string]any)
	scripts := map[string]string{}
	for _, step := range action["runs"].(map[string]any)["steps"].([]any) {
		step := step.(map[string]any)
		if run, ok := step["run"].(string); ok {
			if step["shell"] == nil {
				t.Errorf("step %v has no shell", step["name"])
			}
			scripts[step["name"].(string)] = run
			if strings.Contains(run, "${{") {
				t.Errorf("step %v has an expression in its script, which can be injected into", step["name"])
			}
		}
	}
	text, err := yaml.Marshal(action)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`inputs\.([a-z-]+)`).FindAllStringSubmatch(string(text), -1) {
		if _, ok := inputs[m[1]]; !ok {
			t.Errorf("there is no input %q", m[1])
		}
	}
	return scripts
}

// jenkins is the script of the pipeline.
func jenkins(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../ci/Jenkinsfile")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?s)sh '''(.*?)'''`).FindStringSubmatch(string(data))
	if m == nil || strings.Count(string(data), "{") != strings.Count(string(data), "}") {
		t.Fatal("the pipeline has no script, or braces that do not close")
	}
	return m[1]
}

// TestRelease holds the release configuration and the image against the module.
func TestRelease(t *testing.T) {
	t.Parallel()
	release := documents(t, ".goreleaser.yaml")[0].(map[string]any)
	for _, build := range release["builds"].([]any) {
		if _, err := os.Stat(filepath.Join("../..", build.(map[string]any)["main"].(string), "main.go")); err != nil {
			t.Error(err)
		}
	}
	for _, archive := range release["archives"].([]any) {
		for _, name := range archive.(map[string]any)["files"].([]any) {
			if _, err := os.Stat(filepath.Join("../..", name.(string))); err != nil {
				t.Error(err)
			}
		}
	}
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(module)
	if version == nil || !strings.Contains(string(image), "FROM golang:"+string(version[1])+"-") {
		t.Errorf("the image is not built with the Go of go.mod, %s", version)
	}
	if !strings.Contains(string(image), " ./cmd/plumb\n") {
		t.Error("the image does not build the command")
	}
}
