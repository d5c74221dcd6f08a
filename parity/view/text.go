package view

import (
	"bufio"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
)

// What fits on a screen.
const (
	manyGroups = 15
	fewGaps    = 5
	textWidth  = 100
)

// Text writes a result for a person at a terminal: both directions, the other
// parts of the score, a table by tag, and the largest gaps.
func Text(w io.Writer, res *parity.Result, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	if o.Name != "" {
		t.WriteString(t.paint(ink.Bold, safe.Line(o.Name)) + "\n")
	}
	if res.Skew.Found {
		t.wrapped(t.paint(ink.Yellow, "version skew")+"  ", len("version skew  "), safe.Line(res.Skew.Text))
	}
	t.directions(res)
	t.parts(res)
	t.groups(res.Score.Groups)
	t.gaps(res.Gaps)
	return t.Flush()
}

// textWriter keeps the first error of its bufio.Writer until Flush.
type textWriter struct {
	*bufio.Writer
	opts  *Options
	width int
}

func (t *textWriter) paint(style, s string) string {
	return ink.Paint(t.opts.Color, style, s)
}

// wrapped writes text behind a head of so many columns, in lines of the
// terminal's width.
func (t *textWriter) wrapped(head string, indent int, text string) {
	t.WriteString(head)
	lines := safe.Fill(strings.Fields(text), max(t.width-indent, 20))
	t.WriteString(strings.Join(lines, "\n"+safe.Spaces(indent)) + "\n")
}

// direction is one line of the two about both directions.
type direction struct {
	Head, Noun string
	parity.Breadth
	end string
}

// directions writes a line for each direction, numbers below one another.
func (t *textWriter) directions(res *parity.Result) {
	rows := []direction{
		{"REST → GraphQL", "operation", res.Score.RESTToGraphQL, ""},
		{"GraphQL → REST", "root field", res.Score.GraphQLToREST, ""},
	}
	if t.opts.Usage {
		rows[0].end = ", " + words.Percent(res.Score.RESTToGraphQL.Weighted) + " by usage"
	}
	if res.Min > 0 {
		rows[0].end += ", at least " + words.Percent(res.Min) + " asked for"
	}
	var total, match, partial, none, exempt int
	for _, r := range rows {
		total, match = max(total, digits(r.Total)), max(match, digits(r.Match))
		partial, none, exempt = max(partial, digits(r.Partial)), max(none, digits(r.None)), max(exempt, r.Exempt)
	}
	for _, r := range rows {
		noun := r.Noun
		if r.Total != 1 {
			noun += "s"
		}
		line := "  " + right(r.Total, total) + " " + safe.Pad(noun, len("root fields")) + "  " + right(r.Match, match) + " match  " +
			right(r.Partial, partial) + " partial  " + right(r.None, none) + " none  "
		if exempt > 0 {
			line += right(r.Exempt, digits(exempt)) + " exempt  "
		}
		end := words.Percent(r.Share)
		if r.Partial > 0 {
			end += " (" + words.Percent(r.WithPartial) + " with partial)"
		}
		end += r.end
		if t.width < safe.Cells(r.Head)+safe.Cells(line)+len("breadth ")+safe.Cells(end) {
			line = strings.TrimRight(line, " ") + "\n  "
		}
		t.WriteString(t.paint(ink.Bold, r.Head) + line + "breadth " + end + "\n")
	}
}

// parts writes the other parts of the score.
func (t *textWriter) parts(res *parity.Result) {
	var parts []string
	for _, p := range []struct {
		parity.Share
		name, of string
	}{
		{res.Score.Depth, "depth", "of fields"},
		{res.Score.Fidelity, "fidelity", "alike"},
		{res.Score.Lifecycle, "lifecycle", "agree"},
	} {
		if p.Whole > 0 {
			parts = append(parts, p.name+" "+words.Percent(p.Value)+" "+p.of)
		}
	}
	if n := review(res); n > 0 {
		parts = append(parts, words.Count(n, "decision")+" to review")
	}
	if len(parts) > 0 {
		t.wrapped("", 0, strings.Join(parts, " · "))
	}
}

// gaps writes the largest gaps, each on a line.
func (t *textWriter) gaps(list []parity.Gap) {
	if len(list) == 0 {
		return
	}
	shown := list
	if !t.opts.All {
		shown = list[:min(len(list), fewGaps)]
	}
	t.WriteString("\n" + t.paint(ink.Bold, "largest gaps") + "\n")
	column := 0
	for _, g := range shown {
		column = max(column, min(safe.Cells(safe.Line(g.Element)), t.width/2))
	}
	for _, g := range shown {
		name := safe.Line(g.Element)
		head := "  " + safe.Pad(name, column)
		if g.Reason == "" {
			t.WriteString(strings.TrimRight(head, " ") + "\n")
			continue
		}
		if safe.Cells(name) > column {
			t.WriteString(head + "\n")
			head = safe.Spaces(2 + column)
		}
		t.wrapped(head+"  ", 2+column+2, safe.Line(g.Reason))
	}
	if n := len(list) - len(shown); n > 0 {
		t.WriteString(t.paint(ink.Dim, "  and "+words.Number(n)+" more") + "\n")
	}
}

func digits(n int) int { return len(words.Number(n)) }

// right writes a number to the right of a column.
func right(n, width int) string {
	s := words.Number(n)
	return safe.Spaces(width-len(s)) + s
}
