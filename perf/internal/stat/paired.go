package stat

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// Two versions are compared in blocks that take turns, a pair being one block
// of each, one after the other: what slows both down cancels. The difference
// of a pair is the logarithm of the ratio of what was measured, such as log
// p95 of head less log p95 of base.

// BaseFirst says for each pair whether the base goes first. It is decided by
// seeded coins: with a fixed order a drift, or noise that lasts for several
// blocks, leaves neighbouring differences correlated and the test too sure of
// itself or not sure enough; with coins they are uncorrelated whatever the
// noise, as long as it does not depend on the order (Fisher, The Design of
// Experiments, 1935).
func BaseFirst(seed uint64, pairs int) []bool {
	rng := rand.New(rand.NewPCG(seed, 0x706c756d62))
	order := make([]bool, pairs)
	for i := range order {
		order[i] = rng.Uint64()&1 == 0
	}
	return order
}

// Paired is what differences of pairs say.
type Paired struct {
	N    int     // pairs
	Mean float64 // of the differences: the effect, as a logarithm
	SD   float64 // of a difference
	T    float64 // mean over its standard error
	P    float64 // of so great a T when there is no effect, one-sided
}

// Pair tests whether differences lie above zero: Student's one-sided t test
// of their mean (Student, Biometrika 6, 1908). With fewer than two pairs, P
// is 1. Differences that are all alike have no spread to measure the mean by:
// T is ±Inf or 0 then.
func Pair(differences []float64) Paired {
	r := Paired{N: len(differences), P: 1}
	if r.N == 0 {
		return r
	}
	n := float64(r.N)
	for _, d := range differences {
		r.Mean += d / n
	}
	if r.N < 2 {
		return r
	}
	var squares float64
	for _, d := range differences {
		squares += (d - r.Mean) * (d - r.Mean)
	}
	r.SD = math.Sqrt(squares / (n - 1))
	if r.SD == 0 {
		if r.Mean != 0 {
			r.T = math.Inf(cmp.Compare(r.Mean, 0))
		}
		if r.Mean > 0 {
			r.P = 0
		}
		return r
	}
	r.T = r.Mean * math.Sqrt(n) / r.SD
	r.P = TTail(r.T, n-1)
	return r
}

// Low returns the end of the one-sided confidence interval of the effect:
// it is at least that, with confidence 1−alpha.
func (r Paired) Low(alpha float64) float64 {
	return r.Mean - r.margin(alpha)
}

// High returns what the effect is at most, with confidence 1−alpha.
func (r Paired) High(alpha float64) float64 {
	return r.Mean + r.margin(alpha)
}

func (r Paired) margin(alpha float64) float64 {
	if r.N < 2 {
		return math.Inf(1)
	}
	return TQuantile(1-alpha, float64(r.N-1)) * r.SD / math.Sqrt(float64(r.N))
}

// FamilyAlpha is the alpha for [Family] with which fewer than one in a hundred
// comparisons of whole services raise a false alarm: half of that, since noise
// has longer tails than the normal distribution that Student's t supposes.
const FamilyAlpha = 0.005

// Family judges many comparisons at once. Alpha is the probability that any
// of those without an effect is called worse; a comparison is worse when its
// P, adjusted by [Holm], is at most alpha and its mean is above the floor, a
// logarithm. Adjusted has the adjusted probabilities.
func Family(all []Paired, alpha, floor float64) (worse []bool, adjusted []float64) {
	p := make([]float64, len(all))
	for i, r := range all {
		p[i] = r.P
	}
	adjusted = Holm(p)
	worse = make([]bool, len(all))
	for i, r := range all {
		worse[i] = adjusted[i] <= alpha && r.Mean > floor
	}
	return worse, adjusted
}

// Holm adjusts probabilities for their number: those that are at most alpha
// afterwards may be rejected together, and the probability that any of them
// is rejected wrongly is at most alpha, however they depend on each other.
// The i-th smallest of m is multiplied by m−i+1, and none is below a smaller
// one (Holm, Scandinavian Journal of Statistics 6, 1979).
func Holm(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	adjusted := make([]float64, len(p))
	var floor float64
	for rank, i := range order {
		floor = max(floor, min(float64(len(p)-rank)*p[i], 1))
		adjusted[i] = floor
	}
	return adjusted
}
