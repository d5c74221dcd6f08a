package hook

import (
	"context"
	"fmt"
	"sync"
)

// Mux hands deliveries to the handlers for their events. It decodes a payload
// only where a handler takes it decoded, and is safe for concurrent use.
type Mux struct {
	mu      sync.RWMutex
	typed   map[[2]string][]handler
	event   map[string][]func(context.Context, *Delivery) error
	unknown func(context.Context, *Delivery) error
	drift   func(context.Context, *Delivery, []Drift) error
}

type handler func(ctx context.Context, m *Mux, d *Delivery) error

// NewMux returns a Mux without handlers.
func NewMux() *Mux {
	return &Mux{typed: map[[2]string][]handler{}, event: map[string][]func(context.Context, *Delivery) error{}}
}

// Handle adds a handler for one event and action; the action is "" where the
// event has none, or is one type whatever its action: the handler then gets the
// actions that no other is for. P is a pointer to a generated type of an event;
// one compiled function serves all of them.
//
//go:noinline
func Handle[P interface{ HookNew() any }](m *Mux, event, action string, f func(context.Context, *Delivery, P) error) {
	m.add(event, action, func(ctx context.Context, m *Mux, d *Delivery) error {
		var none P
		fresh := none.HookNew()
		if err := m.decode(ctx, d, fresh); err != nil {
			return err
		}
		p, ok := fresh.(P)
		if !ok {
			return fmt.Errorf("handle %s: HookNew of %T returns a %T", event, none, fresh)
		}
		return f(ctx, d, p)
	})
}

func (m *Mux) add(event, action string, h handler) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := [2]string{event, action}
	m.typed[key] = append(m.typed[key], h)
}

// HandleEvent adds a handler for every action of an event, known or not. It
// gets the delivery as it came.
func (m *Mux) HandleEvent(event string, f func(context.Context, *Delivery) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.event[event] = append(m.event[event], f)
}

// OnUnknown sets the handler for deliveries that no other handler is for.
func (m *Mux) OnUnknown(f func(context.Context, *Delivery) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.unknown = f
}

// OnDrift sets what is told of payloads that are not as described, before their
// handler is called. Where it returns an error the handler is not called:
// [Strict] always does, and what only reports returns nil.
func (m *Mux) OnDrift(f func(context.Context, *Delivery, []Drift) error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.drift = f
}

// Handles reports whether there is a handler for an event and action, other
// than the one for what is unknown.
func (m *Mux) Handles(event, action string) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return len(m.find(event, action)) > 0 || len(m.event[event]) > 0
}

// find returns the handlers of an event and action; where that has none, those
// of the event without an action, for events that are one type whatever their
// action.
func (m *Mux) find(event, action string) []handler {
	if typed := m.typed[[2]string{event, action}]; len(typed) > 0 {
		return typed
	}
	return m.typed[[2]string{event, ""}]
}

// Serve calls the handlers of a delivery: those for its event and action, then
// those for its event, each in the order in which they were added, until one
// returns an error, which it returns. A delivery without a handler is no error.
// Where the body is no JSON the error is a *[SyntaxError].
func (m *Mux) Serve(ctx context.Context, d *Delivery) error {
	m.mu.RLock()
	typed := m.find(d.Event, d.Action)
	event, unknown := m.event[d.Event], m.unknown
	m.mu.RUnlock()
	if len(typed)+len(event) == 0 && unknown != nil {
		return unknown(ctx, d)
	}
	for _, h := range typed {
		if err := h(ctx, m, d); err != nil {
			return err
		}
	}
	for _, f := range event {
		if err := f(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mux) decode(ctx context.Context, d *Delivery, p any) error {
	drifts, err := Decode(p, d.Body)
	if err != nil {
		return fmt.Errorf("decode %s: %w", d.Event, err)
	}
	m.mu.RLock()
	tell := m.drift
	m.mu.RUnlock()
	if tell == nil || len(drifts) == 0 {
		return nil
	}
	return tell(ctx, d, drifts)
}
