package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/history"
)

// What fits on a screen.
const (
	manyVersions = 12
	manyElements = 50
	textWidth    = 100
)

// Text writes a result for a person at a terminal: what happened in each
// version, then the life of each element in which something did, both with the
// newest first.
func Text(w io.Writer, res *history.Result, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, telling: newTelling(res, o), width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	if len(res.Versions) == 0 {
		return nil
	}
	if !o.Element {
		t.head()
		t.versions()
	}
	t.elements()
	return t.Flush()
}

// textWriter keeps the first error of its bufio.Writer until Flush.
type textWriter struct {
	*bufio.Writer
	*telling
	opts  *Options
	width int
}

func (t *textWriter) paint(style, s string) string {
	return ink.Paint(t.opts.Color, style, s)
}

// style is the colour of a kind of event.
func style(kind history.EventKind) string {
	switch kind {
	case history.Removed, history.Demoted, history.SunsetDeleted:
		return ink.Red
	case history.Deprecated, history.SunsetSet, history.SunsetMoved, history.Redated:
		return ink.Yellow
	case history.Appeared, history.Promoted, history.Reactivated, history.Returned:
		return ink.Green
	}
	return ""
}

// head writes the answer in two lines.
func (t *textWriter) head() {
	first, last := &t.res.Versions[0], &t.res.Versions[len(t.res.Versions)-1]
	line := words.Count(len(t.res.Versions), "version") + ", " + titled(first)
	if last != first {
		line += " to " + titled(last)
	}
	t.WriteString(t.paint(ink.Bold, line) + " · " + words.Count(len(t.res.Lives), "element") + " in all\n")
	if parts := t.counts(" "); len(parts) > 0 {
		t.WriteString(strings.Join(parts, " · ") + "\n")
	} else if len(t.res.Versions) > 1 {
		t.WriteString("nothing happened to any element\n")
	}
}

// titled names a version with its day.
func titled(v *history.Replayed) string {
	s := safe.Line(v.Name)
	if d := date(v.Time); d != "" {
		s += " (" + d + ")"
	}
	return s
}

// versions writes a table of the versions in which something happened, newest
// first, and of those that could not be read.
func (t *textWriter) versions() {
	rows := [][]string{{"version", "date", "elements", "appeared", "deprecated", "removed", "other"}}
	left := 0
	for i := range t.res.Versions {
		at := len(t.res.Versions) - 1 - i
		v := &t.res.Versions[at]
		note := unread(v)
		if len(t.by[at]) == 0 && note == "" {
			continue
		}
		if !t.opts.All && len(rows) > manyVersions {
			left++
			continue
		}
		by := t.by[at]
		row := []string{safe.Line(v.Name), date(v.Time), number(elements(v))}
		for _, n := range []int{by[history.Appeared], by[history.Deprecated], by[history.Removed], t.others(at)} {
			row = append(row, number(n))
		}
		rows = append(rows, append(row, note))
	}
	if len(rows) == 1 {
		return
	}
	t.WriteByte('\n')
	t.table(rows)
	if left > 0 {
		t.WriteString(t.paint(ink.Dim, "and "+words.Count(left, "version")+" before; --all lists each") + "\n")
	}
}

// unread says which descriptions of a version could not be read.
func unread(v *history.Replayed) string {
	var parts []string
	for _, r := range v.Readings {
		if r.Status == history.Missing || r.Status == history.Unreadable {
			parts = append(parts, r.Track+" "+string(r.Status))
		}
	}
	return strings.Join(parts, ", ")
}

// number writes a number, a dot for none.
func number(n int) string {
	if n == 0 {
		return "·"
	}
	return words.Number(n)
}

// table writes rows of which the third to the last but one column are numbers.
func (t *textWriter) table(rows [][]string) {
	const numbers = 2
	columns := make([]int, 8)
	for _, row := range rows {
		for i, s := range row {
			columns[i] = max(columns[i], safe.Cells(s))
		}
	}
	for i, row := range rows {
		var b strings.Builder
		for c, s := range row {
			pad := safe.Spaces(columns[c] - safe.Cells(s))
			if c >= numbers && c < 7 {
				s = pad + s
			} else {
				s += pad
			}
			b.WriteString(s + "  ")
		}
		line := strings.TrimRight(b.String(), " ")
		if i == 0 {
			line = t.paint(ink.Dim, line)
		}
		t.WriteString(line + "\n")
	}
}

// elements writes the lives, each with its events.
func (t *textWriter) elements() {
	limit := limit(t.opts)
	shown := t.lives[:min(len(t.lives), limit)]
	version, day, kind := 0, 0, 0
	for _, l := range shown {
		for _, e := range l.events {
			v := &t.res.Versions[e.Version]
			version, day, kind = max(version, safe.Cells(safe.Line(v.Name))), max(day, len(date(v.Time))), max(kind, len(phrase(e.Kind)))
		}
	}
	for _, l := range shown {
		t.WriteString("\n" + t.paint(ink.Bold, safe.Line(l.Name)) + "  " + t.paint(ink.Dim, string(l.Kind)) + "\n")
		for _, e := range l.events {
			v := &t.res.Versions[e.Version]
			head := "  " + safe.Pad(safe.Line(v.Name), version) + "  " + safe.Pad(date(v.Time), day) + "  "
			name := safe.Pad(phrase(e.Kind), kind)
			detail := safe.Brief(t.detail(l.Life, e))
			if detail == "" {
				name = strings.TrimRight(name, " ")
			}
			t.wrapped(head+t.paint(style(e.Kind), name)+"  ", safe.Cells(head)+kind+2, detail)
		}
		if t.opts.Element {
			t.WriteString("  " + t.standing(l.Life) + "\n")
		}
	}
	if n := len(t.lives) - len(shown); n > 0 {
		t.WriteString("\n" + words.Count(n, "more element") + "; --all lists each, --element NAME shows one\n")
	}
	if t.plain > 0 && !t.opts.All {
		t.WriteString("\n" + words.Count(t.plain, "element") + " that only appeared; --all lists each\n")
	}
}

func limit(o *Options) int {
	switch {
	case o.All || o.Limit < 0:
		return int(^uint(0) >> 1)
	case o.Limit == 0:
		return manyElements
	}
	return o.Limit
}

// standing says how an element stands now, and where its life began.
func (t *textWriter) standing(l *history.Life) string {
	first := safe.Line(t.res.Versions[l.First].Name)
	begin := "first in " + first
	if l.FromStart {
		begin = "there from the start (" + first + ")"
	}
	now := "still there: " + state(&l.State)
	if !l.Present {
		now = "gone; the last version that has it is " + safe.Line(t.res.Versions[l.Last].Name)
	}
	return begin + " · " + now
}

// state says how an element stands, in a few words.
func state(s *lifecycle.State) string {
	text := s.Stability.Rank().String()
	if s.Deprecated {
		text += ", deprecated"
		if parts := notice(s); len(parts) > 0 {
			text += " (" + safe.Brief(strings.Join(parts, ", ")) + ")"
		}
	}
	return text
}

// wrapped writes text behind a head of so many columns, in lines of the
// terminal's width.
func (t *textWriter) wrapped(head string, indent int, text string) {
	if text == "" {
		head = strings.TrimRight(head, " ")
	}
	t.WriteString(head)
	lines := safe.Fill(strings.Fields(text), max(t.width-indent, 20))
	t.WriteString(strings.Join(lines, "\n"+safe.Spaces(indent)) + "\n")
}
