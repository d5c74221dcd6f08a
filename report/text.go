package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
)

// Text writes the report for a person at a terminal: the facts, if there are
// any, findings grouped by file, each with the code that it is about, then one line that sums up and
// one that says what to do next. More findings than opts.Limit are summed up
// by rule. A clean report is one line.
func Text(w io.Writer, rep *check.Report, opts Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &opts, sources: newSources(opts.Source)}
	if write := opts.facts().Text; write != nil {
		if err := write(t, opts.Width, opts.Color); err != nil {
			return err
		}
		t.WriteByte('\n')
	}
	list := ordered(rep, opts.Sort)
	if len(list) > opts.limit() {
		t.summedUp(list)
	} else {
		t.inFull(list)
	}
	t.incomplete(rep)
	t.last(rep)
	return t.Flush()
}

// textWriter keeps the first error of its bufio.Writer until Flush.
type textWriter struct {
	*bufio.Writer
	opts       *Options
	sources    *sources
	line, col  int // widths of the place's two halves
	rule, lead int // width of the rule; columns before the message
}

// noPlace stands where a line number is unknown.
const noPlace = "–"

// inFull writes every finding, grouped by file.
func (t *textWriter) inFull(list []*check.Finding) {
	t.measure(list)
	for _, g := range byFile(list) {
		t.heading(g.file)
		for _, f := range g.findings {
			t.finding(f)
		}
	}
	if len(list) > 0 {
		t.WriteByte('\n')
	}
}

// measure sets the columns so that every group lines up with the others.
func (t *textWriter) measure(list []*check.Finding) {
	t.line, t.col, t.rule = 3, 2, 0
	for _, f := range list {
		line, col := place(f.Location)
		t.line = max(t.line, safe.Cells(line))
		t.col = max(t.col, safe.Cells(col))
		t.rule = max(t.rule, min(safe.Cells(safe.Line(f.Rule)), 40))
	}
	t.lead = 2 + t.line + t.col + 2 + len("warning") + 2 + t.rule + 2
}

func (t *textWriter) heading(file string) {
	name := safe.Line(file)
	if name == "" {
		name = "(no file)"
	}
	t.WriteString(t.paint(ink.Bold, name) + "\n")
}

// finding writes one finding: place, severity, rule and message on a line,
// or the message below them where the terminal is narrow.
func (t *textWriter) finding(f *check.Finding) {
	line, col := place(f.Location)
	row := "  " + safe.Spaces(t.line-safe.Cells(line)) + line + safe.Pad(col, t.col) + "  " +
		t.paint(colorOf(f.Severity), safe.Pad(f.Severity.String(), len("warning"))) + "  "
	message := safe.Brief(f.Message)
	if f.Location.Line < 1 && f.Location.Element != "" {
		message += " (" + safe.Line(f.Location.Element) + ")"
	}
	rule := safe.Line(f.Rule)
	below := 2 + t.line + t.col + 2
	if t.opts.Width > 0 && t.opts.Width-t.lead < 32 {
		t.WriteString(row + rule + "\n" + safe.Spaces(below))
		t.wrapped(message, below)
	} else {
		t.WriteString(row + safe.Pad(rule, t.rule) + "  ")
		t.wrapped(message, max(t.lead, t.lead-t.rule+safe.Cells(rule)))
	}
	t.frame(f, below)
	t.related(f, below)
}

// frame writes the code that a finding is about.
func (t *textWriter) frame(f *check.Finding, indent int) {
	total := t.opts.Width
	if total == 0 {
		total = 100 + indent
	}
	gutter := len(fmt.Sprint(f.Location.Line))
	fr, ok := frameAt(t.sources, f.Location, total-indent-gutter-4)
	if !ok {
		return
	}
	if fr.hasContext {
		t.codeLine(indent, gutter, fmt.Sprint(fr.line-1), fr.context)
	}
	t.codeLine(indent, gutter, fmt.Sprint(fr.line), fr.before+fr.marked+fr.after)
	if n := safe.Cells(fr.marked); n > 0 {
		t.WriteString(safe.Spaces(indent+gutter) + t.paint(ink.Dim, " │ ") + safe.Spaces(safe.Cells(fr.before)) +
			t.paint(colorOf(f.Severity), strings.Repeat("^", n)) + "\n")
	}
}

func (t *textWriter) codeLine(indent, gutter int, number, code string) {
	t.WriteString(safe.Spaces(indent+gutter-len(number)) + t.paint(ink.Dim, number+" │") +
		strings.TrimRight(" "+code, " ") + "\n")
}

// related writes the other places that a finding speaks of, at most three.
func (t *textWriter) related(f *check.Finding, indent int) {
	const most = 3
	for i, r := range f.Related {
		if i == most {
			t.WriteString(safe.Spaces(indent) + t.paint(ink.Dim, "and "+words.Count(len(f.Related)-most, "other place")) + "\n")
			break
		}
		t.WriteString(safe.Spaces(indent) + t.paint(ink.Dim, "see "+safe.Line(placeName(r.Location))))
		if r.Message != "" {
			t.WriteString(t.paint(ink.Dim, ": "+safe.Line(r.Message)))
		}
		t.WriteByte('\n')
	}
	if f.Fix != nil && f.Fix.Title != "" {
		t.WriteString(safe.Spaces(indent) + t.paint(ink.Dim, "fix: "+safe.Line(f.Fix.Title)) + "\n")
	}
}

// wrapped writes a message that starts at column lead, over as many lines as
// the terminal's width asks for.
func (t *textWriter) wrapped(message string, lead int) {
	t.WriteString(safe.Wrap(message, lead, t.opts.Width) + "\n")
}

// place returns the two halves of line:column, the colon with the second.
func place(at check.Location) (line, column string) {
	switch {
	case at.Line < 1:
		return noPlace, ""
	case at.Column < 1:
		return fmt.Sprint(at.Line), ""
	}
	return fmt.Sprint(at.Line), fmt.Sprintf(":%d", at.Column)
}

// placeName returns a place as file:line:column, as far as it is known, with
// the element where the line is not.
func placeName(at check.Location) string {
	line, col := place(at)
	switch {
	case line != noPlace:
		return strings.TrimPrefix(at.File+":"+line+col, ":")
	case at.Element != "":
		return strings.TrimSpace(at.File + " " + at.Element)
	}
	return at.File
}
