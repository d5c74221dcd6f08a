package load

import (
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/histogram"
	"github.com/plumbapi/plumb/perf/schedule"
)

// sender turns the numbers that vegeta counts into requests. To vegeta it is a
// transport that answers at once and with nothing; the requests that count go
// through its own.
type sender struct {
	plan     *perf.Plan
	traffic  perf.Traffic
	schedule *schedule.Schedule
	mix      *perf.Mix
	cut      cut
	wire     http.RoundTripper
	agent    []string // what User-Agent says
	timeout  time.Duration
	catchUp  time.Duration
	now      func() time.Duration
	intended func(seq uint64) time.Duration
	fail     func(error) // ends the run

	slots    slots
	crowd    crowd
	accounts []*account
	settling *settling
	lag      [16]striped
	phase    atomic.Int32
	stopped  atomic.Int64 // when the phase changed
}

// The phases of a run.
const (
	running  int32 = iota
	draining       // nothing more is started; what has begun goes on to its end
	halting        // nothing more is sent
)

// striped is a part of the lags, so that senders seldom wait for one another.
type striped struct {
	mu sync.Mutex
	h  histogram.Histogram
	_  [64]byte
}

// answered is what vegeta sees of every request.
var answered = &http.Response{
	Status: "204 No Content", StatusCode: http.StatusNoContent, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody,
}

// RoundTrip sends the request with the number that vegeta gave.
func (s *sender) RoundTrip(r *http.Request) (*http.Response, error) {
	seq, err := strconv.ParseUint(r.Header["X-Vegeta-Seq"][0], 10, 64)
	if err != nil {
		return nil, err
	}
	s.hit(seq)
	return answered, nil
}

// hit does all that belongs to one number: a request, or a session.
func (s *sender) hit(seq uint64) {
	due := s.intended(seq)
	slice, judged := s.cut.at(due)
	if !judged {
		slice = -1
	}
	number := s.schedule.Number(seq)
	operation, session := s.mix.At(number)
	defer func() {
		if p := recover(); p != nil {
			s.fail(fmt.Errorf("request %d, %s: %v\n%s", number, s.plan.Operations[operation].Name, p, debug.Stack()))
		}
	}()
	now := s.now()
	waited := s.crowd.freed(due)
	switch {
	case s.phase.Load() != running:
		s.leave(seq, waited)
	case now-due > s.catchUp:
		s.skip(slice, operation, session, 0, why(waited))
	default:
		s.crowd.enter()
		l := s.slots.get()
		l.request.Seq, l.request.Operation, l.request.Session, l.request.Step = number, operation, session, 0
		if session >= 0 && l.request.Kept == nil {
			l.request.Kept = map[string]string{}
		}
		clear(l.request.Kept)
		if session >= 0 {
			l = s.session(l, slice, due, waited)
		} else {
			s.request(l, slice, due, !waited)
		}
		s.slots.put(l)
		s.crowd.leave(s.now())
	}
	if slice >= 0 {
		s.settling.done[slice].Add(1)
	}
}

func why(waited bool) unsent {
	if waited {
		return busy
	}
	return late
}

// leave counts a request that the run stopped before: it is none of those
// that were due, unless it had waited for a worker or for too long.
func (s *sender) leave(seq uint64, waited bool) {
	due := s.intended(seq)
	slice, judged := s.cut.at(due)
	stopped := time.Duration(s.stopped.Load())
	if !judged || due >= stopped || !waited && stopped-due <= s.catchUp {
		return
	}
	operation, session := s.mix.At(s.schedule.Number(seq))
	s.skip(slice, operation, session, 0, why(waited))
}

// skip counts what is not sent from a step on: one request, or the rest of a
// session.
func (s *sender) skip(slice, operation, session, step int, cause unsent) {
	switch {
	case slice < 0:
	case session < 0:
		s.accounts[operation].skip(slice, cause, 1, "")
	default:
		for _, at := range s.plan.Sessions[session].Steps[step:] {
			s.accounts[at.Operation].skip(slice, cause, 1, "")
		}
	}
}

// session sends the steps of one user, and returns the slot that is left.
func (s *sender) session(l *slot, slice int, due time.Duration, waited bool) *slot {
	session := l.request.Session
	steps := s.plan.Sessions[session].Steps
	for step := range steps {
		if step > 0 {
			due = s.now() // the answer before has come
			if s.phase.Load() == halting {
				return l
			}
			if l.spoilt {
				l = s.another(l)
			}
		}
		l.request.Step, l.request.Operation = step, steps[step].Operation
		next := s.request(l, slice, due, step == 0 && !waited)
		if next < 0 && step+1 < len(steps) {
			s.skip(slice, -1, session, step+1, broken)
			return l
		}
	}
	return l
}

