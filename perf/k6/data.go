package k6

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// data is all of the plan that the script knows, under the names it has
// there.
type data struct {
	Digest     string       `json:"digest"`
	File       string       `json:"file"`
	Options    options      `json:"options"`
	First      uint64       `json:"first"` // the number of the first request that is measured
	Total      uint64       `json:"total"`
	Mix        mix          `json:"mix"`
	Operations []*operation `json:"operations"` // null for one without a share of the load
	Sessions   []session    `json:"sessions"`
	Headers    [][]header   `json:"headers"` // of each target, secrets only
	Env        []string     `json:"env"`
	Timeout    float64      `json:"timeout"` // ms
	Lead       float64      `json:"lead"`    // ms
	Stages     []rates      `json:"stages"`  // of what is measured
	Slices     int          `json:"slices"`
	Bounds     []uint64     `json:"bounds"` // the number with which each slice but the first begins
	Levels     int          `json:"levels"` // powers of two of microseconds that slices count
	Edges      []float64    `json:"edges"`
	Lowest     int          `json:"lowest"`  // octaves, in seconds, that are counted: from
	Highest    int          `json:"highest"` // to before
	Shortest   int64        `json:"shortest"`
	Longest    int64        `json:"longest"` // what lies beyond counts as these, in ns
	Statuses   []int        `json:"statuses"`
	Errors     []int        `json:"errors"`
}

type options struct {
	Scenarios  map[string]*scenario `json:"scenarios"`
	SystemTags []string             `json:"systemTags"`
	UserAgent  string               `json:"userAgent,omitempty"`
}

type mix struct {
	Ends   []float64 `json:"ends"`
	Offset float64   `json:"offset"`
}

type operation struct {
	Name     string   `json:"name"`
	Target   int      `json:"target"`
	GraphQL  bool     `json:"graphql"`
	Expect   []int    `json:"expect"`
	Planned  uint64   `json:"planned"`
	Least    uint64   `json:"least"` // good requests for k6's own verdict
	Within   []within `json:"within"`
	Requests []int    `json:"requests,omitempty"`
}

// rates is a stage in seconds and requests.
type rates struct {
	Start  float64 `json:"start"`
	Lasts  float64 `json:"lasts"`
	From   float64 `json:"from"`
	To     float64 `json:"to"`
	Before float64 `json:"before"` // requests that are due before it
}

type within struct {
	NS    int64  `json:"ns"`
	Least uint64 `json:"least"`
}

type header struct {
	Name   string `json:"name"`
	Prefix string `json:"prefix"`
	Env    string `json:"env"`
}

// What k6 counts: Slices stretches while that is not too many sub-metrics,
// which is up to fewOperations.
const (
	sliceCount    = 40
	fewOperations = 20
	lowestOctave  = -17 // 7.6 µs
)

// writer gathers the data of a script.
type writer struct {
	plan  *perf.Plan
	data  data
	total uint64
	notes []string
}

func (w *writer) note(format string, args ...any) {
	w.notes = append(w.notes, fmt.Sprintf(format, args...))
}

