package telemetry_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/telemetry"
)

// measured is a run of so many operations, each with the same numbers.
func measured(operations int) telemetry.Source {
	p, r := &perf.Plan{Service: "tracker"}, &perf.Result{Start: time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC), Lag: &histogram.Histogram{}}
	r.Lag.AddN(50*time.Microsecond, 3)
	for i := range operations {
		name := fmt.Sprintf("GET /%d", i)
		if i == 0 {
			name = "GET /issues/{number}\"\n\\"
		}
		p.Operations = append(p.Operations, perf.Operation{Name: name, Budget: perf.Budget{
			Latency: []perf.Objective{{Within: 300 * time.Millisecond, Share: 0.99}}, Errors: 0.001, HasErrors: true,
		}})
		m := perf.Measured{
			Operation: name, Due: 12, Sent: 10, Unsent: perf.Unsent{Busy: 2}, Good: 7, Bad: perf.Bad{Status: 1, Timeout: 2}, Within: []uint64{6},
			Response: &histogram.Histogram{}, Service: &histogram.Histogram{},
		}
		for _, d := range []time.Duration{0, 10 * time.Millisecond, 11 * time.Millisecond, 400 * time.Millisecond, 5 * time.Second} {
			m.Response.AddN(d, 2)
			m.Service.AddN(d, 2)
		}
		r.Operations = append(r.Operations, m)
	}
	return telemetry.Source{Plan: p, Result: func() *perf.Result { return r }}
}

// scrape asks the handler as Prometheus does and reads what it says with
// Prometheus' own parser.
func scrape(t *testing.T, s telemetry.Source, format expfmt.Format) map[string]*dto.MetricFamily {
	t.Helper()
	h, err := telemetry.Handler(s)
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	req.Header.Set("Accept", string(format))
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	if rec.Code != http.StatusOK {
		t.Fatalf("scrape: %d %s", rec.Code, rec.Body)
	}
	families := map[string]*dto.MetricFamily{}
	for dec := expfmt.NewDecoder(rec.Body, expfmt.ResponseFormat(rec.Header())); ; {
		var f dto.MetricFamily
		if err := dec.Decode(&f); errors.Is(err, io.EOF) {
			return families
		} else if err != nil {
			t.Fatal(err)
		}
		families[f.GetName()] = &f
	}
}

func TestCollectorCounts(t *testing.T) {
	t.Parallel()
	for _, format := range []expfmt.Format{expfmt.NewFormat(expfmt.TypeTextPlain), expfmt.NewFormat(expfmt.TypeProtoDelim)} {
		t.Run(string(format), func(t *testing.T) {
			t.Parallel()
			got := map[string]float64{}
			for name, f := range scrape(t, measured(1), format) {
				for _, m := range f.GetMetric() {
					key := name
					for _, l := range m.GetLabel() {
						if l.GetName() != "operation" {
							key += " " + l.GetValue()
						} else if l.GetValue() != "GET /issues/{number}\"\n\\" {
							t.Errorf("operation %q", l.GetValue())
						}
					}
					switch {
					case m.Counter != nil:
						got[key] = m.Counter.GetValue()
					case m.Gauge != nil:
						got[key] = m.Gauge.GetValue()
					case m.Histogram != nil:
						got[key] = float64(m.Histogram.GetSampleCount())
					}
				}
			}
			want := map[string]float64{
				"plumb_perf_due_total": 12, "plumb_perf_requests_total good": 7, "plumb_perf_requests_total status": 1,
				"plumb_perf_requests_total timeout": 2, "plumb_perf_requests_total transport": 0, "plumb_perf_requests_total contract": 0,
				"plumb_perf_requests_total graphql": 0, "plumb_perf_unsent_total busy": 2, "plumb_perf_unsent_total late": 0,
				"plumb_perf_unsent_total empty": 0, "plumb_perf_unsent_total broken": 0, "plumb_perf_within_total 0.3": 6,
				"plumb_perf_objective_ratio 0.3": 0.99, "plumb_perf_error_budget_ratio": 0.001,
				"plumb_perf_response_seconds": 10, "plumb_perf_service_seconds": 10, "plumb_perf_first_byte_seconds": 0, "plumb_perf_lag_seconds": 3,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("series (-want +got):\n%s", diff)
			}
		})
	}
}

