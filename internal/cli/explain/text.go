package explain

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// maxExample is how many lines of an example are shown.
const maxExample = 40

// writeText writes the page for a person at a terminal.
func (p page) writeText(w io.Writer, width int, style env.Style) error {
	out := bufio.NewWriter(w)
	wide := 80
	if width > 0 {
		wide = min(width, wide)
	}
	heading := func(title string) { fmt.Fprintf(out, "\n%s\n", style.Bold(title)) }
	paragraph := func(text string) { fmt.Fprintf(out, "  %s\n", env.Wrap(text, wide-2, 2)) }

	fmt.Fprintf(out, "%s  %s\n", style.Bold(p.ID), style.Severity(p.Severity, 0))
	fmt.Fprintf(out, "%s\n", env.Wrap(p.Summary, wide, 0))
	if p.Rationale != "" && p.Rationale != p.Summary {
		heading("Why")
	}
	for _, text := range strings.Split(strings.TrimSpace(p.Rationale), "\n\n") {
		paragraph(text)
	}
	if p.Fix != "" {
		heading("Fix, by plumb lint --fix")
		paragraph(p.Fix)
	}
	if p.Deprecated != "" {
		heading("Deprecated")
		paragraph(p.Deprecated + " Use " + p.ReplacedBy + ".")
	}
	if p.Example != nil {
		p.example(out, style)
	}
	heading("Where it is on")
	paragraph(p.where())
	heading("Configure, in plumb.yaml")
	level := "off"
	if p.OptIn {
		level = "on"
	}
	fmt.Fprintf(out, "  %s:\n    rules:\n      %s: %s   # or info, warning, error\n", p.Check, p.ID, level)
	heading("Set one finding aside, in plumb.yaml")
	fmt.Fprintf(out, "  waivers:\n    - rule: %s\n      element: %s\n      reason: why it may stay for now\n      owner: who answers for it\n      until: 2027-06-30\n",
		p.ID, p.element())
	if len(p.Aliases) > 0 {
		heading("Other names")
		paragraph(strings.Join(p.Aliases, ", "))
	}
	if p.at != "" {
		fmt.Fprintf(out, "\n%s\n", style.Dim(p.at))
	}
	return out.Flush()
}

// example writes the first bad and the first good case, with what the rule
// reports on the bad one.
func (p page) example(out *bufio.Writer, style env.Style) {
	fmt.Fprintf(out, "\n%s %s\n", style.Bad("✗"), style.Bold("Avoid"))
	writeFiles(out, p.Example.Bad, style)
	for _, finding := range p.Example.Findings {
		fmt.Fprintf(out, "  %s\n", style.Dim("→ "+finding))
	}
	if len(p.Example.Good) > 0 {
		fmt.Fprintf(out, "\n%s %s\n", style.Good("✓"), style.Bold("Prefer"))
		writeFiles(out, p.Example.Good, style)
	}
}

// writeFiles writes the files of a case, each under its name where there are
// several.
func writeFiles(out *bufio.Writer, files []file, style env.Style) {
	for _, f := range files {
		if len(files) > 1 {
			fmt.Fprintf(out, "  %s\n", style.Dim("# "+f.Name))
		}
		lines := strings.Split(strings.TrimRight(f.Text, "\n"), "\n")
		for _, line := range lines[:min(len(lines), maxExample)] {
			fmt.Fprintf(out, "  %s\n", strings.TrimRight(line, " "))
		}
		if more := len(lines) - maxExample; more > 0 {
			fmt.Fprintf(out, "  %s\n", style.Dim(fmt.Sprintf("… %d more lines", more)))
		}
	}
}

// where says which rulesets, or which command, have the rule on.
func (p page) where() string {
	switch {
	case p.Check != rulebook.Lint && p.OptIn:
		return "in " + rulebook.HomeOf(p.ID).Command + " where it is turned on by name"
	case p.Check != rulebook.Lint:
		return "in " + rulebook.HomeOf(p.ID).Command
	case len(p.Rulesets) == 0:
		return "in no ruleset; turn it on by name"
	}
	return strings.Join(p.Rulesets, ", ")
}

// element is one that a waiver of the rule could name.
func (p page) element() string {
	for _, tag := range p.Tags {
		if tag == "graphql" {
			return "Query.example"
		}
	}
	return "/paths/~1example/get"
}

// writeJSON writes the page as one object.
func (p page) writeJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(p); err != nil {
		return fmt.Errorf("write rule: %w", err)
	}
	return nil
}
