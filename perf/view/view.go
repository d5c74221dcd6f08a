// Package view shows what a load run came to: as text for a terminal, as
// Markdown for a merge request, as sections of an HTML page with charts, as
// JUnit cases, as the facts of the JSON envelope, and as the file that GitLab's
// merge request widget reads. Every view is deterministic and treats names as
// hostile. The package decides nothing: verdicts are those of package perf.
package view

import (
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/internal/table"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// LoadPerformance is the name of the format that GitLab reads.
const LoadPerformance = "load-performance"

// Facts puts an assessment before the findings of a report. Text and Markdown
// list as many operations as fit on a screen, the worst first, or all.
func Facts(a *perf.Assessment, all bool) *report.Facts {
	counts := count(a.Judgement)
	return &report.Facts{
		Lead: Lead(a), Verdict: string(a.Judgement.Verdict),
		Numbers:  numbers(a, counts),
		Text:     func(w io.Writer, width int, color bool) error { return text(w, a, width, color, all) },
		Markdown: func(w io.Writer) error { return markdown(w, a, all) },
		HTML:     func() (template.HTML, error) { return html(a) },
		Cases:    cases(a), CaseOf: caseOf,
		Formats: []report.Format{{Name: LoadPerformance, Write: func(w io.Writer) error { return WriteLoadPerformance(w, a.Result) }}},
	}
}

// Lead is what a run comes to, in a sentence.
func Lead(a *perf.Assessment) string {
	n, c := len(a.Judgement.Operations), count(a.Judgement)
	switch {
	case len(a.Judgement.Reasons) > 0:
		return "The run cannot be judged: " + a.Judgement.Reasons[0]
	case c[perf.Fail] > 0:
		lead := words.Number(c[perf.Fail]) + " of " + words.Count(n, "operation") + verb(c[perf.Fail], " exceeds its budget", " exceed their budgets")
		if c[perf.Invalid] > 0 {
			lead += ", " + words.Number(c[perf.Invalid]) + verb(c[perf.Invalid], " was", " were") + " not measured"
		}
		return lead
	case c[perf.Invalid] > 0:
		return words.Number(c[perf.Invalid]) + " of " + words.Count(n, "operation") + verb(c[perf.Invalid], " was", " were") + " not measured"
	case c[perf.Inconclusive] > 0:
		return "No budget is exceeded; " + words.Number(c[perf.Inconclusive]) + " of " + words.Count(n, "operation") + verb(c[perf.Inconclusive], " needs", " need") + " more requests to tell"
	case n == 1:
		return "The operation keeps its budget"
	}
	return "All " + words.Count(n, "operation") + " keep their budgets"
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func count(j *perf.Judgement) map[perf.Verdict]int {
	c := map[perf.Verdict]int{}
	for i := range j.Operations {
		c[j.Operations[i].Verdict]++
	}
	return c
}

// numbers are the first ones of the page.
func numbers(a *perf.Assessment, c map[perf.Verdict]int) []page.Number {
	var due, good uint64
	for i := range a.Result.Operations {
		due, good = due+a.Result.Operations[i].Due, good+a.Result.Operations[i].Good
	}
	list := []page.Number{{Value: words.Number(int(due)), Label: "requests due"}}
	if due > 0 {
		list = append(list, page.Number{Value: words.Percent(float64(good) / float64(due)), Label: "answered well"})
	}
	if rate := rateOf(good, a); rate > 0 {
		list = append(list, page.Number{Value: perSecond(rate), Label: "good requests"})
	}
	for _, v := range []struct {
		verdict       perf.Verdict
		label, status string
	}{{perf.Invalid, "not measured", "error"}, {perf.Fail, "over budget", "error"}, {perf.Inconclusive, "undecided", "warning"}, {perf.Pass, "within budget", "good"}} {
		if n := c[v.verdict]; n > 0 {
			list = append(list, page.Number{Value: words.Number(n), Label: v.label, Status: v.status})
		}
	}
	return list
}

// rateOf is a number of requests per second of the part that was judged.
func rateOf(n uint64, a *perf.Assessment) float64 {
	if s := a.Result.Elapsed.Seconds(); s > 0 {
		return float64(n) / s
	}
	return 0
}

// worstFirst are the operations by verdict, the worst first, and in the order
// of the plan otherwise.
func worstFirst(a *perf.Assessment) []perf.Subject {
	list := a.Subjects()
	slices.SortStableFunc(list, func(x, y perf.Subject) int {
		switch v, w := x.Judged.Verdict, y.Judged.Verdict; {
		case v == w:
			return 0
		case perf.Worse(v, w) == v:
			return -1
		}
		return 1
	})
	return list
}

// laidOut says in one line what a run stands on.
func laidOut(a *perf.Assessment) string {
	r := a.Result
	parts := []string{words.Duration(r.Elapsed)}
	if r.Lag != nil && r.Lag.Count() > 0 {
		b, _ := r.Lag.Quantile(0.99)
		parts = append(parts, "lag p99 "+latency(b.Mid()))
	}
	switch r.Clock {
	case perf.FromIntended:
		parts = append(parts, "times from when requests were due")
	case perf.FromSend:
		parts = append(parts, "times from when requests were sent")
	case perf.Closed:
		parts = append(parts, "users who wait")
	}
	if r.Engine != "" {
		parts = append(parts, r.Engine)
	}
	return strings.Join(parts, " · ")
}

// cases are those of JUnit: one for each operation.
func cases(a *perf.Assessment) []report.Case {
	var list []report.Case
	for _, s := range a.Subjects() {
		c := report.Case{Name: s.Operation.Name, File: s.Operation.Location.File, Output: s.Judged.Reason}
		switch s.Judged.Verdict {
		case perf.Invalid:
			c.Error = s.Judged.Reason
		case perf.Inconclusive:
			c.Skipped = s.Judged.Reason
		case perf.Pass, perf.Fail:
		}
		list = append(list, c)
	}
	return list
}

// caseOf is the operation that a finding is about.
func caseOf(f *check.Finding) string {
	name, _ := f.Properties["operation"].(string)
	return name
}

// foot is the line that ends the table. Why a run is invalid stands above it.
func foot(a *perf.Assessment) string {
	lead := Lead(a)
	if len(a.Judgement.Reasons) > 0 {
		lead = "The run cannot be judged"
	}
	return lead + " · " + laidOut(a)
}

// rows are the operations as a table, with fewer columns where there is less
// room.
func rows(a *perf.Assessment, width int) *table.Table {
	narrow := width > 0 && width < 110
	t := &table.Table{Head: []string{"operation", "verdict"}, Left: []bool{true, true}, Noun: "operation", Foot: foot(a)}
	if narrow {
		t.Head = append(t.Head, "good/s", "good", "p99", "budget")
		t.Left = append(t.Left, false, false, false, true)
	} else {
		t.Head = append(t.Head, "good/s", "sent", "good", "p50", "p95", "p99", "budget")
		t.Left = append(t.Left, false, false, false, false, false, false, true)
	}
	for _, s := range worstFirst(a) {
		m := s.Measured
		row := table.Row{Verdict: s.Judged.Verdict, Cells: []string{s.Operation.Name, string(s.Judged.Verdict)}} // findings say why
		rate := dash
		if r := rateOf(m.Good, a); m.Due > 0 && r > 0 {
			rate = strings.TrimSuffix(perSecond(r), "/s")
		}
		if narrow {
			row.Cells = append(row.Cells, rate, share(m.Good, m.Due), quantile(m, 0.99), budget(&s.Operation.Budget))
		} else {
			row.Cells = append(row.Cells, rate, words.Number(int(m.Sent)), share(m.Good, m.Due), quantile(m, 0.5), quantile(m, 0.95), quantile(m, 0.99), budget(&s.Operation.Budget))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
