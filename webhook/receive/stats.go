package receive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
)

// Outcome is how a request or an attempt has ended.
type Outcome uint8

// The outcomes of requests, then those of attempts to handle a delivery.
const (
	Accepted Outcome = iota
	Duplicate
	Handshake
	BadMethod
	BadType
	TooLarge
	Unreadable
	Unsigned
	NotJSON
	Full
	StoreFailed
	Closed
	NotSetUp

	Done
	Failed      // it is tried again
	Died        // it is a dead letter
	Interrupted // the receiver was closed; it is handled after the next New
	Lost        // somebody else has taken it
	Panicked    // counted beside Failed or Died
	outcomes
)

var outcomeNames = [outcomes]string{
	"accepted", "duplicate", "handshake", "bad_method", "bad_type", "too_large", "unreadable", "unsigned", "not_json", "full",
	"store_failed", "closed", "not_set_up", "done", "failed", "died", "interrupted", "lost", "panicked",
}

// String returns the outcome in one word, fit for a label of a metric.
func (o Outcome) String() string {
	if o < outcomes {
		return outcomeNames[o]
	}
	return fmt.Sprintf("Outcome(%d)", o)
}

// Observation is one request or one attempt, for metrics.
type Observation struct {
	Outcome Outcome
	// Delivery is what it was about, nil where it came to none. It must not be
	// changed.
	Delivery *hook.Delivery
	// Took is how long the request or the attempt took.
	Took time.Duration
}

// Stat is a number that a receiver counts.
type Stat struct {
	Name  string `json:"name"`
	Value uint64 `json:"value"`
}

// Stats returns how often each outcome has been since New, in a fixed order,
// and at the end how many deliveries are "waiting", being handled included, and
// how many are "dead". It asks the store.
func (r *Receiver) Stats(ctx context.Context) ([]Stat, error) {
	stats := make([]Stat, 0, outcomes+2)
	for o := range outcomes {
		stats = append(stats, Stat{o.String(), r.counts[o].Load()})
	}
	waiting, dead, err := r.o.Store.Count(ctx)
	stats = append(stats, Stat{"waiting", uint64(max(waiting, 0))}, Stat{"dead", uint64(max(dead, 0))})
	return stats, err
}

func (r *Receiver) count(o Observation) {
	r.counts[o.Outcome].Add(1)
	if r.o.Observe != nil {
		r.o.Observe(o)
	}
}

// report logs what has become of a delivery. The text of an error may hold
// what the body held, so that only its type is logged.
func (r *Receiver) report(d *hook.Delivery, what string, level slog.Level, err error) {
	r.o.Log.Log(context.Background(), level, what, append(names(d), "type", typeOf(err))...)
}

// names returns what a log may hold of a delivery.
func names(d *hook.Delivery) []any {
	return []any{"id", clip(d.ID), "event", clip(d.Event), "action", clip(d.Action), "attempt", d.Attempt + 1}
}

// clip shortens a name that a sender has chosen.
func clip(s string) string {
	const most = 100
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// typeOf returns the type of the error within all that wraps it, which says as
// much as can be said without its text.
func typeOf(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return fmt.Sprintf("%T", err)
		}
		err = inner
	}
}
