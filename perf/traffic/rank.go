package traffic

import (
	"math/bits"
	"sync"

	"github.com/plumbapi/plumb/perf"
)

// ranker counts how many requests before a number take a row of a feeder, so
// that a file is read row by row though other operations are sent between. It
// is a pure function of the number: the mix says what every request is, and
// counts of blocks are remembered. Shards of a run agree.
type ranker struct {
	mu    sync.Mutex
	mix   *perf.Mix
	takes func(operation, session int) bool
	// before has the count before each block; blocks the requests that take a
	// row, as bits, of the blocks that were looked at last.
	before []uint64
	blocks [recentBlocks]block
}

type block struct {
	index int
	bits  [blockSize / 64]uint64
}

const (
	blockSize    = 4096
	recentBlocks = 16
	// maxRank is the number from which requests count by their own: no run
	// sends as many.
	maxRank = 1 << 34
)

func newRanker(p *perf.Plan, takes func(operation, session int) bool) *ranker {
	r := &ranker{mix: perf.NewMix(p), takes: takes, before: []uint64{0}}
	for i := range r.blocks {
		r.blocks[i].index = -1
	}
	return r
}

// rank returns the count before a number.
func (r *ranker) rank(seq uint64) uint64 {
	if seq >= maxRank {
		return seq
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	k := int(seq / blockSize)
	for len(r.before) <= k {
		last := len(r.before) - 1
		r.before = append(r.before, r.before[last]+r.block(last).count(blockSize))
	}
	return r.before[k] + r.block(k).count(int(seq%blockSize))
}

// block returns a block, made where it is not among the recent ones.
func (r *ranker) block(index int) *block {
	b := &r.blocks[index%recentBlocks]
	if b.index == index {
		return b
	}
	*b = block{index: index}
	for i := range blockSize {
		if r.takes(r.mix.At(uint64(index)*blockSize + uint64(i))) {
			b.bits[i/64] |= 1 << (i % 64)
		}
	}
	return b
}

// count counts the first n bits.
func (b *block) count(n int) uint64 {
	sum := 0
	for i := range n / 64 {
		sum += bits.OnesCount64(b.bits[i])
	}
	if n%64 != 0 {
		sum += bits.OnesCount64(b.bits[n/64] & (1<<(n%64) - 1))
	}
	return uint64(sum)
}