// TestCollectorSendsNativeHistograms adds the buckets up again, and finds each
// value in the one that holds it.
func TestCollectorSendsNativeHistograms(t *testing.T) {
	t.Parallel()
	h := scrape(t, measured(1), expfmt.NewFormat(expfmt.TypeProtoDelim))["plumb_perf_response_seconds"].GetMetric()[0].GetHistogram()
	total, count, index, k := int64(h.GetZeroCount()), int64(0), int32(0), 0
	held := 0
	for _, span := range h.GetPositiveSpan() {
		index += span.GetOffset()
		for range span.GetLength() {
			count += h.GetPositiveDelta()[k]
			total += count
			k++
			if count > 0 {
				held++
			}
			index++
		}
	}
	if total != 10 || h.GetZeroCount() != 2 || h.GetSampleCount() != 10 {
		t.Errorf("buckets hold %d of %d, %d of them zero", total, h.GetSampleCount(), h.GetZeroCount())
	}
	if held < 3 || h.GetSchema() < 1 {
		t.Errorf("%d buckets hold four different values at schema %d", held, h.GetSchema())
	}
}

func TestCollectorBoundsItsSeries(t *testing.T) {
	t.Parallel()
	families := scrape(t, measured(telemetry.MostOperations+25), expfmt.NewFormat(expfmt.TypeProtoDelim))
	due := families["plumb_perf_due_total"].GetMetric()
	if len(due) != telemetry.MostOperations+1 {
		t.Fatalf("%d series, want %d", len(due), telemetry.MostOperations+1)
	}
	for _, name := range []string{"plumb_perf_due_total", "plumb_perf_requests_total"} {
		var sum, others float64
		for _, m := range families[name].GetMetric() {
			sum += m.GetCounter().GetValue()
			for _, l := range m.GetLabel() {
				if l.GetValue() == telemetry.Others {
					others += m.GetCounter().GetValue()
				}
			}
		}
		per := map[string]float64{"plumb_perf_due_total": 12, "plumb_perf_requests_total": 10}[name]
		if sum != per*(telemetry.MostOperations+25) || others != per*25 {
			t.Errorf("%s: %v in all and %v of others", name, sum, others)
		}
	}
}

func TestNothingMeasuredYet(t *testing.T) {
	t.Parallel()
	s := telemetry.Source{Result: func() *perf.Result { return nil }}
	if got := scrape(t, s, expfmt.NewFormat(expfmt.TypeTextPlain)); len(got) != 0 {
		t.Errorf("%d families, want none", len(got))
	}
}

