package diff

import (
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/rulebook"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
)

// facts are what people see before the changes.
func (c *call) facts(merged *check.Report) *report.Facts {
	lead := c.lead(merged)
	return &report.Facts{
		Lead: lead, Verdict: verdict(merged),
		Text: func(w io.Writer, _ int, _ bool) error {
			_, err := fmt.Fprintln(w, lead)
			return err
		},
		Markdown: func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "%s.\n", lead)
			return err
		},
	}
}

// lead says in one sentence what changed, by the levels that the policy gives.
func (c *call) lead(merged *check.Report) string {
	if c.result.Incomplete != "" {
		return "the comparison could not be finished"
	}
	if len(c.result.Changes) == 0 {
		return "nothing changed for clients"
	}
	var counts [check.Error + 1]int
	for i := range merged.Findings {
		if f := &merged.Findings[i]; rulebook.IsChange(f.Rule) {
			counts[f.Severity]++
		}
	}
	var parts []string
	say := func(n int, what string) {
		if n > 0 {
			parts = append(parts, words.Number(n)+" "+what)
		}
	}
	breaking := "breaking"
	if n := c.broken(); n > 0 {
		breaking += " (in " + words.Count(n, "operation") + ")"
	}
	say(counts[check.Error], breaking)
	say(counts[check.Warning], "that may break")
	say(counts[check.Info], "harmless")
	all := len(c.result.Changes)
	say(all-counts[check.Error]-counts[check.Warning]-counts[check.Info], "set aside")
	return words.Count(all, "change") + ": " + strings.Join(parts, ", ")
}

// broken is how many operations have a change that breaks them.
func (c *call) broken() int {
	operations := map[string]bool{}
	for i := range c.result.Changes {
		change := &c.result.Changes[i]
		level, set := c.policy.Severity[change.ID]
		if !set {
			level = change.Level
		}
		if level == check.Error && !c.policy.Off[change.ID] {
			for _, o := range change.Operations {
				operations[o] = true
			}
		}
	}
	return len(operations)
}

func verdict(merged *check.Report) string {
	switch merged.Worst() {
	case check.Error:
		return "breaking changes"
	case check.Warning:
		return "changes that may break clients"
	case check.Info:
		return "harmless changes only"
	}
	return "no changes"
}
