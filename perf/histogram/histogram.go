// Package histogram counts latencies in buckets whose width grows with the
// value, so that every quantile of any distribution is known to within 0.6 %,
// in a few kilobytes, and histograms of many machines add up to the one that
// a single machine would have made.
//
// The buckets are those of OpenTelemetry's exponential histograms and of
// Prometheus' native histograms at scale (schema) 6, in seconds: bucket i
// holds the values in (2^(i/64), 2^((i+1)/64)]. Neighbouring edges differ by
// the factor 2^(1/64) = 1.0109, so a value that is estimated from inside its
// bucket is off by at most 0.55 %. Scale 5 would be off by up to 1.09 %, and
// scale 7 costs twice the memory for a precision that no budget asks for.
//
// A share of requests within a budget is judged by an exact counter, which is
// smaller still; [Histogram.AtMost] serves thresholds that nobody knew while
// the run went on, and says how sure it is. Nothing here reads a clock, and
// nothing here decides: verdicts are made elsewhere.
package histogram

import (
	"math/bits"
	"time"
)

// Histogram counts durations. Its zero value is empty and ready to use. It is
// not safe for concurrent use: give each goroutine its own and merge them.
//
// Memory is bounded by the range of values, not by their number: 512 bytes
// for every factor of two that holds a value, and 512 bytes besides. Latencies
// of one endpoint take about 3 KB. Where values lie in more than 32 different
// factors of two (1 µs and 1 ms and 1 s and an hour together do not), pairs of
// buckets become one, Scale is 5, and the bound of the error doubles; 17 KB
// are never exceeded.
type Histogram struct {
	pages  [pageCount]*page // by octave, or by two octaves when shift is 1
	shift  uint8            // by how much the scale is below finest
	used   uint8            // pages that are there
	zero   uint64
	count  uint64
	sum    sum
	lowest time.Duration
	most   time.Duration
}

// page holds the buckets of one octave.
type page [pageSize]uint64

const (
	pageCount = 64
	pageSize  = 64
	// mostPages is how many pages may be there before buckets are joined.
	mostPages = 32
)

// Add counts one duration. One that is negative, as a clock that was set back
// measures it, counts as zero. Add allocates only when a factor of two sees
// its first value.
func (h *Histogram) Add(d time.Duration) { h.AddN(d, 1) }

// AddN counts one duration n times.
func (h *Histogram) AddN(d time.Duration, n uint64) {
	if n == 0 {
		return
	}
	if d <= 0 {
		d = 0
		h.zero += n
	} else {
		i := uint(index(d)) >> h.shift
		p := h.pages[i/pageSize]
		if p == nil {
			p, i = h.grow(d)
		}
		p[i%pageSize] += n
	}
	if h.count == 0 {
		h.lowest, h.most = d, d
	}
	h.lowest, h.most = min(h.lowest, d), max(h.most, d)
	h.count += n
	h.sum.add(uint64(d), n)
}

// grow makes the page of a duration, and joins buckets when there are too
// many pages then. It returns the page and the bucket.
func (h *Histogram) grow(d time.Duration) (*page, uint) {
	h.page(index(d) >> h.shift)
	if h.used > mostPages {
		h.coarsen()
	}
	i := index(d) >> h.shift
	return h.page(i), uint(i)
}

// page returns the page of a bucket, made where it is missing.
func (h *Histogram) page(i int) *page {
	p := h.pages[i/pageSize]
	if p == nil {
		p = new(page)
		h.pages[i/pageSize] = p
		h.used++
	}
	return p
}

// coarsen joins every two buckets.
func (h *Histogram) coarsen() {
	old := h.pages
	h.pages, h.used = [pageCount]*page{}, 0
	h.shift++
	addPages(h, &old, 1)
}

// addPages adds buckets whose scale is finer than that of h by shift.
func addPages(h *Histogram, pages *[pageCount]*page, shift uint8) {
	for at, p := range pages {
		if p == nil {
			continue
		}
		for slot, n := range p {
			if n > 0 {
				i := (at*pageSize + slot) >> shift
				h.page(i)[i%pageSize] += n
			}
		}
	}
}

// Merge adds what another histogram counted. Merging commutes and associates:
// whatever the order and the grouping, the result is the histogram that would
// have counted all values itself, to the last bit. The other one stays as it
// is.
func (h *Histogram) Merge(o *Histogram) {
	if o.count == 0 {
		return
	}
	if h.count == 0 {
		h.lowest, h.most = o.lowest, o.most
	}
	for h.shift < o.shift {
		h.coarsen()
	}
	addPages(h, &o.pages, h.shift-o.shift)
	for h.used > mostPages {
		h.coarsen()
	}
	h.lowest, h.most = min(h.lowest, o.lowest), max(h.most, o.most)
	h.zero += o.zero
	h.count += o.count
	h.sum.plus(o.sum)
}

// Clone returns a copy that shares nothing with h.
func (h *Histogram) Clone() *Histogram {
	c := new(Histogram)
	c.Merge(h)
	return c
}

// Equal reports whether two histograms counted the same: every bucket, the
// scale, count, sum, minimum and maximum.
func (h *Histogram) Equal(o *Histogram) bool {
	if h == nil || o == nil {
		return h == o
	}
	for i := range h.pages {
		if h.pageAt(i) != o.pageAt(i) {
			return false
		}
	}
	return h.shift == o.shift && h.zero == o.zero && h.count == o.count &&
		h.sum == o.sum && h.lowest == o.lowest && h.most == o.most
}

// pageAt returns a page by value, an empty one where there is none.
func (h *Histogram) pageAt(i int) page {
	if h.pages[i] == nil {
		return page{}
	}
	return *h.pages[i]
}

// Count returns how many durations were added.
func (h *Histogram) Count() uint64 { return h.count }

// Zero returns how many of them were zero or less.
func (h *Histogram) Zero() uint64 { return h.zero }

// Min returns the least duration, exactly; 0 when there is none.
func (h *Histogram) Min() time.Duration { return h.lowest }

// Max returns the greatest duration, exactly; 0 when there is none.
func (h *Histogram) Max() time.Duration { return h.most }

// Sum returns the sum of all durations in seconds: the sum is kept exactly,
// in nanoseconds and 128 bits, and rounded here.
func (h *Histogram) Sum() float64 { return h.sum.seconds() }

// Mean returns the mean of all durations, rounded down to the nanosecond; 0
// when there is none.
func (h *Histogram) Mean() time.Duration {
	if h.sum.high >= h.count {
		return 0
	}
	q, _ := bits.Div64(h.sum.high, h.sum.low, h.count)
	return time.Duration(q)
}

// Scale returns the scale of the buckets as OpenTelemetry counts it: 6, or 5
// when values lie so far apart that buckets were joined.
func (h *Histogram) Scale() int { return finest - int(h.shift) }

// Error returns the greatest relative error of [Bounds.Mid] for a quantile of
// this histogram: 0.0054 at scale 6, 0.0108 at scale 5. It is
// (f−1)/(f+1) for the factor f between the edges of a bucket.
func (h *Histogram) Error() float64 {
	f := edges[1<<h.shift]
	return (f - 1) / (f + 1)
}
