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
