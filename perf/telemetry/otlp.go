package telemetry

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// Encode writes what has been measured so far as the body of an export request
// of OTLP over HTTP, in JSON (opentelemetry.proto.collector.metrics.v1): counts
// of 64 bits are strings, as the mapping of protobuf to JSON has it. Version is
// that of plumb, now the time of the measurement.
func (s *Source) Encode(r *perf.Result, version string, now time.Time) ([]byte, error) {
	e := &encoder{start: nano(r.Start), now: nano(now)}
	requests := e.sum("plumb.perf.requests", "{request}", "Requests that were sent, by what became of them.")
	unsent := e.sum("plumb.perf.unsent", "{request}", "Requests that were due and not sent, by why.")
	within := e.sum("plumb.perf.within", "{request}", "Good requests that met a latency objective, by its seconds.")
	due := e.sum("plumb.perf.due", "{request}", "Requests that were due, warm-up left out.")
	response := e.histogram("plumb.perf.response", "Time from when a request was due to the end of its answer.")
	service := e.histogram("plumb.perf.service", "Time from when a request was sent to the end of its answer.")
	firstByte := e.histogram("plumb.perf.first_byte", "Time from when a request was sent to the first byte of its answer.")
	lag := e.histogram("plumb.perf.lag", "How late requests were sent for which a worker was free.")
	for _, op := range s.operations(r) {
		name := text("operation", op.name)
		e.count(due, op.due, name)
		for _, x := range op.requests {
			e.count(requests, x.n, name, text("outcome", x.what))
		}
		for _, x := range op.unsent {
			e.count(unsent, x.n, name, text("reason", x.what))
		}
		for _, x := range op.within {
			e.count(within, x.n, name, text("within", x.what))
		}
		e.distribution(response, op.response, name)
		e.distribution(service, op.service, name)
		e.distribution(firstByte, op.firstByte, name)
	}
	e.distribution(lag, r.Lag)

	resource := []otlpAttribute{text("service.name", "plumb"), text("service.version", version)}
	if s.Plan != nil && s.Plan.Service != "" {
		resource = append(resource, text("plumb.tested_service", s.Plan.Service))
	}
	body := otlpRequest{ResourceMetrics: []otlpResourceMetrics{{
		Resource:     otlpResource{Attributes: resource},
		ScopeMetrics: []otlpScopeMetrics{{Scope: otlpScope{Name: "plumb/perf", Version: version}, Metrics: e.filled()}},
	}}}
	return json.Marshal(body)
}

// cumulative is AGGREGATION_TEMPORALITY_CUMULATIVE.
const cumulative = 2

type encoder struct {
	start, now string
	metrics    []*otlpMetric
}

func (e *encoder) sum(name, unit, help string) *otlpMetric {
	m := &otlpMetric{Name: name, Unit: unit, Description: help, Sum: &otlpSum{AggregationTemporality: cumulative, IsMonotonic: true}}
	e.metrics = append(e.metrics, m)
	return m
}

func (e *encoder) histogram(name, help string) *otlpMetric {
	m := &otlpMetric{Name: name, Unit: "s", Description: help, ExponentialHistogram: &otlpHistogram{AggregationTemporality: cumulative}}
	e.metrics = append(e.metrics, m)
	return m
}

func (e *encoder) count(m *otlpMetric, n uint64, attributes ...otlpAttribute) {
	m.Sum.DataPoints = append(m.Sum.DataPoints, otlpNumber{
		Attributes: attributes, Start: e.start, Time: e.now, AsInt: strconv.FormatUint(n, 10),
	})
}

func (e *encoder) distribution(m *otlpMetric, h *histogram.Histogram, attributes ...otlpAttribute) {
	if h == nil || h.Count() == 0 {
		return
	}
	p := h.OTel(mostBuckets)
	counts := make([]string, len(p.BucketCounts))
	for i, n := range p.BucketCounts {
		counts[i] = strconv.FormatUint(n, 10)
	}
	m.ExponentialHistogram.DataPoints = append(m.ExponentialHistogram.DataPoints, otlpDistribution{
		Attributes: attributes, Start: e.start, Time: e.now,
		Count: strconv.FormatUint(p.Count, 10), Sum: p.Sum, Scale: p.Scale,
		ZeroCount: strconv.FormatUint(p.ZeroCount, 10), ZeroThreshold: p.ZeroThreshold,
		Positive: otlpBuckets{Offset: p.Offset, BucketCounts: counts}, Min: p.Min, Max: p.Max,
	})
}

// filled leaves out metrics without a point.
func (e *encoder) filled() []*otlpMetric {
	list := []*otlpMetric{}
	for _, m := range e.metrics {
		if m.Sum != nil && len(m.Sum.DataPoints) > 0 || m.ExponentialHistogram != nil && len(m.ExponentialHistogram.DataPoints) > 0 {
			list = append(list, m)
		}
	}
	return list
}

func nano(t time.Time) string {
	if t.IsZero() || t.Year() < 1970 || t.Year() > 2200 {
		return "0"
	}
	return strconv.FormatInt(t.UnixNano(), 10)
}

func text(key, value string) otlpAttribute {
	return otlpAttribute{Key: key, Value: otlpValue{StringValue: strings.ToValidUTF8(value, "\uFFFD")}}
}
