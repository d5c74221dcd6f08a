package stat

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// SearchOptions say where to look for the highest rate that a service bears.
type SearchOptions struct {
	// Start is the rate of the first probe, in requests per second.
	Start float64
	// Lowest and Highest bound what is probed. Highest 0 stands for 1024
	// times the start, Lowest 0 for a 1024th.
	Lowest, Highest float64
	// Tolerance is the standard error, as a share of the rate, at which the
	// search may end; 0 stands for 0.01.
	Tolerance float64
	// Probes is how many runs may be made; 0 stands for 12.
	Probes int
}

// Probe is a run at one rate.
type Probe struct {
	Rate float64
	// Margin says how far the run was from the budget, of all budgets the one
	// that it was worst by; SD is the standard deviation of that. [Margin]
	// makes both. Up to 0, the rate was borne.
	Margin, SD float64
}

// Margin returns by how much the logarithm of the odds of a bad request was
// above that of the budget, and its standard deviation 1/√(n·p(1−p)), when
// bad out of n independent requests were. Half a request is added to either
// kind, so that none is still a number (Haldane, 1956).
func Margin(bad, n, budget float64) (margin, sd float64) {
	good := n - bad + 0.5
	bad += 0.5
	return math.Log(bad/good) - math.Log(budget/(1-budget)), math.Sqrt(1/bad + 1/good)
}

// Search finds the highest rate at which budgets are kept, from runs at
// single rates, each of which may mislead. What is borne at a rate is taken
// to be borne at every lower one.
//
// The rate doubles, or halves, until one is borne and one is not; a probe that
// contradicts others is outvoted. The gap is halved on a logarithmic scale
// until its ends are a quarter apart. From there on, a straight line through
// the margins of all probes near the budget, over the logarithm of the rate,
// says where the budget is met, and the next probe is made a little to one
// side of there and then to the other: near the limit a run is too noisy for
// its verdict to be trusted, but several together say where it is. Where a
// service falls over a cliff, so that no margin is near the budget, halving
// goes on.
type Search struct {
	o      SearchOptions
	probes []Probe
}

// NewSearch begins a search.
func NewSearch(o SearchOptions) (*Search, error) {
	o.Highest = cmp.Or(o.Highest, 1024*o.Start)
	o.Lowest = cmp.Or(o.Lowest, o.Start/1024)
	o.Tolerance = cmp.Or(o.Tolerance, 0.01)
	o.Probes = cmp.Or(o.Probes, 12)
	switch {
	case !(o.Start > 0) || math.IsInf(o.Highest, 0):
		return nil, fmt.Errorf("a search cannot begin at %v requests a second", o.Start)
	case !(o.Lowest > 0 && o.Lowest <= o.Start && o.Start <= o.Highest):
		return nil, fmt.Errorf("a search that begins at %v/s cannot be held between %v/s and %v/s", o.Start, o.Lowest, o.Highest)
	case !(o.Tolerance > 0):
		return nil, fmt.Errorf("a search with a tolerance of %v does not end", o.Tolerance)
	case o.Probes < 1:
		return nil, errors.New("a search needs at least one probe")
	}
	return &Search{o: o}, nil
}

// Next returns the rate to probe; ok is false when the search is over.
func (s *Search) Next() (rate float64, ok bool) {
	if len(s.probes) >= s.o.Probes {
		return 0, false
	}
	if len(s.probes) == 0 {
		return s.o.Start, true
	}
	low, high := s.bracket()
	switch {
	case low == 0:
		return max(high/2, s.o.Lowest), s.votes(s.o.Lowest) > -2
	case high == 0:
		return min(low*2, s.o.Highest), s.votes(s.o.Highest) < 2
	case high > low*near:
		return math.Sqrt(low * high), true
	case s.far(low) && s.far(high):
		return math.Sqrt(low * high), high > low*(1+s.o.Tolerance)
	}
	rate, sd, used := s.fit(low, high)
	if used >= leastFit && sd <= s.o.Tolerance {
		return rate, false
	}
	if len(s.probes)%2 == 0 {
		return min(rate*beside, s.o.Highest), true
	}
	return max(rate/beside, s.o.Lowest), true
}

const (
	near     = 1.25 // the ends of the gap when lines begin to be fitted
	beside   = 1.04 // how far from the estimate the next probe is made
	leastFit = 4    // probes near the budget that an estimate takes
	// widest is how far a margin counts; beyond, odds off by a factor of
	// twelve, only the side matters.
	widest = 2.5
)

// Add takes the result of a probe.
func (s *Search) Add(p Probe) { s.probes = append(s.probes, p) }

