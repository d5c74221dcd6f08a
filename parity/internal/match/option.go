package match

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

// option is something that may be chosen, with the evidence about it.
type option struct {
	name  string // orders equal options
	typ   *gql.Type
	field *gql.Field
	// evidence is by the constants of its kind; score is its sum, weighted,
	// in log-odds against choosing nothing.
	evidence []float64
	score    float64
	p        float64 // probability among all options and none
}

// weigh sums up the evidence.
func (o *option) weigh(weights []float64) {
	o.score = 0
	for i, v := range o.evidence {
		o.score += v * weights[i]
	}
	const grain = 1e9 // so that the order in which words are summed up says nothing
	o.score = math.Round(o.score*grain) / grain
}

// settle orders options, the best first, and gives each its probability:
// exp(score) over the sum of all options' and 1, which is that of none of
// them (conditional logit). It returns the probability of none.
func settle(list []*option) (none float64) {
	slices.SortFunc(list, func(a, b *option) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.name, b.name))
	})
	sum := 1.0
	for _, o := range list {
		o.p = math.Exp(min(o.score, 50))
		sum += o.p
	}
	for _, o := range list {
		o.p /= sum
	}
	return 1 / sum
}

// desk is the room for the options of one decision. It is lent, since what
// thousands of decisions weigh would otherwise be most of the memory.
type desk struct {
	kinds    int // of evidence
	options  []option
	evidence []float64
	list     []*option
}

// desk lends room for the options of a decision with some kinds of evidence.
func (m *matcher) desk(kinds int) *desk {
	d, ok := m.desks.Get().(*desk)
	if !ok || m.observe != nil { // what is observed is kept
		d = &desk{}
	}
	d.kinds = kinds
	return d
}

// clear takes the room back. Nothing may hold on to the options.
func (m *matcher) clear(d *desk) {
	d.options, d.evidence, d.list = d.options[:0], d.evidence[:0], d.list[:0]
	if m.observe == nil {
		m.desks.Put(d)
	}
}

// reserve makes room for n options, so that none has to move.
func (d *desk) reserve(n int) {
	d.options = slices.Grow(d.options[:0], n)
	d.evidence = slices.Grow(d.evidence[:0], n*d.kinds)
	d.list = slices.Grow(d.list[:0], n)
}

// add puts an option on the desk, without evidence. There must be room.
func (d *desk) add(o option) *option {
	at := len(d.evidence)
	d.evidence = d.evidence[:at+d.kinds]
	o.evidence = d.evidence[at : at+d.kinds : at+d.kinds]
	clear(o.evidence)
	d.options = append(d.options, o)
	added := &d.options[len(d.options)-1]
	d.list = append(d.list, added)
	return added
}
