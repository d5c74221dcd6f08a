package telemetry

import (
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"

	"github.com/plumbapi/plumb/perf/histogram"
)

// mostBuckets is how many buckets a histogram is shown in, what clients of
// Prometheus and OpenTelemetry use by custom.
const mostBuckets = 160

// descriptions are those of all metrics.
type descriptions struct {
	due, requests, unsent, within, objective, errors *prometheus.Desc
	response, service, firstByte, lag                *prometheus.Desc
}

func (d *descriptions) all() []*prometheus.Desc {
	return []*prometheus.Desc{d.due, d.requests, d.unsent, d.within, d.objective, d.errors, d.response, d.service, d.firstByte, d.lag}
}

// collector implements prometheus.Collector.
type collector struct {
	source Source
	desc   descriptions
}

// Collector returns what to register with Prometheus' client library. The
// metrics, all labelled with the operation but the lag:
//
//	plumb_perf_due_total                    requests that were due
//	plumb_perf_requests_total{outcome}      sent: good, status, graphql, contract, transport, timeout
//	plumb_perf_unsent_total{reason}         not sent: busy, late, empty, broken
//	plumb_perf_within_total{within}         good ones that met a latency objective, in seconds
//	plumb_perf_objective_ratio{within}      the share that has to
//	plumb_perf_error_budget_ratio           the share that may be bad
//	plumb_perf_response_seconds             from when a request was due, native histogram
//	plumb_perf_service_seconds              from when it was sent, native histogram
//	plumb_perf_first_byte_seconds           from then to the first byte, native histogram
//	plumb_perf_lag_seconds                  how late the generator was, native histogram
func Collector(s Source) prometheus.Collector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("plumb_perf_"+name, help, labels, nil)
	}
	return &collector{source: s, desc: descriptions{
		due:       desc("due_total", "Requests that were due, warm-up left out.", "operation"),
		requests:  desc("requests_total", "Requests that were sent, by what became of them.", "operation", "outcome"),
		unsent:    desc("unsent_total", "Requests that were due and not sent, by why.", "operation", "reason"),
		within:    desc("within_total", "Good requests that met a latency objective, by its seconds.", "operation", "within"),
		objective: desc("objective_ratio", "The share of requests that has to meet a latency objective.", "operation", "within"),
		errors:    desc("error_budget_ratio", "The share of requests that may be bad.", "operation"),
		response:  desc("response_seconds", "Time from when a request was due to the end of its answer.", "operation"),
		service:   desc("service_seconds", "Time from when a request was sent to the end of its answer.", "operation"),
		firstByte: desc("first_byte_seconds", "Time from when a request was sent to the first byte of its answer.", "operation"),
		lag:       desc("lag_seconds", "How late requests were sent for which a worker was free."),
	}}
}

// Handler serves the metrics in each form that Prometheus asks for; native
// histograms only travel in its binary one.
func Handler(s Source) (http.Handler, error) {
	registry := prometheus.NewRegistry()
	if err := registry.Register(Collector(s)); err != nil {
		return nil, err
	}
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{}), nil
}

// Describe sends what metrics there are.
func (c *collector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range c.desc.all() {
		ch <- d
	}
}

// Collect sends what has been measured so far.
func (c *collector) Collect(ch chan<- prometheus.Metric) {
	r := c.source.Result()
	if r == nil {
		return
	}
	counter := func(d *prometheus.Desc, n uint64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), valid(labels)...)
	}
	gauge := func(d *prometheus.Desc, x float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, x, valid(labels)...)
	}
	for _, op := range c.source.operations(r) {
		counter(c.desc.due, op.due, op.name)
		for _, x := range op.requests {
			counter(c.desc.requests, x.n, op.name, x.what)
		}
		for _, x := range op.unsent {
			counter(c.desc.unsent, x.n, op.name, x.what)
		}
		for _, x := range op.within {
			counter(c.desc.within, x.n, op.name, x.what)
		}
		for _, o := range op.objectives {
			gauge(c.desc.objective, o.Share, op.name, edge(o))
		}
		if op.hasErrors {
			gauge(c.desc.errors, op.errors, op.name)
		}
		send(ch, c.desc.response, op.response, op.name)
		send(ch, c.desc.service, op.service, op.name)
		send(ch, c.desc.firstByte, op.firstByte, op.name)
	}
	send(ch, c.desc.lag, r.Lag)
}

func send(ch chan<- prometheus.Metric, d *prometheus.Desc, h *histogram.Histogram, labels ...string) {
	if h == nil {
		h = &histogram.Histogram{}
	}
	ch <- &native{desc: d, labels: prometheus.MakeLabelPairs(d, valid(labels)), counts: h.Prometheus(mostBuckets)}
}

// valid makes values fit for labels, which are UTF-8.
func valid(values []string) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = strings.ToValidUTF8(v, "\uFFFD")
	}
	return list
}

// native is one native histogram.
type native struct {
	desc   *prometheus.Desc
	labels []*dto.LabelPair
	counts histogram.Prometheus
}

// Desc returns what metric it is of.
func (n *native) Desc() *prometheus.Desc { return n.desc }

// Write puts the histogram into Prometheus' form.
func (n *native) Write(out *dto.Metric) error {
	c := &n.counts
	h := &dto.Histogram{
		SampleCount: &c.SampleCount, SampleSum: &c.SampleSum,
		Schema: &c.Schema, ZeroThreshold: &c.ZeroThreshold, ZeroCount: &c.ZeroCount,
		PositiveDelta: c.PositiveDeltas,
	}
	for _, s := range c.PositiveSpans {
		h.PositiveSpan = append(h.PositiveSpan, &dto.BucketSpan{Offset: &s.Offset, Length: &s.Length})
	}
	if len(c.PositiveSpans) == 0 { // says that it is a native one all the same
		offset, length := int32(0), uint32(0)
		h.PositiveSpan = []*dto.BucketSpan{{Offset: &offset, Length: &length}}
	}
	out.Label, out.Histogram = n.labels, h
	return nil
}
