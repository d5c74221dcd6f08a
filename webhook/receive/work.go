package receive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
)

// maxNap is how long the dispatcher sleeps at most: another process may have
// left something in the store.
const maxNap = 5 * time.Second

// dispatch hands what is due to workers, until the receiver is closed, and with
// a store that ends with the process until nothing waits.
func (r *Receiver) dispatch() {
	defer close(r.drained)
	nap := time.NewTimer(maxNap)
	defer nap.Stop()
	for {
		if r.isClosing() && r.isDrained() {
			return
		}
		free := r.acquire()
		if free == 0 || r.isClosing() && r.isDrained() {
			return
		}
		now := r.o.Now()
		items, next, err := r.o.Store.Take(r.base, now, now.Add(r.o.Lease), free)
		for range free - len(items) {
			<-r.slots
		}
		for _, it := range items {
			r.running.Add(1)
			go r.work(it)
		}
		wait := maxNap
		switch {
		case len(items) > 0:
			continue
		case err != nil:
			r.o.Log.Error("webhooks are not taken from the store", "type", typeOf(err))
			wait = time.Second
		case !next.IsZero():
			wait = min(max(next.Sub(now), 0), maxNap)
		}
		nap.Reset(wait)
		select {
		case <-r.added:
		case <-nap.C:
		case <-r.closingOnce():
		}
	}
}

// closingOnce is ready when the receiver is closed, but only with a store that
// needs no draining: a drain wakes with every delivery that ends.
func (r *Receiver) closingOnce() <-chan struct{} {
	if r.isClosing() {
		return nil
	}
	return r.closing
}

func (r *Receiver) isClosing() bool {
	select {
	case <-r.closing:
		return true
	default:
		return false
	}
}

// isDrained reports whether the dispatcher of a closed receiver may end.
func (r *Receiver) isDrained() bool {
	if r.o.Store.Durable() || r.base.Err() != nil {
		return true
	}
	waiting, _, err := r.o.Store.Count(r.base)
	return waiting == 0 || err != nil
}

// acquire waits for a free worker and returns how many are; 0 where there is
// nothing more to do.
func (r *Receiver) acquire() int {
	select {
	case r.slots <- struct{}{}:
	case <-r.base.Done():
		return 0
	}
	for n := 1; ; n++ {
		select {
		case r.slots <- struct{}{}:
		default:
			return n
		}
	}
}

// wake tells the dispatcher that something may be due.
func (r *Receiver) wake() {
	select {
	case r.added <- struct{}{}:
	default:
	}
}

// work hands one delivery to the handler and settles it.
func (r *Receiver) work(it *Item) {
	defer r.running.Done()
	defer func() {
		<-r.slots
		if r.isClosing() {
			r.wake() // it may have been the last
		}
	}()
	start := r.o.Now()
	if it.Delivery.Attempt >= r.o.Attempts {
		// It has been handed out before and never settled: whatever handles it
		// ends the process, or hangs.
		r.settle(it, Settlement{Buried, start, "no attempt has come to an end"}, Died, start)
		return
	}
	ctx, cancel := context.WithCancelCause(context.WithValue(r.base, itemKey{}, it))
	r.held.add(it, cancel)
	defer cancel(nil)
	defer r.held.remove(it) // also where the handler ends its goroutine
	err := r.serve(ctx, it.Delivery)
	r.held.remove(it)
	cause := context.Cause(ctx)
	now := r.o.Now()
	failed := it.Delivery.Attempt + 1
	switch {
	case err == nil:
		r.settle(it, Settlement{State: Handled, At: now.Add(r.o.Remember)}, Done, start)
	case errors.Is(cause, ErrLost):
		r.report(it.Delivery, "webhook was taken by somebody else while it was handled", slog.LevelWarn, err)
		r.count(Observation{Outcome: Lost, Delivery: it.Delivery, Took: now.Sub(start)})
	case errors.Is(cause, errClosing):
		r.settle(it, Settlement{State: GivenBack, At: now, Cause: err.Error()}, Interrupted, start)
	case failed >= r.o.Attempts || isPermanent(err):
		r.report(it.Delivery, "webhook is a dead letter", slog.LevelError, err)
		r.settle(it, Settlement{Buried, now, err.Error()}, Died, start)
	default:
		r.report(it.Delivery, "webhook will be tried again", slog.LevelWarn, err)
		r.settle(it, Settlement{Again, now.Add(r.o.Backoff(failed)), err.Error()}, Failed, start)
	}
}

// settle tells the store what has become of a delivery, also while the
// receiver is being closed.
func (r *Receiver) settle(it *Item, s Settlement, outcome Outcome, start time.Time) {
	if err := r.o.Store.Settle(context.WithoutCancel(r.base), it, s); err != nil {
		outcome = StoreFailed
		if errors.Is(err, ErrLost) {
			outcome = Lost
		}
		r.report(it.Delivery, "what became of a webhook is not kept", slog.LevelError, err)
	}
	if s.State == Again || s.State == GivenBack {
		r.wake()
	}
	r.count(Observation{Outcome: outcome, Delivery: it.Delivery, Took: r.o.Now().Sub(start)})
}

// serve calls the handler; a panic is an error.
func (r *Receiver) serve(ctx context.Context, d *hook.Delivery) (err error) {
	defer func() {
		if p := recover(); p != nil {
			// The value may hold what the body held; the stack does not.
			err = fmt.Errorf("the handler panicked with a %T", p)
			r.counts[Panicked].Add(1)
			r.o.Log.Error("webhook handler panicked", append(names(d), "value", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))...)
		}
	}()
	if r.o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, r.o.Timeout)
		defer cancel()
	}
	return r.handler.Serve(ctx, d)
}

type itemKey struct{}

// ItemOf returns the delivery that is being handled, as its store has handed
// it out, from the context of the handler; nil elsewhere. Stores use it to end
// a delivery together with its effect.
func ItemOf(ctx context.Context) *Item {
	it, _ := ctx.Value(itemKey{}).(*Item)
	return it
}

// held are the deliveries that are being handled.
type held struct {
	mu    sync.Mutex
	items map[*Item]context.CancelCauseFunc
}

func (h *held) add(it *Item, cancel context.CancelCauseFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.items[it] = cancel
}

func (h *held) remove(it *Item) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.items, it)
}

// list returns what is held now.
func (h *held) list() map[*Item]context.CancelCauseFunc {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := make(map[*Item]context.CancelCauseFunc, len(h.items))
	for it, cancel := range h.items {
		c[it] = cancel
	}
	return c
}

// keepLeases prolongs the hold on what is being handled, three times a lease.
func (r *Receiver) keepLeases() {
	if !r.o.Store.Durable() {
		return // nobody else could take it
	}
	tick := time.NewTicker(max(r.o.Lease/3, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-r.base.Done():
			return
		}
		for it, cancel := range r.held.list() {
			err := r.o.Store.Settle(r.base, it, Settlement{State: Held, At: r.o.Now().Add(r.o.Lease)})
			if errors.Is(err, ErrLost) {
				r.held.lose(it, cancel)
			}
		}
	}
}

// lose cancels the handler of a delivery that somebody else has, unless it has
// ended meanwhile.
func (h *held) lose(it *Item, cancel context.CancelCauseFunc) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.items[it]; ok {
		cancel(ErrLost)
	}
}
