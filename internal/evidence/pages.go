package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/plumbapi/plumb/integration"
	"github.com/plumbapi/plumb/integration/catalog"
	"github.com/plumbapi/plumb/internal/cli"
	"github.com/plumbapi/plumb/internal/cli/env"
)

// pages runs the commands of an integration's page, as a new user would who
// copies them, and lets a test look at the page in a browser.
func pages(ctx context.Context, root string, tool integration.Tool) ([]catalog.Measurement, error) {
	name := tool.Manifest().Name
	files := os.DirFS(filepath.Join(root, "integration", name))
	first := catalog.FirstCommands(files)
	started := time.Now()
	failed, err := try(ctx, root, tool, first)
	if err != nil {
		return nil, err
	}
	l01 := catalog.Measurement{
		Check: "L01", Values: map[string]float64{"commands": float64(len(first)), "seconds": time.Since(started).Seconds()},
		Detail: "the first block of Set up, run against the fake: " + strings.Join(first, "; "),
	}
	if len(failed) > 0 || len(first) == 0 {
		l01.Values["commands"], l01.Detail = 0, "the first block of Set up does not work: "+strings.Join(failed, "; ")
	}
	all := catalog.Commands(files)
	if failed, err = try(ctx, root, tool, all); err != nil {
		return nil, err
	}
	violations, err := axe(ctx, root, name)
	if err != nil {
		return nil, err
	}
	c07 := catalog.Measurement{
		Check:  "C07",
		Values: map[string]float64{"axe_violations": float64(violations), "commands_run": float64(len(all)), "commands_failed": float64(len(failed))},
		Detail: fmt.Sprintf("axe-core on the page of the catalog, dark and light; %d commands of docs.md run against the fake, %d failed", len(all), len(failed)),
	}
	if len(failed) > 0 {
		c07.Detail += ": " + strings.Join(failed, "; ")
	}
	return []catalog.Measurement{l01, c07}, nil
}

// try runs commands one after the other in a folder with a product's
// descriptions and a report. What they send goes to the fake, which accepts what
// the commands have set. It returns those that fail.
func try(ctx context.Context, root string, tool integration.Tool, commands []string) (failed []string, err error) {
	dir, err := os.MkdirTemp("", "plumb-page-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "tracker"))); err != nil {
		return nil, err
	}
	const report = `{"version":1,"complete":true,"findings":[],"suppressed":[],"incomplete":[]}`
	if err := os.WriteFile(filepath.Join(dir, "report.json"), []byte(report), 0o644); err != nil {
		return nil, err
	}
	variables := map[string]string{}
	to := &stand{tool: tool, variables: variables}
	for _, command := range commands {
		words := split(command)
		if len(words) > 0 && words[0] == "export" {
			for _, w := range words[1:] {
				name, value, _ := strings.Cut(w, "=")
				variables[name] = filledIn(tool.Manifest(), name, value)
			}
			to.fake = nil
			continue
		}
		var said bytes.Buffer
		e := &env.Env{
			Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &said, Dir: dir, Now: time.Now, Transport: to,
			Getenv: func(name string) string { return variables[name] },
		}
		if code := cli.Run(ctx, e, words[1:]); code > env.Findings {
			line, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
			failed = append(failed, fmt.Sprintf("%s (exit %d: %s)", command, code, line))
		}
	}
	return failed, nil
}

// filledIn is what a reader makes of a value: where it has an ellipsis, or the
// shell is to make it, the example that the manifest gives.
func filledIn(m *integration.Manifest, variable, value string) string {
	if !strings.Contains(value, "…") && !strings.Contains(value, "$(") {
		return value
	}
	for _, in := range m.Inputs {
		if in.Env == variable && in.Example != "" {
			return in.Example
		}
	}
	return strings.ReplaceAll(value, "…", "example0123456789")
}

// stand answers all requests by the fake of a tool with the inputs that are set.
type stand struct {
	tool      integration.Tool
	variables map[string]string
	fake      integration.Fake
}

// RoundTrip implements http.RoundTripper.
func (s *stand) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.fake == nil {
		inputs, err := s.tool.Manifest().Resolve(func(name string) (string, bool) { v, ok := s.variables[name]; return v, ok }, nil)
		if err != nil {
			return nil, err
		}
		s.fake = s.tool.Fake(inputs)
	}
	return integration.Local(s.fake).Do(r)
}

// split splits a command into words, as a shell does where there are quotes.
func split(command string) (words []string) {
	var word strings.Builder
	var quote rune
	begun := false
	for _, r := range command {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case quote == 0 && r == ' ':
			if begun || word.Len() > 0 {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(r)
		}
	}
	if begun || word.Len() > 0 {
		words = append(words, word.String())
	}
	return words
}

// axe runs the test that looks at the page of one integration, and returns how
// many violations it counted.
func axe(ctx context.Context, root, name string) (int, error) {
	out := filepath.Join(os.TempDir(), fmt.Sprintf("plumb-axe-%d.json", os.Getpid()))
	defer func() { _ = os.Remove(out) }()
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-run", "^TestAxe$", "./integration/catalog/view")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "PLUMB_PAGES=1", "PLUMB_AXE_INTEGRATION="+name, "PLUMB_AXE_OUT="+out)
	said, err := cmd.CombinedOutput()
	data, missing := os.ReadFile(out)
	if missing != nil {
		return 0, fmt.Errorf("the page was not looked at (chromium and make axe are needed): %w\n%s", err, said)
	}
	var counted struct {
		Violations int `json:"violations"`
	}
	return counted.Violations, json.Unmarshal(data, &counted)
}
