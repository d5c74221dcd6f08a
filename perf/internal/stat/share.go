package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Interval is a range of shares, from 0 to 1.
type Interval struct{ Low, High float64 }

// ClopperPearson returns the two-sided exact interval of a share of which bad
// out of n were seen: the shares for which seeing so few, or so many, is not
// rarer than (1−confidence)/2, which are quantiles of Beta(bad, n−bad+1) and
// Beta(bad+1, n−bad) (Clopper and Pearson, Biometrika 26, 1934). It holds the
// true share at least as often as it says, whatever the share. The counts may
// be fractions.
func ClopperPearson(bad, n, confidence float64) Interval {
	in := Interval{0, 1}
	if !(n > 0) {
		return in
	}
	tail := (1 - confidence) / 2
	if bad > 0 {
		in.Low = betaQuantile(tail, bad, n-bad+1)
	}
	if bad < n {
		in.High = betaQuantile(1-tail, bad+1, n-bad)
	}
	return in
}

// betaQuantile inverts the incomplete beta function, and then halves what is
// left: the inverse alone is off by more than rounding where both parameters
// are large.
func betaQuantile(p, a, b float64) float64 {
	x := mathext.InvRegIncBeta(a, b, p)
	for range 4 {
		// One step of Newton's method on the distribution function.
		logDensity := (a-1)*math.Log(x) + (b-1)*math.Log1p(-x) - mathext.Lbeta(a, b)
		step := (mathext.RegIncBeta(a, b, x) - p) / math.Exp(logDensity)
		next := x - step
		if math.IsNaN(next) || next <= 0 || next >= 1 {
			return x
		}
		if x = next; math.Abs(step) < 1e-15*x {
			break
		}
	}
	return x
}

// Allowed returns how many of planned requests may be bad within a budget:
// ⌊share·planned⌋, where a product that is whole but for rounding counts as
// whole.
func Allowed(share float64, planned uint64) uint64 {
	product := share * float64(planned)
	if whole := math.Round(product); math.Abs(product-whole) <= 1e-9*max(product, 1) {
		product = whole
	}
	return uint64(max(product, 0))
}

// Decision is what a test says of a budget. Its zero value is Undecided.
type Decision int

// The decisions.
const (
	Undecided Decision = iota // neither is shown
	Within                    // the budget is kept
	Exceeded                  // the budget is broken
)

// String returns the decision in a word.
func (d Decision) String() string {
	switch d {
	case Within:
		return "within"
	case Exceeded:
		return "exceeded"
	default:
		return "undecided"
	}
}