func newWriter(plan *perf.Plan, o Options) (*writer, error) {
	s, err := plan.Schedule()
	if err != nil {
		return nil, err
	}
	if plan.Timeout <= 0 {
		return nil, fmt.Errorf("the plan has no timeout, without which k6 waits for a minute")
	}
	first := s.Count(s.WarmUp())
	w := &writer{plan: plan, total: s.Total(), data: data{
		Digest: plan.Digest(), File: o.File, First: first, Total: s.Total(),
		Options: options{Scenarios: scenarios(plan, s.Stages(), o.MaxVUs), SystemTags: []string{"scenario", "status", "method"}},
		Timeout: float64(plan.Timeout) / 1e6,
		Edges:   histogram.Edges(), Statuses: statuses(), Errors: errorCodes(),
		Operations: make([]*operation, len(plan.Operations)), Sessions: []session{}, Env: []string{}, Bounds: []uint64{},
	}}
	d := &w.data
	d.Mix.Ends, d.Mix.Offset = perf.NewMix(plan).Parts()
	w.span()
	if sending(plan) <= fewOperations {
		d.Slices = sliceCount
		for k := 1; k < sliceCount; k++ {
			d.Bounds = append(d.Bounds, s.Count(s.WarmUp()+(s.Duration()-s.WarmUp())/sliceCount*time.Duration(k)))
		}
	} else {
		w.note("with more than %d operations k6 does not count by stretches of the run: how far requests depend on each other is not known", fewOperations)
	}
	w.stages(s.Stages())
	w.headers()
	planned := make([]uint64, len(plan.Operations))
	perf.NewMix(plan).Count(planned, first, s.Total())
	for i, in := range used(plan) {
		if in {
			d.Operations[i] = w.operation(i, planned[i], s.Duration()-s.WarmUp())
		}
	}
	return w, w.sessions()
}

// stages writes down the rates of what is measured.
func (w *writer) stages(all []schedule.Stage) {
	w.data.Lead = float64(lead) / 1e6
	var at time.Duration
	var due float64
	for _, s := range all {
		if s.WarmUp {
			continue
		}
		w.data.Stages = append(w.data.Stages, rates{Start: at.Seconds(), Lasts: s.For.Seconds(), From: s.From, To: s.To, Before: due})
		at += s.For
		due += (s.From + s.To) / 2 * s.For.Seconds()
	}
}

// span sets which latencies have buckets: up to twice the timeout.
func (w *writer) span() {
	d := &w.data
	d.Lowest = lowestOctave
	d.Highest = int(math.Ceil(math.Log2(2*w.plan.Timeout.Seconds() + 1e-9)))
	d.Highest = max(d.Highest, d.Lowest+1)
	d.Shortest = int64(math.Floor(math.Ldexp(1e9, d.Lowest))) + 1
	d.Longest = int64(math.Floor(math.Ldexp(1e9, d.Highest)))
	most := len(perf.Octaves{})
	d.Levels = min(most, int(math.Ceil(math.Log2(float64(d.Longest)/1000)))+2)
}

// headers gathers what the environment has to hold.
func (w *writer) headers() {
	for i := range w.plan.Targets {
		list := []header{}
		for _, h := range w.plan.Targets[i].Headers {
			if h.Env == "" {
				continue
			}
			list = append(list, header(h))
			if !slices.Contains(w.data.Env, h.Env) {
				w.data.Env = append(w.data.Env, h.Env)
			}
		}
		w.data.Headers = append(w.data.Headers, list)
	}
}

// operation returns what the script knows of an operation. The thresholds are
// numbers of good requests, which the schedule gives: what was not sent is
// missing from them, so a run without traffic fails.
func (w *writer) operation(i int, planned uint64, lasts time.Duration) *operation {
	o := &w.plan.Operations[i]
	out := &operation{
		Name: o.Name, Expect: append([]int{}, o.Expect...), Planned: planned, Within: []within{},
		GraphQL: o.Document != "", Least: min(1, planned),
	}
	t := target(w.plan, i)
	for k := range w.plan.Targets {
		if &w.plan.Targets[k] == t {
			out.Target = k
		}
	}
	if o.Budget.HasErrors {
		out.Least = max(out.Least, least(1-o.Budget.Errors, planned))
	}
	if o.Budget.Rate > 0 {
		out.Least = max(out.Least, uint64(math.Ceil(o.Budget.Rate*lasts.Seconds()-1e-6)))
	}
	for _, l := range o.Budget.Latency {
		out.Within = append(out.Within, within{NS: int64(l.Within), Least: least(l.Share, planned)})
	}
	return out
}

// least returns how many of n requests a share is, rounded up.
func least(share float64, n uint64) uint64 {
	return uint64(math.Ceil(share*float64(n) - 1e-6))
}
