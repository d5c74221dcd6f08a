// Package view shows the capacity that a search found, to people: as text for
// a terminal, as Markdown and as a section of an HTML page. It decides nothing;
// a program takes the facts themselves, or their JSON.
package view

import (
	_ "embed"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/capacity"
	"github.com/plumbapi/plumb/perf/internal/table"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// Facts puts a capacity before the findings of a report.
func Facts(c *capacity.Capacity) *report.Facts {
	t := &table.Table{
		Head: []string{"rate", "", "nearest to its budget", "demand", "missed", "allowed"},
		Left: []bool{false, true, true, true}, Noun: "probe", Foot: Lead(c),
	}
	for i := range c.Probes {
		p := &c.Probes[i]
		r := table.Row{Cells: []string{Rate(p.Rate), outcome(p), p.Operation, p.Demand, missed(p), words.Percent(p.Allowed)}}
		if p.Invalid != "" {
			r.Verdict, r.Reason, r.Cells[5] = perf.Invalid, p.Invalid, "–"
		}
		t.Rows = append(t.Rows, r)
	}
	return &report.Facts{
		Lead: Lead(c), Verdict: string(c.Verdict),
		Numbers: []page.Number{
			{Value: Rate(c.Rate), Label: "borne"}, {Value: Rate(c.Low), Label: "at least"}, {Value: Rate(c.High), Label: "at most"},
			{Value: words.Number(len(c.Probes)), Label: "probes"},
		},
		Text:     func(w io.Writer, width int, color bool) error { return t.Text(w, width, color, true) },
		Markdown: func(w io.Writer) error { return t.Markdown(w, true) },
		HTML:     func() (template.HTML, error) { return section(c) },
	}
}

// Lead is what a search came to, as a sentence without its period.
func Lead(c *capacity.Capacity) string {
	if c.Reason == "" {
		return string(c.Verdict)
	}
	return strings.ToUpper(c.Reason[:1]) + c.Reason[1:]
}

// Rate writes requests per second; a dash where there is none.
func Rate(v float64) string {
	switch {
	case v == 0 || math.IsNaN(v) || math.IsInf(v, 0):
		return "–"
	case v >= 100:
		return words.Number(int(math.Round(v))) + "/s"
	}
	return strconv.FormatFloat(v, 'g', 3, 64) + "/s"
}

func outcome(p *capacity.Probe) string {
	switch {
	case p.Invalid != "":
		return string(perf.Invalid)
	case p.Borne:
		return "borne"
	}
	return "too much"
}

func missed(p *capacity.Probe) string {
	if p.Total == 0 {
		return "–"
	}
	return words.Percent(float64(p.Missed) / float64(p.Total))
}

//go:embed capacity.tmpl
var source string

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("capacity").Funcs(template.FuncMap{
		"line": safe.Line, "rate": Rate, "outcome": func(p capacity.Probe) string { return outcome(&p) },
		"missed": func(p capacity.Probe) string { return missed(&p) }, "percent": words.Percent,
	}).Parse(source))
})

// dot is a probe in the chart: rate to the right, share of missed requests
// over what is allowed upwards, both on logarithmic scales.
type dot struct {
	X, Y  float64
	Borne bool
	Label string
}

// The chart is 640 by 240, its plot 600 by 200 from (30, 10).
const (
	plotWidth  = 600.0
	plotHeight = 200.0
	plotLeft   = 30.0
	plotTop    = 10.0
	decades    = 2.0 // of the odds, to either side of the budget
)

func section(c *capacity.Capacity) (template.HTML, error) {
	data := struct {
		*capacity.Capacity
		Dots   []dot
		Found  float64
		Budget float64
	}{Capacity: c, Budget: plotTop + plotHeight/2}
	low, high := math.Inf(1), 0.0
	for _, p := range c.Probes {
		low, high = min(low, p.Rate), max(high, p.Rate)
	}
	x := func(rate float64) float64 {
		if high <= low || rate <= 0 {
			return plotLeft + plotWidth/2
		}
		return math.Round(10*(plotLeft+plotWidth*math.Log(rate/low)/math.Log(high/low))) / 10
	}
	for _, p := range c.Probes {
		if p.Invalid != "" {
			continue
		}
		at := min(max(p.Margin/math.Ln10, -decades), decades)
		data.Dots = append(data.Dots, dot{
			X: x(p.Rate), Y: math.Round(10*(plotTop+plotHeight*(decades-at)/(2*decades))) / 10, Borne: p.Borne,
			Label: Rate(p.Rate) + ": " + missed(&p) + " of requests missed, " + words.Percent(p.Allowed) + " may",
		})
	}
	if c.Rate > 0 {
		data.Found = x(c.Rate)
	}
	var b strings.Builder
	err := templates().Execute(&b, data)
	return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
}
