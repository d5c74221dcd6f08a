package histogram

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"time"
)

// format is the version of the JSON form.
const format = 1

// Limits of what is decoded: no histogram of this package is longer, and
// numbers up to 2^53 survive every reader of JSON.
const (
	mostBytes = 256 << 10
	mostCount = 1 << 53
)

// document is the JSON form. A run is the index of its first bucket, as
// OpenTelemetry counts it at that scale, and then the counts of buckets that
// follow each other.
type document struct {
	Version int          `json:"version"`
	Scale   int          `json:"scale"`
	Count   uint64       `json:"count"`
	Zero    uint64       `json:"zero"`
	Min     int64        `json:"min_ns"`
	Max     int64        `json:"max_ns"`
	Sum     *big.Int     `json:"sum_ns"`
	Runs    [][]runEntry `json:"runs"`
}

// runEntry is an index or a count.
type runEntry = int64

// mostGap is how many empty buckets a run spans rather than ends.
const mostGap = 2

// MarshalJSON writes the versioned form:
//
//	{"version":1,"scale":6,"count":3,"zero":0,"min_ns":…,"max_ns":…,"sum_ns":…,"runs":[[-299,2,0,1]]}
//
// A run begins with the index of a bucket, which holds the values in
// (2^(i/2^scale), 2^((i+1)/2^scale)] seconds, and goes on with the counts from
// there. What is equal is written equally.
func (h *Histogram) MarshalJSON() ([]byte, error) {
	d := document{
		Version: format, Scale: h.Scale(), Count: h.count, Zero: h.zero,
		Min: int64(h.lowest), Max: int64(h.most), Sum: h.sum.big(), Runs: [][]runEntry{},
	}
	next := 0
	h.each(func(i int, n uint64) bool {
		last := len(d.Runs) - 1
		if last >= 0 && i-next <= mostGap {
			for ; next < i; next++ {
				d.Runs[last] = append(d.Runs[last], 0)
			}
			d.Runs[last] = append(d.Runs[last], int64(n))
		} else {
			d.Runs = append(d.Runs, []runEntry{int64(i - bias>>h.shift), int64(n)})
		}
		next = i + 1
		return true
	})
	return json.Marshal(d)
}

// UnmarshalJSON reads what MarshalJSON wrote, and nothing that could not have
// been counted: an error says which part contradicts which. h is replaced as a
// whole, or stays as it is.
func (h *Histogram) UnmarshalJSON(text []byte) error {
	read, err := decode(text)
	if err != nil {
		return fmt.Errorf("histogram: %w", err)
	}
	*h = *read
	return nil
}

func decode(text []byte) (*Histogram, error) {
	if len(text) > mostBytes {
		return nil, fmt.Errorf("%d bytes are more than any histogram takes", len(text))
	}
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, err
	}
	if d.Version != format {
		return nil, fmt.Errorf("version %d is unknown; this is version %d", d.Version, format)
	}
	if d.Scale < finest-1 || d.Scale > finest {
		return nil, fmt.Errorf("scale %d is none of %d and %d", d.Scale, finest-1, finest)
	}
	h := &Histogram{shift: uint8(finest - d.Scale)}
	if err := h.readRuns(d.Runs); err != nil {
		return nil, err
	}
	if d.Zero > mostCount || h.count+d.Zero > mostCount {
		return nil, fmt.Errorf("more than %d values", int64(mostCount))
	}
	h.zero = d.Zero
	if h.count += d.Zero; h.count != d.Count {
		return nil, fmt.Errorf("count is %d, the buckets hold %d", d.Count, h.count)
	}
	if err := h.readExact(d); err != nil {
		return nil, err
	}
	for h.used > mostPages {
		h.coarsen()
	}
	return h, nil
}

// readRuns fills the buckets.
func (h *Histogram) readRuns(runs [][]runEntry) error {
	next, end := 0, pageCount*pageSize>>h.shift
	for r, run := range runs {
		if len(run) < 2 {
			return fmt.Errorf("run %d has no counts", r+1)
		}
		start, counts := run[0]+int64(bias>>h.shift), run[1:]
		if start < int64(next) || start+int64(len(counts)) > int64(end) {
			return fmt.Errorf("run %d at index %d overlaps another or leaves the range of durations", r+1, run[0])
		}
		for k, n := range counts {
			if n < 0 || n > mostCount || h.count+uint64(n) > mostCount {
				return fmt.Errorf("run %d has the count %d", r+1, n)
			}
			if n > 0 {
				i := int(start) + k
				if low, high := h.span(i); low > high {
					return fmt.Errorf("run %d counts in a bucket that holds no whole nanosecond", r+1)
				}
				h.page(i)[i%pageSize] = uint64(n)
				h.count += uint64(n)
			}
		}
		next = int(start) + len(counts)
	}
	return nil
}

// readExact takes minimum, maximum and sum where the buckets allow them.
func (h *Histogram) readExact(d document) error {
	if d.Sum == nil {
		return errors.New("there is no sum")
	}
	if h.count == 0 {
		if d.Min != 0 || d.Max != 0 || d.Sum.Sign() != 0 {
			return errors.New("nothing is counted, but there is a minimum, maximum or sum")
		}
		return nil
	}
	// Without narrowing, Buckets yields the ends of the buckets themselves.
	h.lowest, h.most = 0, math.MaxInt64
	first, last := h.ends()
	low, high := time.Duration(d.Min), time.Duration(d.Max)
	if low < first.Low || low > first.High {
		return fmt.Errorf("the minimum of %v is not in the first bucket, %v to %v", low, first.Low, first.High)
	}
	if high < last.Low || high > last.High || high < low {
		return fmt.Errorf("the maximum of %v is not in the last bucket, %v to %v", high, last.Low, last.High)
	}
	if h.count == 1 && low != high {
		return fmt.Errorf("one value is not both the minimum of %v and the maximum of %v", low, high)
	}
	h.lowest, h.most = low, high
	if least, greatest := h.sums(); d.Sum.Cmp(least) < 0 || d.Sum.Cmp(greatest) > 0 {
		return fmt.Errorf("a sum of %v ns is beyond what the buckets hold, %v to %v", d.Sum, least, greatest)
	}
	h.sum = fromBig(d.Sum)
	return nil
}

// ends returns the first and the last bucket that hold something.
func (h *Histogram) ends() (first, last Bucket) {
	for b := range h.Buckets() {
		if first.Count == 0 {
			first = b
		}
		last = b
	}
	return first, last
}

// sums returns between what the sum lies, given all but the sum: one value is
// the minimum, another one the maximum, the others lie anywhere in their
// buckets.
func (h *Histogram) sums() (least, greatest *big.Int) {
	first, last := h.ends()
	least, greatest = new(big.Int), new(big.Int)
	for b := range h.Buckets() {
		least.Add(least, product(b.Low, b.Count))
		greatest.Add(greatest, product(b.High, b.Count))
	}
	return least.Add(least, product(h.most-last.Low, 1)), greatest.Sub(greatest, product(first.High-h.lowest, 1))
}

func product(d time.Duration, n uint64) *big.Int {
	return new(big.Int).Mul(big.NewInt(int64(d)), new(big.Int).SetUint64(n))
}

// big returns the sum as an integer of any size.
func (s *sum) big() *big.Int {
	b := new(big.Int).SetUint64(s.high)
	return b.Lsh(b, 64).Add(b, new(big.Int).SetUint64(s.low))
}

func fromBig(b *big.Int) sum {
	return sum{new(big.Int).Rsh(b, 64).Uint64(), new(big.Int).And(b, new(big.Int).SetUint64(math.MaxUint64)).Uint64()}
}
