package stat

import "math"

// RequiredRequests returns how many requests a run of fixed length needs so
// that a share is told from the budget with error probability alpha and power
// power, when requests count for one in effect:
//
//	n = effect · ((z_alpha·√(b(1−b)) + z_power·√(p(1−p))) / (b−p))²
//
// (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd
// edition, section 2.5). It is +Inf for a share that is the budget.
func RequiredRequests(budget, share, alpha, power, effect float64) float64 {
	z := NormalQuantile(1-alpha)*math.Sqrt(budget*(1-budget)) + NormalQuantile(power)*math.Sqrt(share*(1-share))
	root := z / (budget - share)
	return math.Ceil(root * root * max(effect, 1))
}

// FaultlessRequests returns how many requests, none of them bad, show that a
// budget is kept: ln alpha / ln(1−budget), three hundred for 1 % at alpha
// 0.05, times the design effect.
func FaultlessRequests(budget, alpha, effect float64) float64 {
	return math.Ceil(math.Log(alpha) / math.Log1p(-budget) * max(effect, 1))
}

// DetectableShare returns the least share above a budget that n requests, of
// which effect count for one, tell from it with error probability alpha and
// power power: the inverse of [RequiredRequests]. It is 1 where no share is.
func DetectableShare(budget, n, alpha, power, effect float64) float64 {
	return bisect(budget, 1, func(share float64) bool {
		return RequiredRequests(budget, share, alpha, power, effect) <= n
	})
}

// PairedTest is a one-sided paired t test that is planned: of n pairs, at a
// level alpha, with a floor that the mean has to exceed as well. What does not
// depend on the noise is worked out once.
type PairedTest struct {
	root   float64   // √n
	t      float64   // the least T that is significant
	spread []float64 // s/sd, at equal steps of its distribution
}

// NewPairedTest plans a test of n pairs. With fewer than two it finds nothing.
func NewPairedTest(n int, alpha float64) PairedTest {
	if n < 2 {
		return PairedTest{}
	}
	const steps = 400
	df := float64(n - 1)
	p := PairedTest{root: math.Sqrt(float64(n)), t: TQuantile(1-alpha, df), spread: make([]float64, steps)}
	for i := range p.spread {
		p.spread[i] = math.Sqrt(chi2Quantile((float64(i)+0.5)/steps, df) / df)
	}
	return p
}

// Power returns the probability that the test finds an effect: that Student's
// t of the differences is significant and their mean exceeds the floor.
// Effect, sd (the standard deviation of a difference) and floor are logarithms
// of a ratio. Mean and standard deviation of normal differences are
// independent, so the power is an integral over the distribution of the
// latter:
//
//	∫ Φ((effect − max(floor, t·s/√n)) / (sd/√n)) dF(s)
//
// where (n−1)s²/sd² is chi-squared with n−1 degrees of freedom.
func (p PairedTest) Power(effect, sd, floor float64) float64 {
	if len(p.spread) == 0 {
		return 0
	}
	var sum float64
	for _, s := range p.spread {
		sum += normalCDF((effect - max(floor, p.t*s*sd/p.root)) / sd * p.root)
	}
	return sum / float64(len(p.spread))
}

// Detectable returns the least effect that the test finds with the power
// given, +Inf where it finds none.
func (p PairedTest) Detectable(sd, floor, power float64) float64 {
	if len(p.spread) == 0 {
		return math.Inf(1)
	}
	if sd == 0 {
		return floor
	}
	most := floor + sd
	for p.Power(most, sd, floor) < power {
		if most *= 2; math.IsInf(most, 1) {
			return most
		}
	}
	return bisect(0, most, func(effect float64) bool {
		return p.Power(effect, sd, floor) >= power
	})
}

// RequiredPairs returns how many pairs a [PairedTest] needs for an effect, at
// most 10,000; ok is false where more would be needed, as for any effect that
// is not above the floor.
func RequiredPairs(effect, sd, alpha, floor, power float64) (pairs int, ok bool) {
	const most = 10_000
	low, high := 1, 2
	for NewPairedTest(high, alpha).Power(effect, sd, floor) < power {
		if low, high = high, high*2; high > most {
			return most, false
		}
	}
	for high-low > 1 {
		if middle := (low + high) / 2; NewPairedTest(middle, alpha).Power(effect, sd, floor) >= power {
			high = middle
		} else {
			low = middle
		}
	}
	return high, true
}

// LogQuantileSD returns the standard deviation of the logarithm of the
// q-quantile of n independent latencies whose logarithms are normal with
// standard deviation sigma: √(q(1−q)/n) over the density there (David and
// Nagaraja, Order Statistics, section 10.2). It is for planning, before
// anything is measured.
func LogQuantileSD(q, sigma float64, n int) float64 {
	z := NormalQuantile(q)
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	return sigma * math.Sqrt(q*(1-q)/float64(n)) / density
}

// bisect returns where a property that holds at high and not at low begins to
// hold.
func bisect(low, high float64, holds func(float64) bool) float64 {
	for range 100 {
		middle := low + (high-low)/2
		if middle <= low || middle >= high {
			break
		}
		if holds(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}
