package usage

import (
	"fmt"
	"slices"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lifecycle"
)

// Result is who calls what.
type Result struct {
	// From and To are the first and the last moment that a line names; nil
	// where no log tells the time.
	From *time.Time `json:"from"`
	To   *time.Time `json:"to"`
	// REST and GraphQL are the calls of all that the descriptions have. The
	// shares of elements are shares of these.
	REST    Total `json:"rest"`
	GraphQL Total `json:"graphql"`
	// Elements are what is deprecated, and what is experimental where that
	// was asked for, in the order of the descriptions.
	Elements []Element `json:"elements"`
	Logs     []LogRead `json:"logs"`
	// Incomplete says what kept the count from the end of a log.
	Incomplete []Incomplete `json:"incomplete"`
	Limits     Limits       `json:"limits"`
	// Named says that consumers have the names of the log, and no hashes.
	Named bool `json:"named"`
	// OnlySuccessful says that calls that failed do not count.
	OnlySuccessful bool `json:"only_successful"`
}

// Incomplete says why a log was not read to its end.
type Incomplete struct {
	Log     string `json:"log"`
	Message string `json:"message"`
}

// Statuses are numbers of calls.
type Statuses struct {
	// Calls are those that count: all, or the successful ones where that was
	// asked for.
	Calls int64 `json:"calls"`
	// ClientErrors were answered with 4xx, ServerErrors with 5xx.
	ClientErrors int64 `json:"client_errors"`
	ServerErrors int64 `json:"server_errors"`
}

// Total are the calls of an API.
type Total struct {
	Statuses
	Consumers int `json:"consumers"`
	// Exact says that the number of consumers is no estimate.
	Exact bool `json:"exact"`
	// Unnamed are calls of which no consumer is known.
	Unnamed int64 `json:"unnamed"`
	// WithQuery are requests to REST that had a query.
	WithQuery int64 `json:"with_query"`
	// Unread are calls of GraphQL whose text the log does not have, or that
	// is none; Persisted those that name a stored text by a hash or an ID:
	// what they use is not known.
	Unread    int64 `json:"unread"`
	Persisted int64 `json:"persisted"`
	// Strange are calls of GraphQL that name what the schema does not have.
	// What they name beside that is counted.
	Strange int64 `json:"strange"`
}

// Element is one element with its use.
type Element struct {
	Surface     lifecycle.Surface `json:"surface"`
	Kind        lifecycle.Kind    `json:"kind"`
	Name        string            `json:"name"`
	Deprecated  bool              `json:"deprecated"`
	Stability   string            `json:"stability"`
	Sunset      string            `json:"sunset"` // a day, a release or both
	Replacement string            `json:"replacement"`
	Location    check.Location    `json:"location"`

	Statuses
	// Share is the part of all calls of its API, from 0 to 1.
	Share     float64 `json:"share"`
	Consumers int     `json:"consumers"`
	Exact     bool    `json:"exact"`
	// ConsumerShare is the part of all consumers of its API.
	ConsumerShare float64 `json:"consumer_share"`
	// AfterSunset are calls on the day of the sunset or later.
	AfterSunset int64      `json:"after_sunset"`
	First       *time.Time `json:"first"`
	Last        *time.Time `json:"last"`
	// Top are the consumers with the most calls.
	Top []Caller `json:"top"`

	Verdict Verdict `json:"verdict"`
	// Why is the reason of the verdict.
	Why string `json:"why"`
}

// Caller is one consumer of an element.
type Caller struct {
	Consumer string     `json:"consumer"`
	Calls    int64      `json:"calls"`
	First    *time.Time `json:"first"`
	Last     *time.Time `json:"last"`
}

