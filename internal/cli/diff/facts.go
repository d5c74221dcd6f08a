package diff

import (
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
)

// facts are what people see before the changes.
func (c *call) facts(merged *check.Report) *report.Facts {
	lead := c.lead()
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

// lead says in one sentence what changed.
func (c *call) lead() string {
	var counts [check.Error + 1]int
	operations := map[string]bool{}
	for i := range c.result.Changes {
		change := &c.result.Changes[i]
		counts[change.Level]++
		if change.Level == check.Error {
			for _, o := range change.Operations {
				operations[o] = true
			}
		}
	}
	if len(c.result.Changes) == 0 {
		return "nothing changed for clients"
	}
	var parts []string
	if n := counts[check.Error]; n > 0 {
		part := words.Number(n) + " breaking"
		if len(operations) > 0 {
			part += " (in " + words.Count(len(operations), "operation") + ")"
		}
		parts = append(parts, part)
	}
	if n := counts[check.Warning]; n > 0 {
		parts = append(parts, words.Number(n)+" that may break")
	}
	if n := counts[check.Info]; n > 0 {
		parts = append(parts, words.Number(n)+" harmless")
	}
	return words.Count(len(c.result.Changes), "change") + ": " + strings.Join(parts, ", ")
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
