// Package view shows a comparison of two versions, or a history, to people: as
// text for a terminal, as Markdown for a merge request and as sections of an
// HTML page. Every view is deterministic and treats names as hostile. The
// package decides nothing; a program takes the facts themselves, or their JSON.
package view

import (
	"html/template"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/compare"
	"github.com/plumbapi/plumb/perf/internal/table"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// Comparison puts a comparison before the findings of a report. Text and
// Markdown list as many operations as fit on a screen, the worst first, or all.
func Comparison(c *compare.Comparison, all bool) *report.Facts {
	t := &table.Table{
		Head: []string{"operation", "verdict", "base", "head", "slower", "at least", "at most", "errors"},
		Left: []bool{true, true}, Noun: "operation", Foot: Lead(c) + " · " + laidOut(c),
	}
	for _, op := range worst(c.Operations, func(o compare.Operation) perf.Verdict { return o.Verdict }) {
		t.Rows = append(t.Rows, table.Row{Verdict: op.Verdict, Reason: op.Reason, Cells: []string{
			op.Operation, string(op.Verdict), duration(op.Base.Quantile), duration(op.Head.Quantile),
			change(op.Latency.Mean, op), change(op.Latency.Low, op), change(op.Latency.High, op), points(op),
		}})
	}
	return &report.Facts{
		Lead: Lead(c), Verdict: string(c.Verdict),
		Numbers: []page.Number{
			{Value: words.Number(count(c.Operations, perf.Fail)), Label: "worse", Status: status(count(c.Operations, perf.Fail), "error")},
			{Value: words.Number(count(c.Operations, perf.Inconclusive)), Label: "not decided", Status: status(count(c.Operations, perf.Inconclusive), "warning")},
			{Value: words.Number(count(c.Operations, perf.Pass)), Label: "not worse"},
			{Value: words.Number(c.Pairs), Label: "pairs of blocks"},
		},
		Text:     func(w io.Writer, width int, color bool) error { return t.Text(w, width, color, all) },
		Markdown: func(w io.Writer) error { return t.Markdown(w, all) },
		HTML:     func() (template.HTML, error) { return comparisonHTML(c) },
	}
}

// Lead is what a comparison comes to, in a sentence.
func Lead(c *compare.Comparison) string {
	n := len(c.Operations)
	switch fails, open := count(c.Operations, perf.Fail), count(c.Operations, perf.Inconclusive); {
	case n == 0 || count(c.Operations, perf.Invalid) == n:
		return "Nothing could be compared"
	case fails > 0:
		return words.Number(fails) + " of " + words.Count(n, "operation") + are(fails) + " worse than at base"
	case open > 0:
		return "No operation is shown to be worse; " + words.Number(open) + " of " + words.Number(n) + are(open) + " not decided"
	}
	return "No operation is worse than at base: " + words.Count(n, "operation") + " compared"
}

// laidOut says what the comparison stands on.
func laidOut(c *compare.Comparison) string {
	s := words.Count(c.Pairs, "pair") + " of blocks of " + words.Duration(c.Design.Block) + " at " + strconv.FormatFloat(c.Design.Rate, 'g', 4, 64) + "/s"
	if c.Dropped > 0 {
		s += ", " + words.Number(c.Dropped) + " more left out"
	}
	return s + " · p" + strconv.FormatFloat(100*c.Quantile, 'g', -1, 64) + " of response times"
}

// Trend puts a history before the findings of a report.
func Trend(h *compare.Trend, all bool) *report.Facts {
	t := &table.Table{
		Head: []string{"operation", "verdict", "now", "history", "what the runs say"},
		Left: []bool{true, true, false, true, true}, Noun: "operation", Foot: trendLead(h),
	}
	for _, op := range worst(h.Operations, func(o compare.Followed) perf.Verdict { return o.Verdict }) {
		t.Rows = append(t.Rows, table.Row{Verdict: op.Verdict, Cells: []string{
			op.Operation, string(op.Verdict), duration(op.Values[len(op.Values)-1]), spark(op.Values), op.Reason,
		}})
	}
	return &report.Facts{
		Lead: trendLead(h), Verdict: string(h.Verdict),
		Numbers: []page.Number{
			{Value: words.Number(len(h.Runs)), Label: "runs"}, {Value: words.Number(len(h.Operations)), Label: "operations"},
		},
		Text:     func(w io.Writer, width int, color bool) error { return t.Text(w, width, color, all) },
		Markdown: func(w io.Writer) error { return t.Markdown(w, all) },
		HTML:     func() (template.HTML, error) { return trendHTML(h) },
	}
}

func trendLead(h *compare.Trend) string {
	raised := 0
	for _, op := range h.Operations {
		if op.Verdict == perf.Fail {
			raised++
		}
	}
	if raised == 0 {
		return "No operation has become slower over " + words.Count(len(h.Runs), "run")
	}
	return words.Number(raised) + " of " + words.Count(len(h.Operations), "operation") + has(raised) + " become slower over " + words.Count(len(h.Runs), "run")
}

func are(n int) string {
	if n == 1 {
		return " is"
	}
	return " are"
}

func has(n int) string {
	if n == 1 {
		return " has"
	}
	return " have"
}

// worst sorts by verdict, the worst first, and else keeps the order.
func worst[T any](list []T, of func(T) perf.Verdict) []T {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b T) int {
		switch x, y := of(a), of(b); {
		case x == y:
			return 0
		case perf.Worse(x, y) == x:
			return -1
		}
		return 1
	})
	return sorted
}

func count(list []compare.Operation, v perf.Verdict) int {
	n := 0
	for i := range list {
		if list[i].Verdict == v {
			n++
		}
	}
	return n
}

func status(n int, word string) string {
	if n == 0 {
		return ""
	}
	return word
}

func duration(d time.Duration) string {
	if d == 0 {
		return "–"
	}
	return words.Duration(d)
}

// change writes a slowdown with its sign, a dash where none was measured.
func change(v float64, op compare.Operation) string {
	if op.Verdict == perf.Invalid {
		return "–"
	}
	if v < 0 {
		return "−" + words.Percent(-v)
	}
	return "+" + words.Percent(v)
}

// points writes the shares of bad requests.
func points(op compare.Operation) string {
	return share(op.Base) + " → " + share(op.Head)
}

func share(l compare.Level) string {
	if l.Requests == 0 {
		return "–"
	}
	return words.Percent(float64(l.Bad) / float64(l.Requests))
}

// spark draws values as blocks, the last thirty of them; a gap where a run has
// none.
func spark(values []time.Duration) string {
	const most = 30
	values = values[max(0, len(values)-most):]
	levels := []rune("▁▂▃▄▅▆▇█")
	top := slices.Max(values)
	s := make([]rune, 0, len(values))
	for _, v := range values {
		if v == 0 {
			s = append(s, ' ')
			continue
		}
		s = append(s, levels[min(len(levels)-1, int(float64(v)/float64(top)*float64(len(levels))))])
	}
	return string(s)
}