// LogRead is what became of one log.
type LogRead struct {
	Name   string `json:"name"`
	Format string `json:"format"`
	// Lines are all lines, or entries of recorded traffic. Requests are those
	// that tell of a request, Foreign those of them that are none of the API.
	Lines    int64 `json:"lines"`
	Requests int64 `json:"requests"`
	Foreign  int64 `json:"foreign"`
	// Unreadable are lines that tell nothing, TooLong lines above 1 MiB.
	Unreadable int64 `json:"unreadable"`
	TooLong    int64 `json:"too_long"`
	// Samples are the shapes of the first unreadable lines.
	Samples []Sample `json:"samples"`
}

// Sample is the shape of a line: x for letters, 9 for digits.
type Sample struct {
	Line  int64  `json:"line"`
	Shape string `json:"shape"`
}

func (r *run) result(t *tally, incomplete []Incomplete) *Result {
	res := &Result{
		From: moment(t.window.first), To: moment(t.window.last), REST: total(&t.rest), GraphQL: total(&t.graphql),
		Incomplete: incomplete, Limits: r.opts.Limits, Named: r.opts.ShowConsumers, OnlySuccessful: r.opts.Successful,
	}
	for i := range t.logs {
		res.Logs = append(res.Logs, logRead(r.logs[i].Name, &t.logs[i]))
	}
	for i := range r.watch.elements {
		w := &r.watch.elements[i]
		all := &res.REST
		if w.Surface == lifecycle.GraphQL {
			all = &res.GraphQL
		}
		e := r.element(w, &t.elements[i], all)
		res.judge(&e, w, all)
		res.Elements = append(res.Elements, e)
	}
	return res
}

func total(s *surface) Total {
	n, exact := s.consumers.count()
	return Total{
		Statuses: Statuses{s.calls, s.client, s.server}, Consumers: n, Exact: exact, Unnamed: s.unnamed,
		WithQuery: s.queries, Unread: s.unread, Persisted: s.persisted, Strange: s.strange,
	}
}

func logRead(name string, l *lineup) LogRead {
	read := LogRead{
		Name: name, Format: l.format, Lines: l.lines, Requests: l.requests, Foreign: l.foreign,
		Unreadable: l.bad, TooLong: l.long,
	}
	for _, s := range l.samples {
		read.Samples = append(read.Samples, Sample{s.line, s.text})
	}
	return read
}

func (r *run) element(w *watched, c *count, all *Total) Element {
	n, exact := c.consumers.count()
	e := Element{
		Surface: w.Surface, Kind: w.Kind, Name: w.Name, Deprecated: w.State.Deprecated, Stability: w.State.Stability.String(),
		Sunset: sunsetText(w.State.Sunset), Replacement: w.State.Replacement, Location: w.Location,
		Statuses:  Statuses{c.calls, c.client, c.server},
		Consumers: n, Exact: exact, AfterSunset: c.late, First: moment(c.window.first), Last: moment(c.window.last),
	}
	if all.Calls > 0 {
		e.Share = float64(c.calls) / float64(all.Calls)
	}
	if all.Consumers > 0 {
		// Both may be estimates.
		e.ConsumerShare = min(float64(n)/float64(all.Consumers), 1)
	}
	for _, id := range c.consumers.ids() {
		who := c.consumers.kept[id]
		e.Top = append(e.Top, Caller{who.label, who.calls, moment(who.window.first), moment(who.window.last)})
	}
	slices.SortStableFunc(e.Top, func(a, b Caller) int {
		if a.Calls != b.Calls {
			return int(min(max(b.Calls-a.Calls, -1), 1))
		}
		if a.Consumer < b.Consumer {
			return -1
		}
		return 1
	})
	e.Top = e.Top[:min(len(e.Top), r.opts.Top)]
	return e
}

func sunsetText(m lifecycle.Moment) string {
	switch {
	case m.Date.IsZero():
		return m.Release
	case m.Release == "":
		return m.Date.Format(time.DateOnly)
	}
	return fmt.Sprintf("%s (%s)", m.Release, m.Date.Format(time.DateOnly))
}

func day(t *time.Time) string { return t.Format("2 Jan 2006") }
