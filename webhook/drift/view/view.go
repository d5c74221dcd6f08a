// Package view shows how payloads and their description differ, a
// [drift.Result], to people: as text for a terminal, as Markdown for a merge
// request and as a section of an HTML page. [Facts] puts it before the findings
// of a report.
//
// Every view is deterministic and treats names and values as hostile. The
// package decides nothing; a program that wants the facts themselves takes the
// result, or its JSON.
package view

import (
	"bufio"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
	"github.com/plumbapi/plumb/webhook/drift"
)

// Facts puts a result before the findings of a report; mended may be nil. It
// says what the overlay does where there is one.
func Facts(res *drift.Result, mended *drift.Mended) *report.Facts {
	c := res.Counts
	return &report.Facts{
		Lead: lead(res), Verdict: words.Number(c.Valid) + " of " + words.Number(c.Payloads) + " match",
		Numbers: []page.Number{
			{Value: words.Number(c.Payloads), Label: "payloads"}, {Value: words.Number(c.Valid), Label: "match the description"},
			{Value: words.Number(c.Exact), Label: "exactly as described"}, {Value: words.Number(c.Violations), Label: "violations"},
			{Value: words.Number(c.Unknown), Label: "unknown members"}, {Value: words.Number(len(res.Places)), Label: "places"},
		},
		Text:     func(w io.Writer, _ int, _ bool) error { return Text(w, res, mended) },
		Markdown: func(w io.Writer) error { return Markdown(w, res, mended) },
		HTML:     func() (template.HTML, error) { return html(res) },
	}
}

// lead is the answer in a sentence.
func lead(res *drift.Result) string {
	c := res.Counts
	s := words.Number(c.Valid) + " of " + words.Number(c.Payloads) + " payloads match the description"
	var rest []string
	if c.Violations > 0 {
		rest = append(rest, words.Number(c.Violating)+" hold "+words.Count(c.Violations, "violation"))
	}
	if c.Unknown > 0 {
		rest = append(rest, words.Number(c.UnknownIn)+" hold "+words.Count(c.Unknown, "unknown member"))
	}
	if c.Undescribed > 0 {
		rest = append(rest, words.Number(c.Undescribed)+" are for events that are not described")
	}
	if c.NotJudged > 0 {
		rest = append(rest, words.Number(c.NotJudged)+" could not be judged")
	}
	if len(rest) == 0 {
		return s
	}
	return s + "; " + strings.Join(rest, ", ")
}

// mend says what the overlay does, "" where there is none.
func mend(m *drift.Mended) string {
	switch {
	case m == nil:
		return ""
	case len(m.Overlay.Actions) == 0:
		return "There is nothing to mend, so that the overlay has no actions"
	case !m.Checked:
		return "The overlay has " + words.Count(len(m.Overlay.Actions), "action") + "; the description has several files, so that it was not tried"
	}
	c := m.Result.Counts
	return "Under the overlay, of " + words.Count(len(m.Overlay.Actions), "action") + ", " + words.Number(c.Valid) + " of " + words.Number(c.Payloads) + " payloads match"
}

// kinds are the kinds that were seen, with how they are called.
func kinds(res *drift.Result) []row {
	var list []row
	for _, k := range drift.Kinds() {
		if places, count := res.ByKind(k); places > 0 {
			list = append(list, row{title(k), count, places})
		}
	}
	return list
}

type row struct {
	Title         string
	Count, Places int
}

func title(k drift.Kind) string {
	switch k {
	case drift.Missing:
		return "required member missing"
	case drift.Null:
		return "null not allowed"
	case drift.Type:
		return "other type"
	case drift.Enum:
		return "value not listed"
	case drift.Format:
		return "not of the format"
	case drift.Value:
		return "limit or pattern broken"
	case drift.Unknown:
		return "member not described"
	case drift.Event:
		return "event not described"
	}
	return string(k)
}

// Text writes a result for a person at a terminal; mended may be nil.
func Text(w io.Writer, res *drift.Result, mended *drift.Mended) error {
	t := bufio.NewWriter(w)
	list := kinds(res)
	if len(list) > 0 {
		t.WriteString(safe.Pad("", 26) + "  times  places\n")
	}
	for _, k := range list {
		t.WriteString(safe.Pad(k.Title, 26) + right(k.Count, 7) + right(k.Places, 8) + "\n")
	}
	if len(list) > 0 {
		t.WriteByte('\n')
	}
	t.WriteString(lead(res) + "\n")
	if text := mend(mended); text != "" {
		t.WriteString(text + "\n")
		for _, left := range mended.Left {
			t.WriteString("left as it is: " + safe.Line(left) + "\n")
		}
	}
	return t.Flush()
}

func right(n, width int) string {
	s := words.Number(n)
	return strings.Repeat(" ", max(width-len(s), 0)) + s
}

// Markdown writes a result for a note; mended may be nil.
func Markdown(w io.Writer, res *drift.Result, mended *drift.Mended) error {
	m := bufio.NewWriter(w)
	list := kinds(res)
	if len(list) > 0 {
		m.WriteString("| difference | times | places |\n| --- | ---: | ---: |\n")
	}
	for _, k := range list {
		m.WriteString("| " + k.Title + " | " + words.Number(k.Count) + " | " + words.Number(k.Places) + " |\n")
	}
	if len(list) > 0 {
		m.WriteByte('\n')
	}
	m.WriteString(lead(res) + "\n")
	if text := mend(mended); text != "" {
		m.WriteString("\n" + text + "\n")
	}
	return m.Flush()
}

var htmlTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("drift").Funcs(template.FuncMap{
		"n": words.Number, "line": safe.Line, "title": title, "join": func(list []string) string { return safe.Line(strings.Join(list, ", ")) },
	}).Parse(`<section aria-labelledby="places">
<h2 id="places">Where payloads and description differ</h2>
<div class="wide"><table class="sheet">
<thead><tr><th scope="col">Difference</th><th scope="col">Place</th><th scope="col">Member</th><th scope="col">Described</th><th scope="col">Sent</th><th scope="col" class="n">Times</th><th scope="col" class="n">Payloads</th></tr></thead>
<tbody>
{{range .}}<tr><td>{{title .Kind}}</td><td class="mono">{{line .Element}}</td><td class="mono">{{line .Member}}</td><td class="note">{{line .Want}}</td><td class="note">{{join .Got}}</td><td class="n">{{n .Count}}</td><td class="n">{{n .Payloads}}</td></tr>
{{end}}</tbody>
</table></div>
</section>
`))
})

func html(res *drift.Result) (template.HTML, error) {
	if len(res.Places) == 0 {
		return "", nil
	}
	var b strings.Builder
	err := htmlTemplate().Execute(&b, res.Places)
	return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
}
