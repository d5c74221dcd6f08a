package view

import (
	"encoding/json"
	"io"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// WriteLoadPerformance writes the file that GitLab reads as
// artifacts:reports:load_performance and compares with that of the target
// branch: the numbers that it looks for in a summary of k6, over all operations.
// Requests are those that were sent per second, waiting the time from sending
// to the first byte, checks the good and the bad ones.
func WriteLoadPerformance(w io.Writer, r *perf.Result) error {
	var sent, due, good uint64
	first := new(histogram.Histogram)
	for i := range r.Operations {
		m := &r.Operations[i]
		sent, due, good = sent+m.Sent, due+m.Due, good+m.Good
		if m.FirstByte != nil {
			first.Merge(m.FirstByte)
		}
	}
	q := quantiles(first)
	rate := 0.0
	if s := r.Elapsed.Seconds(); s > 0 {
		rate = float64(sent) / s
	}
	value := 0.0
	if due > 0 {
		value = float64(good) / float64(due)
	}
	type requests struct {
		Count uint64  `json:"count"`
		Rate  float64 `json:"rate"`
	}
	type waiting struct {
		Avg float64 `json:"avg"`
		Max float64 `json:"max"`
		Med float64 `json:"med"`
		Min float64 `json:"min"`
		P90 float64 `json:"p(90)"`
		P95 float64 `json:"p(95)"`
	}
	type checks struct {
		Passes uint64  `json:"passes"`
		Fails  uint64  `json:"fails"`
		Value  float64 `json:"value"`
	}
	type metrics struct {
		Requests requests `json:"http_reqs"`
		Waiting  waiting  `json:"http_req_waiting"`
		Checks   checks   `json:"checks"`
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Metrics metrics `json:"metrics"`
	}{metrics{
		requests{sent, rate},
		waiting{q.Mean, q.Max, q.P50, q.Min, q.P90, q.P95},
		checks{good, due - good, value},
	}})
}
