package send

import (
	"context"
	"log/slog"
	"time"
)

// poll is how often an endpoint is looked after though nothing is known to be
// due: another process may have put something into the same outbox.
const poll = time.Minute

// pruning is how often old messages are removed.
const pruning = time.Hour

// dispatch hands what is due to workers until the Sender is closed.
func (s *Sender) dispatch() {
	defer close(s.stopped)
	timer := time.NewTimer(0)
	defer timer.Stop()
	var prune time.Time
	for {
		now := s.options.Now()
		if !now.Before(prune) {
			s.prune(now)
			prune = now.Add(pruning)
		}
		l, n, wait := s.pick(now)
		if l != nil {
			s.claim(l, n, now)
			select {
			case <-s.stop:
				return
			default:
				continue
			}
		}
		timer.Reset(min(wait, max(prune.Sub(now), 0)))
		select {
		case <-s.wake:
		case <-timer.C:
		case <-s.stop:
			return
		}
	}
}

// pick returns the next endpoint, by turns, that may have something due and
// how many attempts it may have; or nil, and how long nothing will be.
func (s *Sender) pick(now time.Time) (*lane, int, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait := poll
	free := s.options.Workers - s.busy
	if free <= 0 {
		return nil, 0, wait
	}
	for i := range s.lanes {
		turn := (s.turn + i) % len(s.lanes)
		l := s.lanes[turn]
		n := min(free, int(l.allowed)-l.busy)
		if n <= 0 || !l.serves() {
			continue
		}
		at := l.next
		if l.paused.After(at) {
			at = l.paused
		}
		if at.After(now) {
			wait = min(wait, at.Sub(now))
			continue
		}
		s.turn = turn + 1
		return l, n, 0
	}
	return nil, 0, wait
}

// claim takes up to n deliveries of an endpoint and starts their attempts.
func (s *Sender) claim(l *lane, n int, now time.Time) {
	s.mu.Lock()
	l.next = now.Add(poll)
	s.mu.Unlock()
	claimed, next, err := s.outbox.Claim(s.attempting, Claim{
		Endpoint: l.endpoint.ID, Now: now, Until: now.Add(s.lease()), Max: n, Ordered: l.endpoint.Ordered,
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.log.Error("the outbox cannot be read", "endpoint", l.endpoint.ID, "error", err)
		l.next = now.Add(troubleWait)
		return
	}
	if !next.IsZero() && next.Before(l.next) {
		// Send may have said meanwhile that something is due before.
		l.next = next
	}
	for _, d := range claimed {
		l.busy++
		s.busy++
		s.workers.Add(1)
		go s.work(l, d)
	}
}

// troubleWait is how long the outbox is left alone when it is in trouble.
const troubleWait = time.Second

// lease is how long a claim lasts: an attempt, and time to record it. After a
// crash, what was under way is due again when it ends.
func (s *Sender) lease() time.Duration { return s.options.Timeout + 20*time.Second }

// work makes an attempt and records it.
func (s *Sender) work(l *lane, d Delivery) {
	defer s.workers.Done()
	a := s.post(s.attempting, l, d)
	var health Health
	if a.Class != OK && s.attempting.Err() != nil {
		// It was cut off by Close, which says nothing of the endpoint.
		d.Due = s.options.Now()
		s.record(func(ctx context.Context) error { return s.outbox.Release(ctx, d) })
	} else {
		d = s.judge(a, d)
		s.record(func(ctx context.Context) (err error) { health, err = s.outbox.Record(ctx, a, d); return err })
		if s.options.Observe != nil {
			s.options.Observe(a)
		}
		s.tell(a, d)
	}
	s.finish(l, a, d, health)
}

// judge says what an attempt makes of its delivery.
func (s *Sender) judge(a Attempt, d Delivery) Delivery {
	now := a.Start.Add(a.Duration)
	d.Attempts, d.Status, d.Class = a.Number, a.Status, a.Class
	if a.Class == OK {
		d.State, d.Finished, d.Due = Delivered, now, time.Time{}
		return d
	}
	wait, again := s.options.Retry.wait(d.Attempts, a.RetryAfter, s.options.Random())
	if !again || a.Class == ClassGone {
		d.State, d.Finished, d.Due = Dead, now, time.Time{}
		return d
	}
	d.Due = now.Add(wait)
	return d
}

// record makes a change of the outbox, and tries again where it is in trouble,
// but not for ever: what is not recorded is attempted again.
func (s *Sender) record(change func(context.Context) error) {
	const tries = 5
	for i := range tries {
		err := change(context.WithoutCancel(s.attempting))
		if err == nil {
			return
		}
		s.log.Error("the outbox cannot be written", "error", err)
		if i == tries-1 {
			return
		}
		select {
		case <-time.After(troubleWait):
		case <-s.attempting.Done():
			return
		}
	}
}

// finish gives the worker back, and draws what is to be drawn from an attempt
// for those that come after it.
func (s *Sender) finish(l *lane, a Attempt, d Delivery, health Health) {
	if health.Endpoint != "" {
		s.disable(a, health)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l.busy--
	s.busy--
	if health.Endpoint != "" {
		l.adapt(a, s.options.Retry.MaxRetryAfter)
	}
	next := d.Due
	if d.State != Pending {
		// Where order counts, the one behind it may go now.
		next = a.Start.Add(a.Duration)
	}
	if next.Before(l.next) && (d.State == Pending || l.endpoint.Ordered) {
		l.next = next
	}
	close(s.moved)
	s.moved = make(chan struct{})
	s.nudge()
}

// adapt makes an endpoint that asks to be spared get less: half as much at one
// time, after a pause that doubles from a second to a minute, or is what the
// answer asks for. Every four successes give it one more.
func (l *lane) adapt(a Attempt, most time.Duration) {
	throttled := a.Class == ClassThrottled || (a.RetryAfter > 0 && a.Status == 503)
	switch {
	case throttled:
		l.allowed = max(l.allowed/2, 1)
		pause := time.Second << min(l.pauses, 6)
		l.pauses++
		until := a.Start.Add(a.Duration).Add(max(min(pause, time.Minute), min(a.RetryAfter, most)))
		if until.After(l.paused) {
			l.paused = until
		}
	case a.Class == OK:
		l.pauses = 0
		l.allowed = min(l.allowed+0.25, float64(l.endpoint.Concurrency))
	}
}

// due says that endpoints have something to be delivered.
func (s *Sender) due(endpoints []string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range endpoints {
		if l := s.lane(id); l != nil && now.Before(l.next) {
			l.next = now
		}
	}
	s.nudge()
}

// nudge wakes the dispatcher.
func (s *Sender) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// prune removes what is old.
func (s *Sender) prune(now time.Time) {
	n, err := s.outbox.Prune(s.attempting, now.Add(-s.options.Keep))
	if err != nil {
		s.log.Error("the outbox cannot be pruned", "error", err)
		return
	}
	if n > 0 {
		s.log.Info("old messages were removed", "messages", n)
	}
}

// tell logs what people should know of.
func (s *Sender) tell(a Attempt, d Delivery) {
	level := slog.LevelDebug
	if d.State == Dead {
		level = slog.LevelWarn
	}
	s.log.Log(context.Background(), level, "attempt", "message", a.Message, "endpoint", a.Endpoint, "attempt", a.Number,
		"state", d.State.String(), "class", string(a.Class), "detail", a.Detail, "status", a.Status, "duration", a.Duration)
}
