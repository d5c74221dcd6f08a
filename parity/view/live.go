package view

import (
	"bufio"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/ink"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity/live"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// LiveFacts puts what two running servers say before the findings of a
// report.
func LiveFacts(res *live.Result) *report.Facts {
	c := res.Counts
	return &report.Facts{
		Lead: liveLead(res), Verdict: words.Number(c.Differs) + " of " + words.Count(c.Compared(), "value") + " differ",
		Text: func(w io.Writer, width int, color bool) error {
			return Live(w, res, Options{Width: width, Color: color})
		},
		Markdown: func(w io.Writer) error { return LiveMarkdown(w, res) },
		Numbers: []page.Number{
			{Value: words.Number(c.Equal), Label: "equal"}, {Value: words.Number(c.Differs), Label: "differ"},
			{Value: words.Number(c.Noisy), Label: "noisy"}, {Value: words.Number(c.Declined), Label: "declined"},
			{Value: words.Number(c.Unpaired), Label: "unpaired"}, {Value: words.Number(res.Requests), Label: "requests"},
		},
		HTML: func() (template.HTML, error) { return liveHTML(res) },
	}
}

// liveLead is the answer in a sentence.
func liveLead(res *live.Result) string {
	c := res.Counts
	switch {
	case c.Compared() == 0:
		return "Nothing could be compared"
	case c.Differs == 0:
		return "Both servers say the same in all " + words.Count(c.Equal, "value") + " that were compared"
	}
	return "Both servers differ in " + words.Number(c.Differs) + " of " + words.Count(c.Compared(), "value")
}

// Live writes what two running servers say, for a person at a terminal: a
// line for each read, and what values prove.
func Live(w io.Writer, res *live.Result, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	operation, coordinate := len("read"), len("counterpart")
	for _, p := range res.Probes {
		operation = max(operation, safe.Cells(safe.Line(p.Operation)))
		coordinate = max(coordinate, safe.Cells(safe.Line(p.Coordinate)))
	}
	const numbers = 5 * (2 + 8)
	operation = min(operation, max((t.width-numbers-2)*2/3, 16))
	coordinate = min(coordinate, max(t.width-numbers-2-operation, 12))
	t.WriteString(t.paint(ink.Dim, safe.Pad("read", operation)+"  "+safe.Pad("counterpart", coordinate)+"     equal    differ     noisy  declined  unpaired") + "\n")
	for _, p := range res.Probes {
		t.WriteString(safe.Pad(cut(safe.Line(p.Operation), operation), operation) + "  " + safe.Pad(cut(safe.Line(p.Coordinate), coordinate), coordinate))
		for _, n := range []int{p.Counts.Equal, p.Counts.Differs, p.Counts.Noisy, p.Counts.Declined, p.Counts.Unpaired} {
			t.WriteString(right(n, 10))
		}
		t.WriteByte('\n')
		if p.Reason != "" {
			t.wrapped("  "+t.paint(ink.Dim, string(p.Outcome))+"  ", 4+len(p.Outcome), safe.Brief(p.Reason))
		}
	}
	for _, s := range res.Suggestions {
		t.wrapped("", 2, "values prove "+safe.Line(s.REST)+" and "+safe.Line(s.GraphQL)+" on "+words.Count(s.Objects, "object")+"; no pair has them")
	}
	t.WriteString("\n" + liveLead(res) + " · " + words.Count(res.Requests, "request") + "\n")
	return t.Flush()
}

// LiveMarkdown writes what two running servers say, for a note.
func LiveMarkdown(w io.Writer, res *live.Result) error {
	m := bufio.NewWriter(w)
	m.WriteString("| read | counterpart | equal | differ | noisy | declined | unpaired |\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n")
	for _, p := range res.Probes {
		m.WriteString("| " + safe.MarkdownCell(safe.MarkdownCode(p.Operation)) + " | " + safe.MarkdownCell(safe.MarkdownCode(p.Coordinate)))
		for _, n := range []int{p.Counts.Equal, p.Counts.Differs, p.Counts.Noisy, p.Counts.Declined, p.Counts.Unpaired} {
			m.WriteString(" | " + words.Number(n))
		}
		m.WriteString(" |\n")
	}
	m.WriteString("\n" + words.Count(res.Requests, "request") + "\n")
	return m.Flush()
}

var liveTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("live").Funcs(template.FuncMap{"n": words.Number, "line": safe.Line}).Parse(
		`<section aria-labelledby="reads">
<h2 id="reads">Reads</h2>
<div class="wide"><table class="sheet">
<thead><tr><th scope="col">Read</th><th scope="col">Counterpart</th><th scope="col" class="n">Equal</th><th scope="col" class="n">Differ</th><th scope="col" class="n">Noisy</th><th scope="col" class="n">Declined</th><th scope="col" class="n">Unpaired</th><th scope="col">Why</th></tr></thead>
<tbody>
{{range .Probes}}<tr><td class="mono">{{line .Operation}}</td><td class="mono">{{line .Coordinate}}</td><td class="n">{{n .Counts.Equal}}</td><td class="n">{{n .Counts.Differs}}</td><td class="n">{{n .Counts.Noisy}}</td><td class="n">{{n .Counts.Declined}}</td><td class="n">{{n .Counts.Unpaired}}</td><td class="note">{{line .Reason}}</td></tr>
{{end}}</tbody>
</table></div>
</section>
{{if .Differences}}<section aria-labelledby="differences">
<h2 id="differences">Differences</h2>
<div class="wide"><table class="sheet">
<thead><tr><th scope="col">Read</th><th scope="col">REST</th><th scope="col">GraphQL</th><th scope="col">Kind</th><th scope="col">REST says</th><th scope="col">GraphQL says</th></tr></thead>
<tbody>
{{range .Differences}}<tr><td class="mono">{{line .Operation}}</td><td class="mono">{{line .REST}}</td><td class="mono">{{line .GraphQL}}</td><td>{{.Kind}}</td><td class="note">{{line .RESTValue}}</td><td class="note">{{line .GraphQLValue}}</td></tr>
{{end}}</tbody>
</table></div>
</section>
{{end}}`))
})

func liveHTML(res *live.Result) (template.HTML, error) {
	var b strings.Builder
	err := liveTemplate().Execute(&b, res)
	return template.HTML(b.String()), err
}

// Plan writes what would be asked, for a person at a terminal.
func Plan(w io.Writer, plan *live.Plan, o Options) error {
	t := &textWriter{Writer: bufio.NewWriter(w), opts: &o, width: o.Width}
	if t.width <= 0 {
		t.width = textWidth
	}
	asked := 0
	for _, p := range plan.Probes {
		t.WriteString(t.paint(ink.Bold, safe.Line(p.Operation)) + "  " + safe.Line(p.Coordinate) + "\n")
		if p.Skipped != "" {
			t.wrapped("  "+t.paint(ink.Dim, "not asked")+"  ", 13, safe.Brief(p.Skipped))
			continue
		}
		asked++
		for line := range strings.Lines(p.Query) {
			t.WriteString("  " + indented(line) + "\n")
		}
	}
	t.WriteString("\n" + words.Count(asked, "read") + " to ask of " + words.Number(len(plan.Probes)) + " matched\n")
	return t.Flush()
}

// indented makes a line safe and keeps its indentation.
func indented(line string) string {
	text := strings.TrimLeft(line, " ")
	return line[:len(line)-len(text)] + safe.Line(strings.TrimRight(text, "\n"))
}
