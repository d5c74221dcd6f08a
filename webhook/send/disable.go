package send

import (
	"context"
	"fmt"
	"time"
)

// Disable says when an endpoint that keeps failing gets nothing more, until it
// is enabled again. An answer of 410 disables it at once, whatever this says.
type Disable struct {
	// After is for how long everything must have failed, 5 days where it is 0;
	// negative means that time disables nothing.
	After time.Duration
	// Failures is how many attempts in a row must have failed; 0 means that
	// their number disables nothing.
	Failures int
}

// Why an endpoint has been disabled.
const (
	ReasonGone    = "gone"    // it answered 410
	ReasonFailing = "failing" // it failed too long, or too often
)

func (d Disable) complete() Disable {
	orDefault(&d.After, 5*24*time.Hour)
	return d
}

// reason says why an endpoint is to be disabled after an attempt, "" if not.
func (d Disable) reason(a Attempt, h Health) string {
	switch {
	case a.Class == ClassGone:
		return ReasonGone
	case a.Class == OK:
		return ""
	case d.Failures > 0 && h.Failures >= d.Failures:
		return ReasonFailing
	case d.After > 0 && h.Failures > 1 && a.Start.Sub(h.Since) >= d.After:
		return ReasonFailing
	}
	return ""
}

// disable disables an endpoint where that is due after an attempt.
func (s *Sender) disable(a Attempt, h Health) {
	reason := s.options.Disable.reason(a, h)
	disabled := reason != "" && h.Disabled.IsZero()
	if disabled {
		h.Disabled, h.Reason = a.Start.Add(a.Duration), reason
		s.record(func(ctx context.Context) error { return s.outbox.SetHealth(ctx, h) })
		s.log.Warn("the endpoint is disabled", "endpoint", h.Endpoint, "reason", reason, "failures", h.Failures)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	// An attempt that was recorded before another disabled the endpoint knows
	// nothing of that; only Enable takes it back.
	if l := s.lane(h.Endpoint); l != nil && (l.health.Disabled.IsZero() || !h.Disabled.IsZero()) {
		l.health = h
	}
}

// Health says how the endpoints are that something was delivered to, sorted by
// id.
func (s *Sender) Health(ctx context.Context) ([]Health, error) {
	list, err := s.outbox.Health(ctx)
	if err != nil {
		return nil, fmt.Errorf("read how the endpoints are: %w", err)
	}
	return list, nil
}

// Enable makes an endpoint that was disabled for its answers get deliveries
// again. What it missed are dead letters, which Replay sends.
func (s *Sender) Enable(ctx context.Context, endpoint string) error {
	s.mu.Lock()
	l := s.lane(endpoint)
	s.mu.Unlock()
	if l == nil {
		return fmt.Errorf("enable: there is no endpoint %q", endpoint)
	}
	h := Health{Endpoint: endpoint}
	if err := s.outbox.SetHealth(ctx, h); err != nil {
		return fmt.Errorf("enable endpoint %q: %w", endpoint, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if l = s.lane(endpoint); l != nil {
		l.health = h
		l.paused, l.pauses, l.next = time.Time{}, 0, time.Time{}
	}
	s.nudge()
	return nil
}
