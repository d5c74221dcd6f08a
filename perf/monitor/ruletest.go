package monitor

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// PrometheusTests writes tests of the rules that [Prometheus] writes of the
// same plan and options, for `promtool test rules`: series that burn the budget
// at given rates, and the alerts that have to fire. Rules is the name of the
// file with the rules, relative to that of the tests.
func PrometheusTests(p *perf.Plan, opts Options, rules string) ([]byte, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	bad, good, err := examples(s.errors)
	if err != nil {
		return nil, err
	}
	r := &rehearsal{source: s, opts: opts, bad: bad, good: good}
	var tests list
	for _, sc := range r.scenarios() {
		tests = append(tests, r.test(&sc))
	}
	tests = append(tests, r.silence())
	var b strings.Builder
	s.header(&b, p, "Tests of the rules")
	yaml(&b, object{
		{"rule_files", list{rules}},
		{"evaluation_interval", "5m"},
		{"tests", tests},
	})
	return []byte(b.String()), nil
}

// rehearsal is what the tests of a plan's rules have in common.
type rehearsal struct {
	*source
	opts      Options
	bad, good []label
}

// lasts is how long each scenario goes on.
const lasts = 120 // minutes

// scenario is two hours in production: first a share of the requests of each
// operation is bad, then it is another one.
type scenario struct {
	name string
	// slow says that what is bad is late; else it fails, which is late too.
	slow bool
	// perMinute is how many requests each operation gets.
	perMinute float64
	// first and then are the shares that are bad, of the operation whose
	// tightest budget is given.
	first, then func(tightest Objective) float64
	// until is the minute at which the second share begins.
	until int
}

func (r *rehearsal) scenarios() []scenario {
	share := func(x float64) func(Objective) float64 { return func(Objective) float64 { return x } }
	healthy := func(o Objective) float64 { return 0.4 * o.Budget }
	between := func(o Objective) float64 {
		all := windows(r.period, o.Budget)
		pages, tickets := math.Inf(1), math.Inf(1)
		for i := range all {
			if all[i].severity == page {
				pages = math.Min(pages, all[i].threshold(o.Budget))
			} else {
				tickets = math.Min(tickets, all[i].threshold(o.Budget))
			}
		}
		if math.IsInf(tickets, 1) {
			tickets = 0
		}
		return (pages + tickets) / 2
	}
	list := []scenario{
		{name: "less than the budget is used", perMinute: 600, first: healthy, then: healthy},
		{name: "every request fails", perMinute: 600, first: share(1), then: share(1)},
		{name: "every request is late", slow: true, perMinute: 600, first: share(1), then: share(1)},
		{name: "the tightest budget burns slowly", perMinute: 600, first: between, then: between},
		{name: "three requests in two hours, and all fail", perMinute: 3.0 / lasts, first: share(1), then: share(1)},
	}
	for _, minutes := range []int{50, 40, 30, 20} {
		over := scenario{name: "an outage that is over", perMinute: 600, first: share(1), then: share(0), until: minutes}
		if r.sure(&over) {
			return append(list, over)
		}
	}
	return list
}

// tightest returns the objective of an operation with the least budget.
func (r *rehearsal) tightest(operation string) Objective {
	var least *Objective
	for i := range r.objectives {
		if o := &r.objectives[i]; o.Operation == operation && (least == nil || o.Budget < least.Budget) {
			least = o
		}
	}
	return *least
}

// share returns which share of the requests of the last minutes is bad.
func (r *rehearsal) share(sc *scenario, o *Objective, d time.Duration) float64 {
	if sc.slow && o.Kind == Errors {
		return 0
	}
	tightest := r.tightest(o.Operation)
	first, then := sc.first(tightest), sc.then(tightest)
	over := math.Min(d.Minutes(), lasts)
	before := math.Max(0, float64(sc.until)-(lasts-over))
	return (before*first + (over-before)*then) / over
}

