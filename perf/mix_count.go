package perf

import "math/bits"

// Count adds to counts, one for each operation of the plan, how many requests
// of the numbers from first to before end are planned for it; a session counts
// with all its steps.
func (m *Mix) Count(counts []uint64, first, end uint64) { m.CountEvery(counts, first, 1, end-first) }

// CountEvery does the same for n numbers: first, first+step, and so on, as a
// shard has them. Its time depends on how many operations there are, not on n:
// numbers whose place lies below an edge are those whose product with the
// golden ratio leaves a small enough rest modulo 2^64, and how many of an
// arithmetic progression do can be counted as Euclid's algorithm goes.
func (m *Mix) CountEvery(counts []uint64, first, step, n uint64) {
	sessions := make([]uint64, len(m.plan.Sessions))
	take := func(k int, count uint64) {
		if at := k - len(m.plan.Operations); at >= 0 {
			sessions[at] += count
		} else {
			counts[k] += count
		}
	}
	wrapped := m.wrapped()
	var below uint64
	for k, edge := range m.edges {
		upTo := m.below(edge, wrapped, first, step, n)
		take(k, upTo-below)
		below = upTo
	}
	if below < n { // rounding, as in At
		take(m.last(), n-below)
	}
	for i, n := range sessions {
		for _, step := range m.plan.Sessions[i].Steps {
			counts[step.Operation] += n
		}
	}
}

// places is how many places there are between 0 and 1.
const places = 1 << 53

// wrapped returns the first place that the offset moves to 1 or beyond.
func (m *Mix) wrapped() uint64 {
	return search(0, places, func(j uint64) bool { return float64(j)/places+m.offset >= 1 })
}

// search returns the first number from low on for which holds, and all that
// come after it; high where none below that does.
func search(low, high uint64, holds func(uint64) bool) uint64 {
	for low < high {
		if middle := low + (high-low)/2; holds(middle) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// below counts the numbers first, first+step and so on, n in all, that At finds
// below an edge. Places that the offset moves to 1 or beyond begin anew at 0, so
// there are two stretches of them.
func (m *Mix) below(edge float64, wrapped, first, step, n uint64) uint64 {
	straight := search(0, wrapped, func(j uint64) bool { return float64(j)/places+m.offset >= edge })
	moved := search(wrapped, places, func(j uint64) bool { return float64(j)/places+m.offset-1 >= edge })
	a, b := golden*step, golden*first
	return belowRest(n, a, b, straight) + belowRest(n, a, b, moved) - belowRest(n, a, b, wrapped)
}

// belowRest counts the i below n for which (a·i + b) modulo 2^64 is below place
// times 2^11: the difference of the sums of ⌊x/2^64⌋ and ⌊(x−t)/2^64⌋.
func belowRest(n, a, b, place uint64) uint64 {
	switch place {
	case 0:
		return 0
	case places:
		return n
	}
	t := place << 11
	moved, carry := bits.Add64(b, -t, 0)
	return floorSum(n, a, b) - floorSum(n, a, moved) - carry*n + n
}

// floorSum returns Σ ⌊(a·i + b)/2^64⌋ over the i below n, modulo 2^64. It
// exchanges the roles of i and of the quotient, which makes a and the divisor
// smaller as Euclid's algorithm does.
func floorSum(n, a, b uint64) uint64 {
	high, low := bits.Mul64(a, n)
	low, carry := bits.Add64(low, b, 0)
	n, b = high+carry, low
	var sum uint64
	if n == 0 {
		return 0
	}
	divisor := a
	var factor uint64 // 2^64 over the divisor; where that is 1, 2^64 times a whole number, which is 0 here
	if divisor > 1 {
		factor, a = bits.Div64(1, 0, divisor)
	} else {
		factor, a = 0, 0
	}
	for {
		sum += triangle(n)*factor + n*(b/divisor)
		b %= divisor
		high, low := bits.Mul64(a, n)
		low, carry := bits.Add64(low, b, 0)
		if high += carry; high == 0 && low < divisor {
			return sum
		}
		n, b = bits.Div64(high, low, divisor)
		factor, divisor, a = divisor/a, a, divisor%a
	}
}

// triangle returns n·(n−1)/2 modulo 2^64.
func triangle(n uint64) uint64 {
	if n%2 == 0 {
		return n / 2 * (n - 1)
	}
	return n * ((n - 1) / 2)
}
