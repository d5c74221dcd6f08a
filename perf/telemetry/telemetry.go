// Package telemetry shows a load run to monitoring while it goes on: as an
// endpoint that Prometheus scrapes ([Collector], [Handler]) and as metrics that
// are pushed to a collector of OpenTelemetry ([Push]). Histograms are the run's
// own, as native histograms and exponential histograms, so nothing is estimated
// twice.
//
// What is shown is a snapshot of a [perf.Result], counters that only grow. The
// number of series is bounded: operations beyond [MostOperations] are added up
// as one. The package judges nothing, and reads no clock and no environment; it
// sends only through what it is given.
package telemetry

import (
	"strconv"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// MostOperations is how many operations are shown one by one; the rest is one
// more, called [Others].
const (
	MostOperations = 1000
	Others         = "(others)"
)

// Source is the run that is shown.
type Source struct {
	// Plan is what is sent; its budgets name the objectives.
	Plan *perf.Plan
	// Result returns what has been measured so far. It is called for every
	// scrape and every push, from other goroutines than the run's, and what it
	// returns is not changed any more; nil where there is nothing yet.
	Result func() *perf.Result
}

// operation is what is shown of one operation.
type operation struct {
	name              string
	due               uint64
	requests, unsent  []count
	within            []count
	response, service *histogram.Histogram
	firstByte         *histogram.Histogram
	objectives        []perf.Objective
	errors            float64
	hasErrors         bool
}

// count is a counter and what tells it from others of the operation.
type count struct {
	what string
	n    uint64
}

// operations returns what a result measured, bounded in number.
func (s *Source) operations(r *perf.Result) []operation {
	list := make([]operation, 0, min(len(r.Operations), MostOperations+1))
	for i := range r.Operations {
		m := &r.Operations[i]
		if i < MostOperations {
			list = append(list, s.operation(m))
			continue
		}
		if i == MostOperations {
			list = append(list, operation{name: Others, response: &histogram.Histogram{}, service: &histogram.Histogram{}, firstByte: &histogram.Histogram{}})
		}
		list[MostOperations].add(m)
	}
	return list
}

func (s *Source) operation(m *perf.Measured) operation {
	op := operation{
		name: m.Operation, due: m.Due, requests: requests(m), unsent: unsent(m),
		response: m.Response, service: m.Service, firstByte: m.FirstByte,
	}
	if s.Plan == nil {
		return op
	}
	i := s.Plan.Operation(m.Operation)
	if i < 0 {
		return op
	}
	budget := &s.Plan.Operations[i].Budget
	op.objectives, op.errors, op.hasErrors = budget.Latency, budget.Errors, budget.HasErrors
	if len(m.Within) == len(budget.Latency) {
		for k, o := range budget.Latency {
			op.within = append(op.within, count{edge(o), m.Within[k]})
		}
	}
	return op
}

// add counts one more operation in the rest.
func (op *operation) add(m *perf.Measured) {
	op.due += m.Due
	sum(&op.requests, requests(m))
	sum(&op.unsent, unsent(m))
	for _, h := range []struct{ to, from *histogram.Histogram }{
		{op.response, m.Response}, {op.service, m.Service}, {op.firstByte, m.FirstByte},
	} {
		if h.from != nil {
			h.to.Merge(h.from)
		}
	}
}

func sum(to *[]count, more []count) {
	if *to == nil {
		*to = more
		return
	}
	for i := range more {
		(*to)[i].n += more[i].n
	}
}

// requests counts what was sent by what became of it.
func requests(m *perf.Measured) []count {
	return []count{
		{perf.Good.String(), m.Good},
		{perf.BadStatus.String(), m.Bad.Status},
		{perf.BadGraphQL.String(), m.Bad.GraphQL},
		{perf.BadContract.String(), m.Bad.Contract},
		{perf.Transport.String(), m.Bad.Transport},
		{perf.Timeout.String(), m.Bad.Timeout},
	}
}

// unsent counts what was not sent by why.
func unsent(m *perf.Measured) []count {
	return []count{{"busy", m.Unsent.Busy}, {"late", m.Unsent.Late}, {"empty", m.Unsent.Empty}, {"broken", m.Unsent.Broken}}
}

// edge writes the time of an objective in seconds, as the label le has it.
func edge(o perf.Objective) string { return strconv.FormatFloat(o.Within.Seconds(), 'g', -1, 64) }
