package schedule

import (
	"math"
	"time"
)

// The moments of n requests of a Poisson process, where the integral of the
// rate goes from 0 to N, are n independent uniform numbers in that range in
// ascending order. Of a stretch between two known ones, the one in the middle
// divides it as a Beta distribution says, whose parameters are how many steps
// there are to either side (David and Nagaraja, Order Statistics, section
// 2.5). So every request is reached by halving from the whole, and the number
// in the middle seeds what is drawn for it: no request depends on the order
// in which others were asked for.

// stretch lies between two known requests, numbered from 1; 0 and n+1 stand
// for the two ends.
type stretch struct {
	low, high uint64
	from, to  float64
}

func (s *Schedule) root() stretch {
	return stretch{low: 0, high: s.whole + 1, from: 0, to: s.before[len(s.stages)]}
}

// halve returns the request in the middle of a stretch.
func (s *Schedule) halve(at stretch) (middle uint64, due float64) {
	middle = at.low + (at.high-at.low)/2
	draws := source(mix(s.seed ^ mix(middle)))
	left, right := draws.gamma(float64(middle-at.low)), draws.gamma(float64(at.high-middle))
	return middle, at.from + (at.to-at.from)*(left/(left+right))
}

// split finds request k, counted from 1, inside a stretch. Every stretch on
// the way goes to passed, if there is one.
func (s *Schedule) split(at stretch, k uint64, passed func(stretch)) float64 {
	for {
		if passed != nil {
			passed(at)
		}
		middle, due := s.halve(at)
		switch {
		case k < middle:
			at.high, at.to = middle, due
		case k > middle:
			at.low, at.from = middle, due
		default:
			return due
		}
	}
}

// countRandom returns how many requests of the whole are due before a moment.
func (s *Schedule) countRandom(moment time.Duration) uint64 {
	at := s.root()
	for at.high-at.low > 1 {
		middle, due := s.halve(at)
		if s.moment(due) < moment {
			at.low, at.from = middle, due
		} else {
			at.high, at.to = middle, due
		}
	}
	return at.low
}

// source is a stream of random bits that costs nothing to begin: SplitMix64
// (Steele, Lea and Flood, 2014).
type source uint64

func (s *source) bits() uint64 {
	*s += 0x9e3779b97f4a7c15
	return mix(uint64(*s))
}

func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// uniform draws from (0, 1).
func (s *source) uniform() float64 { return (float64(s.bits()>>12) + 0.5) / (1 << 52) }

// normal draws from the standard normal distribution (Box and Muller, 1958).
func (s *source) normal() float64 {
	return math.Sqrt(-2*math.Log(s.uniform())) * math.Cos(2*math.Pi*s.uniform())
}

// gamma draws from the Gamma distribution with a shape of at least 1
// (Marsaglia and Tsang, 2000).
func (s *source) gamma(shape float64) float64 {
	if shape == 1 {
		return -math.Log(s.uniform())
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := s.normal()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		u := s.uniform()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
