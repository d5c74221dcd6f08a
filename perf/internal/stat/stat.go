// Package stat holds the statistics that verdicts on load runs rest on:
// shares of bad requests and how sure they are, sequential tests that may end
// a run early, paired comparisons of two versions, changes in a history, and
// the search for the highest rate that a service bears.
//
// Everything is deterministic and takes numbers, not measurements: what a bad
// request is, and what a verdict is called, is decided by the caller. Each
// function names its formula and where it comes from; what was simulated, and
// with which result, is in docs/decisions/perf-statistics.md.
package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// NormalQuantile returns the z that a standard normal variable does not exceed
// with probability p.
func NormalQuantile(p float64) float64 {
	switch {
	case p <= 0:
		return math.Inf(-1)
	case p >= 1:
		return math.Inf(1)
	}
	return mathext.NormalQuantile(p)
}

// normalCDF is the probability that a standard normal variable is at most z.
func normalCDF(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// TTail returns the probability that Student's t with df degrees of freedom
// is at least t: half the regularised incomplete beta function
// I(df/(df+t²); df/2, 1/2) for t ≥ 0 (Abramowitz and Stegun, 26.7.1).
func TTail(t, df float64) float64 {
	if math.IsNaN(t) || !(df > 0) {
		return math.NaN()
	}
	tail := mathext.RegIncBeta(df/2, 0.5, df/(df+t*t)) / 2
	if t < 0 {
		return 1 - tail
	}
	return tail
}

// TQuantile returns the t that Student's t with df degrees of freedom does not
// exceed with probability p: the inverse of [TTail], by way of the inverse of
// the incomplete beta function and then Newton's method.
func TQuantile(p, df float64) float64 {
	switch {
	case math.IsNaN(p) || !(df > 0) || p < 0 || p > 1:
		return math.NaN()
	case p == 0.5:
		return 0
	case p == 0 || p == 1:
		return math.Inf(int(2*p) - 1)
	}
	tail := min(p, 1-p)
	x := mathext.InvRegIncBeta(df/2, 0.5, 2*tail)
	t := math.Sqrt(df * (1 - x) / x)
	for range 4 {
		logDensity := -(df+1)/2*math.Log1p(t*t/df) - math.Log(df)/2 - mathext.Lbeta(df/2, 0.5)
		step := (TTail(t, df) - tail) / math.Exp(logDensity)
		if next := t + step; next > 0 && !math.IsInf(next, 1) {
			t = next
		}
		if !(math.Abs(step) > 1e-15*t) {
			break
		}
	}
	return math.Copysign(t, p-0.5)
}

// chi2Quantile returns what a chi-squared variable with df degrees of freedom
// does not exceed with probability p.
func chi2Quantile(p, df float64) float64 {
	return 2 * mathext.GammaIncRegInv(df/2, p)
}
