package match

import (
	"cmp"
	"slices"
)

// maxShort bounds how many options are weighed in full, so that the work
// grows with the number of decisions and not with its square.
const maxShort = 48

// shortlist collects what may be chosen, by how much it shares with what is
// asked for. Options go by their number.
type shortlist struct {
	score []float64
	seen  []int32
}

func newShortlist(options int) *shortlist {
	return &shortlist{score: make([]float64, options)}
}

func (l *shortlist) note(i int32, weight float64) {
	if l.score[i] == 0 {
		l.seen = append(l.seen, i)
	}
	l.score[i] += weight
}

// best returns the numbers of the options that share the most, and at least
// so much, in order.
func (l *shortlist) best(least float64) []int32 {
	most := 0.0
	for _, i := range l.seen {
		most = max(most, l.score[i])
	}
	const part = 0.2 // of what shares the most
	list := slices.DeleteFunc(l.seen, func(i int32) bool { return l.score[i] < max(least, part*most) })
	if len(list) > maxShort {
		slices.SortFunc(list, func(i, j int32) int { return cmp.Or(cmp.Compare(l.score[j], l.score[i]), cmp.Compare(i, j)) })
		list = list[:maxShort]
	}
	slices.Sort(list)
	return list
}
