package match

import (
	"slices"
	"sync"
)

// maxShort bounds how many options are weighed in full, so that the work
// grows with the number of decisions and not with its square.
const maxShort = 32

// shortlist collects what may be chosen, by how much it shares with what is
// asked for. Options go by their number.
type shortlist struct {
	score   []float64
	touched []int32 // options with a score
	// own, where there is one, is what an option could share at most: of too
	// many, those go first that say much else.
	own []float64
}

// shortlists lends short lists over a number of options, so that their room
// is used again.
type shortlists struct{ pool sync.Pool }

func (s *shortlists) borrow(options int) *shortlist {
	if l, ok := s.pool.Get().(*shortlist); ok && len(l.score) == options {
		return l
	}
	return &shortlist{score: make([]float64, options)}
}

// back takes a list back.
func (s *shortlists) back(l *shortlist) {
	for _, i := range l.touched {
		l.score[i] = 0
	}
	l.touched = l.touched[:0]
	s.pool.Put(l)
}

func (l *shortlist) note(i int32, weight float64) {
	if l.score[i] == 0 {
		l.touched = append(l.touched, i)
	}
	l.score[i] += weight
}

// best returns the numbers of the options that share the most, and at least
// so much, in order.
func (l *shortlist) best(least float64) []int32 {
	most := 0.0
	for _, i := range l.touched {
		most = max(most, l.score[i])
	}
	const part = 0.3 // of what shares the most
	var list []int32
	for _, i := range l.touched {
		if l.score[i] >= max(least, part*most) {
			list = append(list, i)
		}
	}
	list = l.most(list, maxShort)
	slices.Sort(list)
	return list
}

// most keeps the n of the options that share the most, in any order: a heap
// with the least of those kept on top, since sorting all of them would cost
// more than weighing those.
func (l *shortlist) most(list []int32, n int) []int32 {
	if len(list) <= n {
		return list
	}
	kept := list[:n]
	for i := n/2 - 1; i >= 0; i-- {
		l.sink(kept, i)
	}
	for _, i := range list[n:] {
		if l.less(kept[0], i) {
			kept[0] = i
			l.sink(kept, 0)
		}
	}
	return kept
}

// sink moves an option down the heap to where it belongs.
func (l *shortlist) sink(heap []int32, at int) {
	for {
		child := 2*at + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && l.less(heap[child+1], heap[child]) {
			child++
		}
		if !l.less(heap[child], heap[at]) {
			return
		}
		heap[child], heap[at] = heap[at], heap[child]
		at = child
	}
}

// less reports whether an option shares less than another; of equal ones the
// later counts for less.
func (l *shortlist) less(i, j int32) bool {
	a, b := l.score[i], l.score[j]
	if l.own != nil {
		const part = 0.5
		a, b = a-part*l.own[i], b-part*l.own[j]
	}
	if a != b {
		return a < b
	}
	return i > j
}
