package check

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"sync"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

//go:embed facts.html
var factsHTML string

var factsTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("facts").Parse(factsHTML))
})

// facts are what people see before the findings: what came of each gate.
func (c *call) facts() *report.Facts {
	rows := c.rows()
	answer := lead(rows)
	bad, ran := count(rows, failed)
	status := "good"
	if bad > 0 {
		status = "error"
	}
	return &report.Facts{
		Lead: answer, Verdict: answer,
		Text:     func(w io.Writer, width int, color bool) error { return text(w, rows, width, color) },
		Markdown: func(w io.Writer) error { return markdown(w, rows) },
		Numbers:  []page.Number{{Value: words.Number(ran), Label: "gates"}, {Value: words.Number(bad), Label: "failed", Status: status}},
		HTML:     func() (template.HTML, error) { return html(rows) },
	}
}

// marks are the first column: a sign that says the same as its colour.
var marks = map[string]struct{ sign, style, class string }{
	passed:     {"✓", ink.Green, "good"},
	failed:     {"✗", ink.BoldRed, "error"},
	incomplete: {"?", ink.BoldRed, "error"},
	skipped:    {"–", ink.Dim, "soft"},
}

// title names the API of a row, with its project where there are several.
func (r *row) title() string {
	if r.project != "" {
		return r.project + ": " + r.api
	}
	return r.api
}

// about says what a gate looked at, or why it did not run.
func (r *row) about() string {
	if r.status == skipped {
		return r.gate.Skipped
	}
	return r.gate.Summary
}

// several reports whether the rows are of more than one API.
func several(rows []row) bool {
	for i := range rows {
		if rows[i].title() != rows[0].title() {
			return true
		}
	}
	return false
}

// text writes the rows for a terminal.
func text(w io.Writer, rows []row, width int, color bool) error {
	gate, about, found := 0, 0, 0
	for i := range rows {
		r := &rows[i]
		gate = max(gate, safe.Cells(r.gate.Name))
		if r.status != skipped {
			about, found = max(about, safe.Cells(safe.Line(r.about()))), max(found, safe.Cells(r.found()))
		}
	}
	var b bytes.Buffer
	many := several(rows)
	for i := range rows {
		r := &rows[i]
		indent := ""
		if many {
			indent = "  "
			if i == 0 || rows[i-1].title() != r.title() {
				b.WriteString(ink.Paint(color, ink.Bold, safe.Line(r.title())) + "\n")
			}
		}
		mark := marks[r.status]
		b.WriteString(indent + ink.Paint(color, mark.style, mark.sign) + " " + safe.Pad(r.gate.Name, gate) + "  ")
		if r.status == skipped {
			b.WriteString(ink.Paint(color, ink.Dim, safe.Line(r.about())) + "\n")
			continue
		}
		b.WriteString(safe.Pad(safe.Line(r.about()), about) + "  " + safe.Pad(r.found(), found) + "  " +
			ink.Paint(color, ink.Dim, words.Duration(r.gate.Took)) + "\n")
		if r.worst != nil {
			room := 100
			if width > 0 {
				room = width
			}
			b.WriteString(indent + safe.Spaces(gate+4) + clip(safe.Brief(r.worst.Message), room-gate-4-len(indent)) + "\n")
		}
	}
	fmt.Fprintf(&b, "%s\n", lead(rows))
	_, err := w.Write(b.Bytes())
	return err
}

// clip cuts a line that takes more than so many columns.
func clip(line string, columns int) string {
	if safe.Cells(line) <= columns {
		return line
	}
	cut := []rune(line)
	for len(cut) > 0 && safe.Cells(string(cut)) >= columns {
		cut = cut[:len(cut)-1]
	}
	return string(cut) + "…"
}

// markdown writes the rows for a note.
func markdown(w io.Writer, rows []row) error {
	var b bytes.Buffer
	many := several(rows)
	if many {
		b.WriteString("| API | gate | | found | looked at |\n| --- | --- | --- | --- | --- |\n")
	} else {
		b.WriteString("| gate | | found | looked at |\n| --- | --- | --- | --- |\n")
	}
	for i := range rows {
		r := &rows[i]
		b.WriteString("| ")
		if many {
			b.WriteString(safe.Markdown(r.title()) + " | ")
		}
		b.WriteString(r.gate.Name + " | " + marks[r.status].sign + " " + r.status + " | " + r.found() + " | " + safe.Markdown(r.about()) + " |\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// html renders the rows for the page.
func html(rows []row) (template.HTML, error) {
	type cells struct{ API, Gate, Status, Class, Found, About, Took, Worst string }
	data := struct {
		Several bool
		Rows    []cells
	}{Several: several(rows)}
	for i := range rows {
		r := &rows[i]
		c := cells{API: safe.Line(r.title()), Gate: r.gate.Name, Status: r.status, Class: marks[r.status].class, Found: r.found(), About: safe.Line(r.about())}
		if r.status != skipped {
			c.Took = words.Duration(r.gate.Took)
		}
		if r.worst != nil {
			c.Worst = safe.Brief(r.worst.Message)
		}
		data.Rows = append(data.Rows, c)
	}
	var b bytes.Buffer
	err := factsTemplate().Execute(&b, data)
	return template.HTML(b.String()), err
}
