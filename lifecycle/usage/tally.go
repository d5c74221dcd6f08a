package usage

import "slices"

// tally is what one worker has counted. Adding up tallies in any order gives
// the same.
type tally struct {
	opts  *Options
	names *names

	elements []count  // by index of the watch
	rest     surface  // requests of operations
	graphql  surface  // GraphQL operations
	logs     []lineup // by index of the logs
	window   span
}

// surface are the calls of one API.
type surface struct {
	statuses
	consumers sketch[struct{}]
	unnamed   int64 // calls without a consumer
	queries   int64 // REST: requests that have a query
	unread    int64 // GraphQL: without text, or with one that is no query
	persisted int64 // GraphQL: a hash instead of a text
	strange   int64 // GraphQL: with names that the schema does not have
}

// statuses counts calls by what was answered.
type statuses struct {
	calls, client, server int64
}

func (s *statuses) add(o *statuses) {
	s.calls += o.calls
	s.client += o.client
	s.server += o.server
}

// count is what is known of one element.
type count struct {
	statuses
	late      int64 // calls on or after the sunset
	window    span
	consumers sketch[caller]
}

// caller is one consumer of an element.
type caller struct {
	label  string
	calls  int64
	window span
}

// lineup are the lines of one log.
type lineup struct {
	format    string
	lines     int64
	requests  int64 // that were read
	foreign   int64 // of them, those that are none of the API
	bad, long int64
	samples   []sample
}

// sample is a line that could not be read, masked.
type sample struct {
	line int64
	text string
}

// maxSamples is how many lines that cannot be read are shown of a log.
const maxSamples = 3

// span is a stretch of time in seconds since 1970. The zero span is empty: no
// log is that old.
type span struct{ first, last int64 }

func (s *span) take(at int64) {
	if at <= 0 {
		return
	}
	if s.first == 0 || at < s.first {
		s.first = at
	}
	s.last = max(s.last, at)
}

func (s *span) merge(o span) {
	s.take(o.first)
	s.take(o.last)
}

func newTally(o *Options, elements, logs int) *tally {
	t := &tally{opts: o, names: newNames(o), elements: make([]count, elements), logs: make([]lineup, logs)}
	for i := range t.elements {
		t.elements[i].consumers = newSketch[caller](o.elementCap(elements))
	}
	t.rest.consumers = newSketch[struct{}](o.Cap)
	t.graphql.consumers = newSketch[struct{}](o.Cap)
	return t
}

// maxCallers bounds the consumers of all elements together.
const maxCallers = 1 << 19

// elementCap is how many consumers are told apart for each of n elements.
func (o *Options) elementCap(n int) int {
	return min(o.Cap, max(maxCallers/max(n, 1), 1024))
}

// call counts a call of a surface.
func (t *tally) call(s *surface, c *call) {
	if !t.status(&s.statuses, c.status) {
		return
	}
	if len(c.consumer) == 0 {
		s.unnamed++
		return
	}
	if id := t.names.identity(c.consumer); s.consumers.keeps(id) {
		if _, ok := s.consumers.kept[id]; !ok {
			s.consumers.put(id, struct{}{})
		}
	}
}

// use counts a call that uses an element. Sunset is when the element was to be
// gone, 0 where nobody said.
func (t *tally) use(element int, c *call, sunset int64) {
	e := &t.elements[element]
	if !t.status(&e.statuses, c.status) {
		return
	}
	e.window.take(c.time)
	if sunset > 0 && c.time >= sunset {
		e.late++
	}
	if len(c.consumer) == 0 {
		return
	}
	id := t.names.identity(c.consumer)
	if !e.consumers.keeps(id) {
		return
	}
	who, ok := e.consumers.kept[id]
	if !ok {
		who.label = t.names.label(c.consumer, c.secret)
	}
	who.calls++
	who.window.take(c.time)
	e.consumers.put(id, who)
}

// status counts an answer, and reports whether the call counts.
func (t *tally) status(s *statuses, code int) bool {
	switch code / 100 {
	case 4:
		s.client++
	case 5:
		s.server++
	default:
		s.calls++
		return true
	}
	if t.opts.Successful {
		return false
	}
	s.calls++
	return true
}

// merge adds another tally.
func (t *tally) merge(o *tally) {
	for i := range t.elements {
		a, b := &t.elements[i], &o.elements[i]
		a.add(&b.statuses)
		a.late += b.late
		a.window.merge(b.window)
		a.consumers.merge(&b.consumers, func(x, y caller) caller {
			x.calls += y.calls
			x.window.merge(y.window)
			return x
		})
	}
	t.rest.merge(&o.rest)
	t.graphql.merge(&o.graphql)
	for i := range t.logs {
		t.logs[i].merge(&o.logs[i])
	}
	t.window.merge(o.window)
}

func (s *surface) merge(o *surface) {
	s.add(&o.statuses)
	s.unnamed += o.unnamed
	s.queries += o.queries
	s.unread += o.unread
	s.persisted += o.persisted
	s.strange += o.strange
	s.consumers.merge(&o.consumers, func(a, _ struct{}) struct{} { return a })
}

func (l *lineup) merge(o *lineup) {
	if l.format == "" {
		l.format = o.format
	}
	l.lines += o.lines
	l.requests += o.requests
	l.foreign += o.foreign
	l.bad += o.bad
	l.long += o.long
	for _, s := range o.samples {
		l.sample(s)
	}
}

// sample keeps the first lines that could not be read.
func (l *lineup) sample(s sample) {
	i, _ := slices.BinarySearchFunc(l.samples, s.line, func(a sample, line int64) int { return int(a.line - line) })
	if i >= maxSamples {
		return
	}
	l.samples = slices.Insert(l.samples, i, s)
	l.samples = l.samples[:min(len(l.samples), maxSamples)]
}
