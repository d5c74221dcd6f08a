package report

import (
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

func colorOf(s check.Severity) string {
	switch s {
	case check.Error:
		return ink.BoldRed
	case check.Warning:
		return ink.Yellow
	}
	return ink.Blue
}

func (t *textWriter) paint(style, s string) string {
	return ink.Paint(t.opts.Color, style, s)
}

// fewErrors is how many errors are still shown in full where everything else
// is summed up, and manyRules how many rules the sum lists.
const (
	fewErrors = 10
	manyRules = 25
)

// summedUp writes a line per rule instead of a line per finding. A handful
// of errors among them is shown in full first.
func (t *textWriter) summedUp(list []*check.Finding) {
	var errors []*check.Finding
	for _, f := range list {
		if f.Severity == check.Error {
			errors = append(errors, f)
		}
	}
	if n := len(errors); n > 0 && n <= min(fewErrors, t.opts.limit()) && n < len(list) {
		t.inFull(errors)
	}
	counts := byRule(list)
	shown := counts[:min(len(counts), manyRules)]
	countWidth, ruleWidth := 0, 0
	for _, c := range shown {
		countWidth = max(countWidth, len(words.Number(c.n)))
		ruleWidth = max(ruleWidth, min(safe.Cells(safe.Line(c.rule)), 40))
	}
	for _, c := range shown {
		n := words.Number(c.n)
		t.WriteString("  " + safe.Spaces(countWidth-len(n)) + n + "  " +
			t.paint(colorOf(c.severity), safe.Pad(c.severity.String(), len("warning"))) + "  " +
			t.firstOf(c, ruleWidth) + "\n")
	}
	if rest := counts[len(shown):]; len(rest) > 0 {
		n := 0
		for _, c := range rest {
			n += c.n
		}
		t.WriteString("  and " + words.Number(n) + " of " + words.Count(len(rest), "other rule") + "\n")
	}
	t.WriteString("\n" + words.Count(len(list), "finding") + ", summed up by rule: " + safe.Line(t.opts.more()) + "\n\n")
}

// firstOf names a rule and the first place where it found something.
func (t *textWriter) firstOf(c ruleCount, width int) string {
	at := safe.Line(placeName(c.first.Location))
	if at == "" {
		return safe.Line(c.rule)
	}
	return safe.Pad(safe.Line(c.rule), width) + "  " + t.paint(ink.Dim, "first at "+at)
}

// incomplete writes what could not be finished.
func (t *textWriter) incomplete(rep *check.Report) {
	parts := unexplained(rep)
	for _, p := range parts {
		t.WriteString(t.paint(ink.BoldRed, "incomplete") + "  ")
		if p.File != "" {
			t.WriteString(safe.Line(p.File) + ": ")
		}
		if p.Rule != "" {
			t.WriteString(safe.Line(p.Rule) + ": ")
		}
		t.WriteString(safe.Brief(p.Message) + "\n")
	}
	if len(parts) > 0 {
		t.WriteByte('\n')
	}
}

// last writes the line that sums up and the line that says what to do next.
func (t *textWriter) last(rep *check.Report) {
	style := ink.Green
	switch errors, warnings, infos := rep.Count(); {
	case errors > 0 || !rep.Complete():
		style = ink.BoldRed
	case warnings > 0:
		style = ink.Yellow
	case infos > 0:
		style = ink.Blue
	}
	t.WriteString(t.paint(style, verdict(rep, t.opts)) + "\n")
	if next := t.opts.facts().Next; next != "" {
		t.WriteString(safe.Line(next) + "\n")
	} else if rule := worst(rep); rule != "" {
		t.WriteString(t.opts.tool().Name + " explain " + safe.ShellWord(rule) + "\n")
	}
}

// worst returns the rule of the first finding among the most severe whose
// rule the report describes, or "". Rules of a user's ruleset have no page.
func worst(rep *check.Report) string {
	known := map[string]bool{}
	for i := range rep.Rules {
		known[rep.Rules[i].ID] = !slices.Contains(rep.Rules[i].Tags, "ruleset")
	}
	var found *check.Finding
	for i := range rep.Findings {
		f := &rep.Findings[i]
		if known[f.Rule] && (found == nil || f.Severity > found.Severity) {
			found = f
		}
	}
	if found == nil {
		return ""
	}
	return found.Rule
}
