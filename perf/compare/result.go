package compare

import (
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/perf"
)

// Comparison is what pairs of blocks say of two versions.
type Comparison struct {
	Design Design `json:"design"`
	// Quantile is the one that was compared, such as 0.95.
	Quantile float64 `json:"quantile"`
	// Pairs is how many pairs are judged, Dropped how many are not, since the
	// generator was late in one of their blocks.
	Pairs   int `json:"pairs"`
	Dropped int `json:"dropped"`
	// Verdict is the worst of all operations: invalid, fail, inconclusive, pass.
	Verdict    perf.Verdict `json:"verdict"`
	Operations []Operation  `json:"operations"`
	// Incomplete says why not all pairs were sent; "" where they were.
	Incomplete string `json:"incomplete"`
	// Trouble is what the sender said of its own measurements, each once.
	Trouble []string `json:"trouble"`
}

// Operation is what they say of one operation.
type Operation struct {
	Operation string       `json:"operation"`
	Verdict   perf.Verdict `json:"verdict"`
	// Reason says why in a sentence, with the numbers.
	Reason string `json:"reason"`
	Base   Level  `json:"base"`
	Head   Level  `json:"head"`
	// Latency compares the quantiles as a ratio: 0.12 is 12 % slower.
	Latency Difference `json:"latency"`
	// Errors compares the shares of bad requests: 0.02 is two of a hundred
	// requests more.
	Errors Difference `json:"errors"`
	// Blocks are the pairs, in the order in which they were sent.
	Blocks []Pair `json:"blocks"`
	// Location is where the plan names the operation.
	Location check.Location `json:"-"`
}

// Level is what one version measured over all blocks.
type Level struct {
	Requests uint64 `json:"requests"`
	// Bad counts requests that failed, or could not be sent since all workers
	// waited.
	Bad uint64 `json:"bad"`
	// Quantile is the geometric mean of the blocks' quantiles.
	Quantile time.Duration `json:"quantile_ns"`
}

// Difference is head beside base.
type Difference struct {
	// Mean is the estimate; it lies between Low and High with a confidence of
	// 98 %, each side 99 %.
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// P is how likely so great a difference is where there is none, adjusted
	// for the number of operations (Holm).
	P float64 `json:"p"`
	// Detectable is the least difference that would have been found in nine of
	// ten comparisons.
	Detectable float64 `json:"detectable"`
	// Worse says that it is greater than chance and the floor allow.
	Worse bool `json:"worse"`
}

// Pair is one pair of blocks of an operation.
type Pair struct {
	Base     time.Duration `json:"base_ns"`
	Head     time.Duration `json:"head_ns"`
	BaseBad  float64       `json:"base_bad"`
	HeadBad  float64       `json:"head_bad"`
	Requests uint64        `json:"requests"`
}
