package view

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/snapshot"
)

// The measures of a small chart of 300 by 132, in its own units; report.tmpl has
// the same.
const (
	plotLeft   = 48
	plotRight  = 288
	plotTop    = 12
	plotBottom = 108
)

// followed are the metrics that charts are drawn of.
var followed = []string{"parity.breadth", "slo.kept", "lint.debt", "docs.described", "webhooks.matching", "lifecycle.deprecated"}

// chart is one metric over time: a line from zero, with the last value said.
type chart struct {
	ID, Title, About string
	Short, Last      string
	Path             string
	Dots             []dot
	Levels           []level
	First, End       string // days at the ends of the axis
}

type dot struct{ X, Y, Title string }

// level is a line across the chart with its value.
type level struct{ Y, TextY, Text string }

// charts draws the metrics of an API that have two values or more.
func charts(id string, series []snapshot.Series) []chart {
	var list []chart
	for _, name := range followed {
		for i := range series {
			if s := &series[i]; s.Metric == name && len(s.Points) > 1 {
				list = append(list, newChart(id+"-"+strconv.Itoa(len(list)+1), s))
			}
		}
	}
	return list
}

func newChart(id string, s *snapshot.Series) chart {
	m := snapshot.FindMetric(s.Metric)
	first, last := s.Points[0], s.Points[len(s.Points)-1]
	top, step := scale(m, s.Points)
	c := chart{ID: id, Title: m.Title, Short: capital(m.Short), Last: m.Write(last.Value), First: date(first.At), End: date(last.At)}
	span := last.At.Sub(first.At)
	x := func(t time.Time) float64 {
		if span <= 0 {
			return plotRight
		}
		return plotLeft + float64(t.Sub(first.At))/float64(span)*(plotRight-plotLeft)
	}
	y := func(v float64) float64 { return plotBottom - min(max(v/top, 0), 1)*(plotBottom-plotTop) }
	for v := 0.0; v <= top*1.001; v += step {
		text := m.Write(v)
		if m.Percent {
			text = strconv.Itoa(int(v*100+0.5)) + " %"
		}
		c.Levels = append(c.Levels, level{num(y(v)), num(y(v) + 4), text})
	}
	path := ""
	for i, p := range s.Points {
		mark := "L"
		if i == 0 {
			mark = "M"
		}
		path += mark + num(x(p.At)) + " " + num(y(p.Value))
		if len(s.Points) <= 40 || i == len(s.Points)-1 {
			c.Dots = append(c.Dots, dot{num(x(p.At)), num(y(p.Value)), join(", ", date(p.At), p.Revision) + ": " + m.Write(p.Value)})
		}
	}
	c.Path = path
	c.About = fmt.Sprintf("From %s on %s to %s on %s, over %s. All values are in the table of values.", m.Write(first.Value), c.First, c.Last, c.End, words.Count(len(s.Points), "snapshot"))
	return c
}

// scale returns the top of the axis, which begins at zero, and the step between
// its lines.
func scale(m *snapshot.Metric, points []snapshot.Point) (top, step float64) {
	if m.Percent {
		return 1, 0.5
	}
	most := 0.0
	for _, p := range points {
		most = max(most, p.Value)
	}
	for unit := 1.0; ; unit *= 10 {
		for _, k := range []float64{1, 2, 5} {
			if half := unit * k; half*2 >= most || half > 1e12 {
				return half * 2, half
			}
		}
	}
}

// capital begins a text with a capital letter.
func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func num(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

// bar is a share as a bar; the number stands beside it.
type bar struct{ All, Some string }

// barWidth is the width of a bar in its own units.
const barWidth = 100

func shareBar(b snapshot.Breadth) bar {
	whole := b.Total - b.Exempt
	if whole <= 0 {
		return bar{"0", "0"}
	}
	return bar{num(float64(b.Match) / float64(whole) * barWidth), num(float64(b.Match+b.Partial) / float64(whole) * barWidth)}
}