// fires tells whether an objective's alert fires in the end, and by how much
// the nearest condition is met or missed.
func (r *rehearsal) fires(sc *scenario, o *Objective, sev severity) (fires bool, margin float64) {
	margin = math.Inf(1)
	for _, w := range windows(r.period, o.Budget) {
		if w.severity != sev {
			continue
		}
		limit := w.threshold(o.Budget)
		short, long := r.share(sc, o, w.short), r.share(sc, o, w.long)
		// The mean over the long window stands for all of it, as in the rule.
		count := r.share(sc, o, w.long) * sc.perMinute * w.long.Minutes()
		enough := r.opts.leastBad() <= 1 || o.Budget == 0 || count >= float64(r.opts.leastBad())
		fires = fires || short > limit && long > limit && enough
		for _, x := range []float64{short, long} {
			if x != 0 && limit != 0 {
				margin = math.Min(margin, math.Abs(x-limit)/limit)
			}
		}
	}
	return fires, margin
}

// sure tells whether no condition of a scenario is so near that rounding would
// decide.
func (r *rehearsal) sure(sc *scenario) bool {
	for i := range r.objectives {
		for _, sev := range []severity{page, ticket} {
			if _, margin := r.fires(sc, &r.objectives[i], sev); margin < 0.1 {
				return false
			}
		}
	}
	return true
}

// test writes a scenario with what is expected in the end.
func (r *rehearsal) test(sc *scenario) object {
	var alerts, shares list
	for i := range r.objectives {
		o := &r.objectives[i]
		for _, sev := range []severity{page, ticket} {
			if fires, _ := r.fires(sc, o, sev); fires {
				alerts = append(alerts, sampleOf(1, label{"sloth_id", o.ID}, label{"sloth_severity", string(sev)}))
			}
		}
		shares = append(shares, sampleOf(math.Floor(r.share(sc, o, time.Hour)*1e6+0.5)/1e6, label{"sloth_id", o.ID}))
	}
	return object{
		{"name", sc.name},
		{"interval", "1m"},
		{"input_series", r.series(sc)},
		{"promql_expr_test", list{
			object{
				{"expr", `count by (sloth_id, sloth_severity) (ALERTS{alertname=~"SLO(Error|Latency)BudgetBurn", alertstate="firing"})`},
				{"eval_time", "2h"},
				{"exp_samples", alerts},
			},
			object{
				{"expr", `round(sum by (sloth_id) (slo:sli_error:ratio_rate1h), 0.000001)`},
				{"eval_time", "2h"},
				{"exp_samples", shares},
			},
		}},
	}
}

// silence is the test in which nothing is measured.
func (r *rehearsal) silence() object {
	var alerts list
	for i := range r.objectives {
		alerts = append(alerts, sampleOf(1, label{"sloth_id", r.objectives[i].ID}))
	}
	return object{
		{"name", "nothing is measured"},
		{"interval", "1m"},
		{"input_series", list{object{{"series", "up"}, {"values", fmt.Sprintf("1x%d", lasts)}}}},
		{"promql_expr_test", list{object{
			{"expr", `count by (sloth_id) (ALERTS{alertname="SLONotMeasured", alertstate="firing"})`},
			{"eval_time", "2h"},
			{"exp_samples", alerts},
		}}},
	}
}

// sampleOf is a sample that is expected.
func sampleOf(value float64, labels ...label) object {
	return object{{"labels", seriesOf("", labels)}, {"value", raw(number(value))}}
}

// seriesOf writes the name of a series.
func seriesOf(metric string, labels []label) string {
	list := make([]matcher, len(labels))
	for i, l := range labels {
		list[i] = matcher{l.name, "=", l.value}
	}
	return selector(metric, list...)
}

