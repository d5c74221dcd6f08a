package view

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// fewNext is how many of the next to go are listed.
const fewNext = 5

// Status puts what stands where in its life before the findings of a report.
// Width and Color of the options are the report's.
func Status(summaries []lifecycle.Summary, c *lifecycle.Calendar, o Options) *report.Facts {
	f := &report.Facts{
		Verdict: verdict(c), Numbers: numbers(c),
		Text: func(w io.Writer, width int, color bool) error {
			o := o
			o.Width, o.Color = width, color
			return statusText(w, summaries, c, o)
		},
		Markdown: func(w io.Writer) error { return statusMarkdown(w, summaries, c) },
		HTML: func() (template.HTML, error) {
			var b strings.Builder
			err := writeSections(&b, summaries, c, &o)
			return template.HTML(b.String()), err
		},
	}
	if len(summaries) == 0 {
		f.Text = nil // nothing could be read
	}
	if len(c.Entries) > 0 {
		f.Lead = headline(c)
	}
	return f
}

func verdict(c *lifecycle.Calendar) string {
	return fmt.Sprintf("%s deprecated, %s overdue", words.Number(len(c.Entries)), words.Number(c.Count(lifecycle.Overdue)))
}

// numbers are the first ones of a page.
func numbers(c *lifecycle.Calendar) []page.Number {
	list := []page.Number{{Value: words.Number(len(c.Entries)), Label: "deprecated"}}
	for _, s := range lifecycle.Statuses() {
		if n := c.Count(s); n > 0 {
			mark := statusMarks[s]
			if s == lifecycle.Ahead {
				mark = ""
			}
			list = append(list, page.Number{Value: words.Number(n), Label: statusWords[s], Status: mark})
		}
	}
	return list
}

// column is one of the table by surface.
type column struct {
	head string
	of   func(*lifecycle.Summary) int
}

// columns are those of the table: of the levels and states those that there
// are.
func columns(list []lifecycle.Summary) []column {
	all := []column{
		{"elements", func(s *lifecycle.Summary) int { return s.Elements }},
		{"internal", func(s *lifecycle.Summary) int { return s.Internal }},
		{"experimental", func(s *lifecycle.Summary) int { return s.Experimental }},
		{"beta", func(s *lifecycle.Summary) int { return s.Beta }},
		{"deprecated", func(s *lifecycle.Summary) int { return s.Deprecated }},
		{"overdue", func(s *lifecycle.Summary) int { return s.Overdue }},
		{"may go", func(s *lifecycle.Summary) int { return s.Removable }},
		{"to come", func(s *lifecycle.Summary) int { return s.Ahead }},
		{"no end", func(s *lifecycle.Summary) int { return s.Undated }},
		{"stays", func(s *lifecycle.Summary) int { return s.Kept }},
	}
	always := map[string]bool{"elements": true, "experimental": true, "beta": true, "deprecated": true, "overdue": true}
	var out []column
	for _, c := range all {
		some := always[c.head]
		for i := range list {
			some = some || c.of(&list[i]) > 0
		}
		if some {
			out = append(out, c)
		}
	}
	return out
}

func statusText(w io.Writer, list []lifecycle.Summary, c *lifecycle.Calendar, o Options) error {
	t := newText(w, &o)
	cols := columns(list)
	line := heads(cols)
	if len(line) > t.width { // leave out what there is nothing of
		cols = slices.DeleteFunc(cols, func(col column) bool {
			return !slices.ContainsFunc(list, func(s lifecycle.Summary) bool { return col.of(&s) > 0 })
		})
		line = heads(cols)
	}
	t.WriteString(t.paint(ink.Dim, line) + "\n")
	for i := range list {
		s := &list[i]
		t.WriteString(safe.Pad(surfaceNames[s.Surface], 8))
		for _, col := range cols {
			n := col.of(s)
			text := words.Number(n)
			text = safe.Spaces(len(col.head)+2-len(text)) + text
			switch {
			case n == 0:
				text = t.paint(ink.Dim, text)
			case col.head == "overdue":
				text = t.paint(ink.Red, text)
			case col.head == "may go":
				text = t.paint(ink.Yellow, text)
			}
			t.WriteString(text)
		}
		t.WriteByte('\n')
	}
	t.next(c, o.All)
	return t.Flush()
}

// heads is the first line of the table.
func heads(cols []column) string {
	line := safe.Pad("", 8)
	for _, col := range cols {
		line += "  " + col.head
	}
	return line
}

// next lists what goes next: the first groups of the calendar that have a day
// to come.
func (t *textWriter) next(c *lifecycle.Calendar, all bool) {
	var list []group
	for _, g := range groups(c) {
		if g.status == lifecycle.Ahead {
			list = append(list, g)
		}
	}
	if len(list) == 0 {
		return
	}
	t.WriteString("\n" + t.paint(ink.Bold, "next to go") + "\n")
	shown := list
	if !all && len(shown) > fewNext {
		shown = shown[:fewNext]
	}
	width := 0
	for i := range shown {
		width = max(width, safe.Cells(shown[i].heading()))
	}
	for i := range shown {
		g := &shown[i]
		head := "  " + safe.Pad(g.heading(), width) + "  " + t.status(g.status, safe.Pad(standing(c, g.entries[0]), 12)) + "  "
		text := safe.Line(g.entries[0].Name)
		if n := len(g.entries) - 1; n > 0 {
			text += " and " + words.Number(n) + " more"
		}
		if b := by(g.entries[0]); b != "" {
			text += ", " + b
		}
		t.wrapped(head, safe.Cells(plain(head)), text)
	}
	if n := len(list) - len(shown); n > 0 {
		t.WriteString("  " + t.paint(ink.Dim, "and "+words.Count(n, "later moment")) + "\n")
	}
}

func statusMarkdown(w io.Writer, list []lifecycle.Summary, c *lifecycle.Calendar) error {
	m := bufio.NewWriter(w)
	cols := columns(list)
	m.WriteString("| surface |")
	for _, col := range cols {
		m.WriteString(" " + col.head + " |")
	}
	m.WriteString("\n| --- |" + strings.Repeat(" ---: |", len(cols)) + "\n")
	for i := range list {
		m.WriteString("| " + surfaceNames[list[i].Surface] + " |")
		for _, col := range cols {
			m.WriteString(" " + words.Number(col.of(&list[i])) + " |")
		}
		m.WriteByte('\n')
	}
	for _, g := range groups(c) {
		if g.status == lifecycle.Ahead {
			m.WriteString("\nNext to go: " + code(g.entries[0].Name))
			if n := len(g.entries) - 1; n > 0 {
				m.WriteString(" and " + words.Number(n) + " more")
			}
			m.WriteString(", " + cell(g.heading()) + " (" + standing(c, g.entries[0]) + ").\n")
			break
		}
	}
	return m.Flush()
}