// Capacity is the result of a search.
type Capacity struct {
	// Rate is the estimate of the highest rate that is borne; 0 when the
	// lowest one was not.
	Rate float64
	// SD is the standard error of Rate as a share of it; NaN when Rate is
	// only the end of what was probed.
	SD float64
	// Borne is the highest rate that was probed and borne, 0 when none was;
	// Above is the lowest that was not, 0 when all were.
	Borne, Above float64
	// Probes are all runs, in the order in which they were made.
	Probes []Probe
}

// Capacity returns what is known so far.
func (s *Search) Capacity() Capacity {
	low, high := s.bracket()
	c := Capacity{Rate: low, SD: math.NaN(), Borne: low, Above: high, Probes: slices.Clone(s.probes)}
	if low > 0 && high > 0 {
		c.Rate, c.SD, _ = s.fit(low, high)
	}
	return c
}

// fit returns where a line through the margins meets the budget, the standard
// error of that as a share, and how many probes near it the line rests on. It
// is a local regression (Cleveland, JASA 74, 1979): the nearer a probe, the
// more it counts, since a service with many servers bends sharply where it
// begins to queue. The slope, the elasticity of the odds to the rate, is
// thought to be around 10 as long as nothing else is known (it is 3 to 50 for
// queues in use), and at least 1.
func (s *Search) fit(low, high float64) (rate, sd float64, used int) {
	lowest, highest := s.sure(low, high)
	rate = math.Sqrt(low * high)
	for range 3 {
		rate, sd, used = s.line(rate)
		rate = min(max(rate, lowest), highest)
	}
	return rate, sd, used
}

// line is a step of fit: the regression around a rate.
func (s *Search) line(center float64) (rate, sd float64, used int) {
	const (
		slope, slopeSD = 10.0, 10.0
		curve          = 0.1  // the line is off by that, for all that is sure
		reach          = 0.12 // how far a probe counts, as a share of the rate
	)
	// Sums of weighted least squares, with the slope's prior as one more.
	var w, wx, wy float64
	wxx, wxy := 1/(slopeSD*slopeSD), slope/(slopeSD*slopeSD)
	for _, p := range s.probes {
		x, y := math.Log(p.Rate/center), min(max(p.Margin, -widest), widest)
		weight := math.Exp(-x*x/(2*reach*reach)) / (p.SD*p.SD + curve*curve)
		w, wx, wy = w+weight, wx+weight*x, wy+weight*y
		wxx, wxy = wxx+weight*x*x, wxy+weight*x*y
		if math.Abs(x) < 2*reach {
			used++
		}
	}
	determinant := w*wxx - wx*wx
	b := max((w*wxy-wx*wy)/determinant, 1)
	a := (wy - b*wx) / w
	if math.IsNaN(a) || math.IsInf(a, 0) {
		return center, math.Inf(1), 0
	}
	x := -a / b
	return center * math.Exp(x), math.Sqrt((wxx-2*x*wx+x*x*w)/determinant) / b, used
}

// sure returns the highest rate in or below the gap that was surely borne and
// the lowest in or above it that was surely not: by three standard
// deviations.
func (s *Search) sure(low, high float64) (lowest, highest float64) {
	lowest, highest = 0, math.Inf(1)
	for _, p := range s.probes {
		switch {
		case p.Rate <= low && p.Margin < -3*p.SD:
			lowest = max(lowest, p.Rate)
		case p.Rate >= high && p.Margin > 3*p.SD:
			highest = min(highest, p.Rate)
		}
	}
	return max(lowest, low/2), min(highest, high*2)
}

// far reports whether a probe at a rate was so far from the budget that it
// tells nothing but the side.
func (s *Search) far(rate float64) bool {
	return slices.ContainsFunc(s.probes, func(p Probe) bool {
		return p.Rate == rate && math.Abs(p.Margin) >= widest
	})
}

// votes returns how many more probes at a rate held than did not.
func (s *Search) votes(rate float64) int {
	n := 0
	for _, p := range s.probes {
		switch {
		case p.Rate != rate:
		case p.Margin <= 0:
			n++
		default:
			n--
		}
	}
	return n
}

// bracket returns the neighbouring rates between which the fewest probes are
// wrong: 0 for low when that is below all, 0 for high when it is above all.
// Of several such places the lowest counts, since a rate has to be shown to
// be borne.
func (s *Search) bracket() (low, high float64) {
	rates := make([]float64, 0, len(s.probes))
	for _, p := range s.probes {
		rates = append(rates, p.Rate)
	}
	slices.Sort(rates)
	rates = slices.Compact(rates)
	least := len(s.probes) + 1
	for i := 0; i <= len(rates); i++ {
		below := 0.0
		if i > 0 {
			below = rates[i-1]
		}
		wrong := 0
		for _, p := range s.probes {
			if (p.Margin <= 0) != (p.Rate <= below) {
				wrong++
			}
		}
		if wrong < least {
			least, low, high = wrong, below, 0
			if i < len(rates) {
				high = rates[i]
			}
		}
	}
	return low, high
}
