package live

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// refused counts an answer that asks to wait, where waiting was of no use.
func (a *asker) refused(side Side) error {
	var err error
	a.note(side, func(s *sideState) {
		if s.refusals++; s.refusals >= maxRefusals {
			err = &refusedError{side}
		}
	})
	return err
}

// retryAfter reads how long a server asks to wait.
func (a *asker) retryAfter(r *reply) (wait time.Duration, asks bool) {
	if r.status != http.StatusTooManyRequests && r.status != http.StatusServiceUnavailable {
		return 0, false
	}
	text := strings.TrimSpace(r.header.Get("Retry-After"))
	if text == "" {
		return 0, false
	}
	if n, err := strconv.ParseUint(text, 10, 31); err == nil {
		return time.Duration(n) * time.Second, true
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	if a.opts.Clock.Now == nil {
		return a.maxWait(), true
	}
	return max(at.Sub(a.opts.Clock.Now()), 0), true
}

func (a *asker) maxWait() time.Duration {
	if a.opts.MaxWait > 0 {
		return a.opts.MaxWait
	}
	return DefaultMaxWait
}

// pace counts a request and waits until it may be sent.
func (a *asker) pace(ctx context.Context) error {
	budget, rate := a.opts.Budget, a.opts.Rate
	if budget <= 0 {
		budget = DefaultBudget
	}
	if rate <= 0 {
		rate = DefaultRate
	}
	gap := time.Duration(float64(time.Second) / rate)
	if err := ctx.Err(); err != nil {
		return err
	}
	a.mu.Lock()
	if a.sent >= budget {
		a.mu.Unlock()
		return errBudget
	}
	a.sent++
	pause := gap
	if now := a.opts.Clock.Now; now != nil {
		at := now()
		if a.next.Before(at) {
			a.next = at
		}
		pause = a.next.Sub(at)
		a.next = a.next.Add(gap)
	} else if a.sent == 1 {
		pause = 0
	}
	a.mu.Unlock()
	return a.wait(ctx, pause)
}

func (a *asker) wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil || d <= 0 {
		return err
	}
	if wait := a.opts.Clock.Wait; wait != nil {
		return wait(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
