package k6

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// written is what a script writes.
type written struct {
	Version    int                `json:"plumb_k6"`
	Plan       string             `json:"plan"`
	Segment    string             `json:"segment"`
	End        int64              `json:"end_ms"`
	Ran        float64            `json:"ran_ms"`
	Dropped    uint64             `json:"dropped"`
	Begun      uint64             `json:"begun"`
	Slices     int                `json:"slices"`
	Lag        writtenHistogram   `json:"lag"`
	Operations []writtenOperation `json:"operations"`
}

type writtenOperation struct {
	Name       string          `json:"name"`
	Good       uint64          `json:"good"`
	Empty      uint64          `json:"empty"`
	Broken     uint64          `json:"broken"`
	Objectives []time.Duration `json:"objectives_ns"`
	Within     []uint64        `json:"within"`
	Bad        struct {
		Status    uint64 `json:"status"`
		GraphQL   uint64 `json:"graphql"`
		Contract  uint64 `json:"contract"`
		Transport uint64 `json:"transport"`
		Timeout   uint64 `json:"timeout"`
	} `json:"bad"`
	Errors   map[int]uint64   `json:"errors"`
	Statuses map[int]uint64   `json:"statuses"`
	Latency  writtenHistogram `json:"latency"`
	Slices   []writtenSlice   `json:"slices"`
}

type writtenHistogram struct {
	Buckets [][2]int64  `json:"buckets"`
	Sum     json.Number `json:"sum_ns"`
	Min     int64       `json:"min_ns"`
	Max     int64       `json:"max_ns"`
}

type writtenSlice struct {
	Good    uint64        `json:"good"`
	Bad     uint64        `json:"bad"`
	Within  []uint64      `json:"within"`
	Octaves []uint32      `json:"octaves"`
	Max     time.Duration `json:"max_ns"`
}

// ResultError is what is wrong with a result.
type ResultError struct{ Problem string }

// Error says it.
func (e *ResultError) Error() string { return e.Problem }

func problem(format string, args ...any) error {
	return &ResultError{Problem: fmt.Sprintf(format, args...)}
}

// ReadResult reads what a script of this package has written, as a result of
// the plan that the script was made of. What k6 dropped counts as not sent
// since all were busy, what it neither sent nor dropped as late. An error is a
// [*ResultError], or one of encoding/json.
func ReadResult(doc []byte, plan *perf.Plan) (*perf.Result, error) {
	var k written
	d := json.NewDecoder(bytes.NewReader(doc))
	if err := d.Decode(&k); err != nil {
		return nil, err
	}
	if k.Version != 1 {
		return nil, problem("is of version %d of its form; this plumb reads version 1", k.Version)
	}
	if digest := plan.Digest(); k.Plan != digest {
		return nil, problem("was measured by another plan (%.20s, this one is %s): write the script anew with plumb perf export k6, or give the plan that it was made of", k.Plan, digest)
	}
	shard, err := segment(k.Segment)
	if err != nil {
		return nil, problem("%v", err)
	}
	s, err := plan.Schedule()
	if err != nil {
		return nil, problem("%v", err)
	}
	lasts := s.Duration() - s.WarmUp()
	r := &perf.Result{
		Version: 1, Plan: k.Plan, Engine: "k6", Clock: perf.FromSend, Shards: []perf.Shard{shard},
		Planned: lasts, Elapsed: lasts, Slices: k.Slices, Operations: []perf.Measured{}, Trouble: []string{},
	}
	if k.Ran > 0 && k.Ran < math.MaxInt64/1e6 {
		ran := time.Duration(k.Ran * 1e6)
		r.Start = time.UnixMilli(k.End).Add(s.WarmUp() - ran).UTC()
	}
	if r.Lag, err = k.Lag.read(); err != nil {
		return nil, problem("the lag %v", err)
	}
	if k.Dropped > 0 {
		// Numbers move up when one is dropped, so moments are not known.
		r.Lag = &histogram.Histogram{}
	}
	planned, err := plans(plan, s, shard, k.Slices)
	if err != nil {
		return nil, problem("%v", err)
	}
	if err := takeOperations(&k, plan, r, planned); err != nil {
		return nil, err
	}
	takeUnsent(&k, planned.begun, r)
	return r, nil
}

