package view

import (
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/report"
)

// Run is what the JSON envelope says of a run as a whole.
type Run struct {
	Verdict perf.Verdict `json:"verdict"`
	// Reasons say why the whole run is invalid, Notes what a reader has to know.
	Reasons   []string     `json:"reasons"`
	Notes     []string     `json:"notes"`
	Plan      string       `json:"plan"`
	Engine    string       `json:"engine"`
	Clock     perf.Clock   `json:"clock"`
	Start     time.Time    `json:"start"`
	Planned   float64      `json:"planned_s"`
	Elapsed   float64      `json:"elapsed_s"`
	Shards    []perf.Shard `json:"shards"`
	Requests  Requests     `json:"requests"`
	Lag       Quantiles    `json:"lag"`
	LagLimit  float64      `json:"lag_limit_ms"`
	Ended     string       `json:"incomplete"`
	EndedSoon bool         `json:"decided"`
}

// Requests counts requests.
type Requests struct {
	Planned uint64 `json:"planned"`
	Due     uint64 `json:"due"`
	Sent    uint64 `json:"sent"`
	Good    uint64 `json:"good"`
}

// Operation is what the JSON envelope says of an operation.
type Operation struct {
	Operation string       `json:"operation"`
	Verdict   perf.Verdict `json:"verdict"`
	Reason    string       `json:"reason"`
	Planned   uint64       `json:"planned"`
	Due       uint64       `json:"due"`
	Sent      uint64       `json:"sent"`
	// Unsent and Bad are by cause.
	Unsent   perf.Unsent       `json:"unsent"`
	Good     uint64            `json:"good"`
	Bad      perf.Bad          `json:"bad"`
	Statuses map[int]uint64    `json:"statuses"`
	Classes  map[string]uint64 `json:"classes"`
	Rate     Rates             `json:"rate"`
	// Lag is that of the whole run.
	Lag      Quantiles `json:"lag"`
	Response Quantiles `json:"response"`
	Service  Quantiles `json:"service"`
	TTFB     Quantiles `json:"ttfb"`
	// Histogram is that of response times, null where there is none.
	Histogram *histogram.Histogram `json:"histogram"`
	Budget    Budget               `json:"budget"`
	Demands   []Demand             `json:"demands"`
}

// Rates are requests per second over the part of the run that is judged.
type Rates struct {
	Due  float64 `json:"due"`
	Sent float64 `json:"sent"`
	Good float64 `json:"good"`
}

// Quantiles are durations in milliseconds, each off by at most 0.55 %; all 0
// where Count is.
type Quantiles struct {
	Count uint64  `json:"count"`
	Min   float64 `json:"min_ms"`
	Mean  float64 `json:"mean_ms"`
	P50   float64 `json:"p50_ms"`
	P90   float64 `json:"p90_ms"`
	P95   float64 `json:"p95_ms"`
	P99   float64 `json:"p99_ms"`
	P999  float64 `json:"p999_ms"`
	Max   float64 `json:"max_ms"`
}

// Budget is what an operation owes. Errors and Rate are null where there is no
// such demand.
type Budget struct {
	Latency []Objective `json:"latency"`
	Errors  *float64    `json:"errors"`
	Rate    *float64    `json:"rate"`
	Origin  string      `json:"origin"`
}

// Objective is one latency objective.
type Objective struct {
	Share  float64 `json:"share"`
	Within float64 `json:"within_ms"`
}

// Demand is one demand of a budget and how it was met, as [perf.Demand] has it.
type Demand struct {
	// Kind is latency, errors or rate; Objective is null but for latency.
	Kind          string       `json:"kind"`
	Objective     *Objective   `json:"objective"`
	Verdict       perf.Verdict `json:"verdict"`
	Reason        string       `json:"reason"`
	By            string       `json:"by"`
	Allowed       float64      `json:"allowed"`
	Missed        uint64       `json:"missed"`
	MissedAtLeast uint64       `json:"missed_at_least"`
	Total         uint64       `json:"total"`
	Low           float64      `json:"low"`
	High          float64      `json:"high"`
	Effect        float64      `json:"effect"`
	Required      uint64       `json:"required"`
	Detectable    float64      `json:"detectable"`
}

func demandsOf(list []perf.Demand) []Demand {
	out := make([]Demand, 0, len(list))
	for i := range list {
		d := &list[i]
		o := Demand{
			Kind: d.Kind, Verdict: d.Verdict, Reason: d.Reason, By: d.By, Allowed: d.Allowed, Missed: d.Missed, MissedAtLeast: d.MissedAtLeast,
			Total: d.Total, Low: d.Low, High: d.High, Effect: d.Effect, Required: d.Required, Detectable: d.Detectable,
		}
		if d.Objective.Within > 0 {
			o.Objective = &Objective{d.Objective.Share, ms(d.Objective.Within)}
		}
		out = append(out, o)
	}
	return out
}

// JSON returns the members that an assessment adds to the JSON envelope of its
// findings: run and operations, in the order of the plan.
func JSON(a *perf.Assessment) []report.Member {
	r, j := a.Result, a.Judgement
	run := Run{
		Verdict: j.Verdict, Reasons: j.Reasons, Notes: j.Notes, Plan: r.Plan, Engine: r.Engine, Clock: r.Clock, Start: r.Start,
		Planned: r.Planned.Seconds(), Elapsed: r.Elapsed.Seconds(), Shards: r.Shards, Lag: quantiles(r.Lag),
		LagLimit: ms(perf.LagLimit(a.Plan)), Ended: r.Incomplete, EndedSoon: r.Decided,
	}
	list := make([]Operation, 0, len(j.Operations))
	for _, s := range a.Subjects() {
		m := s.Measured
		run.Requests.Planned += m.Planned
		run.Requests.Due += m.Due
		run.Requests.Sent += m.Sent
		run.Requests.Good += m.Good
		list = append(list, Operation{
			Operation: s.Operation.Name, Verdict: s.Judged.Verdict, Reason: s.Judged.Reason,
			Planned: m.Planned, Due: m.Due, Sent: m.Sent, Unsent: m.Unsent, Good: m.Good, Bad: m.Bad,
			Statuses: m.Statuses, Classes: m.Classes,
			Rate: Rates{rateOf(m.Due, a), rateOf(m.Sent, a), rateOf(m.Good, a)},
			Lag:  run.Lag, Response: quantiles(m.Response), Service: quantiles(m.Service), TTFB: quantiles(m.FirstByte),
			Histogram: m.Response, Budget: budgetOf(&s.Operation.Budget), Demands: demandsOf(s.Judged.Demands),
		})
	}
	return []report.Member{{Name: "run", Value: run}, {Name: "operations", Value: list}}
}

func budgetOf(b *perf.Budget) Budget {
	out := Budget{Latency: []Objective{}, Origin: b.Origin}
	for _, o := range b.Latency {
		out.Latency = append(out.Latency, Objective{o.Share, ms(o.Within)})
	}
	if b.HasErrors {
		out.Errors = &b.Errors
	}
	if b.Rate > 0 {
		out.Rate = &b.Rate
	}
	return out
}

func quantiles(h *histogram.Histogram) Quantiles {
	if h == nil || h.Count() == 0 {
		return Quantiles{}
	}
	at := func(q float64) float64 {
		b, _ := h.Quantile(q)
		return ms(b.Mid())
	}
	return Quantiles{
		Count: h.Count(), Min: ms(h.Min()), Mean: ms(h.Mean()), P50: at(0.5), P90: at(0.9), P95: at(0.95), P99: at(0.99), P999: at(0.999), Max: ms(h.Max()),
	}
}

// ms is a duration in milliseconds.
func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
