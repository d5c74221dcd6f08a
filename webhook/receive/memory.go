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
	maxKnown = 100_000
	maxDead  = 1000
)

// Memory is a Store that ends with the process. It remembers the ids of the
// last 100,000 handled deliveries, and the last 1,000 dead letters.
type Memory struct {
	mu      sync.Mutex
	entries map[string]*entry
	due     dueHeap
	// handled and dead hold entries in the order in which they came to be so.
	handled, dead *list.List
	waiting       int
	bytes         int64
	tokens        int64
}

// entry is one delivery. A handled one keeps its key only.
type entry struct {
	key      string
	delivery *hook.Delivery
	state    State
	taken    bool
	at       time.Time // when due, forgotten, or dead
	token    int64
	attempts int
	place    *list.Element // among the handled or the dead
	cause    string
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{entries: map[string]*entry{}, handled: list.New(), dead: list.New()}
}

// Durable returns false.
func (m *Memory) Durable() bool { return false }

// Add implements Store.
func (m *Memory) Add(_ context.Context, key string, d *hook.Delivery, limit Limit) (Added, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget(d.Received)
	if e := m.entries[key]; e != nil {
		if e.state != Buried {
			return Known, nil
		}
		m.drop(e)
	}
	if m.waiting >= limit.Deliveries || m.bytes+int64(len(d.Body)) > limit.Bytes {
		return NoRoom, nil
	}
	m.enqueue(&entry{key: key, delivery: d, at: d.Received})
	return Fresh, nil
}

// enqueue adds an entry that waits.
func (m *Memory) enqueue(e *entry) {
	e.state = Again
	m.entries[e.key] = e
	m.waiting++
	m.bytes += int64(len(e.delivery.Body))
	heap.Push(&m.due, e)
}

// drop removes an entry wherever it is.
func (m *Memory) drop(e *entry) {
	delete(m.entries, e.key)
	if e.place != nil {
		m.handled.Remove(e.place) // a list takes out its own elements only
		m.dead.Remove(e.place)
		e.place = nil
	}
}

// forget drops the ids that are no longer needed.
func (m *Memory) forget(now time.Time) {
	for front := m.handled.Front(); front != nil; front = m.handled.Front() {
		e, _ := front.Value.(*entry)
		if m.handled.Len() <= maxKnown && e.at.After(now) {
			return
		}
		m.drop(e)
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
	switch {
	case e == nil || e.token != it.Token || !e.taken && e.state != Handled:
		return ErrLost
	case !e.taken || s.State == Held:
		return nil
	}
	e.taken, e.at, e.state, e.cause = false, s.At, s.State, s.Cause
	m.waiting--
	m.bytes -= int64(len(e.delivery.Body))
	switch s.State {
	case Handled:
		e.delivery = nil
		e.place = m.handled.PushBack(e)
	case Buried:
		e.place = m.dead.PushBack(e)
		if m.dead.Len() > maxDead {
			oldest, _ := m.dead.Front().Value.(*entry)
			m.drop(oldest)
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
	if e == nil || e.state != Buried {
		return false, nil
	}
	m.drop(e)
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
