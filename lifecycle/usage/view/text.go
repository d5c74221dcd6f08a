package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/usage"
)

// What fits on a screen.
const (
	manyCalled = 20
	manySilent = 10
	textWidth  = 100
)

// Text writes a result for a person at a terminal: what was read, the elements
// that are called with their consumers, those that are not, and what could not
// be read.
func Text(w io.Writer, res *usage.Result, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), telling: newTelling(res, o), width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	t.line(t.paint(ink.Bold, t.window()) + " · " + t.reading())
	for _, l := range t.totals() {
		t.line(l)
	}
	t.called()
	t.silent()
	if len(res.Elements) > 0 {
		t.line("\n" + words.Count(len(res.Elements), "element") + " " + t.what() + ": " + strings.Join(t.counts(), ", "))
	} else {
		t.line("\nnothing is " + t.what())
	}
	for _, l := range t.trouble() {
		for part := range strings.SplitSeq(l, "\n") {
			lead := part[:len(part)-len(strings.TrimLeft(part, " "))]
			t.line(lead + t.paint(ink.Yellow, safe.Line(part[len(lead):])))
		}
	}
	return t.Flush()
}

// textWriter keeps the first error of its bufio.Writer until Flush.
type textWriter struct {
	*bufio.Writer
	*telling
	width int
}

func (t *textWriter) paint(style, s string) string {
	return ink.Paint(t.opts.Color, style, s)
}

func (t *textWriter) line(s string) { t.WriteString(s + "\n") }

func styleOf(v usage.Verdict) string {
	switch v {
	case usage.Used:
		return ink.Red
	case usage.Unused, usage.Little:
		return ink.Green
	}
	return ink.Yellow
}

// called writes a table of the elements that are called.
func (t *textWriter) called() {
	list := t.telling.called
	if len(list) == 0 {
		return
	}
	if !t.opts.All {
		list = list[:min(len(list), manyCalled)]
	}
	rows := [][]string{{"still called", "calls", "share", "consumers", "share", "last", ""}}
	for _, e := range list {
		rows = append(rows, []string{
			safe.Line(e.Name), number(e.Calls), words.Percent(e.Share), about(e.Exact) + words.Number(e.Consumers),
			words.Percent(e.ConsumerShare), date(e.Last), string(e.Verdict),
		})
	}
	widths := columns(rows, t.width)
	t.line("")
	for i, row := range rows {
		var b strings.Builder
		for j, cell := range row {
			if j > 0 {
				b.WriteString("  ")
			}
			switch {
			case j == 0:
				b.WriteString(safe.Pad(cut(cell, widths[0]), widths[0]))
			case j < 5:
				b.WriteString(safe.Spaces(widths[j]-safe.Cells(cell)) + cell)
			case i > 0 && j == 6:
				b.WriteString(t.paint(styleOf(list[i-1].Verdict), cell))
			default:
				b.WriteString(safe.Pad(cell, widths[j]))
			}
		}
		s := strings.TrimRight(b.String(), " ")
		if i == 0 {
			t.line(t.paint(ink.Dim, s))
			continue
		}
		t.line(s)
		t.detail(list[i-1])
	}
	if n := len(t.telling.called) - len(list); n > 0 {
		t.line("and " + words.Number(n) + " more; --all lists each")
	}
}

// detail writes who calls an element, and what else is to be known of it.
func (t *textWriter) detail(e *usage.Element) {
	var parts []string
	if len(e.Top) > 0 {
		parts = append(parts, "by "+safe.Line(callers(e)))
	}
	if n := e.ClientErrors + e.ServerErrors; n > 0 {
		parts = append(parts, number(n)+" failed")
	}
	if e.AfterSunset > 0 {
		parts = append(parts, count(e.AfterSunset, "call")+" since its sunset "+safe.Line(e.Sunset))
	}
	if e.Replacement != "" {
		parts = append(parts, "use "+safe.Brief(e.Replacement))
	}
	for _, p := range parts {
		t.line("  " + t.paint(ink.Dim, p))
	}
}

// silent writes the elements that are not called, by verdict.
func (t *textWriter) silent() {
	for _, v := range []struct {
		verdict usage.Verdict
		head    string
	}{{usage.Unused, "safe to remove"}, {usage.Unclear, "not clear"}, {usage.Unseen, "not to be seen in these logs"}} {
		var list []*usage.Element
		for _, e := range t.telling.silent {
			if e.Verdict == v.verdict {
				list = append(list, e)
			}
		}
		if len(list) == 0 {
			continue
		}
		t.line("\n" + t.paint(styleOf(v.verdict), v.head) + " (" + words.Number(len(list)) + "): " + safe.Line(reason(list)))
		shown := list
		if !t.opts.All {
			shown = list[:min(len(list), manySilent)]
		}
		for _, e := range shown {
			t.line("  " + cut(safe.Line(e.Name), t.width-2))
		}
		if n := len(list) - len(shown); n > 0 {
			t.line("  and " + words.Number(n) + " more; --all lists each")
		}
	}
}

// reason is why elements have their verdict, all reasons together.
func reason(list []*usage.Element) string {
	var whys []string
	seen := map[string]bool{}
	for _, e := range list {
		if !seen[e.Why] {
			seen[e.Why] = true
			whys = append(whys, e.Why)
		}
	}
	return strings.Join(whys, "; ")
}

// columns are the widths of a table whose first column gives way.
func columns(rows [][]string, width int) []int {
	widths := make([]int, len(rows[0]))
	rest := 0
	for j := range widths {
		for _, row := range rows {
			widths[j] = max(widths[j], safe.Cells(row[j]))
		}
		if j > 0 {
			rest += widths[j] + 2
		}
	}
	widths[0] = min(widths[0], max(width-rest, 24))
	return widths
}

// cut shortens a text to so many columns.
func cut(s string, width int) string {
	if safe.Cells(s) <= width {
		return s
	}
	n := 0
	for i, r := range s {
		if n += safe.Cells(string(r)); n > width-1 {
			return s[:i] + "…"
		}
	}
	return s
}
