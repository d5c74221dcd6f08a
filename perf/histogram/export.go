package histogram

// OTel is a data point of an OpenTelemetry exponential histogram in seconds:
// the fields of ExponentialHistogramDataPoint that a histogram fills, under
// their names there. Positive bucket k of the list has the index Offset + k
// and holds the values in (2^(i/2^Scale), 2^((i+1)/2^Scale)].
type OTel struct {
	Count         uint64
	Sum           float64
	Scale         int32
	ZeroCount     uint64
	ZeroThreshold float64
	Offset        int32    // of the positive buckets
	BucketCounts  []uint64 // of the positive buckets
	Min, Max      float64
}

// OTel returns the histogram as OpenTelemetry has it. At most that many
// buckets are used, but never fewer than 2, by joining neighbours and lowering
// the scale as the standard foresees; 0 keeps the scale, and all that is known.
// The usual limit of collectors is 160 buckets: at scale 6 that is a range of
// 1 to 5.6.
func (h *Histogram) OTel(buckets int) OTel {
	point := OTel{
		Count: h.count, Sum: h.Sum(), ZeroCount: h.zero,
		Min: h.lowest.Seconds(), Max: h.most.Seconds(),
	}
	indices, counts, scale := h.joined(buckets, leastScale)
	point.Scale = int32(scale)
	if len(indices) == 0 {
		return point
	}
	first, last := indices[0], indices[len(indices)-1]
	point.Offset = int32(first)
	point.BucketCounts = make([]uint64, last-first+1)
	for k, i := range indices {
		point.BucketCounts[i-first] = counts[k]
	}
	return point
}

// Prometheus is a native histogram of Prometheus in seconds: the fields of
// io.prometheus.client.Histogram that a histogram fills, under their names
// there. Deltas are the differences between the counts of one bucket and the
// next; the spans say which buckets those are.
type Prometheus struct {
	SampleCount    uint64
	SampleSum      float64
	Schema         int32
	ZeroThreshold  float64
	ZeroCount      uint64
	PositiveSpans  []Span
	PositiveDeltas []int64
}

// Span is a run of Length buckets; Offset is the index of the first one, or,
// after another span, how many empty buckets are between them.
type Span struct {
	Offset int32
	Length uint32
}

// zeroThreshold is the width of the zero bucket that Prometheus' client
// library uses where nobody sets another. Ours is narrower, since there is
// nothing between 0 and 1 ns; the same number lets both be added.
const zeroThreshold = 0x1p-128

// The coarsest scales that the two know.
const (
	leastScale  = -10
	leastSchema = -4
)

// Prometheus returns the histogram as Prometheus has it, in at most that many
// buckets as far as schema −4 allows (5 always do); 0 keeps the schema, and
// all that is known.
func (h *Histogram) Prometheus(buckets int) Prometheus {
	native := Prometheus{SampleCount: h.count, SampleSum: h.Sum(), ZeroThreshold: zeroThreshold, ZeroCount: h.zero}
	indices, counts, scale := h.joined(buckets, leastSchema)
	native.Schema = int32(scale)
	previous, next := int64(0), 0
	for k, i := range indices {
		i++ // Prometheus counts from the upper edge
		last := len(native.PositiveSpans) - 1
		if gap := i - next; last >= 0 && gap <= mostGap {
			for range gap {
				native.PositiveDeltas = append(native.PositiveDeltas, -previous)
				previous = 0
			}
			native.PositiveSpans[last].Length += uint32(gap) + 1
		} else {
			native.PositiveSpans = append(native.PositiveSpans, Span{Offset: int32(gap), Length: 1})
		}
		native.PositiveDeltas = append(native.PositiveDeltas, int64(counts[k])-previous)
		previous, next = int64(counts[k]), i+1
	}
	return native
}

// joined returns the buckets that hold something, as OpenTelemetry numbers
// them, at the finest scale, not below least, at which the first and the last
// are so near that limit buckets suffice.
func (h *Histogram) joined(limit, least int) (indices []int, counts []uint64, scale int) {
	h.each(func(i int, n uint64) bool {
		indices, counts = append(indices, i-bias>>h.shift), append(counts, n)
		return true
	})
	scale = h.Scale()
	for limit > 0 && len(indices) > 0 && indices[len(indices)-1]-indices[0] >= limit && scale > least {
		kept := 0
		for k, i := range indices {
			if i >>= 1; kept > 0 && indices[kept-1] == i {
				counts[kept-1] += counts[k]
			} else {
				indices[kept], counts[kept] = i, counts[k]
				kept++
			}
		}
		indices, counts = indices[:kept], counts[:kept]
		scale--
	}
	return indices, counts, scale
}
