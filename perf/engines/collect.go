package engines

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/bits"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
)

// row is one request as an engine has written it down.
type row struct {
	operation int
	at        time.Time
	latency   time.Duration
	slack     time.Duration // by how much the latency may be off
	firstByte time.Duration // 0 where it is not known
	status    int           // 0 where there was no answer
	class     string        // why there was none, or none that is whole; "" where nothing is said
	timeout   bool
	body      []byte // of a GraphQL answer, nil where it is not known
}

// collector counts rows.
type collector struct {
	file      *file
	result    *perf.Result
	match     *matcher
	at        []*perf.Measured // by operation, nil where it has no rows
	line      timeline
	unmatched map[string]uint64
	blind     map[int]bool // GraphQL operations whose answers nobody looked into
	loose     map[int]bool // operations with latencies that may be off
	first     time.Time
	last      time.Time
}

func (f *file) collector(engine string, clock perf.Clock) *collector {
	return &collector{
		file: f, match: newMatcher(f.plan, f.options.Operation), at: make([]*perf.Measured, len(f.plan.Operations)),
		result: &perf.Result{
			Version: 1, Engine: engine, Clock: clock, Shards: []perf.Shard{{Index: 0, Of: 1}},
			Operations: []perf.Measured{}, Trouble: []string{},
		},
		unmatched: map[string]uint64{}, blind: map[int]bool{}, loose: map[int]bool{},
	}
}

// measured returns the counts of an operation.
func (c *collector) measured(op int) *perf.Measured {
	if c.at[op] == nil {
		o := &c.file.plan.Operations[op]
		c.at[op] = &perf.Measured{
			Operation: o.Name, Within: make([]uint64, len(o.Budget.Latency)), Between: make([]perf.Between, len(o.Budget.Latency)),
			Response: &histogram.Histogram{}, Service: &histogram.Histogram{}, FirstByte: &histogram.Histogram{},
			Statuses: map[int]uint64{}, Classes: map[string]uint64{}, Slices: []perf.Slice{},
		}
	}
	return c.at[op]
}

// mostNames bounds how many different things are told apart: requests that fit
// nowhere, and classes of errors.
const mostNames = 64

// stray counts a request that is for no operation of the plan.
func (c *collector) stray(name string) {
	if _, ok := c.unmatched[name]; !ok && len(c.unmatched) >= mostNames {
		name = "others"
	}
	c.unmatched[name]++
}

// add counts a row.
func (c *collector) add(r row) {
	m := c.measured(r.operation)
	o := &c.file.plan.Operations[r.operation]
	cause, class := worth(o, r)
	latency := max(r.latency, 0)
	r.at = moment(r.at)
	m.Due++
	m.Sent++
	m.Response.Add(latency)
	m.Service.Add(latency)
	if r.firstByte > 0 {
		m.FirstByte.Add(r.firstByte)
	}
	if r.status > 0 {
		m.Statuses[r.status]++
	}
	if !r.at.IsZero() {
		if end := r.at.Add(latency); c.first.IsZero() || end.After(c.last) {
			c.last = end
		}
		if c.first.IsZero() || r.at.Before(c.first) {
			c.first = r.at
		}
	}
	slice := c.line.slice(c, r.operation, r.at)
	if slice != nil {
		slice.Due++
		slice.Sent++
		slice.Octaves[min(bits.Len64(uint64(latency/time.Microsecond)), len(slice.Octaves)-1)]++
		slice.Max = max(slice.Max, latency)
	}
	if cause != perf.Good {
		m.Bad.Add(cause)
		count(m.Classes, class)
		return
	}
	m.Good++
	if o.Document != "" && r.body == nil {
		c.blind[r.operation] = true
	}
	if slice != nil {
		slice.Good++
	}
	for k, objective := range o.Budget.Latency {
		if latency+r.slack <= objective.Within {
			m.Between[k].Low++
		} else if r.slack > 0 {
			c.loose[r.operation] = true
		}
		if latency-r.slack <= objective.Within {
			m.Between[k].High++
			m.Within[k]++
		}
		if slice != nil && latency+r.slack <= objective.Within {
			slice.Within[k]++
		}
	}
}

// moment returns a time as results hold it, the zero time for one that is
// none.
func moment(at time.Time) time.Time {
	at = at.UTC()
	if at.Year() < 1 || at.Year() > 9999 {
		return time.Time{}
	}
	return at
}

// count counts a class, of which there are few.
func count(classes map[string]uint64, class string) {
	if _, ok := classes[class]; !ok && len(classes) >= mostNames {
		class = "others"
	}
	classes[class]++
}

