package match

import (
	"cmp"
	"slices"
	"sync"
)

// maxShort bounds how many options are weighed in full, so that the work
// grows with the number of decisions and not with its square.
const maxShort = 48

// shortlist collects what may be chosen, by how much it shares with what is
// asked for. Options go by their number.
type shortlist struct {
	score   []float64
	touched []int32 // options with a score
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
	if len(list) > maxShort {
		slices.SortFunc(list, func(i, j int32) int { return cmp.Or(cmp.Compare(l.score[j], l.score[i]), cmp.Compare(i, j)) })
		list = list[:maxShort]
	}
	slices.Sort(list)
	return list
}
