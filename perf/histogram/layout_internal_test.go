package histogram

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"
)

// TestEdges derives the table by square roots: 2^(1/64) is the sixth of 2.
func TestEdges(t *testing.T) {
	t.Parallel()
	root := new(big.Float).SetPrec(200).SetInt64(2)
	for range 6 {
		root.Sqrt(root)
	}
	edge := new(big.Float).SetPrec(200).SetInt64(1)
	for k, got := range edges {
		if want, _ := edge.Float64(); got != want {
			t.Errorf("edge %d is %v, want %v", k, got, want)
		}
		edge.Mul(edge, root)
	}
}

// TestIndex compares the bucket of a duration with the definition, worked out
// the slow way.
func TestIndex(t *testing.T) {
	t.Parallel()
	slow := func(d time.Duration) int {
		fraction, exponent := math.Frexp(d.Seconds())
		fraction, exponent = fraction*2, exponent-1
		for slot := range pageSize {
			if edges[slot] < fraction && fraction <= edges[slot+1] {
				return (exponent-lowestOctave)*pageSize + slot
			}
		}
		return (exponent-lowestOctave)*pageSize - 1 // a power of two ends the octave before
	}
	rng := rand.New(rand.NewPCG(1, 2))
	check := func(d time.Duration) {
		if got, want := index(d), slow(d); got != want {
			t.Fatalf("index(%d ns) = %d, want %d", d, got, want)
		}
	}
	for d := range time.Duration(100_000) {
		check(d + 1)
	}
	for range 200_000 {
		check(time.Duration(1 + rng.Int64()>>rng.IntN(63)))
	}
	for exponent := -9; exponent <= 33; exponent++ {
		d := time.Duration(math.Ldexp(1e9, exponent))
		for _, near := range []time.Duration{d - 1, d, d + 1} {
			check(near)
		}
	}
	if first, last := index(1), index(math.MaxInt64); first < 0 || last >= pageCount*pageSize {
		t.Errorf("buckets %d to %d leave the pages", first, last)
	}
}

// TestCeiling shows that buckets neither overlap nor leave a gap.
func TestCeiling(t *testing.T) {
	t.Parallel()
	for i := index(1); i < index(math.MaxInt64); i++ {
		d := ceiling(i)
		if d > 0 && index(d) > i || index(d+1) <= i {
			t.Errorf("ceiling(%d) = %d ns, which is in bucket %d; the next is in %d", i, d, index(d), index(d+1))
		}
	}
	if got := ceiling(index(math.MaxInt64)); got != math.MaxInt64 {
		t.Errorf("the last bucket ends at %d", got)
	}
}