// worth says what a row is bad for, by the rules of the plan, and in which
// class that is, by the names of a run of plumb's own.
func worth(o *perf.Operation, r row) (perf.Cause, string) {
	switch {
	case r.timeout:
		return perf.Timeout, "timeout: no answer"
	case r.status == 0 && r.class == "":
		return perf.Transport, "transport: other"
	case r.status == 0:
		return perf.Transport, r.class
	case len(o.Expect) > 0 && !slices.Contains(o.Expect, r.status), len(o.Expect) == 0 && (r.status < 200 || r.status > 399):
		return perf.BadStatus, strings.TrimSpace(fmt.Sprintf("status: %d %s", r.status, http.StatusText(r.status)))
	case r.class != "":
		return perf.Transport, r.class
	case o.Document != "" && r.body != nil:
		return graphqlWorth(r.body)
	}
	return perf.Good, ""
}

// graphqlWorth says what an answer of GraphQL is bad for.
func graphqlWorth(body []byte) (perf.Cause, string) {
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors json.RawMessage `json:"errors"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return perf.BadContract, "response: truncated or no JSON"
	}
	var errors []json.RawMessage
	switch text := string(answer.Errors); {
	case text != "" && text != "null" && (json.Unmarshal(answer.Errors, &errors) != nil || len(errors) > 0):
		return perf.BadGraphQL, "graphql: errors in the answer"
	case answer.Data == nil || string(answer.Data) == "null":
		return perf.BadContract, "response: neither data nor errors"
	}
	return perf.Good, ""
}

// drop counts requests of an operation that the engine gave up.
func (c *collector) drop(op int, n uint64) {
	m := c.measured(op)
	m.Unsent.Busy += n
	m.Due += n
}

// share gives each operation its part of what was dropped, where nobody says of
// which: by what was sent of each, or by the plan where nothing was.
func (c *collector) share(n uint64, sent []uint64) {
	var sum uint64
	for _, k := range sent {
		sum += k
	}
	if sum == 0 {
		sent = make([]uint64, len(c.at))
		for i := range sent {
			sent[i] = uint64(c.file.plan.Operations[i].Weight * 1e6)
			sum += sent[i]
		}
	}
	if n == 0 || sum == 0 {
		return
	}
	left, last := n, 0
	for i, k := range sent {
		if k == 0 {
			continue
		}
		high, low := bits.Mul64(n, k)
		part, _ := bits.Div64(high, low, sum)
		if part > 0 {
			c.drop(i, part)
		}
		left -= part
		last = i
	}
	c.drop(last, left)
}

// sent returns how many requests of each operation were sent.
func (c *collector) sent() []uint64 {
	n := make([]uint64, len(c.at))
	for i, m := range c.at {
		if m != nil {
			n[i] = m.Sent
		}
	}
	return n
}

// finish ends the counting.
func (c *collector) finish() (*perf.Result, error) {
	c.noteStrays()
	if !slices.ContainsFunc(c.at, func(m *perf.Measured) bool { return m != nil }) {
		if len(c.unmatched) > 0 {
			return nil, c.file.wrong(0, "none of its requests is for an operation of the plan (%s); say which with --operation, or give requests the name of one",
				some(slices.Sorted(maps.Keys(c.unmatched))))
		}
		return nil, c.file.wrong(0, "holds no request")
	}
	r := c.result
	r.Start = moment(c.first)
	if r.Elapsed == 0 {
		r.Elapsed = c.last.Sub(c.first)
	}
	r.Planned = r.Elapsed
	c.line.finish(c)
	for i, m := range c.at {
		if m == nil {
			continue
		}
		m.Planned = m.Due
		if c.loose[i] {
			m.Within = nil
		} else {
			m.Between = nil
		}
		if c.blind[i] {
			r.Trouble = append(r.Trouble, fmt.Sprintf("%s: %s does not say whether answers to %q held errors, so good ones cannot be told from bad ones",
				c.file.name, r.Engine, m.Operation))
		}
		r.Operations = append(r.Operations, *m)
	}
	return r, nil
}

// noteStrays says which requests are for no operation.
func (c *collector) noteStrays() {
	var n uint64
	for _, k := range c.unmatched {
		n += k
	}
	if n > 0 {
		c.file.options.Note(fmt.Sprintf("%d requests are for no operation of the plan and do not count: %s", n, some(slices.Sorted(maps.Keys(c.unmatched)))))
	}
}

// some returns the first of some names.
func some(names []string) string {
	const few = 3
	for i, name := range names {
		names[i] = fmt.Sprintf("%.80q", name)
	}
	if len(names) > few {
		return strings.Join(names[:few], ", ") + fmt.Sprintf(" and %d more", len(names)-few)
	}
	return strings.Join(names, ", ")
}
