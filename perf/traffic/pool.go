package traffic

import (
	"sync"

	"github.com/plumbapi/plumb/perf"
)

// pool holds values that answers gave, the newest of them, in a ring. It is
// the one part of traffic that is no pure function of numbers.
type pool struct {
	mu    sync.Mutex
	take  bool
	seed  uint64
	ring  []value
	first int // the oldest
	n     int
	max   int
}

// defaultPool is how many values a pool holds where the plan does not say.
const defaultPool = 10_000

func newPool(p *perf.Pool) *pool {
	size := p.Max
	if size <= 0 {
		size = defaultPool
	}
	return &pool{take: p.Take, seed: nameSeed(p.Name), max: size}
}

// put adds a value; the oldest makes room for it.
func (p *pool) put(v value) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.n < len(p.ring) {
		p.ring[(p.first+p.n)%len(p.ring)] = v
		p.n++
		return
	}
	if len(p.ring) < p.max {
		// The ring is full and may grow: its oldest goes to the front first.
		ring := make([]value, min(p.max, max(16, 2*len(p.ring))))
		for i := range p.n {
			ring[i] = p.ring[(p.first+i)%len(p.ring)]
		}
		p.ring, p.first = ring, 0
		p.ring[p.n] = v
		p.n++
		return
	}
	p.ring[p.first] = v
	p.first = (p.first + 1) % len(p.ring)
}

// draw returns a value: the oldest, which is used up, or any.
func (p *pool) draw(seq uint64) (value, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.n == 0 {
		return value{}, false
	}
	if !p.take {
		return p.ring[(p.first+int(mix(p.seed, seq)%uint64(p.n)))%len(p.ring)], true
	}
	v := p.ring[p.first]
	p.ring[p.first] = value{}
	p.first = (p.first + 1) % len(p.ring)
	p.n--
	return v, true
}
