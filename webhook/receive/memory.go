package receive

import (
	"container/heap"
	"container/list"
	"context"
	"sync"
	"time"

	"github.com/plumbapi/plumb/webhook/hook"
)

// The bounds of what a Memory remembers of deliveries that no longer wait. The
// oldest go first.
const (
	maxKnown     = 100_000
	maxDead      = 1000
	maxDeadBytes = 64 << 20
)

// Memory is a Store that ends with the process. It remembers the ids of the
// last 100,000 handled deliveries, and the last 1,000 dead letters, of at most
// 64 MiB.
type Memory struct {
	mu      sync.Mutex
	entries map[string]*entry
	due     dueHeap
	dead    *list.List // of entries, in the order in which they died
	// deadBytes is how many bytes the bodies of the dead have.
	deadBytes int
	// known are the handled deliveries, and order their keys in the order in
	// which they were handled; those before oldest are gone. There are many, so
	// they are nothing but what is needed.
	known   map[string]known
	order   []string
	oldest  int
	waiting int
	bytes   int64
	tokens  int64
}

// known is a delivery that was handled.
type known struct {
	until int64 // nanoseconds since 1970
	token int64
}

// entry is a delivery that waits, is being handled, or is a dead letter.
type entry struct {
	key      string
	delivery *hook.Delivery
	taken    bool
	at       time.Time // when it is due, or has died
	token    int64
	attempts int
	place    *list.Element // among the dead
	cause    string
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{entries: map[string]*entry{}, known: map[string]known{}, dead: list.New()}
}

// Durable returns false.
func (m *Memory) Durable() bool { return false }

// Add implements Store.
func (m *Memory) Add(_ context.Context, key string, d *hook.Delivery, limit Limit) (Added, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(d.Received)
	if _, ok := m.known[key]; ok {
		return Known, nil
	}
	if e := m.entries[key]; e != nil && e.place == nil {
		return Known, nil
	} else if e != nil {
		m.unbury(e)
	}
	if m.waiting >= limit.Deliveries || m.bytes+int64(len(d.Body)) > limit.Bytes {
		return NoRoom, nil
	}
	m.enqueue(&entry{key: key, delivery: d, at: d.Received})
	return Fresh, nil
}

// enqueue adds an entry that waits.
func (m *Memory) enqueue(e *entry) {
	m.entries[e.key] = e
	m.waiting++
	m.bytes += int64(len(e.delivery.Body))
	heap.Push(&m.due, e)
}

// unbury removes a dead letter.
func (m *Memory) unbury(e *entry) {
	delete(m.entries, e.key)
	m.dead.Remove(e.place)
	m.deadBytes -= len(e.delivery.Body)
}

// forget drops the ids that are no longer needed.
func (m *Memory) forget(now time.Time) {
	for m.oldest < len(m.order) {
		key := m.order[m.oldest]
		if len(m.known) <= maxKnown && m.known[key].until > now.UnixNano() {
			break
		}
		delete(m.known, key)
		m.order[m.oldest] = ""
		m.oldest++
	}
	if m.oldest > len(m.order)/2 {
		m.order = append(m.order[:0], m.order[m.oldest:]...)
		m.oldest = 0
	}
}

// Take implements Store. What it hands out is held for as long as the process
// lives.
func (m *Memory) Take(_ context.Context, now, _ time.Time, most int) (items []*Item, next time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(items) < most && len(m.due) > 0 && !m.due[0].at.After(now) {
		e, _ := heap.Pop(&m.due).(*entry)
		e.taken = true
		m.tokens++
		e.token = m.tokens
		d := *e.delivery
		d.Attempt = e.attempts
		e.attempts++
		items = append(items, &Item{Key: e.key, Delivery: &d, Token: e.token})
	}
	if len(m.due) > 0 {
		next = m.due[0].at
	}
	return items, next, nil
}

// Settle implements Store.
func (m *Memory) Settle(_ context.Context, it *Item, s Settlement) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.entries[it.Key]
	if e == nil || !e.taken || e.token != it.Token {
		if k, ok := m.known[it.Key]; ok && k.token == it.Token {
			return nil
		}
		return ErrLost
	}
	if s.State == Held {
		return nil
	}
	e.taken, e.at, e.cause = false, s.At, s.Cause
	m.waiting--
	m.bytes -= int64(len(e.delivery.Body))
	switch s.State {
	case Handled:
		delete(m.entries, e.key)
		m.known[e.key] = known{s.At.UnixNano(), e.token}
		m.order = append(m.order, e.key)
	case Buried:
		e.place = m.dead.PushBack(e)
		m.deadBytes += len(e.delivery.Body)
		for m.dead.Len() > maxDead || m.deadBytes > maxDeadBytes && m.dead.Len() > 1 {
			first, _ := m.dead.Front().Value.(*entry)
			m.unbury(first)
		}
	case GivenBack:
		e.attempts--
		m.enqueue(e)
	default:
		m.enqueue(e)
	}
	return nil
}

// Count implements Store.
func (m *Memory) Count(context.Context) (waiting, dead int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.waiting, m.dead.Len(), nil
}

// Dead implements Store.
func (m *Memory) Dead(_ context.Context, most int) ([]DeadLetter, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var letters []DeadLetter
	for p := m.dead.Back(); p != nil && len(letters) < most; p = p.Prev() {
		e, _ := p.Value.(*entry)
		d := *e.delivery
		d.Attempt = e.attempts
		letters = append(letters, DeadLetter{Key: e.key, Delivery: &d, Cause: e.cause, Died: e.at})
	}
	return letters, nil
}

// Revive implements Store.
func (m *Memory) Revive(_ context.Context, key string, now time.Time) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.entries[key]
	if e == nil || e.place == nil {
		return false, nil
	}
	m.unbury(e)
	m.enqueue(&entry{key: key, delivery: e.delivery, at: now})
	return true, nil
}

// dueHeap has the entry that is due first at the root.
type dueHeap []*entry

func (h dueHeap) Len() int           { return len(h) }
func (h dueHeap) Less(i, j int) bool { return h[i].at.Before(h[j].at) }
func (h dueHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *dueHeap) Push(x any) {
	e, _ := x.(*entry)
	*h = append(*h, e)
}

// Pop implements heap.Interface.
func (h *dueHeap) Pop() any {
	old := *h
	e := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	return e
}
