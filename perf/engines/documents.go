package engines

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// fortio reads what fortio load -json writes: buckets with both ends.
func (f *file) fortio(doc []byte) (*perf.Result, error) {
	var all struct {
		Version  string            `json:"Version"`
		Start    time.Time         `json:"StartTime"`
		Duration time.Duration     `json:"ActualDuration"`
		URL      string            `json:"URL"`
		Method   string            `json:"Method"`
		Codes    map[string]uint64 `json:"RetCodes"`
		Times    struct {
			Count uint64  `json:"Count"`
			Min   float64 `json:"Min"`
			Max   float64 `json:"Max"`
			Data  []struct {
				Start float64 `json:"Start"`
				End   float64 `json:"End"`
				Count uint64  `json:"Count"`
			} `json:"Data"`
		} `json:"DurationHistogram"`
	}
	if err := json.Unmarshal(doc, &all); err != nil {
		return nil, f.badJSON(doc, err)
	}
	// Its connections wait for answers, each on a schedule of its own.
	c := f.collector(strings.TrimSpace("fortio "+all.Version), perf.Closed)
	method := all.Method
	if method == "" {
		method = "GET"
	}
	op := c.match.request(method, all.URL)
	if op < 0 {
		var err error
		if op, err = c.soleOperation(); err != nil {
			return nil, err
		}
	}
	d := &distribution{operation: op, total: all.Times.Count, timed: all.Times.Count, classes: map[string]uint64{}}
	statuses := map[int]uint64{}
	var coded uint64
	for _, text := range sortedKeys(all.Codes) {
		n := all.Codes[text]
		coded += n
		if status, err := strconv.Atoi(text); err == nil && status > 0 {
			statuses[status] += n
		} else {
			d.bad.Transport += n
			countN(d.classes, "transport: other", n)
		}
	}
	if coded != d.total {
		return nil, f.wrong(0, "contradicts itself: %d requests were timed, and %d have a status; is it a run of fortio over HTTP?", d.total, coded)
	}
	d.byStatus(&f.plan.Operations[op], statuses)
	var before uint64
	for _, b := range all.Times.Data {
		low, err := edge(max(b.Start, all.Times.Min))
		if err != nil {
			return nil, f.wrong(0, "%v", err)
		}
		high, err := edge(min(b.End, all.Times.Max))
		if err != nil {
			return nil, f.wrong(0, "%v", err)
		}
		// What is as long as an edge lies in the bucket that ends there.
		d.points = append(d.points, point{low.Low + 1, low.High + 1, 0, before}, point{high.Low + 1, high.High, before + b.Count, before + b.Count})
		if b.Count > math.MaxInt64-before {
			return nil, f.wrong(0, "counts more requests than there can be")
		}
		before += b.Count
	}
	if err := c.put(d); err != nil {
		return nil, err
	}
	c.first, c.last = all.Start, all.Start.Add(all.Duration)
	return c.finish()
}

// edge returns between which nanoseconds the edge of a bucket lies.
func edge(s float64) (histogram.Bounds, error) {
	d, err := seconds(s)
	if err != nil {
		return histogram.Bounds{}, err
	}
	const exact = 1e-3
	if whole := math.Round(s * 1e9); math.Abs(s*1e9-whole) < exact {
		return histogram.Bounds{Low: time.Duration(whole), High: time.Duration(whole)}, nil
	}
	return histogram.Bounds{Low: d, High: d + 1}, nil
}

// oha reads what oha --output-format json writes. Its histogram is left aside:
// what the keys of its eleven buckets mean has changed between versions, while
// its quantiles are values of known rank.
func (f *file) oha(doc []byte) (*perf.Result, error) {
	var all struct {
		Summary struct {
			Total   float64  `json:"total"`
			Slowest *float64 `json:"slowest"`
			Fastest *float64 `json:"fastest"`
		} `json:"summary"`
		Quantiles map[string]*float64 `json:"latencyPercentiles"`
		Codes     map[string]uint64   `json:"statusCodeDistribution"`
		Errors    map[string]uint64   `json:"errorDistribution"`
	}
	if err := json.Unmarshal(doc, &all); err != nil {
		return nil, f.badJSON(doc, err)
	}
	// Whether it ran with a rate and --latency-correction, it does not say.
	c := f.collector("oha", perf.Closed)
	op, err := c.soleOperation()
	if err != nil {
		return nil, err
	}
	d := &distribution{operation: op, classes: map[string]uint64{}}
	statuses := map[int]uint64{}
	for _, text := range sortedKeys(all.Codes) {
		status, err := strconv.Atoi(text)
		if err != nil || status < 100 || status > 999 {
			return nil, f.wrong(0, "has the status %.20q", text)
		}
		statuses[status] = all.Codes[text]
		d.timed += all.Codes[text]
	}
	d.total = d.timed
	for _, text := range sortedKeys(all.Errors) {
		if strings.Contains(text, "deadline") {
			continue // cut off by the end of the run, not by the server
		}
		n := all.Errors[text]
		d.total += n
		d.lost += n
		if strings.Contains(text, "timeout") || strings.Contains(text, "timed out") {
			d.bad.Timeout += n
			countN(d.classes, "timeout: no answer", n)
		} else {
			d.bad.Transport += n
			countN(d.classes, goError(text), n)
		}
	}
	d.byStatus(&f.plan.Operations[op], statuses)
	at := func(value *float64, atMost, below uint64) error {
		if value == nil {
			return nil
		}
		v, err := seconds(*value)
		if err != nil {
			return f.wrong(0, "%v", err)
		}
		d.points = append(d.points, point{v, v + 1, min(atMost, d.timed), min(below, d.timed)})
		return nil
	}
	for _, key := range sortedKeys(all.Quantiles) {
		p, err := strconv.ParseFloat(strings.TrimPrefix(key, "p"), 64)
		if err != nil || !(p >= 0 && p <= 100) {
			return nil, f.wrong(0, "has the quantile %.20q", key)
		}
		// It is the value of rank ⌊p·n⌋, counted from 0.
		rank := uint64(p / 100 * float64(d.timed))
		if err := at(all.Quantiles[key], rank, rank+1); err != nil {
			return nil, err
		}
	}
	if err := at(all.Summary.Fastest, 1, 0); err != nil {
		return nil, err
	}
	if err := at(all.Summary.Slowest, d.timed, d.timed); err != nil {
		return nil, err
	}
	if err := c.put(d); err != nil {
		return nil, err
	}
	if c.result.Elapsed, err = seconds(all.Summary.Total); err != nil {
		return nil, f.wrong(0, "the total time: %v", err)
	}
	return c.finish()
}

// sortedKeys returns the keys of a map in order.
func sortedKeys[K int | string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// someLine shortens a line for a message.
func someLine(line []byte) string { return fmt.Sprintf("%.60q", line) }
