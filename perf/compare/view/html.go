package view

import (
	"embed"
	"html/template"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf/compare"
)

//go:embed comparison.tmpl trend.tmpl
var sources embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"line": safe.Line, "n": func(n uint64) string { return words.Number(int(min(n, math.MaxInt32))) }, "duration": duration, "share": share, "change": change,
		"bar": bar, "path": path,
	}).ParseFS(sources, "*.tmpl"))
})

func comparisonHTML(c *compare.Comparison) (template.HTML, error) {
	var b strings.Builder
	err := templates().ExecuteTemplate(&b, "comparison.tmpl", c)
	return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
}

func trendHTML(t *compare.Trend) (template.HTML, error) {
	var b strings.Builder
	err := templates().ExecuteTemplate(&b, "trend.tmpl", t)
	return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
}

// interval is where an interval is drawn, in a box of 240 by 16: 0 in the
// middle of a scale on which twice as slow and twice as fast are the ends.
type interval struct{ Low, Mean, High, Width float64 }

// boxWidth is the width of the box of an interval, or of a history.
const boxWidth = 240

func bar(d compare.Difference) interval {
	x := func(v float64) float64 {
		v = math.Log2(math.Max(1+v, 0.01))
		return math.Round(10*(boxWidth/2)*(1+math.Min(math.Max(v, -1), 1))) / 10
	}
	i := interval{Low: x(d.Low), Mean: x(d.Mean), High: x(d.High)}
	i.Width = math.Max(1, math.Round(10*(i.High-i.Low))/10)
	return i
}

// point is one value of a history, in a box of 240 by 40 whose lower edge is 0.
type point struct {
	X, Y float64
	// Run and Value are what it stands for.
	Run, Value string
}

// path places the values of a history.
func path(runs []string, values []time.Duration) []point {
	var top time.Duration
	for _, v := range values {
		top = max(top, v)
	}
	var list []point
	for i, v := range values {
		if v == 0 {
			continue
		}
		list = append(list, point{
			X:   4 + math.Round(10*(boxWidth-8)*float64(i)/float64(max(1, len(values)-1)))/10,
			Y:   38 - math.Round(10*34*float64(v)/float64(top))/10,
			Run: runs[i], Value: words.Duration(v),
		})
	}
	return list
}
