// Package table shows operations with their verdicts as rows, for terminals
// and for notes: as many as fit on a screen, names cut, numbers aligned, and
// treated as hostile. What stands in the rows is for the caller to say.
package table

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
)

// Table is rows under a head, and a line that ends it.
type Table struct {
	Head []string
	// Left marks the columns that are words; numbers stand on the right.
	Left []bool
	Rows []Row
	// Noun is what a row is, for how many more there are.
	Noun string
	// Foot is the line that ends it: the answer, and what it stands on.
	Foot string
}

// Row is one line of a table.
type Row struct {
	// Verdict colours the cell that holds it; "" for none.
	Verdict perf.Verdict
	// Reason stands below the row, on a terminal, where the verdict is not a
	// pass; "" where a cell says it.
	Reason string
	Cells  []string
}

// What fits on a screen.
const (
	manyRows  = 20
	mostCells = 44 // of a name
)

// Text writes the table for a terminal. Rows beyond a screen are counted.
func (t *Table) Text(w io.Writer, width int, color, all bool) error {
	b := bufio.NewWriter(w)
	shown := t.shown(all)
	widths := make([]int, len(t.Head))
	for i, h := range t.Head {
		widths[i] = len(h)
		for _, r := range shown {
			widths[i] = max(widths[i], min(safe.Cells(safe.Line(r.Cells[i])), limit(i, width)))
		}
	}
	if len(shown) > 0 {
		b.WriteString(ink.Paint(color, ink.Dim, strings.TrimRight(t.line(t.Head, widths), " ")) + "\n")
	}
	for _, r := range shown {
		line := t.line(r.Cells, widths)
		word := string(r.Verdict)
		if color {
			line = strings.Replace(line, " "+word+" ", " "+ink.Paint(true, verdictInk(r.Verdict), word)+" ", 1)
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		if r.Reason != "" && r.Verdict != perf.Pass {
			b.WriteString("  " + safe.Line(r.Reason) + "\n")
		}
	}
	if n := len(t.Rows) - len(shown); n > 0 {
		b.WriteString(words.Count(n, t.Noun) + " more; --all lists each\n")
	}
	if len(shown) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(safe.Line(t.Foot) + "\n")
	return b.Flush()
}

func (t *Table) shown(all bool) []Row {
	if all {
		return t.Rows
	}
	return t.Rows[:min(len(t.Rows), manyRows)]
}

// limit is how wide a column may be.
func limit(column, width int) int {
	if column == 0 {
		return mostCells
	}
	return max(width, 100)
}

func (t *Table) line(cells []string, widths []int) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteString("  ")
		}
		c = cut(safe.Line(c), widths[i])
		if i < len(t.Left) && t.Left[i] {
			b.WriteString(safe.Pad(c, widths[i]))
		} else {
			b.WriteString(safe.Spaces(widths[i]-safe.Cells(c)) + c)
		}
	}
	return b.String()
}

// cut shortens a text to so many columns, with an ellipsis.
func cut(s string, n int) string {
	if safe.Cells(s) <= n {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && safe.Cells(string(runes))+1 > n {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

func verdictInk(v perf.Verdict) string {
	switch v {
	case perf.Pass:
		return ink.Green
	case perf.Fail, perf.Invalid:
		return ink.Red
	case perf.Inconclusive:
		return ink.Yellow
	}
	return ""
}

// Markdown writes the table for a note.
func (t *Table) Markdown(w io.Writer, all bool) error {
	b := bufio.NewWriter(w)
	shown := t.shown(all)
	if len(shown) > 0 {
		b.WriteString("| " + strings.Join(t.Head, " | ") + " |\n|")
		for i := range t.Head {
			if i < len(t.Left) && t.Left[i] {
				b.WriteString(" --- |")
			} else {
				b.WriteString(" ---: |")
			}
		}
		b.WriteByte('\n')
	}
	for _, r := range shown {
		for i, c := range r.Cells {
			if i == 0 {
				c = safe.MarkdownCode(c)
			} else {
				c = safe.Markdown(c)
			}
			b.WriteString("| " + safe.MarkdownCell(c) + " ")
		}
		b.WriteString("|\n")
	}
	if len(shown) > 0 {
		b.WriteByte('\n')
	}
	if n := len(t.Rows) - len(shown); n > 0 {
		b.WriteString(words.Count(n, t.Noun) + " more\n\n")
	}
	b.WriteString(safe.Markdown(t.Foot) + "\n")
	return b.Flush()
}
