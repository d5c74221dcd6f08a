// Package view shows what responses said of the life of operations, a
// [headers.Result], to people: as text for a terminal, as Markdown for a merge
// request and as a section of an HTML page. [Facts] puts it before the
// findings of a report.
//
// Every view is deterministic and treats names and values as hostile. The
// package decides nothing; a program that wants the facts themselves takes the
// result, or its JSON.
package view

import (
	"bufio"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/headers"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// Facts puts a result before the findings of a report. Text and Markdown list
// the operations with something to tell, all of them where that is asked for.
func Facts(res *headers.Result, all bool) *report.Facts {
	c := res.Counts
	return &report.Facts{
		Lead: lead(res), Verdict: verdict(res),
		Numbers: []page.Number{
			{Value: words.Number(c.Promising), Label: "promise something"}, {Value: words.Number(c.Seen), Label: "seen"},
			{Value: words.Number(kept(res)), Label: "as promised"}, {Value: words.Number(c.Judged), Label: "responses judged"},
			{Value: words.Number(c.NotJudged), Label: "not judged"}, {Value: words.Number(c.Unknown), Label: "for no operation"},
		},
		Text:     func(w io.Writer, width int, _ bool) error { return Text(w, res, width, all) },
		Markdown: func(w io.Writer) error { return Markdown(w, res, all) },
		HTML:     func() (template.HTML, error) { return html(res) },
	}
}

// lead is the answer in a sentence.
func lead(res *headers.Result) string {
	c := res.Counts
	if c.Promising == 0 {
		return "The description calls no operation deprecated"
	}
	s := "Responses of " + words.Number(kept(res)) + " of " + words.Count(c.Promising, "operation") + " say what the description promises"
	if n := c.Promising - c.Seen; n > 0 {
		s += "; " + words.Number(n) + " gave no response that could be judged"
	}
	return s
}

func verdict(res *headers.Result) string {
	return words.Number(kept(res)) + " of " + words.Number(res.Counts.Promising) + " as promised"
}

// kept counts the operations that promise something and keep all of it.
func kept(res *headers.Result) int {
	n := 0
	for _, op := range res.Operations {
		if op.Judged > 0 && promises(op) && faults(op) == "" {
			n++
		}
	}
	return n
}

func promises(op *headers.OperationResult) bool { return op.Promised != (headers.Promised{}) }

// faults says what is wrong with an operation's responses, each fault once.
func faults(op *headers.OperationResult) string {
	var list []string
	for _, r := range op.Responses {
		for _, f := range r.Fields {
			if f.Verdict == headers.Kept {
				continue
			}
			text := f.Field + " " + string(f.Verdict)
			switch f.Field {
			case headers.Status:
				text = string(f.Verdict)
			case headers.Link:
				text = "successor " + string(f.Verdict)
			}
			if !slices.Contains(list, text) {
				list = append(list, text)
			}
		}
	}
	return strings.Join(list, ", ")
}

// says is what is to be told of an operation, and whether it is worth a line
// by itself.
func says(op *headers.OperationResult) (text string, telling bool) {
	switch f := faults(op); {
	case f != "":
		return f, true
	case op.Skipped != "":
		return "not asked: " + op.Skipped, true
	case op.Judged > 0:
		return "as promised", false
	case op.NotJudged > 0:
		return "no response that could be judged", true
	}
	return "no response", false
}

// rows are the operations to list, and how many are left out.
func rows(res *headers.Result, all bool) (list []*headers.OperationResult, out int) {
	for _, op := range res.Operations {
		if _, telling := says(op); all || telling || len(res.Operations) <= few {
			list = append(list, op)
		} else {
			out++
		}
	}
	if !all && len(list) > many {
		out += len(list) - many
		list = list[:many]
	}
	return list, out
}

// What fits on a screen.
const (
	few       = 10
	many      = 40
	textWidth = 100
)

// Text writes a result for a person at a terminal that has so many columns, 0
// for 100.
func Text(w io.Writer, res *headers.Result, width int, all bool) error {
	t := bufio.NewWriter(w)
	if width <= 0 {
		width = textWidth
	}
	list, out := rows(res, all)
	column := len("operation")
	for _, op := range list {
		column = max(column, safe.Cells(safe.Line(op.Operation)))
	}
	column = min(column, max(width*2/3-12, 20))
	if len(list) > 0 {
		t.WriteString(safe.Pad("operation", column) + "  responses  what they say\n")
	}
	for _, op := range list {
		text, _ := says(op)
		t.WriteString(safe.Pad(safe.Line(op.Operation), column) + right(op.Judged, 11) + "  " + safe.Brief(text) + "\n")
	}
	if out > 0 {
		t.WriteString(words.Count(out, "operation") + " more; --all lists each\n")
	}
	if len(list) > 0 {
		t.WriteByte('\n')
	}
	t.WriteString(lead(res) + " · " + exchanges(res) + "\n")
	return t.Flush()
}

// exchanges counts what was seen.
func exchanges(res *headers.Result) string {
	c := res.Counts
	s := words.Count(c.Exchanges, "exchange")
	if c.NotJudged > 0 {
		s += ", " + words.Number(c.NotJudged) + " not judged"
	}
	if c.Unknown > 0 {
		s += ", " + words.Number(c.Unknown) + " for no operation"
	}
	return s
}

func right(n, width int) string {
	s := words.Number(n)
	return strings.Repeat(" ", max(width-len(s), 0)) + s
}

// Markdown writes a result for a note.
func Markdown(w io.Writer, res *headers.Result, all bool) error {
	m := bufio.NewWriter(w)
	list, out := rows(res, all)
	if len(list) > 0 {
		m.WriteString("| operation | responses | what they say |\n| --- | ---: | --- |\n")
	}
	for _, op := range list {
		text, _ := says(op)
		m.WriteString("| " + safe.MarkdownCell(safe.MarkdownCode(op.Operation)) + " | " + words.Number(op.Judged) + " | " + safe.MarkdownCell(safe.Markdown(text)) + " |\n")
	}
	if len(list) > 0 {
		m.WriteByte('\n')
	}
	if out > 0 {
		m.WriteString(words.Count(out, "operation") + " more\n\n")
	}
	m.WriteString(lead(res) + " · " + exchanges(res) + "\n")
	return m.Flush()
}

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("headers").Funcs(template.FuncMap{
		"n": words.Number, "line": safe.Line, "says": func(op *headers.OperationResult) string { s, _ := says(op); return safe.Line(s) },
	}).Parse(`<section aria-labelledby="operations">
<h2 id="operations">Operations</h2>
<div class="wide"><table class="sheet">
<thead><tr><th scope="col">Operation</th><th scope="col" class="n">Responses</th><th scope="col">Deprecation</th><th scope="col">Sunset</th><th scope="col">Successor</th><th scope="col">What responses say</th></tr></thead>
<tbody>
{{range .Operations}}<tr><td class="mono">{{line .Operation}}</td><td class="n">{{n .Judged}}</td><td class="mono">{{line .Promised.Deprecation}}</td><td>{{line .Promised.Sunset}}</td><td class="mono">{{line .Promised.Successor}}</td><td class="note">{{says .}}</td></tr>
{{end}}</tbody>
</table></div>
</section>
`))
})

func html(res *headers.Result) (template.HTML, error) {
	if len(res.Operations) == 0 {
		return "", nil
	}
	var b strings.Builder
	err := htmlTemplate().Execute(&b, res)
	return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
}

// Plan writes what a server would be asked, for a person at a terminal.
func Plan(w io.Writer, plan *headers.Plan) error {
	t := bufio.NewWriter(w)
	if len(plan.Asks)+len(plan.Skipped) == 0 {
		t.WriteString("The description calls no operation deprecated; there is nothing to ask\n")
		return t.Flush()
	}
	for _, a := range plan.Asks {
		t.WriteString(safe.Line(a.Operation) + "  " + safe.Line(a.Target) + "\n")
	}
	for _, s := range plan.Skipped {
		t.WriteString(safe.Line(s.Operation) + "  not asked: " + safe.Brief(s.Reason) + "\n")
	}
	t.WriteString(words.Count(len(plan.Asks), "request") + " to send, " + words.Count(len(plan.Skipped), "operation") + " not asked\n")
	return t.Flush()
}
