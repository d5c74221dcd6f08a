package stat

import (
	"cmp"
	"math"
	"slices"
)

// ChangePoint is where a history of values goes over to another level.
type ChangePoint struct {
	// Index is that of the first value at the new level.
	Index int
	// Before and After are the means on either side, up to the next change.
	Before, After float64
	// P is of so great a t when there is no change there.
	P float64
}

// ChangeOptions say what counts as a change.
type ChangeOptions struct {
	// Level is the greatest P of a change; 0 stands for 0.0001, which finds
	// one in fewer than one in a hundred histories of 100 values that have
	// none.
	Level float64
	// Floor is the least difference of the means that counts, in the unit of
	// the values.
	Floor float64
}

const (
	// defaultLevel is the Level that 0 stands for.
	defaultLevel = 1e-4
	// weakFactor is by how much candidates may miss the level.
	weakFactor = 100
	// window is how many values are looked at together; windows overlap by
	// half.
	window = 50
	// leastSide is how many values a level has to have.
	leastSide = 3
)

// ChangePoints finds where the level of a history changes, in ascending
// order. Candidates come from splitting windows of 50 values where the energy
// distance between the two sides is greatest (E-divisive with means: Matteson
// and James, JASA 109, 2014), again and again; a t test instead of
// permutations keeps or drops them, so that the result is deterministic, and
// in the end the weakest candidate between its neighbours is dropped until
// all are significant (Fleming and others, Hunter, ICPE 2023, whose method
// Apache Otava goes on with).
//
// Values should be independent of each other, and as logarithms where ratios
// matter. A history of fewer than 6 values has no change point. Values that
// are no numbers are an error of the caller, and nothing is found.
func ChangePoints(values []float64, o ChangeOptions) []ChangePoint {
	if o.Level == 0 {
		o.Level = defaultLevel
	}
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil
		}
	}
	var candidates []int
	for start := 0; ; start += window / 2 {
		end := min(start+window, len(values))
		candidates = splitWindow(values, start, end, o.Level*weakFactor, candidates)
		if end == len(values) {
			break
		}
	}
	slices.Sort(candidates)
	return prune(values, slices.Compact(candidates), o)
}

// splitWindow adds the points at which values from start to end are split.
func splitWindow(values []float64, start, end int, level float64, found []int) []int {
	at, ok := bestSplit(values[start:end])
	if !ok || meanTest(values[start:start+at], values[start+at:end]) > level {
		return found
	}
	found = splitWindow(values, start, start+at, level, found)
	found = append(found, start+at)
	return splitWindow(values, start+at, end, level, found)
}

// bestSplit returns where the scaled energy distance between what is before
// and what is after is greatest:
//
//	mn/(m+n) · (2·mean|x−y| − mean|x−x'| − mean|y−y'|)
//
// for m values x and n values y. Sums of distances are kept while the split
// moves, so that all splits of k values cost k² steps.
func bestSplit(values []float64) (at int, ok bool) {
	k := len(values)
	if k < 2*leastSide {
		return 0, false
	}
	// within is the sum over pairs on the left, across over pairs of both
	// sides, beyond over pairs on the right.
	var within, across, beyond float64
	for i, x := range values {
		for _, y := range values[i+1:] {
			beyond += math.Abs(x - y)
		}
	}
	best := math.Inf(-1)
	for m := 1; m <= k-leastSide; m++ {
		moved := values[m-1]
		for _, x := range values[:m-1] {
			d := math.Abs(x - moved)
			within, across = within+d, across-d
		}
		for _, y := range values[m:] {
			d := math.Abs(y - moved)
			across, beyond = across+d, beyond-d
		}
		if m < leastSide {
			continue
		}
		left, right := float64(m), float64(k-m)
		q := left * right / (left + right) * (2*across/(left*right) - within/(left*(left-1)/2) - beyond/(right*(right-1)/2))
		if q > best {
			best, at = q, m
		}
	}
	return at, true
}

// meanTest returns the two-sided P of Student's t test with a common variance.
func meanTest(x, y []float64) float64 {
	m, n := float64(len(x)), float64(len(y))
	if m+n < 3 || m == 0 || n == 0 {
		return 1
	}
	meanX, squaresX := moments(x)
	meanY, squaresY := moments(y)
	df := m + n - 2
	error := math.Sqrt((squaresX + squaresY) / df * (1/m + 1/n))
	switch {
	case meanX == meanY:
		return 1
	case error == 0:
		return 0
	}
	return 2 * TTail(math.Abs(meanX-meanY)/error, df)
}

// moments returns the mean and the sum of squared differences from it.
func moments(x []float64) (mean, squares float64) {
	for i, v := range x {
		d := v - mean
		mean += d / float64(i+1)
		squares += d * (v - mean)
	}
	return mean, squares
}

// prune drops the weakest candidate until all that are left are significant
// between their neighbours and differ by the floor.
func prune(values []float64, candidates []int, o ChangeOptions) []ChangePoint {
	for {
		points := make([]ChangePoint, len(candidates))
		for i, at := range candidates {
			from, to := 0, len(values)
			if i > 0 {
				from = candidates[i-1]
			}
			if i+1 < len(candidates) {
				to = candidates[i+1]
			}
			before, _ := moments(values[from:at])
			after, _ := moments(values[at:to])
			points[i] = ChangePoint{Index: at, Before: before, After: after, P: meanTest(values[from:at], values[at:to])}
			if math.Abs(after-before) < o.Floor {
				points[i].P = 1
			}
		}
		if len(points) == 0 {
			return nil
		}
		weakest := slices.MaxFunc(points, func(a, b ChangePoint) int { return cmp.Compare(a.P, b.P) })
		if weakest.P <= o.Level {
			return points
		}
		candidates = slices.DeleteFunc(candidates, func(at int) bool { return at == weakest.Index })
	}
}