// segment returns which part of a schedule an execution segment of k6 is.
func segment(text string) (perf.Shard, error) {
	whole := perf.Shard{Index: 0, Of: 1}
	if text == "" || text == "0:1" {
		return whole, nil
	}
	from, to, ok := strings.Cut(text, ":")
	n, d, ok2 := fraction(from)
	n2, d2, ok3 := fraction(to)
	if !ok || !ok2 || !ok3 {
		return whole, fmt.Errorf("the execution segment %.40q cannot be read", text)
	}
	// k6 writes fractions in lowest terms, so 1/4:2/4 is 1/4:1/2: the least
	// common denominator tells the number of equal parts.
	of := d * d2 / gcd(d, d2)
	if n2*(of/d2)-n*(of/d) != 1 {
		return whole, fmt.Errorf("the execution segment %.40q is not one of equal parts, such as 1/4:2/4", text)
	}
	return perf.Shard{Index: n * (of / d), Of: of}, nil
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// fraction reads a/b, 0 or 1.
func fraction(text string) (n, d int, ok bool) {
	const most = 10_000
	over, under, is := strings.Cut(text, "/")
	if !is {
		under = "1"
	}
	n, err := strconv.Atoi(over)
	d, err2 := strconv.Atoi(under)
	return n, d, err == nil && err2 == nil && n >= 0 && d > 0 && n <= d && d <= most
}

// read returns the histogram, by way of the form in which package histogram
// reads and checks it.
func (h writtenHistogram) read() (*histogram.Histogram, error) {
	out := &histogram.Histogram{}
	if len(h.Buckets) == 0 {
		return out, nil
	}
	var count int64
	runs := [][]int64{}
	for i, b := range h.Buckets {
		if i > 0 && b[0] <= h.Buckets[i-1][0] || b[1] <= 0 || b[1] > math.MaxInt64-count {
			return nil, fmt.Errorf("has buckets out of order, or with less than nothing in them")
		}
		count += b[1]
		if n := len(runs); n > 0 && h.Buckets[i-1][0]+1 == b[0] {
			runs[n-1] = append(runs[n-1], b[1])
		} else {
			runs = append(runs, []int64{b[0], b[1]})
		}
	}
	sum, err := h.Sum.Float64()
	if err != nil || sum < 0 || sum >= 1<<63 {
		return nil, fmt.Errorf("has the sum %.40q", h.Sum)
	}
	text, err := json.Marshal(map[string]any{
		"version": 1, "scale": 6, "count": count, "zero": 0, "min_ns": h.Min, "max_ns": h.Max, "sum_ns": int64(sum), "runs": runs,
	})
	if err != nil {
		return nil, err
	}
	if err := out.UnmarshalJSON(text); err != nil {
		return nil, fmt.Errorf("contradicts itself: %w", err)
	}
	return out, nil
}

// takeOperations takes over the counts.
func takeOperations(k *written, plan *perf.Plan, r *perf.Result, planned *plannedCounts) error {
	for i := range k.Operations {
		o := &k.Operations[i]
		op := plan.Operation(o.Name)
		if op < 0 {
			return problem("holds an operation that is not in the plan: %.80q", o.Name)
		}
		latency, err := o.Latency.read()
		if err != nil {
			return problem("the latencies of %q: %v", o.Name, err)
		}
		m := perf.Measured{
			Operation: o.Name, Planned: planned.whole[op], Due: planned.whole[op],
			Good: o.Good, Bad: perf.Bad{Status: o.Bad.Status, GraphQL: o.Bad.GraphQL, Contract: o.Bad.Contract, Transport: o.Bad.Transport, Timeout: o.Bad.Timeout},
			Within: o.Within, Unsent: perf.Unsent{Empty: o.Empty, Broken: o.Broken},
			Response: latency, Service: latency.Clone(), FirstByte: &histogram.Histogram{},
			Statuses: map[int]uint64{}, Classes: map[string]uint64{}, Slices: []perf.Slice{},
		}
		m.Sent = m.Good + m.Bad.Total()
		var want []time.Duration
		for _, l := range plan.Operations[op].Budget.Latency {
			want = append(want, l.Within)
		}
		switch {
		case !slices.Equal(want, o.Objectives) || len(o.Within) != len(want):
			return problem("counts other latency objectives of %q than the plan has", o.Name)
		case max(o.Good, o.Empty, o.Broken, m.Bad.Status, m.Bad.GraphQL, m.Bad.Contract, m.Bad.Transport, m.Bad.Timeout) > m.Due:
			return problem("has more requests of %q than the plan, which has %d", o.Name, m.Due)
		case latency.Count() != m.Sent:
			return problem("has %d latencies of %d requests of %q: k6 was ended before it had counted all", latency.Count(), m.Sent, o.Name)
		case m.Sent+o.Empty+o.Broken > m.Due:
			return problem("has %d requests of %q, of which the plan has %d", m.Sent+o.Empty+o.Broken, o.Name, m.Due)
		}
		classes(o, &plan.Operations[op], &m)
		if m.Slices, err = takeSlices(o, planned.slices[op], k.Slices); err != nil {
			return problem("the stretches of %q %v", o.Name, err)
		}
		r.Operations = append(r.Operations, m)
	}
	return nil
}

// classes says in words what went wrong.
func classes(o *writtenOperation, op *perf.Operation, m *perf.Measured) {
	seen, other := uint64(0), m.Bad.Status
	for _, status := range slices.Sorted(maps.Keys(o.Statuses)) {
		n := o.Statuses[status]
		if status > 0 {
			m.Statuses[status] = n
			if !expected(op, status) {
				count(m.Classes, statusClass(status), n)
				other -= min(n, other)
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(o.Errors)) {
		count(m.Classes, ErrorClass(code), o.Errors[code])
		seen += o.Errors[code]
	}
	if seen < m.Bad.Transport {
		count(m.Classes, "transport: other", m.Bad.Transport-seen)
	}
	count(m.Classes, "status: rare ones", other)
	count(m.Classes, "graphql: errors in the answer", m.Bad.GraphQL)
	count(m.Classes, "response: no JSON object, or neither data nor errors", m.Bad.Contract)
	count(m.Classes, "timeout: no answer", m.Bad.Timeout)
}

// takeSlices takes over the stretches; due are how many requests each has by the
// plan.
func takeSlices(o *writtenOperation, due []uint64, n int) ([]perf.Slice, error) {
	out := []perf.Slice{}
	if len(o.Slices) != n {
		return nil, fmt.Errorf("are %d, not %d", len(o.Slices), n)
	}
	for i, s := range o.Slices {
		next := perf.Slice{Due: due[i], Sent: s.Good + s.Bad, Good: s.Good, Within: s.Within, Max: s.Max}
		if len(s.Octaves) > len(next.Octaves) || len(s.Within) != len(o.Within) {
			return nil, fmt.Errorf("have %d octaves and %d objectives", len(s.Octaves), len(s.Within))
		}
		copy(next.Octaves[:], s.Octaves)
		out = append(out, next)
	}
	return out, nil
}

// takeUnsent says why requests were not sent: k6 gave up as many as it says, and
// the others it did not come to. It counts what begins: requests, and sessions of
// several; planned is how many the plan has of these.
func takeUnsent(k *written, planned uint64, r *perf.Result) {
	var missing, late uint64
	for i := range r.Operations {
		m := &r.Operations[i]
		missing += m.Due - m.Sent - m.Unsent.Total()
	}
	if missing == 0 {
		return
	}
	if open := planned - min(planned, k.Begun); open > k.Dropped {
		late = open - k.Dropped
	}
	share := float64(late) / float64(max(late+min(k.Dropped, planned), 1))
	if k.Dropped == 0 { // what was begun and never counted was cut off
		share = 1
	}
	for i := range r.Operations {
		m := &r.Operations[i]
		n := m.Due - m.Sent - m.Unsent.Total()
		// Each operation has its share of what was late, rounded down; k6 does
		// not say which it was.
		m.Unsent.Late = uint64(share * float64(n))
		m.Unsent.Busy = n - m.Unsent.Late
	}
	if late > 0 || k.Dropped == 0 {
		r.Incomplete = fmt.Sprintf("%d of the planned requests were neither sent nor dropped: k6 was stopped, or too slow", uint64(share*float64(missing)+0.5))
	}
}

// count counts a class.
func count(classes map[string]uint64, class string, n uint64) {
	if n > 0 {
		classes[class] += n
	}
}

// expected reports whether a status is good.
func expected(op *perf.Operation, status int) bool {
	if len(op.Expect) > 0 {
		return slices.Contains(op.Expect, status)
	}
	return status >= 200 && status <= 399
}