// TestEncode reads the body by the rules of protobuf's JSON: 64-bit numbers are
// strings, 32-bit ones are numbers.
func TestEncode(t *testing.T) {
	t.Parallel()
	s := measured(1)
	body, err := s.Encode(s.Result(), "1.2.3", time.Date(2026, 11, 27, 10, 1, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	var msg struct {
		ResourceMetrics []struct {
			ScopeMetrics []struct {
				Metrics []struct {
					Name string
					Sum  *struct {
						DataPoints []struct {
							AsInt             string
							StartTimeUnixNano string
							TimeUnixNano      string
						}
						AggregationTemporality int
						IsMonotonic            bool
					}
					ExponentialHistogram *struct {
						DataPoints []struct {
							Count, ZeroCount string
							Scale            int
							Positive         struct {
								Offset       int
								BucketCounts []string
							}
						}
					}
				}
			}
		}
	}
	if err := json.Unmarshal(body, &msg); err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	got := map[string]uint64{}
	for _, m := range msg.ResourceMetrics[0].ScopeMetrics[0].Metrics {
		number := func(text string) uint64 {
			n, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				t.Errorf("%s: %v", m.Name, err)
			}
			return n
		}
		if m.Sum != nil {
			for _, p := range m.Sum.DataPoints {
				got[m.Name] += number(p.AsInt)
				if number(p.TimeUnixNano)-number(p.StartTimeUnixNano) != uint64(time.Minute) {
					t.Errorf("%s is from %s to %s", m.Name, p.StartTimeUnixNano, p.TimeUnixNano)
				}
			}
			if !m.Sum.IsMonotonic || m.Sum.AggregationTemporality != 2 {
				t.Errorf("%s is no cumulative counter", m.Name)
			}
			continue
		}
		for _, p := range m.ExponentialHistogram.DataPoints {
			sum := number(p.ZeroCount)
			for _, n := range p.Positive.BucketCounts {
				sum += number(n)
			}
			if sum != number(p.Count) {
				t.Errorf("%s: buckets hold %d of %s", m.Name, sum, p.Count)
			}
			got[m.Name] += sum
		}
	}
	want := map[string]uint64{
		"plumb.perf.due": 12, "plumb.perf.requests": 10, "plumb.perf.unsent": 2, "plumb.perf.within": 6,
		"plumb.perf.response": 10, "plumb.perf.service": 10, "plumb.perf.lag": 3,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("metrics (-want +got):\n%s", diff)
	}
}

func TestPush(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		answers []int // one a push, the last for all others
		ticks   int
		want    string // in the error
	}{
		{"all arrive", []int{200}, 2, ""},
		{"one is lost", []int{503, 200}, 2, "1 of 3 pushes of metrics failed: "},
		{"nothing arrives", []int{401}, 1, "2 of 2 pushes of metrics failed: "},
		{"a short run is flushed", []int{200}, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := make(chan string, 10)
			n := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				code := tt.answers[min(n, len(tt.answers)-1)]
				n++
				w.WriteHeader(code)
				got <- r.Method + " " + r.URL.Path + " " + r.Header.Get("Content-Type") + " " + r.Header.Get("Api-Key")
			}))
			defer server.Close()
			url, err := telemetry.Endpoint(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			p := &telemetry.Push{
				Source: measured(1), URL: url + "?key=hush", Header: http.Header{"Api-Key": {"secret"}}, Client: server.Client(), Version: "1", Now: time.Now,
			}
			ctx, cancel := context.WithCancel(t.Context())
			ticks, done := make(chan time.Time), make(chan error)
			go func() { done <- p.Run(ctx, ticks) }()
			for range tt.ticks {
				ticks <- time.Time{}
				<-got
			}
			cancel()
			err = <-done
			if line := <-got; line != "POST /v1/metrics application/json secret" {
				t.Errorf("pushed %q", line)
			}
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)):
				t.Errorf("error %v, want %s…", err, tt.want)
			case err != nil && (strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "hush")):
				t.Errorf("the error shows a secret: %v", err)
			}
		})
	}
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	for collector, want := range map[string]string{
		"http://127.0.0.1:4318":     "http://127.0.0.1:4318/v1/metrics",
		"http://127.0.0.1:4318/":    "http://127.0.0.1:4318/v1/metrics",
		"https://otel.test/in/data": "https://otel.test/in/data",
		"127.0.0.1:4318":            "", "ftp://x": "", "http://a:b@127.0.0.1": "", "": "",
	} {
		got, err := telemetry.Endpoint(collector)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("Endpoint(%q) = %q, %v, want %q", collector, got, err, want)
		}
	}
}

func BenchmarkCollect(b *testing.B) {
	b.ReportAllocs()
	h, err := telemetry.Handler(measured(100))
	if err != nil {
		b.Fatal(err)
	}
	req := httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/metrics", nil)
	req.Header.Set("Accept", string(expfmt.NewFormat(expfmt.TypeProtoDelim)))
	for b.Loop() {
		h.ServeHTTP(httptest.NewRecorder(), req)
	}
}
