package send

import (
	"container/heap"
	"iter"
	"slices"
	"strings"
)

// The orders in which what waits for an endpoint can be had.
const (
	byDue = iota // what is due first, then what was put first
	bySeq        // what was put first
)

// waiting are the deliveries to one endpoint that wait, in both orders.
type waiting [2]ordered

func (w *waiting) push(e *entry) {
	for by := range w {
		w[by].by = by
		heap.Push(&w[by], e)
	}
}

func (w *waiting) remove(e *entry) {
	for by := range w {
		heap.Remove(&w[by], e.places[by])
	}
}

// moved says that the entry is due at another time.
func (w *waiting) moved(e *entry) { heap.Fix(&w[byDue], e.places[byDue]) }

func (w *waiting) len() int { return len(w[byDue].entries) }

func (w *waiting) first(by int) *entry {
	if w.len() == 0 {
		return nil
	}
	return w[by].entries[0]
}

// ordered is a heap of entries in one order.
type ordered struct {
	entries []*entry
	by      int
}

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (o *ordered) Len() int { return len(o.entries) }

// Less implements heap.Interface.
func (o *ordered) Less(i, j int) bool {
	a, b := o.entries[i], o.entries[j]
	if o.by == byDue && !a.delivery.Due.Equal(b.delivery.Due) {
		return a.delivery.Due.Before(b.delivery.Due)
	}
	return a.seq < b.seq
}

// Swap implements heap.Interface.
func (o *ordered) Swap(i, j int) {
	o.entries[i], o.entries[j] = o.entries[j], o.entries[i]
	o.entries[i].places[o.by], o.entries[j].places[o.by] = i, j
}

// Push implements heap.Interface.
func (o *ordered) Push(x any) {
	e, _ := x.(*entry)
	e.places[o.by] = len(o.entries)
	o.entries = append(o.entries, e)
}

// Pop implements heap.Interface.
func (o *ordered) Pop() any {
	last := len(o.entries) - 1
	e := o.entries[last]
	o.entries[last] = nil
	o.entries = o.entries[:last]
	return e
}

// queue returns what waits for an endpoint.
func (o *Memory) queue(endpoint string) *waiting {
	q := o.waiting[endpoint]
	if q == nil {
		q = &waiting{}
		o.waiting[endpoint] = q
	}
	return q
}

// find returns a delivery, or nil.
func (o *Memory) find(message, endpoint string) *entry {
	s := o.byID[message]
	if s == nil {
		return nil
	}
	i, found := slices.BinarySearchFunc(s.deliveries, endpoint, func(e *entry, id string) int {
		return strings.Compare(e.delivery.Endpoint, id)
	})
	if !found {
		return nil
	}
	return s.deliveries[i]
}

// change makes the state of a delivery that of d.
func (o *Memory) change(e *entry, d Delivery) {
	q := o.queue(e.delivery.Endpoint)
	if e.delivery.State == Pending {
		q.remove(e)
	}
	d.Message, d.Endpoint = e.delivery.Message, e.delivery.Endpoint
	e.delivery = d
	if d.State == Pending {
		q.push(e)
	}
}

// matching yields the deliveries that a query picks.
func (o *Memory) matching(q Query) iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for _, s := range o.messages {
			m := &s.message
			if (q.Message != "" && q.Message != m.ID) || (!q.Since.IsZero() && m.Created.Before(q.Since)) || (!q.Until.IsZero() && !m.Created.Before(q.Until)) {
				continue
			}
			for _, e := range s.deliveries {
				if (q.Endpoint != "" && q.Endpoint != e.delivery.Endpoint) || (q.State != 0 && q.State != e.delivery.State) {
					continue
				}
				if !yield(e) {
					return
				}
			}
		}
	}
}