// series writes what production counts in a scenario.
func (r *rehearsal) series(sc *scenario) list {
	var all list
	for i := range r.objectives {
		o := &r.objectives[i]
		if i > 0 && r.objectives[i-1].Operation == o.Operation {
			continue
		}
		tightest := r.tightest(o.Operation)
		first, then := sc.first(tightest)*sc.perMinute, sc.then(tightest)*sc.perMinute
		var times []time.Duration
		for j := range r.objectives {
			if x := &r.objectives[j]; x.Operation == o.Operation && x.Kind == Latency {
				times = append(times, x.Within)
			}
		}
		label := label{r.metrics.Operation, o.Value}
		write := r.classicSeries
		if r.metrics.Native {
			write = r.nativeSeries
		}
		all = append(all, write(sc, label, times, [2]float64{first, then})...)
	}
	return all
}

// classicSeries are the counters of one operation: of good requests, and of bad
// ones that come so often a minute first and then.
func (r *rehearsal) classicSeries(sc *scenario, op label, times []time.Duration, bad [2]float64) list {
	good := [2]float64{sc.perMinute - bad[0], sc.perMinute - bad[1]}
	var none, all [2]float64
	all[0], all[1] = sc.perMinute, sc.perMinute
	var out list
	add := func(suffix string, class []label, rates [2]float64, more ...label) {
		labels := append(slices.Concat([]label{op}, class), more...)
		out = append(out, object{{"series", seriesOf(r.metrics.Histogram+suffix, labels)}, {"values", counter(rates, sc.until)}})
	}
	if sc.slow { // all are good by their status
		add("_count", r.good, all)
		add("_count", r.bad, none)
	} else {
		add("_count", r.good, good)
		add("_count", r.bad, bad)
	}
	for _, d := range times {
		edge := label{"le", edgeText(d)}
		add("_bucket", r.good, good, edge)
		failing := bad
		if sc.slow {
			failing = none
		}
		add("_bucket", r.bad, failing, edge)
	}
	return out
}

// counter writes a counter that grows by one rate, then by another.
func counter(rates [2]float64, until int) string {
	if until == 0 {
		return fmt.Sprintf("0+%sx%d", number(rates[0]), lasts)
	}
	// A sequence of n steps has n+1 values.
	return fmt.Sprintf("0+%sx%d %s+%sx%d", number(rates[0]), until,
		number(rates[0]*float64(until)+rates[1]), number(rates[1]), lasts-until-1)
}

// nativeSeries are the same as native histograms.
func (r *rehearsal) nativeSeries(sc *scenario, op label, times []time.Duration, bad [2]float64) list {
	good := [2]float64{sc.perMinute - bad[0], sc.perMinute - bad[1]}
	below, above := 0, 1
	if len(times) > 0 {
		below = int(math.Floor(math.Log2(slices.Min(times).Seconds())))
		above = int(math.Ceil(math.Log2(slices.Max(times).Seconds()))) + 1
	}
	name := func(class []label) string {
		return seriesOf(r.metrics.Histogram, append([]label{op}, class...))
	}
	class, bucket := r.bad, below
	if sc.slow {
		class, bucket = r.good, above
	}
	out := list{}
	if !sc.slow || bad[0] == 0 {
		out = append(out, object{{"series", name(r.good)}, {"values", histograms(good, sc.until, below)}})
	}
	return append(out, object{{"series", name(class)}, {"values", histograms(bad, sc.until, bucket)}})
}

// histograms writes native histograms of schema 0 that grow in one bucket, the
// one that ends at 2^index seconds.
func histograms(rates [2]float64, until, index int) string {
	one := func(n float64) string {
		return fmt.Sprintf("{{schema:0 sum:%s count:%s offset:%d buckets:[%s]}}", number(n), number(n), index, number(n))
	}
	if until == 0 {
		return fmt.Sprintf("%s+%sx%d", one(0), one(rates[0]), lasts)
	}
	return fmt.Sprintf("%s+%sx%d %s+%sx%d", one(0), one(rates[0]), until,
		one(rates[0]*float64(until)+rates[1]), one(rates[1]), lasts-until-1)
}
