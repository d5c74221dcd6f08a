package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// workshop is the folder that all is installed in and kept in.
type workshop struct {
	folder, corpus string
	progress       io.Writer
}

// install gets Spectral and the rulesets, unless they are there in these
// versions.
func (w *workshop) install(ctx context.Context) error {
	want := []string{spectral}
	for _, r := range rulesets {
		want = append(want, r.pkg+"@"+r.version)
	}
	slices.Sort(want)
	want = slices.Compact(want)
	list := strings.Join(want, "\n") + "\n"
	receipt := filepath.Join(w.folder, "installed.txt")
	if got, err := os.ReadFile(receipt); err == nil && string(got) == list {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(w.folder, "answers"), 0o755); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(w.progress, "npm installs %s\n", strings.Join(want, " "))
	cmd := exec.CommandContext(ctx, "npm", append([]string{"install", "--prefix", w.folder, "--no-audit", "--no-fund", "--ignore-scripts"}, want...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm install: %w\n%s", err, out)
	}
	return os.WriteFile(receipt, []byte(list), 0o644)
}

// file is the ruleset's file: the package's, or one of ours that extends the
// package and says nothing else.
func (w *workshop) file(r ruleset) (string, error) {
	if r.file != "" {
		return filepath.Join(w.folder, "node_modules", filepath.FromSlash(r.file)), nil
	}
	name := filepath.Join(w.folder, strings.NewReplacer("@", "", "/", "-").Replace(r.name)+".yaml")
	return name, os.WriteFile(name, fmt.Appendf(nil, "extends: [%q]\n", r.name), 0o644)
}

// answer is what Spectral or plumb says of one description.
type answer struct {
	Findings []finding `json:"findings"`
	// Failed is what Spectral ended with instead.
	Failed string `json:"failed,omitempty"`
	// Seconds is how long it took.
	Seconds float64 `json:"seconds"`
}

// finding is what both have of one.
type finding struct {
	Rule     string `json:"rule"`
	Element  string `json:"element"` // JSON Pointer
	Severity string `json:"severity"`
	Line     int    `json:"line"`
	Message  string `json:"message"`
}

// spectral asks Spectral, unless it was asked before.
func (w *workshop) spectral(ctx context.Context, r ruleset, file, description string) (*answer, error) {
	text, err := os.ReadFile(description)
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	_, _ = fmt.Fprintf(digest, "%s\n%s@%s\n%s\n%s\n", spectral, r.pkg, r.version, r.file, filepath.Base(description))
	_, _ = digest.Write(text)
	kept := filepath.Join(w.folder, "answers", hex.EncodeToString(digest.Sum(nil)[:16])+".json")
	if data, err := os.ReadFile(kept); err == nil {
		var a answer
		return &a, json.Unmarshal(data, &a)
	}
	_, _ = fmt.Fprintf(w.progress, "spectral lint --ruleset %s %s\n", file, description)
	a, err := w.ask(ctx, file, description)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(a)
	if err != nil {
		return nil, err
	}
	return a, os.WriteFile(kept, data, 0o644)
}

// ask runs Spectral.
func (w *workshop) ask(ctx context.Context, file, description string) (*answer, error) {
	folder, err := os.MkdirTemp(w.folder, "answer")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	out := filepath.Join(folder, "answer.json")
	cmd := exec.CommandContext(ctx, filepath.Join(w.folder, "node_modules", ".bin", "spectral"), "lint", "--quiet", "--ruleset", file, "--format", "json", "--output", out, description)
	cmd.Env = append(os.Environ(), "NODE_OPTIONS=--max-old-space-size=6144")
	start := time.Now()
	said, err := cmd.CombinedOutput()
	a := &answer{Findings: []finding{}, Seconds: time.Since(start).Seconds()}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && !errors.As(err, &exit):
		return nil, err
	}
	data, err := os.ReadFile(out)
	if err != nil {
		a.Failed = strings.TrimSpace(string(said))
		return a, nil
	}
	var list []struct {
		Code     string
		Path     []any
		Severity int
		Message  string
		Range    struct{ Start struct{ Line int } }
	}
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("what Spectral says: %w", err)
	}
	for _, f := range list {
		a.Findings = append(a.Findings, finding{
			Rule: f.Code, Element: pointer(f.Path), Severity: severities[min(max(f.Severity, 0), 3)],
			Line: f.Range.Start.Line + 1, Message: f.Message,
		})
	}
	return a, nil
}

// severities are ours, by Spectral's numbers.
var severities = [4]string{"error", "warning", "info", "info"}

func pointer(path []any) string {
	var b strings.Builder
	for _, p := range path {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(fmt.Sprint(p)))
	}
	return b.String()
}

// plumb asks plumb.
func plumb(ctx context.Context, binary, file, description string) (*answer, error) {
	cmd := exec.CommandContext(ctx, binary, "lint", "--ruleset", file, "--format", "json", "--fail-on", "never", description)
	var problems bytes.Buffer
	cmd.Stderr = &problems
	start := time.Now()
	data, err := cmd.Output()
	a := &answer{Seconds: time.Since(start).Seconds()}
	var exit *exec.ExitError
	switch {
	case err != nil && !errors.As(err, &exit):
		return nil, err
	case exit != nil:
		a.Failed = strings.TrimSpace(problems.String())
	}
	if len(data) == 0 {
		return a, nil // a ruleset that is not read: all is missing
	}
	var report struct {
		Findings []struct {
			Rule, Severity, Message string
			Location                struct {
				Line    int
				Element string
			}
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, fmt.Errorf("plumb lint: %w\n%s", err, problems.String())
	}
	for _, f := range report.Findings {
		a.Findings = append(a.Findings, finding{Rule: f.Rule, Element: f.Location.Element, Severity: f.Severity, Line: f.Location.Line, Message: f.Message})
	}
	return a, nil
}
