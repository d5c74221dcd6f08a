package main

import (
	"bytes"
	"cmp"
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
	peer           *peer
	folder, corpus string
	progress       io.Writer
}

// install gets the other linter and the rulesets, unless they are there in these
// versions.
func (w *workshop) install(ctx context.Context) error {
	want := []string{w.peer.pkg}
	for _, r := range w.peer.rulesets {
		if r.pkg != "" {
			want = append(want, r.pkg+"@"+r.version)
		}
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

// file is the ruleset's file: the package's, one that has the ruleset's text, or
// one of ours that extends the package and says nothing else.
func (w *workshop) file(r ruleset) (string, error) {
	if r.file != "" {
		return filepath.Join(w.folder, "node_modules", filepath.FromSlash(r.file)), nil
	}
	if r.text != "" {
		folder := filepath.Join(w.folder, r.name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return "", err
		}
		name := filepath.Join(folder, "redocly.yaml")
		return name, os.WriteFile(name, []byte(r.text), 0o644)
	}
	name := filepath.Join(w.folder, strings.NewReplacer("@", "", "/", "-").Replace(r.name)+".yaml")
	return name, os.WriteFile(name, fmt.Appendf(nil, "extends: [%q]\n", r.name), 0o644)
}

// answer is what a linter says of one description.
type answer struct {
	Findings []finding `json:"findings"`
	// Failed is what the linter ended with instead.
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

// theirs asks the other linter, unless it was asked before.
func (w *workshop) theirs(ctx context.Context, r ruleset, file, description string) (*answer, error) {
	text, err := os.ReadFile(description)
	if err != nil {
		return nil, err
	}
	digest := sha256.New()
	_, _ = fmt.Fprintf(digest, "%s\n%s@%s\n%s%s\n%s\n", w.peer.pkg, r.pkg, r.version, r.file, r.text, filepath.Base(description))
	_, _ = digest.Write(text)
	kept := filepath.Join(w.folder, "answers", hex.EncodeToString(digest.Sum(nil)[:16])+".json")
	if data, err := os.ReadFile(kept); err == nil {
		var a answer
		return &a, json.Unmarshal(data, &a)
	}
	_, _ = fmt.Fprintf(w.progress, "%s with %s: %s\n", w.peer.name, r.name, description)
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

// patience is how long the other linter may take for one description. Another
// one takes the place of what takes longer.
const patience = 15 * time.Minute

// ask runs the other linter.
func (w *workshop) ask(ctx context.Context, file, description string) (*answer, error) {
	folder, err := os.MkdirTemp(w.folder, "answer")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	out := filepath.Join(folder, "answer.json")
	args := w.peer.args(file, description, out)
	patient, stop := context.WithTimeout(ctx, patience)
	defer stop()
	cmd := exec.CommandContext(patient, filepath.Join(w.folder, "node_modules", ".bin", args[0]), args[1:]...)
	cmd.Env = append(os.Environ(), "NODE_OPTIONS=--max-old-space-size=6144", "REDOCLY_TELEMETRY=off", "REDOCLY_SUPPRESS_UPDATE_NOTICE=true")
	var said, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &problems
	start := time.Now()
	err = cmd.Run()
	a := &answer{Findings: []finding{}, Seconds: time.Since(start).Seconds()}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && !errors.As(err, &exit):
		return nil, err
	case patient.Err() != nil:
		a.Failed = fmt.Sprintf("it has not ended after %v", patience)
		return a, nil
	case exit != nil && exit.ExitCode() < 0:
		a.Failed = exit.String() // a signal ended it: what it wrote is not all
		return a, nil
	}
	data, err := os.ReadFile(out)
	if w.peer.prints {
		data, err = said.Bytes(), nil
	}
	if err != nil || len(data) == 0 {
		a.Failed = cmp.Or(strings.TrimSpace(said.String()+problems.String()), "it says nothing")
		return a, nil
	}
	if a.Findings, err = w.peer.read(data); err != nil {
		return nil, fmt.Errorf("what %s says: %w", w.peer.name, err)
	}
	return a, nil
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
