// Package monitor makes the monitoring of production from the plan of a load
// test, so that both hold an API to the same numbers: rules and tests of rules
// for Prometheus, a dashboard for Grafana, and the objectives in the words of
// sloth, Pyrra and OpenSLO.
//
// Each function turns a plan into bytes and nothing else: equal plans give
// equal bytes, and nothing is read, asked or sent. It is not for what a run
// measures while it goes on; that is perf/telemetry.
//
// The metrics are those of [perf.Metrics]: a histogram of durations, classic
// or native, whose counts tell bad requests by a label. An objective of latency
// asks, as the load test does, that a share of all requests be good and in
// time. Rates of a budget are demands on a load test only: how many requests
// come in production is for users to say.
package monitor

import (
	"cmp"
	"fmt"
	"time"

	"github.com/plumbapi/plumb/perf"
)

// What plans leave unsaid.
const (
	// DefaultWindow is the period of objectives.
	DefaultWindow = 28 * 24 * time.Hour
	// DefaultHistogram is the name of the histogram, and DefaultOperation that
	// of its label.
	DefaultHistogram = "http_request_duration_seconds"
	DefaultOperation = "operation"
	// DefaultErrors selects bad requests.
	DefaultErrors = `code=~"5.."`
)

// LeastWindow is the shortest period for which there are alerts: what one
// could do before a shorter one is over is little.
const LeastWindow = 12 * time.Hour

// source is a plan's monitoring, made whole and checked.
type source struct {
	service    string // as it is shown
	slug       string // as it is in names
	period     time.Duration
	metrics    perf.Metrics
	errors     []matcher
	labels     []label // sorted by name
	objectives []Objective
}

// label is a label and its value.
type label struct{ name, value string }

// newSource reads a plan. An error says what of its metrics cannot be used.
func newSource(p *perf.Plan) (*source, error) {
	s := &source{
		service: cmp.Or(p.Service, "api"),
		period:  cmp.Or(p.Window, DefaultWindow),
		metrics: p.Metrics,
	}
	s.slug = slugOf(s.service, 40)
	if s.period < LeastWindow || s.period%time.Hour != 0 {
		return nil, fmt.Errorf("the window %s cannot be monitored: it has to be at least 12h, in whole hours, such as 28d", s.period)
	}
	m := &s.metrics
	m.Histogram = cmp.Or(m.Histogram, DefaultHistogram)
	m.Operation = cmp.Or(m.Operation, DefaultOperation)
	m.Errors = cmp.Or(m.Errors, DefaultErrors)
	if !isMetric(m.Histogram) {
		return nil, fmt.Errorf("metrics: histogram %q is no name of a metric; such a name is %s", m.Histogram, DefaultHistogram)
	}
	if !isLabel(m.Operation) {
		return nil, fmt.Errorf("metrics: operation %q is no name of a label; such a name is %s", m.Operation, DefaultOperation)
	}
	var err error
	if s.errors, err = parseMatchers(m.Errors); err != nil {
		return nil, fmt.Errorf("metrics: errors %q: %w; write it as %s", m.Errors, err, DefaultErrors)
	}
	if s.labels, err = sortedLabels(m.Labels); err != nil {
		return nil, err
	}
	s.objectives = objectives(p, s)
	if len(s.objectives) == 0 {
		return nil, fmt.Errorf("no operation of the plan has a budget of latency or errors, so there is nothing to monitor; give one a budget")
	}
	return s, nil
}

// Notes says, a sentence each, where the monitoring of a plan would not
// measure what its load test does, as far as the plan tells.
func Notes(p *perf.Plan) ([]string, error) {
	s, err := newSource(p)
	if err != nil {
		return nil, err
	}
	return s.notes(p), nil
}

func (s *source) notes(p *perf.Plan) []string {
	var notes []string
	if p.Metrics.Histogram == "" {
		notes = append(notes, fmt.Sprintf("the plan does not say where production measures; %s with the label %s and errors at %s are taken", s.metrics.Histogram, s.metrics.Operation, s.metrics.Errors))
	}
	for _, within := range s.offEdges() {
		notes = append(notes, fmt.Sprintf("%s is no edge of the histogram's buckets: latency within it has no series, and its alert says that it is not measured; add the bucket %s", shown(within), bucketEdge(within)))
	}
	if p.Metrics.Native {
		for _, within := range s.interpolated() {
			notes = append(notes, fmt.Sprintf("%s is no edge of a native histogram, whose buckets end at powers of two of a second: the share within it is interpolated", shown(within)))
		}
	}
	return notes
}
