package monitor

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// Kind is what an objective demands.
type Kind string

// The kinds.
const (
	// Latency demands that a share of all requests be good and in time.
	Latency Kind = "latency"
	// Errors demands that a share of all requests be good.
	Errors Kind = "errors"
)

// Objective is one objective in production: one demand on one operation.
type Objective struct {
	// Name is unique in the plan and fit for Kubernetes (RFC 1123, at most 63
	// characters), such as "get-issues-latency-300ms". It does not hold the
	// share, so that a share can be moved without losing the history.
	Name string
	// ID is unique over services: that of the service and the name.
	ID        string
	Operation string
	// Value is what the label of the operation holds in production.
	Value string
	Kind  Kind
	// Within is the time of a latency objective.
	Within time.Duration
	// Target is the share of requests, 0 to 1, that have to meet it; Budget is
	// the share that need not, 1 − Target in the shortest decimals.
	Target, Budget float64
}

// Objectives returns the objectives of a plan in its order: for each operation
// those of latency, then that of errors.
func Objectives(p *perf.Plan) ([]Objective, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	return s.objectives, nil
}

func objectives(p *perf.Plan, s *source) []Objective {
	var list []Objective
	for i := range p.Operations {
		op := &p.Operations[i]
		value := op.Name
		if name, ok := p.Metrics.Names[op.Name]; ok {
			value = name
		}
		for _, o := range op.Budget.Latency {
			list = append(list, Objective{
				Operation: op.Name, Value: value, Kind: Latency, Within: o.Within, Target: o.Share, Budget: rest(o.Share),
			})
		}
		if op.Budget.HasErrors {
			list = append(list, Objective{
				Operation: op.Name, Value: value, Kind: Errors, Target: rest(op.Budget.Errors), Budget: op.Budget.Errors,
			})
		}
	}
	name(list, s.slug)
	return list
}

// name gives each its name, and a mark of what it is for where two would have
// the same.
func name(list []Objective, service string) {
	const longest = 63
	taken := map[string]int{}
	short := make([]string, len(list))
	for i := range list {
		short[i] = slugOf(list[i].Operation, longest-len(list[i].suffix())) + list[i].suffix()
		taken[short[i]]++
	}
	for i := range list {
		o := &list[i]
		o.Name = short[i]
		if taken[o.Name] > 1 {
			o.Name = marked(slugOf(o.Operation, longest-len(o.suffix())-markLength), o.Operation) + o.suffix()
		}
		o.ID = service + "-" + o.Name
	}
}

func (o *Objective) suffix() string {
	if o.Kind == Errors {
		return "-errors"
	}
	return "-latency-" + compact(o.Within)
}

// Promise says what the objective demands: "99 % of requests good within
// 300 ms".
func (o *Objective) Promise() string {
	if o.Kind == Errors {
		return percent(o.Target) + " of requests good"
	}
	return percent(o.Target) + " of requests good within " + shown(o.Within)
}

// rest returns 1 − share in the decimals in which the share was written:
// 0.001 for 0.999.
func rest(share float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(1-share, 'f', 15, 64), 64)
	if err != nil || r < 0 {
		return 0
	}
	return r
}

// number writes a number as short as it can be: 0.001, 13.44, 0.933333.
func number(f float64) string {
	if r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 12, 64), 64); err == nil {
		f = r
	}
	if a := math.Abs(f); a != 0 && a < 1e-6 || a >= 1e15 {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// percent writes a share as a percentage with all its digits: 99.95 %.
func percent(share float64) string { return percentage(share) + " %" }

// percentage is the number alone.
func percentage(share float64) string {
	f, err := strconv.ParseFloat(strconv.FormatFloat(share*100, 'f', 12, 64), 64)
	if err != nil {
		f = share * 100
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// shown writes a duration for people: 300 ms, 1.5 s.
func shown(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return number(float64(d)/float64(time.Microsecond)) + " µs"
	case d < time.Second:
		return number(float64(d)/float64(time.Millisecond)) + " ms"
	}
	return number(d.Seconds()) + " s"
}

// compact writes a duration for names: 300ms, 1s, 1500ms.
func compact(d time.Duration) string {
	switch {
	case d%time.Second == 0:
		return strconv.FormatInt(int64(d/time.Second), 10) + "s"
	case d%time.Millisecond == 0:
		return strconv.FormatInt(int64(d/time.Millisecond), 10) + "ms"
	case d%time.Microsecond == 0:
		return strconv.FormatInt(int64(d/time.Microsecond), 10) + "us"
	}
	return strconv.FormatInt(int64(d), 10) + "ns"
}

// offEdges are the times of objectives that are no edge of the classic buckets
// that the plan knows.
func (s *source) offEdges() []time.Duration {
	if s.metrics.Native || len(s.metrics.Buckets) == 0 {
		return nil
	}
	return s.times(func(d time.Duration) bool { return !slices.Contains(s.metrics.Buckets, d) })
}

// interpolated are the times that are no edge of any native histogram.
func (s *source) interpolated() []time.Duration {
	return s.times(func(d time.Duration) bool { return !histogram.IsEdge(d) })
}

// times are those of the objectives that are so, ascending and once each.
func (s *source) times(is func(time.Duration) bool) []time.Duration {
	var found []time.Duration
	for i := range s.objectives {
		if o := &s.objectives[i]; o.Kind == Latency && is(o.Within) {
			found = append(found, o.Within)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// bucketEdge writes a time as the label le has it.
func bucketEdge(d time.Duration) string {
	return fmt.Sprintf("le=%q", edgeText(d))
}

// rounded leaves so many digits of a number.
func rounded(f float64, digits int) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', digits, 64), 64)
	if err != nil {
		return f
	}
	return r
}
