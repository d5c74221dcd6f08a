package rules

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// writeText writes a table. What does not fit into the width, where that is
// known, goes to a line of its own.
func writeText(w io.Writer, list []rule, width int, color bool) error {
	out := bufio.NewWriter(w)
	idWidth := 0
	for i := range list {
		idWidth = max(idWidth, len(list[i].ID))
	}
	style := env.Style{On: color}
	const severityWidth = len("warning")
	lead := idWidth + 2 + severityWidth + 2
	for i := range list {
		r := &list[i]
		fmt.Fprintf(out, "%-*s  %s", idWidth, r.ID, style.Severity(r.Severity, severityWidth))
		room := width - lead
		if width > 0 && room < 30 {
			lead, room = 4, width-4
			out.WriteString("\n    ")
		} else {
			out.WriteString("  ")
		}
		words := r.Summary
		if sets := style.Dim(setNames(r)); sets != "" {
			words += " " + sets
		}
		out.WriteString(env.Wrap(words, room, lead) + "\n")
	}
	fmt.Fprintf(out, "\n%d rules\nplumb explain RULE\n", len(list))
	return out.Flush()
}

// setNames names the rulesets that have a rule, or the command of a check
// without rulesets; plumb:all has every rule of lint, and is only named where
// no other has it.
func setNames(r *rule) string {
	if r.Check != rulebook.Lint {
		return "[" + rulebook.HomeOf(r.ID).Command + "]"
	}
	var names []string
	for _, name := range r.Rulesets {
		if name != "plumb:all" || len(r.Rulesets) == 1 {
			names = append(names, strings.TrimPrefix(name, "plumb:"))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return "[" + strings.Join(names, " ") + "]"
}

// writeJSON writes {"version": 1, "rules": [...]}, a rule a line.
func writeJSON(w io.Writer, list []rule) error {
	out := bufio.NewWriter(w)
	out.WriteString(`{"version":1,"rules":[`)
	for i := range list {
		line, err := json.Marshal(&list[i])
		if err != nil {
			return fmt.Errorf("write rules: %w", err)
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteByte('\n')
		out.Write(line)
	}
	out.WriteString("\n]}\n")
	return out.Flush()
}

// writeMarkdown writes a table.
func writeMarkdown(w io.Writer, list []rule) error {
	out := bufio.NewWriter(w)
	out.WriteString("| Rule | Severity | Rulesets | What must hold |\n| --- | --- | --- | --- |\n")
	escape := strings.NewReplacer("|", `\|`, "\n", " ")
	for i := range list {
		r := &list[i]
		sets := slices.DeleteFunc(slices.Clone(r.Rulesets), func(name string) bool { return name == "plumb:all" && len(r.Rulesets) > 1 })
		fmt.Fprintf(out, "| `%s` | %s | %s | %s |\n", r.ID, r.Severity, strings.Join(sets, ", "), escape.Replace(r.Summary))
	}
	return out.Flush()
}
