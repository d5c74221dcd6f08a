package perf

import (
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Plan is what a run sends and what it is held to, as slo.yaml says it once
// the descriptions have been read: every operation has its budget.
type Plan struct {
	// Service names what is tested in reports and in monitoring.
	Service    string
	Targets    []Target
	Operations []Operation
	// Sessions are chains of operations that share the load with single ones.
	Sessions []Session
	Feeders  []Feeder
	Pools    []Pool
	// Stages are the load over all operations and sessions together; each gets
	// a share by its weight, see [Mix].
	Stages []schedule.Stage
	// Poisson spreads requests as independent users do; else distances are
	// even.
	Poisson bool
	// Seed decides every value that is made up.
	Seed uint64
	// Timeout is how long a response may take, from when it was sent, until it
	// counts as bad.
	Timeout time.Duration
	// MaxWorkers bounds how many requests are under way at once; 0 means no
	// bound. What cannot be sent within CatchUp of its moment is not sent any
	// more, and counts as bad.
	MaxWorkers int
	CatchUp    time.Duration
	// MaxLag is how late the generator itself may be before the measurement is
	// in doubt; 0 for what [LagLimit] says.
	MaxLag time.Duration
	// Validate is the share of answers that are held against the description,
	// 0 to 1.
	Validate float64
	// Window is the period of the production objectives, 28 days by custom.
	Window time.Duration
	// Metrics says where production measures the same operations.
	Metrics Metrics
}

// Schedule returns the moments of the plan's requests.
func (p *Plan) Schedule() (*schedule.Schedule, error) {
	if p.Poisson {
		return schedule.Poisson(p.Seed, p.Stages...)
	}
	return schedule.New(p.Stages...)
}

// Operation returns the index of the operation with a name, −1 where there is
// none.
func (p *Plan) Operation(name string) int {
	for i := range p.Operations {
		if p.Operations[i].Name == name {
			return i
		}
	}
	return -1
}

// Target is a server.
type Target struct {
	// Name is what operations refer to, such as "rest".
	Name string
	// URL is where paths of a REST API begin, or the endpoint of GraphQL.
	URL string
	// GraphQL says that the target is a GraphQL endpoint.
	GraphQL bool
	// Headers are sent with every request.
	Headers  []Header
	Location check.Location `json:"-"`
}

// Header is one header of every request to a target. Its value is made of
// Prefix and, where Env is not "", of what that environment variable holds,
// which is a secret and never shown.
type Header struct {
	Name, Prefix, Env string
}

// Operation is one thing that is sent and judged.
type Operation struct {
	// Name is "GET /issues", or "query Issues" for a GraphQL document. It is
	// unique in the plan.
	Name   string
	Target string
	// Method and Path are those of a REST operation; Path has its parameters
	// in braces.
	Method, Path string
	// Document is the GraphQL document, "" for REST; it holds one operation.
	Document string
	// Write says that the operation changes data: any method but GET, HEAD and
	// OPTIONS, and every mutation. It is only sent where the caller allows it.
	Write bool
	// Tags are those of the description.
	Tags []string
	// Weight is its share of the load, relative to the others; 0 for one that
	// is sent in sessions only.
	Weight float64
	// Values are what the plan sets in requests; all else is made from the
	// description.
	Values []Value
	// Expect are the statuses that are good; where there are none, 200 to 399
	// are.
	Expect []int
	// Fills are the pools that answers fill.
	Fills  []Fill
	Budget Budget
	// Location is where the plan names it.
	Location check.Location `json:"-"`
}

// Session is a chain of operations, sent one after the other by one user.
// Its first request is due by the schedule, each other one when the answer
// before it has come. It ends early when an answer is bad or what the next
// request needs is not in it.
type Session struct {
	Name     string
	Weight   float64
	Steps    []Step
	Location check.Location `json:"-"`
}

// Step is one request of a session.
type Step struct {
	// Operation is the index in the plan's operations.
	Operation int
	// Keeps are what the answer leaves for later steps, as {{name}}.
	Keeps []Keep
	// Values come before those of the operation.
	Values []Value
}

// Keep names a value of an answer: the one at a JSON Pointer of its body, or a
// header.
type Keep struct {
	Name    string
	Pointer string
	Header  string
}

// Value is one value that a plan sets in requests.
type Value struct {
	// In is path, query, header, cookie, body or variable.
	In string
	// Name is that of the parameter, or a JSON Pointer into the body or the
	// variables; "" is the whole of these.
	Name string
	// Text is the value. {{users.id}} stands for a column of a feeder,
	// {{issues}} for a value of a pool or one that a session keeps, {{seq}} for
	// the number of the request. In body and variable it is JSON if it can be
	// read as such, and text otherwise.
	Text     string
	Location check.Location `json:"-"`
}

// Feeder is a file of data, one row for a request.
type Feeder struct {
	Name string
	// File is CSV with a header line, a JSON list of objects, or JSON lines.
	File string
	// Order is "sequential" (again from the start at the end), "random", or
	// "once" (requests for which nothing is left are not sent).
	Order    string
	Location check.Location `json:"-"`
}

// Pool holds values that answers of some operations give and requests of
// others use.
type Pool struct {
	Name string
	// Take says that a value is used up by a request; else it is shared.
	Take bool
	// Max bounds how many values are kept, the oldest go first.
	Max      int
	Location check.Location `json:"-"`
}

// Fill puts a value of each good answer into a pool: that at a JSON Pointer,
// in which * stands for every member of a list.
type Fill struct {
	Pool, Pointer string
}

// Budget is what an operation owes. A zero member is no demand.
type Budget struct {
	// Latency are shares of requests that have to be answered well within a
	// time, such as 0.99 within 500 ms; a request that fails is not within it.
	// They ascend in both.
	Latency []Objective
	// Errors is the greatest share of bad requests, such as 0.001.
	Errors float64
	// HasErrors tells 0, no error at all, from no demand.
	HasErrors bool
	// Rate is the least rate of good requests, in requests per second over the
	// part that is judged.
	Rate float64
	// Origin says where the budget stands: "operation", "tag search",
	// "urgency high", "default".
	Origin   string
	Location check.Location `json:"-"`
}

// Objective is one latency objective: at least Share of all requests, 0 to 1,
// are good and take at most Within.
type Objective struct {
	Within time.Duration `json:"within_ns"`
	Share  float64       `json:"share"`
}

// Metrics says how production names what it measures, for monitoring that is
// made from the plan.
type Metrics struct {
	// Histogram is the name of the histogram of durations in seconds, without
	// its suffix, such as "http_request_duration_seconds".
	Histogram string
	// Native says that it is a native histogram, without buckets to name.
	Native bool
	// Buckets are the upper ends of the buckets of one that is not native, as
	// far as they are known.
	Buckets []time.Duration
	// Operation is the label that names the operation.
	Operation string
	// Names maps an operation to the label's value where it is another one.
	Names map[string]string
	// Errors selects the bad requests, such as `code=~"5.."`.
	Errors string
	// Labels are put on every alert.
	Labels map[string]string
}
