package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/schedule"
)

// Engine sends one plan, once.
type Engine struct {
	plan     *perf.Plan
	o        Options
	schedule *schedule.Schedule
	cut      cut
	digest   string
	planned  []uint64
	notice   string
	workers  uint64 // 0 for no bound
	dialer   *dialer
	sender   *sender
	pacer    *pacer
	began    atomic.Bool
	stop     chan struct{} // closed when nothing more is to be started
	abort    context.CancelFunc

	zero atomic.Pointer[time.Time] // when the schedule begins

	mu        sync.Mutex
	start     time.Time
	latencies latencies
	reason    string
	decided   bool
	failed    error
}

// New prepares a run and sends nothing. An error joins a [*Refused] for all
// that keeps the plan from being sent.
func New(plan *perf.Plan, traffic perf.Traffic, o Options) (*Engine, error) {
	o.fill()
	whole, err := plan.Schedule()
	if err != nil {
		return nil, err
	}
	if err := check(plan, whole, &o); err != nil {
		return nil, err
	}
	e := &Engine{plan: plan, o: o, digest: plan.Digest(), cut: newCut(plan, whole), stop: make(chan struct{})}
	if e.schedule, err = whole.Shard(o.Shard.Index, o.Shard.Of); err != nil {
		return nil, &Refused{Problem: err.Error()}
	}
	timeout := orDefault(plan.Timeout, defaultTimeout)
	if e.workers, e.notice, err = workers(plan, whole, timeout.Seconds(), &o); err != nil {
		return nil, err
	}
	e.dialer = newDialer(&o)
	e.pacer = newPacer(e.schedule, e.now, e.stop)
	e.sender = newSender(plan, traffic, e.schedule, e.cut)
	s := e.sender
	s.timeout, s.agent, s.crowd.most = timeout, []string{o.Engine}, int64(min(e.workers, 1<<62))
	s.now, s.slots.now, s.intended, s.fail = e.now, e.now, e.pacer.intended, e.fail
	s.wire = o.Transport
	if s.wire == nil {
		s.wire = newTransport(&o, e.dialer)
	}
	e.planned = s.count()
	return e, nil
}

func newSender(plan *perf.Plan, traffic perf.Traffic, s *schedule.Schedule, c cut) *sender {
	sender := &sender{
		plan: plan, traffic: traffic, schedule: s, mix: perf.NewMix(plan), cut: c,
		timeout: orDefault(plan.Timeout, defaultTimeout), catchUp: orDefault(plan.CatchUp, defaultCatchUp),
		settling: newSettling(c, s),
	}
	names := &classNames{}
	for i := range plan.Operations {
		sender.accounts = append(sender.accounts, newAccount(&plan.Operations[i], c.n, names))
	}
	return sender
}

// Notice says what the user should know before the start, "" for nothing: that
// the machine bounds the requests under way below what the plan could need.
func (e *Engine) Notice() string { return e.notice }

// Run sends the plan and returns what was measured when all of it was sent, or
// when the run was ended early: by Stop, by the end of ctx, or by Decide. Then
// the result says so, and it is no error.
//
// An error that is a [*Unreachable] comes with a result in which nothing was
// sent; one of the Traffic or of the Journal with what was measured before.
func (e *Engine) Run(ctx context.Context) (*perf.Result, error) {
	if e.began.Swap(true) {
		return nil, errors.New("an engine runs once")
	}
	wire, abort := context.WithCancel(context.WithoutCancel(ctx))
	defer abort()
	e.abort, e.sender.slots.run = abort, wire
	e.setStart(time.Now())
	if e.o.Transport == nil {
		if err := probe(ctx, e.plan, e.dialer, &e.o); err != nil {
			return e.unstarted(err)
		}
		if t, ok := e.sender.wire.(*http.Transport); ok {
			defer t.CloseIdleConnections()
		}
	}
	now := time.Now()
	e.setStart(now.Add(max(e.o.Start.Sub(now), 0))) // by the monotonic clock
	stop := context.AfterFunc(ctx, func() { e.Stop("interrupted") })
	defer stop()
	e.attack()
	return e.finish()
}

// unstarted makes the result of a run that found no server.
func (e *Engine) unstarted(err error) (*perf.Result, error) {
	var refused *Refused
	if errors.As(err, &refused) {
		return nil, err
	}
	r := e.result(0)
	r.Incomplete = "the run did not start"
	var at *Unreachable
	if errors.As(err, &at) {
		r.Trouble = append(r.Trouble, at.Error())
	}
	return r, err
}

// attack lets vegeta's workers send, and watches them, until all is sent.
func (e *Engine) attack() {
	const first = 16 // workers at the start; vegeta adds what is needed
	options := []func(*vegeta.Attacker){
		vegeta.Client(&http.Client{Transport: e.sender}), vegeta.Workers(first),
	}
	if e.workers > 0 {
		options = append(options, vegeta.MaxWorkers(e.workers))
	}
	attacker := vegeta.NewAttacker(options...)
	results := attacker.Attack(blank, e.pacer, 0, "")
	done := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() { e.watch(done) })
	watching.Go(func() {
		select {
		case <-e.stop:
			attacker.Stop()
		case <-done:
		}
	})
	for range results {
		continue // vegeta waits until each is taken; the sender has counted it
	}
	close(done)
	watching.Wait()
}

// blank is the target of every number: the sender finds out what it is.
func blank(t *vegeta.Target) error {
	t.Method, t.URL = http.MethodGet, "http://plumb"
	return nil
}

// finish makes the result of a run that has ended.
func (e *Engine) finish() (*perf.Result, error) {
	stopped := e.sender.phase.Load() != running
	if stopped {
		for seq, end := e.pacer.handed, e.schedule.Count(time.Duration(e.sender.stopped.Load())); seq < end; seq++ {
			e.sender.leave(seq, e.sender.crowd.freed(e.schedule.Intended(seq)))
		}
	}
	r := e.result(e.cut.n)
	r.Elapsed = r.Planned
	if stopped {
		r.Elapsed = e.judged(time.Duration(e.sender.stopped.Load()))
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return r, e.failed
}

// Stop ends the run before its plan, for a reason that the result keeps, such
// as "interrupted". Nothing more is sent from then on; what is under way has
// three quarters of a second to end.
func (e *Engine) Stop(reason string) {
	if e.end(halting, reason) {
		const grace = 750 * time.Millisecond
		time.AfterFunc(grace, e.abort)
	}
}

// end begins a phase that ends the run; the first one stays.
func (e *Engine) end(phase int32, reason string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.began.Load() || e.sender.phase.Load() != running {
		return false
	}
	if phase == draining {
		e.decided = true
	} else {
		e.reason = reason
	}
	e.sender.stopped.Store(int64(e.now()))
	e.sender.phase.Store(phase)
	close(e.stop)
	return true
}

// fail ends the run for an error, the first of which is returned.
func (e *Engine) fail(err error) {
	e.mu.Lock()
	if e.failed == nil {
		e.failed = err
	}
	e.mu.Unlock()
	e.Stop(fmt.Sprintf("stopped by an error: %v", err))
}

func (e *Engine) setStart(at time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.start, e.latencies = at, newLatencies()
	e.zero.Store(&at)
}

// now is the time since the schedule began.
func (e *Engine) now() time.Duration {
	if at := e.zero.Load(); at != nil {
		return time.Since(*at)
	}
	return 0
}
