package view

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

//go:embed run.tmpl
var sources embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"line": safe.Line, "n": number}).ParseFS(sources, "*.tmpl"))
})

// drawn is how many operations have charts, the worst first.
const drawn = 50

// runPage is what the template shows.
type runPage struct {
	About          string
	Reasons, Notes []string
	Operations     []*operationPage
	More           string
}

// operationPage is one operation of it.
type operationPage struct {
	ID, Name, Verdict, Status, Reason, Rate, Due, Good, P50, P95, P99, Budget string
	// Detail says that it has a section of its own.
	Detail    bool
	Spread    *distribution
	Heat      *heat
	Heads     []string
	Quantiles []quantileRow
	Causes    []causeRow
}

type quantileRow struct {
	Name   string
	Values []string
}

type causeRow struct{ Name, Count string }

// html renders an assessment as sections of a page.
func html(a *perf.Assessment) (template.HTML, error) {
	p := runPage{About: laidOut(a), Reasons: a.Judgement.Reasons, Notes: a.Judgement.Notes}
	for i, s := range worstFirst(a) {
		m := s.Measured
		o := &operationPage{
			ID: fmt.Sprintf("operation-%d", i+1), Name: s.Operation.Name, Verdict: string(s.Judged.Verdict), Status: status(s.Judged.Verdict),
			Reason: s.Judged.Reason, Rate: perSecond(rateOf(m.Good, a)), Due: number(m.Due), Good: share(m.Good, m.Due),
			P50: quantile(m, 0.5), P95: quantile(m, 0.95), P99: quantile(m, 0.99), Budget: budget(&s.Operation.Budget),
			Detail: i < drawn,
		}
		p.Operations = append(p.Operations, o)
		if o.Detail && m.Sent > 0 {
			o.Spread, o.Heat = newDistribution(&s), newHeat(&s, cmp.Or(a.Result.Planned, a.Result.Elapsed))
			o.numbers(m)
		}
	}
	if n := len(p.Operations) - drawn; n > 0 {
		p.More = fmt.Sprintf("Charts are of the first %d operations; --format json has the numbers of all.", drawn)
	}
	var b strings.Builder
	err := templates().ExecuteTemplate(&b, "run", p)
	return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
}

func status(v perf.Verdict) string {
	switch v {
	case perf.Fail, perf.Invalid:
		return "error"
	case perf.Inconclusive:
		return "warning"
	case perf.Pass:
	}
	return "good"
}

func number(n uint64) string { return words.Number(int(n)) }

// numbers fills in the tables.
func (o *operationPage) numbers(m *perf.Measured) {
	all := []struct {
		name string
		h    *histogram.Histogram
	}{{"response", m.Response}, {"service", m.Service}, {"first byte", m.FirstByte}}
	var there []*histogram.Histogram
	for _, h := range all {
		if h.h != nil && h.h.Count() > 0 {
			o.Heads = append(o.Heads, h.name)
			there = append(there, h.h)
		}
	}
	for _, q := range []struct {
		name string
		q    float64
	}{{"least", 0}, {"50 %", 0.5}, {"90 %", 0.9}, {"95 %", 0.95}, {"99 %", 0.99}, {"99.9 %", 0.999}, {"longest", 1}} {
		row := quantileRow{Name: q.name}
		for _, h := range there {
			b, _ := h.Quantile(q.q)
			row.Values = append(row.Values, latency(b.Mid()))
		}
		o.Quantiles = append(o.Quantiles, row)
	}
	for _, c := range []struct {
		name string
		n    uint64
	}{
		{"not sent since all workers waited for answers", m.Unsent.Busy},
		{"not sent since the generator was late", m.Unsent.Late},
		{"not sent since there was no data", m.Unsent.Empty},
		{"not sent since their sessions had ended", m.Unsent.Broken},
	} {
		if c.n > 0 {
			o.Causes = append(o.Causes, causeRow{c.name, number(c.n)})
		}
	}
	const most = 20
	classes := slices.SortedFunc(maps.Keys(m.Classes), func(a, b string) int {
		return cmp.Or(cmp.Compare(m.Classes[b], m.Classes[a]), cmp.Compare(a, b))
	})
	for _, class := range classes[:min(len(classes), most)] {
		o.Causes = append(o.Causes, causeRow{class, number(m.Classes[class])})
	}
}
