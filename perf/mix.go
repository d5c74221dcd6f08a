package perf

import (
	"slices"
	"sort"
)

// Mix says what each request of a schedule is: an operation of its own, or the
// start of a session. It is a pure function of the request's number in the
// whole schedule, so shards and other engines send the same.
//
// Numbers are spread by the golden ratio (Weyl's sequence), which gives each
// its share of any stretch of the run to within a few requests, without the
// beat that taking turns would have.
type Mix struct {
	plan   *Plan
	edges  []float64 // the end of each one's part of 0 to 1
	offset float64
}

// NewMix returns the mix of a plan.
func NewMix(p *Plan) *Mix {
	m := &Mix{plan: p, offset: float64(mix64(p.Seed)>>11) / (1 << 53)}
	var sum float64
	for i := range p.Operations {
		sum += p.Operations[i].Weight
		m.edges = append(m.edges, sum)
	}
	for i := range p.Sessions {
		sum += p.Sessions[i].Weight
		m.edges = append(m.edges, sum)
	}
	for i := range m.edges {
		m.edges[i] /= sum
	}
	return m
}

// golden is 2^64 over the golden ratio.
const golden = 0x9e3779b97f4a7c15

// last returns the last part that has a weight.
func (m *Mix) last() int {
	return sort.Search(len(m.edges), func(i int) bool { return m.edges[i] >= m.edges[len(m.edges)-1] })
}

// At returns what request number seq is: the index of an operation, and −1, or
// of the operation that a session starts with, and the index of the session.
func (m *Mix) At(seq uint64) (operation, session int) {
	x := float64((seq*golden)>>11)/(1<<53) + m.offset
	if x >= 1 {
		x--
	}
	k := sort.Search(len(m.edges), func(i int) bool { return m.edges[i] > x })
	if k == len(m.edges) { // rounding
		k = m.last()
	}
	if n := len(m.plan.Operations); k >= n {
		return m.plan.Sessions[k-n].Steps[0].Operation, k - n
	}
	return k, -1
}

// Parts returns what a program in another language needs to choose alike: where
// the part of each operation, and then of each session, ends between 0 and 1,
// and what is added to a number's place in the sequence, which is the upper 53
// bits of seq times 0x9e3779b97f4a7c15 (64 bits) over 2^53; from 1 on, 1 is
// taken off again. A request is for the first part whose end is greater.
func (m *Mix) Parts() (ends []float64, offset float64) { return slices.Clone(m.edges), m.offset }

// mix64 spreads the bits of a number (the finalizer of SplitMix64; Steele, Lea
// and Flood, OOPSLA 2014).
func mix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