// another exchanges a spoilt slot for one with the same session.
func (s *sender) another(l *slot) *slot {
	fresh := s.slots.get()
	r := &l.request
	fresh.request.Seq, fresh.request.Session, fresh.request.Kept = r.Seq, r.Session, r.Kept
	s.slots.put(l) // its header may still be on its way
	return fresh
}

// request makes one request, sends it and counts it. It returns the operation
// of the next step, −1 where there is none.
func (s *sender) request(l *slot, slice int, due time.Duration, punctual bool) (next int) {
	account := s.accounts[l.request.Operation]
	if err := s.traffic.Request(&l.request); err != nil {
		var nothing perf.ErrNothing
		if !errors.As(err, &nothing) {
			s.fail(fmt.Errorf("request %d, %s: %w", l.request.Seq, s.plan.Operations[l.request.Operation].Name, err))
			return -1
		}
		if slice >= 0 {
			account.skip(slice, empty, 1, string(nothing))
		}
		return -1
	}
	o := &l.outcome
	*o = outcome{}
	sent, next := s.exchange(l, o)
	o.response = o.service + sent - due
	if slice < 0 {
		return next
	}
	if punctual {
		at := &s.lag[l.stripe%len(s.lag)]
		at.mu.Lock()
		at.h.Add(sent - due)
		at.mu.Unlock()
	}
	account.add(slice, o)
	return next
}

// exchange sends a request and waits for the whole of its answer.
func (s *sender) exchange(l *slot, o *outcome) (sent time.Duration, next int) {
	if err := l.prepare(s.agent); err != nil {
		o.cause, o.class = perf.Transport, classBadURL
		return s.now(), -1
	}
	sent = s.now()
	l.begin(s.timeout)
	resp, err := s.wire.RoundTrip(l.out)
	if err != nil {
		l.end(false)
		s.given(l, o, sent, err, classNoAnswer)
		return sent, -1
	}
	o.status = resp.StatusCode
	buffer := buffers.Get().(*[]byte) //nolint:errcheck // the pool holds nothing else
	answer := perf.Answer{Status: resp.StatusCode, Header: resp.Header}
	tooLong := false
	if s.traffic.NeedsBody(&l.request) {
		answer.Body, tooLong, err = read(resp.Body, (*buffer)[:cap(*buffer)])
		if cap(answer.Body) > cap(*buffer) && cap(answer.Body) <= longestKept {
			*buffer = answer.Body[:cap(answer.Body)]
		}
	} else {
		err = discard(resp.Body, *buffer)
	}
	end := s.now()
	_ = resp.Body.Close()
	l.end(err == nil && !tooLong)
	next = -1
	switch {
	case err != nil:
		s.given(l, o, sent, err, classHalfAnswer)
	case tooLong:
		o.cause, o.class = perf.Transport, classTooLong
		s.times(l, o, sent, end)
	default:
		o.cause, o.class, next = s.traffic.Answer(&l.request, &answer)
		s.times(l, o, sent, end)
	}
	buffers.Put(buffer)
	return sent, next
}

// given counts a request that was given up.
func (s *sender) given(l *slot, o *outcome, sent time.Duration, err error, timeout string) {
	s.times(l, o, sent, s.now())
	switch {
	case l.expired.Load():
		o.cause, o.class = perf.Timeout, timeout
	case s.slots.run.Err() != nil:
		o.cause, o.class = perf.Timeout, classCutOff
	default:
		o.cause, o.class = perf.Transport, classOf(err)
		if o.class == classNoAnswer {
			o.cause = perf.Timeout
		}
	}
}

func (s *sender) times(l *slot, o *outcome, sent, end time.Duration) {
	o.service, o.first = end-sent, end-sent
	if first := time.Duration(l.first.Load()); first > sent && first < end {
		o.first = first - sent
	}
}

// crowd is how many requests and sessions are under way, and when all workers
// were last in use.
type crowd struct {
	most int64 // workers; 0 for no bound
	in   atomic.Int64
	free atomic.Int64 // when a worker last became free while all were in use, plus one
}

func (c *crowd) enter() { c.in.Add(1) }

func (c *crowd) leave(now time.Duration) {
	if c.in.Add(-1) == c.most-1 {
		c.free.Store(int64(now) + 1)
	}
}

// freed reports whether all workers were in use at a time since a moment, so
// that what was due then may have waited for one.
func (c *crowd) freed(since time.Duration) bool {
	return c.most > 0 && c.free.Load() > int64(since)
}
