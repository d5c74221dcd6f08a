package histogram

import (
	"math"
	"math/bits"
	"slices"
	"time"
)

// finest is the scale at which durations are counted.
const finest = 6

// lowestOctave is the octave of one nanosecond: 2^-30 s < 1 ns ≤ 2^-29 s. All
// of time.Duration is 64 octaves, one page each.
const lowestOctave = -30

// bias is what is added to a bucket's index of OpenTelemetry at the finest
// scale so that the first is 0. It stays whole when it is halved.
const bias = -lowestOctave * pageSize

// edges are 2^(k/64), each the float64 that is nearest to it. They are
// written out since a machine's own exponential function may differ from
// another machine's in the last bit, and histograms of both must add up.
var edges = [pageSize + 1]float64{
	1.0, 1.0108892860517005, 1.0218971486541166, 1.0330248790212284,
	1.0442737824274138, 1.0556451783605572, 1.0671404006768237, 1.0787607977571199,
	1.0905077326652577, 1.102382583307841, 1.1143867425958924, 1.1265216186082418,
	1.1387886347566916, 1.1511892299529827, 1.1637248587775775, 1.1763969916502812,
	1.189207115002721, 1.202156731452703, 1.215247359980469, 1.22848053610687,
	1.241857812073484, 1.255380757024691, 1.2690509571917332, 1.2828700160787783,
	1.2968395546510096, 1.3109612115247644, 1.3252366431597413, 1.339667524053303,
	1.3542555469368927, 1.3690024229745905, 1.383909881963832, 1.3989796725383112,
	1.4142135623730951, 1.42961333839197, 1.4451808069770467, 1.460917794180647,
	1.4768261459394993, 1.4929077282912648, 1.5091644275934228, 1.5255981507445384,
	1.5422108254079407, 1.559004400237837, 1.5759808451078865, 1.593142151342267,
	1.6104903319492543, 1.6280274218573478, 1.645755478153965, 1.6636765803267364,
	1.681792830507429, 1.7001063537185235, 1.718619298122478, 1.7373338352737062,
	1.7562521603732995, 1.7753764925265212, 1.7947090750031072, 1.8142521755003989,
	1.8340080864093424, 1.8539791250833855, 1.8741676341103, 1.8945759815869656,
	1.9152065613971474, 1.9360617934922943, 1.9571441241754002, 1.978456026387951,
	2,
}

// Edges returns the 65 edges of the buckets from 1 s to 2 s, for programs in
// other languages that are to count alike: a duration x in seconds with
// 2^k < x ≤ 2^(k+1) lies in bucket 64·k + i, where i is that of the last edge
// below x/2^k.
func Edges() []float64 { return slices.Clone(edges[:]) }

// steps are the mantissas of the edges; the last is none that a float64 has.
var steps = func() (s [pageSize + 1]uint64) {
	for k, e := range edges {
		s[k] = math.Float64bits(e) - one
	}
	return s
}()

// starts says for each of 128 equal parts of an octave in which bucket it
// begins. A bucket is wider than a part, so no part sees more than one edge.
var starts = func() (s [128]uint8) {
	for part := range s {
		at := uint64(part) << (mantissa - 7)
		for int(s[part])+1 < pageSize && steps[s[part]+1] <= at {
			s[part]++
		}
	}
	return s
}()

const (
	mantissa = 52
	one      = 1023 << mantissa // the bits of 1.0
)

// index returns the bucket of a positive duration at the finest scale, 0 for
// the octave of one nanosecond. Upper edges belong to their bucket; the
// predecessor of a float64 turns that into the usual lower ones.
func index(d time.Duration) int {
	b := math.Float64bits(float64(d)/1e9) - 1
	m := b & (1<<mantissa - 1)
	slot := int(starts[m>>(mantissa-7)])
	if m >= steps[slot+1] {
		slot++
	}
	octave := int(b>>mantissa) - 1023 - lowestOctave
	return octave*pageSize + slot
}

// ceiling returns the greatest duration in bucket i or below, at the finest
// scale.
func ceiling(i int) time.Duration {
	octave, slot := i/pageSize+lowestOctave, i%pageSize
	edge := math.Ldexp(edges[slot+1], octave) * 1e9
	if edge >= math.MaxInt64 {
		return math.MaxInt64
	}
	d := time.Duration(edge)
	for index(d+1) <= i {
		d++
	}
	for d > 0 && index(d) > i {
		d--
	}
	return d
}

// span returns the least and the greatest duration of bucket i at the scale
// of h. Buckets below 100 ns may hold none; low is above high then.
func (h *Histogram) span(i int) (low, high time.Duration) {
	first := i << h.shift
	if first > 0 {
		low = ceiling(first - 1)
	}
	return low + 1, ceiling(first + 1<<h.shift - 1)
}

// sum is a sum of nanoseconds in 128 bits: at 10,000 requests a second, each
// of which waits for 30 s, 64 bits last for eight hours.
type sum struct{ high, low uint64 }

// add adds d n times.
func (s *sum) add(d, n uint64) {
	high, low := bits.Mul64(d, n)
	s.plus(sum{high, low})
}

func (s *sum) plus(o sum) {
	var carry uint64
	s.low, carry = bits.Add64(s.low, o.low, 0)
	s.high, _ = bits.Add64(s.high, o.high, carry)
}

func (s *sum) seconds() float64 {
	return (float64(s.high)*(1<<64) + float64(s.low)) / 1e9
}
