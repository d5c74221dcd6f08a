// Package view shows who still calls what is deprecated, a [usage.Result], to
// people: as text for a terminal, Markdown for a merge request, one HTML page,
// and CSV for a spreadsheet. [Facts] puts it before the findings of a report.
//
// Every view is deterministic and treats names, of elements and of consumers,
// as hostile. The package decides nothing and reads nothing; a program that
// wants the facts themselves takes the result, or its JSON.
package view

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/usage"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// Options is what a view may know beyond the result. The zero Options is
// useful.
type Options struct {
	// Width is how many columns the terminal has; 0 means 100.
	Width int
	// Color lets text have colours.
	Color bool
	// All lists every element where text and Markdown would sum up.
	All bool
	// Shown returns a file's name as people know it; nil means as it is.
	Shown func(file string) string
}

// Facts puts a result before the findings of a report, and adds the format csv
// to its own. Width and Color of the options are the report's.
func Facts(res *usage.Result, o Options) *report.Facts {
	t := newTelling(res, o)
	return &report.Facts{
		Lead: t.lead(), Verdict: t.verdict(),
		Numbers: []page.Number{
			{Value: number(res.REST.Calls + res.GraphQL.Calls), Label: "calls"},
			{Value: words.Number(t.count[usage.Used] + t.count[usage.Little]), Label: "still called"},
			{Value: words.Number(t.count[usage.Unused]), Label: "called by nobody"},
			{Value: words.Number(t.count[usage.Unclear] + t.count[usage.Unseen]), Label: "not known"},
		},
		Text: func(w io.Writer, width int, color bool) error {
			o.Width, o.Color = width, color
			return Text(w, res, o)
		},
		Markdown: func(w io.Writer) error { return Markdown(w, res, o) },
		HTML: func() (template.HTML, error) {
			var b strings.Builder
			err := sections(&b, res, o)
			return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
		},
		Formats: []report.Format{{Name: "csv", Write: func(w io.Writer) error { return CSV(w, res, o) }}},
	}
}

// telling is a result as people are told of it.
type telling struct {
	res  *usage.Result
	opts Options
	// called are the elements with calls, those with the most first; silent
	// are the others, in their order.
	called, silent []*usage.Element
	count          map[usage.Verdict]int
}

func newTelling(res *usage.Result, o Options) *telling {
	t := &telling{res: res, opts: o, count: map[usage.Verdict]int{}}
	for i := range res.Elements {
		e := &res.Elements[i]
		t.count[e.Verdict]++
		if e.Calls > 0 {
			t.called = append(t.called, e)
		} else {
			t.silent = append(t.silent, e)
		}
	}
	slices.SortStableFunc(t.called, func(a, b *usage.Element) int { return cmp.Compare(b.Calls, a.Calls) })
	return t
}

// lead is the answer in a sentence.
func (t *telling) lead() string {
	n := len(t.res.Elements)
	if n == 0 {
		return "Nothing is " + t.what()
	}
	return fmt.Sprintf("Of %s that are %s, %d still called in %s", words.Count(n, "element"), t.what(), len(t.called), t.res.Window())
}

// what says which elements were looked for.
func (t *telling) what() string {
	if slices.ContainsFunc(t.res.Elements, func(e usage.Element) bool { return !e.Deprecated }) {
		return "deprecated or experimental"
	}
	return "deprecated"
}

// verdict is the answer in a few words.
func (t *telling) verdict() string {
	if len(t.res.Elements) == 0 {
		return "nothing is " + t.what()
	}
	return strings.Join(t.counts(), ", ")
}

// counts says how many elements have each verdict.
func (t *telling) counts() []string {
	var parts []string
	for _, v := range []struct {
		verdict usage.Verdict
		text    string
	}{
		{usage.Used, "still used"}, {usage.Little, "hardly used"}, {usage.Unused, "used by nobody"},
		{usage.Unclear, "not clear"}, {usage.Unseen, "not to be seen in logs"},
	} {
		if n := t.count[v.verdict]; n > 0 {
			parts = append(parts, words.Number(n)+" "+v.text)
		}
	}
	return parts
}

