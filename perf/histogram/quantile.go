package histogram

import (
	"iter"
	"math"
	"time"
)

// Bounds are two durations between which, both included, a value lies. They
// are equal when it is known exactly.
type Bounds struct{ Low, High time.Duration }

// Mid returns the estimate whose relative error is least whatever the value:
// 2·low·high/(low+high), off by at most (high−low)/(high+low).
func (b Bounds) Mid() time.Duration {
	if b.Low == b.High {
		return b.Low
	}
	low, high := float64(b.Low), float64(b.High)
	return time.Duration(math.Round(2 * low * high / (low + high)))
}

// Bucket is a range of durations, both ends included, and how many were
// counted in it.
type Bucket struct {
	Bounds
	Count uint64
}

// Quantile returns where the q-quantile lies: the least duration that at
// least a share of q of all durations does not exceed, which is the value of
// rank ⌈q·n⌉ in ascending order (and the least one for q = 0). The bounds are
// those of its bucket, narrowed by the exact minimum and maximum. ok is false
// when nothing was counted or q is no number from 0 to 1: there is no number
// that could pass for a quantile then.
func (h *Histogram) Quantile(q float64) (b Bounds, ok bool) {
	if h.count == 0 || !(q >= 0 && q <= 1) {
		return Bounds{}, false
	}
	switch r := rank(q, h.count); r {
	case 1:
		return Bounds{h.lowest, h.lowest}, true
	case h.count:
		return Bounds{h.most, h.most}, true
	default:
		seen := h.zero
		if seen >= r {
			return Bounds{}, true
		}
		h.each(func(i int, n uint64) bool {
			if seen += n; seen >= r {
				b = h.bounds(i)
			}
			return seen < r
		})
		return b, true
	}
}

// rank returns ⌈q·n⌉, at least 1, where a product that is whole but for the
// rounding of q counts as whole: 0.07·100 is 7, not 7.000000000000001.
func rank(q float64, n uint64) uint64 {
	r := q * float64(n)
	if whole := math.Round(r); math.Abs(r-whole) <= 1e-12*r {
		r = whole
	}
	return min(max(uint64(math.Ceil(r)), 1), n)
}

// AtMost returns how many durations do not exceed a threshold: at least low,
// at most high. The two are equal, and exact, when the threshold is an edge
// (see [IsEdge]), when no value shares its bucket, or when it lies outside the
// range of values.
func (h *Histogram) AtMost(threshold time.Duration) (low, high uint64) {
	switch {
	case h.count == 0 || threshold < h.lowest:
		return 0, 0
	case threshold >= h.most:
		return h.count, h.count
	case threshold == 0:
		return h.zero, h.zero
	}
	at := index(threshold) >> h.shift
	below, inside := h.zero, uint64(0)
	h.each(func(i int, n uint64) bool {
		if i < at {
			below += n
		} else if i == at {
			inside = n
		}
		return i < at
	})
	low, high = below, below+inside
	if _, top := h.span(at); threshold == top {
		return high, high
	}
	// The minimum is not above the threshold, and the maximum is.
	if h.lowest > 0 && index(h.lowest)>>h.shift == at {
		low++
	}
	if index(h.most)>>h.shift == at {
		high--
	}
	return low, high
}

// IsEdge reports whether a threshold is the end of a bucket, so that a
// histogram at scale 6 counts exactly what does not exceed it. Of round
// numbers, these are the powers of two in seconds: 250 ms, 500 ms, 1 s, 4 s.
func IsEdge(threshold time.Duration) bool {
	return threshold >= 0 && (threshold == 0 || ceiling(index(threshold)) == threshold)
}

// Buckets yields what was counted, in ascending order and without empty
// buckets; zero, where it was counted, comes first. Bounds are narrowed by
// the exact minimum and maximum.
func (h *Histogram) Buckets() iter.Seq[Bucket] {
	return func(yield func(Bucket) bool) {
		if h.zero > 0 && !yield(Bucket{Count: h.zero}) {
			return
		}
		h.each(func(i int, n uint64) bool {
			return yield(Bucket{h.bounds(i), n})
		})
	}
}

// bounds returns the ends of a bucket, narrowed by minimum and maximum.
func (h *Histogram) bounds(i int) Bounds {
	low, high := h.span(i)
	return Bounds{max(low, h.lowest), min(high, h.most)}
}

// each calls f for every bucket that holds something, in ascending order,
// until it returns false.
func (h *Histogram) each(f func(i int, n uint64) bool) {
	for at, p := range h.pages {
		if p == nil {
			continue
		}
		for slot, n := range p {
			if n > 0 && !f(at*pageSize+slot, n) {
				return
			}
		}
	}
}
