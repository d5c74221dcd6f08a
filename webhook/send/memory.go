package send

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"sync"
	"time"
)

// Memory is an [Outbox] that ends with the process.
type Memory struct {
	mu       sync.Mutex
	messages []*stored // in the order in which they were put
	byID     map[string]*stored
	waiting  map[string]*waiting // by endpoint
	health   map[string]Health
	seq      int64
}

// stored is a message and what became of it.
type stored struct {
	seq        int64
	message    Message
	deliveries []*entry // sorted by endpoint
	attempts   []Attempt
}

// entry is a delivery, with its places among those that wait.
type entry struct {
	seq      int64
	delivery Delivery
	places   [2]int
}

// NewMemory returns an empty outbox.
func NewMemory() *Memory {
	return &Memory{byID: map[string]*stored{}, waiting: map[string]*waiting{}, health: map[string]Health{}}
}

// Put implements Outbox.
func (o *Memory) Put(_ context.Context, m Message, deliveries []Delivery) (bool, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if old := o.byID[m.ID]; old != nil {
		was := old.message
		if was.Event != m.Event || was.Action != m.Action || !bytes.Equal(was.Body, m.Body) {
			return false, ErrConflict
		}
		return false, nil
	}
	m.Body, m.To = bytes.Clone(m.Body), nil
	o.seq++
	s := &stored{seq: o.seq, message: m}
	for _, d := range deliveries {
		d.Message = m
		e := &entry{seq: s.seq, delivery: d}
		s.deliveries = append(s.deliveries, e)
		if d.State == Pending {
			o.queue(d.Endpoint).push(e)
		}
	}
	slices.SortFunc(s.deliveries, func(a, b *entry) int { return strings.Compare(a.delivery.Endpoint, b.delivery.Endpoint) })
	o.messages = append(o.messages, s)
	o.byID[m.ID] = s
	return true, nil
}

// Message implements Outbox.
func (o *Memory) Message(_ context.Context, id string) (Message, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.byID[id]
	if s == nil {
		return Message{}, ErrNoMessage
	}
	m := s.message
	m.Body = bytes.Clone(m.Body)
	return m, nil
}

// Claim implements Outbox.
func (o *Memory) Claim(_ context.Context, c Claim) ([]Delivery, time.Time, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	q := o.queue(c.Endpoint)
	by := byDue
	if c.Ordered {
		by, c.Max = bySeq, 1
	}
	var claimed []Delivery
	for range c.Max {
		e := q.first(by)
		if e == nil || e.delivery.Due.After(c.Now) {
			break
		}
		claimed = append(claimed, e.delivery)
		e.delivery.Due = c.Until
		q.moved(e)
	}
	if e := q.first(by); e != nil {
		return claimed, e.delivery.Due, nil
	}
	return claimed, time.Time{}, nil
}

// Release implements Outbox.
func (o *Memory) Release(_ context.Context, d Delivery) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if e := o.find(d.Message.ID, d.Endpoint); e != nil && e.delivery.State == Pending && e.delivery.Attempts == d.Attempts {
		e.delivery.Due = d.Due
		o.queue(d.Endpoint).moved(e)
	}
	return nil
}

// Record implements Outbox.
func (o *Memory) Record(_ context.Context, a Attempt, d Delivery) (Health, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h := o.health[a.Endpoint].After(a)
	o.health[a.Endpoint] = h
	s, e := o.byID[a.Message], o.find(a.Message, a.Endpoint)
	if e == nil {
		return h, nil // it was pruned meanwhile
	}
	s.attempts = append(s.attempts, a)
	if d.State == Delivered || (e.delivery.State == Pending && e.delivery.Attempts == d.Attempts-1) {
		o.change(e, d)
	}
	return h, nil
}

// Deliveries implements Outbox.
func (o *Memory) Deliveries(_ context.Context, q Query) ([]Delivery, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	orDefault(&q.Limit, defaultLimit)
	var list []Delivery
	for e := range o.matching(q) {
		if len(list) == q.Limit {
			break
		}
		d := e.delivery
		d.Message.Body = nil
		list = append(list, d)
	}
	return list, nil
}

// defaultLimit is the limit of a query that has none.
const defaultLimit = 1000

// Count implements Outbox.
func (o *Memory) Count(_ context.Context, q Query) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	q.Limit = 0
	if q == (Query{Endpoint: q.Endpoint, State: Pending}) && q.Endpoint != "" {
		return o.queue(q.Endpoint).len(), nil
	}
	n := 0
	for range o.matching(q) {
		n++
	}
	return n, nil
}

// Attempts implements Outbox.
func (o *Memory) Attempts(_ context.Context, message string) ([]Attempt, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	s := o.byID[message]
	if s == nil {
		return nil, ErrNoMessage
	}
	return slices.Clone(s.attempts), nil
}

// Replay implements Outbox.
func (o *Memory) Replay(_ context.Context, q Query, now time.Time) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := 0
	for e := range o.matching(q) {
		if e.delivery.State != Pending {
			o.change(e, Delivery{State: Pending, Due: now, Status: e.delivery.Status, Class: e.delivery.Class})
			n++
		}
	}
	return n, nil
}

// Prune implements Outbox.
func (o *Memory) Prune(_ context.Context, before time.Time) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n := len(o.messages)
	o.messages = slices.DeleteFunc(o.messages, func(s *stored) bool {
		old := s.message.Created.Before(before) &&
			!slices.ContainsFunc(s.deliveries, func(e *entry) bool { return e.delivery.State == Pending })
		if old {
			delete(o.byID, s.message.ID)
		}
		return old
	})
	return n - len(o.messages), nil
}

// Health implements Outbox.
func (o *Memory) Health(context.Context) ([]Health, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := make([]Health, 0, len(o.health))
	for _, h := range o.health {
		list = append(list, h)
	}
	slices.SortFunc(list, func(a, b Health) int { return strings.Compare(a.Endpoint, b.Endpoint) })
	return list, nil
}

// SetHealth implements Outbox.
func (o *Memory) SetHealth(_ context.Context, h Health) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.health[h.Endpoint] = h
	if h.Disabled.IsZero() {
		return nil
	}
	for q := o.queue(h.Endpoint); q.len() > 0; {
		e := q.first(bySeq)
		d := e.delivery
		d.State, d.Class, d.Finished = Dead, ClassDisabled, h.Disabled
		o.change(e, d)
	}
	return nil
}