// window says which time the logs cover.
func (t *telling) window() string {
	if t.res.From == nil {
		return "no time is known"
	}
	from, to := date(t.res.From), date(t.res.To)
	if from == to {
		return from + " (" + t.res.Window() + ")"
	}
	return from + " to " + to + " (" + t.res.Window() + ")"
}

// reading says what was read.
func (t *telling) reading() string {
	var lines, requests, foreign int64
	for i := range t.res.Logs {
		l := &t.res.Logs[i]
		lines, requests, foreign = lines+l.Lines, requests+l.Requests, foreign+l.Foreign
	}
	s := words.Count(len(t.res.Logs), "log") + ", " + count(lines, "line")
	if foreign > 0 {
		s += ", " + number(foreign) + " of them about other things"
	}
	return s
}

// totals are lines about the calls of each API that has any.
func (t *telling) totals() []string {
	var lines []string
	for _, a := range []struct {
		name  string
		total *usage.Total
	}{{"REST", &t.res.REST}, {"GraphQL", &t.res.GraphQL}} {
		if a.total.Calls+a.total.ClientErrors+a.total.ServerErrors == 0 {
			continue
		}
		lines = append(lines, a.name+": "+total(a.total))
	}
	return lines
}

func total(a *usage.Total) string {
	parts := []string{count(a.Calls, "call")}
	if a.Consumers > 0 {
		parts = append(parts, consumers(a.Consumers, a.Exact))
	}
	if n := a.ClientErrors + a.ServerErrors; n > 0 {
		parts = append(parts, fmt.Sprintf("%s answered with 4xx, %s with 5xx", number(a.ClientErrors), number(a.ServerErrors)))
	}
	if a.Unnamed > 0 {
		parts = append(parts, number(a.Unnamed)+" without a consumer")
	}
	if a.Persisted > 0 {
		parts = append(parts, number(a.Persisted)+" by a stored text that is not known")
	}
	if a.Unread > 0 {
		parts = append(parts, number(a.Unread)+" without a text that can be read")
	}
	if a.Strange > 0 {
		parts = append(parts, number(a.Strange)+" with names that the schema does not have")
	}
	return strings.Join(parts, " · ")
}

// trouble are lines about what could not be read of logs. Logs that were not
// read to their ends are for the report to name.
func (t *telling) trouble() []string {
	var lines []string
	for i := range t.res.Logs {
		l := &t.res.Logs[i]
		name := t.shown(l.Name)
		if l.Unreadable > 0 {
			s := fmt.Sprintf("%s: %s of %s cannot be read as %s", name, count(l.Unreadable, "line"), number(l.Lines), l.Format)
			for _, sample := range l.Samples {
				s += fmt.Sprintf("\n  line %d: %s", sample.Line, sample.Shape)
			}
			lines = append(lines, s)
		}
		if l.TooLong > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s above 1 MiB passed over", name, count(l.TooLong, "line")))
		}
	}
	return lines
}

func (t *telling) shown(file string) string {
	if t.opts.Shown == nil {
		return file
	}
	return t.opts.Shown(file)
}

// callers says who calls an element most.
func callers(e *usage.Element) string {
	parts := make([]string, 0, len(e.Top))
	for _, c := range e.Top {
		parts = append(parts, fmt.Sprintf("%s %s", c.Consumer, number(c.Calls)))
	}
	if n := e.Consumers - len(e.Top); n > 0 {
		parts = append(parts, "and "+about(e.Exact)+words.Number(n)+" more")
	}
	return strings.Join(parts, ", ")
}

func consumers(n int, exact bool) string { return about(exact) + words.Count(n, "consumer") }

func about(exact bool) string {
	if exact {
		return ""
	}
	return "about "
}

func number(n int64) string { return words.Number(int(n)) }

func count(n int64, noun string) string { return words.Count(int(n), noun) }

func date(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format("2 Jan 2006")
}
