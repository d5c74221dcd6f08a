package perf

import (
	"fmt"
	"slices"
	"time"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf/histogram"
)

// Result is what a run measured, warm-up left out. Results of the shards of a
// run can be merged.
type Result struct {
	// Version is that of this form: 1.
	Version int `json:"version"`
	// Plan identifies the plan, see [Plan.Digest]. "" where it is not known.
	Plan string `json:"plan"`
	// Engine says what sent the requests, such as "plumb 0.1.0" or "k6 1.8.1".
	Engine string `json:"engine"`
	// Clock says from when Response is measured.
	Clock Clock `json:"clock"`
	// Shards are the parts of the schedule that are in here, of how many.
	Shards []Shard   `json:"shards"`
	Start  time.Time `json:"start"`
	// Planned is how long the part that is judged lasts by the plan, Elapsed
	// how much of it was sent.
	Planned time.Duration `json:"planned_ns"`
	Elapsed time.Duration `json:"elapsed_ns"`
	// Lag is how late requests were sent that did not have to wait for a
	// worker: how late the generator itself was.
	Lag *histogram.Histogram `json:"lag"`
	// Waited is how long the generator waited for a processor, one time in a
	// hundred: no lag shows that, since answers are read late too.
	Waited time.Duration `json:"waited_ns,omitempty"`
	// Slices is into how many stretches of equal length, by the plan, the part
	// that is judged is cut.
	Slices     int        `json:"slices"`
	Operations []Measured `json:"operations"`
	// Incomplete says why the run ended before its plan; "" where it did not.
	Incomplete string `json:"incomplete"`
	// Decided says that it ended early since every verdict was certain.
	Decided bool `json:"decided"`
	// Trouble is what makes the whole measurement doubtful, a sentence each.
	Trouble []string `json:"trouble"`
}

// Troubles are what makes the whole measurement doubtful, a sentence each, where
// the generator may be late by as much as [LagLimit] says.
func (r *Result) Troubles(limit time.Duration) []string {
	list := slices.Clone(r.Trouble)
	if r.Waited > limit {
		list = append(list, fmt.Sprintf("the generator waited for a processor for %s or more one time in a hundred; the limit is %s",
			words.Duration(r.Waited), words.Duration(limit)))
	}
	return list
}

// Clock says from when response times are measured.
type Clock string

// The clocks.
const (
	// FromIntended is from the moment at which the request was due.
	FromIntended Clock = "intended"
	// FromSend is from when it was sent by an engine that keeps a schedule.
	FromSend Clock = "send"
	// Closed is from when it was sent by users who wait for answers, so that a
	// slow server is asked less often.
	Closed Clock = "closed"
)

// Shard is one of Of parts of a schedule.
type Shard struct {
	Index int `json:"index"`
	Of    int `json:"of"`
}

// Measured is what a run measured of one operation. Due = Sent + Unsent, and
// Sent = Good + Bad, all causes together.
type Measured struct {
	Operation string `json:"operation"`
	// Planned is how many requests the whole plan has, of the shards that are
	// in here, Due how many were due by the end of the run.
	Planned uint64 `json:"planned"`
	Due     uint64 `json:"due"`
	Sent    uint64 `json:"sent"`
	Unsent  Unsent `json:"unsent"`
	Good    uint64 `json:"good"`
	Bad     Bad    `json:"bad"`
	// Within counts the good requests that met each latency objective of the
	// budget, in its order. It is exact. It is nil where an engine does not
	// count it; then Between says, and where that is nil too, the histogram.
	Within []uint64 `json:"within"`
	// Between is, for each latency objective, between which numbers the count
	// of good requests that met it lies, where an engine tells durations by
	// buckets of its own.
	Between []Between `json:"between,omitempty"`
	// Response is from the moment at which a request was due to the last byte
	// of its answer, Service from when it was sent, FirstByte from then to the
	// first byte. Bad requests are in them too, those without an answer with
	// the time until they were given up.
	Response  *histogram.Histogram `json:"response"`
	Service   *histogram.Histogram `json:"service"`
	FirstByte *histogram.Histogram `json:"first_byte"`
	// Statuses counts HTTP status codes; Classes what went wrong, as
	// "transport: connection refused", bounded in number.
	Statuses map[int]uint64    `json:"statuses"`
	Classes  map[string]uint64 `json:"classes"`
	// Slices are the stretches of the run, by when requests were due, for how
	// far requests depend on each other and for charts; empty where an engine
	// does not say.
	Slices []Slice `json:"slices"`
}

// Between are two counts between which, both included, a count lies.
type Between struct {
	Low  uint64 `json:"low"`
	High uint64 `json:"high"`
}

// Unsent counts requests that were due and not sent, by cause.
type Unsent struct {
	// Busy could not be sent since all workers waited for answers.
	Busy uint64 `json:"busy"`
	// Late could not be sent in time though workers were free: the generator
	// is too slow.
	Late uint64 `json:"late"`
	// Empty had no data.
	Empty uint64 `json:"empty"`
	// Broken belong to sessions that had ended before.
	Broken uint64 `json:"broken"`
}

// Total returns how many requests were not sent.
func (u Unsent) Total() uint64 { return u.Busy + u.Late + u.Empty + u.Broken }

// Bad counts bad requests by cause; each has one.
type Bad struct {
	Status    uint64 `json:"status"`
	GraphQL   uint64 `json:"graphql"`
	Contract  uint64 `json:"contract"`
	Transport uint64 `json:"transport"`
	Timeout   uint64 `json:"timeout"`
}

// Total returns how many requests were bad.
func (b Bad) Total() uint64 { return b.Status + b.GraphQL + b.Contract + b.Transport + b.Timeout }

// Add counts one bad request.
func (b *Bad) Add(c Cause) {
	switch c {
	case BadStatus:
		b.Status++
	case BadGraphQL:
		b.GraphQL++
	case BadContract:
		b.Contract++
	case Transport:
		b.Transport++
	case Timeout:
		b.Timeout++
	}
}

// Slice counts one stretch of a run for an operation.
type Slice struct {
	Due    uint64   `json:"due"`
	Sent   uint64   `json:"sent"`
	Good   uint64   `json:"good"`
	Within []uint64 `json:"within"`
	// Octaves counts response times by powers of two: member k those below
	// 2^k µs that no earlier member counts, the last all others.
	Octaves Octaves `json:"octaves"`
	// Max is the longest response time.
	Max time.Duration `json:"max_ns"`
}
