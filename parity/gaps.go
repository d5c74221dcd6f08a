package parity

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// gaps returns the most important of what has no counterpart and is asked
// for, the largest first, at most MaxGaps. What counts: how much it is used;
// whether the thing that it is about is there, so that only the operation
// lacks; how near to the root of the API it stands; how large its group is.
// Each gap of a group makes the next of that group less important, so that
// one part of an API does not fill the list.
func gaps(p *pairing, res *Result) []Gap {
	g := newGapRanking(p, res)
	for i, op := range p.rest.Operations {
		if i < len(res.Operations) && res.Operations[i].Operation == op.Key {
			g.operation(op, res.Operations[i])
		}
	}
	for _, r := range res.Roots {
		g.root(r)
	}
	return g.largest(MaxGaps)
}

// gapRanking is what gaps are ranked by.
type gapRanking struct {
	phrases phrases
	p       *pairing
	sizes   map[string]int     // operations of each group
	mean    float64            // weight of an operation that has any
	used    bool               // weights are those of usage
	things  map[*gql.Type]bool // types that a schema has
	named   map[string]bool    // words of the names of all types
	list    []rankedGap
}

type rankedGap struct {
	Gap
	value float64
}

func newGapRanking(p *pairing, res *Result) *gapRanking {
	g := &gapRanking{phrases: phrases{lex: p.lex}, p: p, sizes: map[string]int{}, things: map[*gql.Type]bool{}, named: map[string]bool{}, used: res.options.Usage != nil}
	if m := p.gql.Source.Mutation; m != nil {
		g.phrases.mutation = m.Name
	}
	sum, n := 0.0, 0
	for _, op := range res.Operations {
		g.sizes[groupOf(op)]++
		if op.Weight > 0 {
			sum += op.Weight
			n++
		}
	}
	g.mean = 1
	if n > 0 {
		g.mean = sum / float64(n)
	}
	for _, t := range p.types {
		g.things[t.typ] = true
	}
	for _, t := range p.gql.Types {
		if t.Role == gql.Thing {
			g.named[wordsKey(t.Words)] = true
		}
	}
	return g
}

func (g *gapRanking) operation(op *rest.Operation, o *Operation) {
	if o.Status != StatusNone || o.Need == Unneeded {
		return
	}
	value := o.Weight / g.mean * needFactor(o.Need) * g.size(groupOf(o))
	if g.thingExists(op) {
		value *= 2
	}
	literals, params := 0, 0
	for _, s := range op.Segments {
		if s.Param {
			params++
		} else {
			literals++
		}
	}
	value /= 1 + 0.2*float64(max(literals-1, 0)) + 0.1*float64(max(params-1, 0))
	if o.Write {
		value *= 1.2
	}
	g.list = append(g.list, rankedGap{Gap{o.Operation, groupOf(o), o.Weight, g.phrases.operation(op)}, value})
}

// thingExists reports whether GraphQL has what an operation is about.
func (g *gapRanking) thingExists(op *rest.Operation) bool {
	for _, s := range [...]*rest.Schema{op.Item, op.Response, op.Body} {
		if s != nil && g.p.typeOf[s] != nil {
			return true
		}
	}
	last := lastLiteral(op)
	return last != nil && g.named[wordsKey(last.Words)]
}

// wordsKey is a name's words, in order, as a key of a map.
func wordsKey(n word.Name) string {
	key := make([]byte, 0, 4*len(n.Words))
	for _, w := range n.Words {
		key = binary.BigEndian.AppendUint32(key, uint32(w))
	}
	return string(key)
}

func lastLiteral(op *rest.Operation) *rest.Segment {
	for i := len(op.Segments) - 1; i >= 0; i-- {
		if !op.Segments[i].Param {
			return &op.Segments[i]
		}
	}
	return nil
}

func (g *gapRanking) root(r *Root) {
	f := g.p.field(r.Coordinate)
	if r.Status != StatusNone || r.Need == Unneeded || f == nil {
		return
	}
	weight := 1.0
	switch {
	case r.Deprecated:
		weight = 0.5
	case r.Experimental:
		weight = 0.25
	}
	value := weight * needFactor(r.Need) * g.size(groupName(r.Group))
	if g.used {
		value /= 2 // nobody knows how much it is used
	}
	targets := []*gql.Type{f.Target}
	for _, payload := range f.Payload {
		targets = append(targets, payload.Target)
	}
	if slices.ContainsFunc(targets, func(t *gql.Type) bool { return g.things[t] }) {
		value *= 2
	}
	value /= 1 + 0.1*float64(max(len(f.Words.Words)-2, 0))
	g.list = append(g.list, rankedGap{Gap{r.Coordinate, groupName(r.Group), weight, g.phrases.root(f)}, value})
}

// size makes gaps of large groups count for more, slowly.
func (g *gapRanking) size(group string) float64 {
	return 1 + math.Log10(1+float64(g.sizes[group]))/4
}

func needFactor(n Need) float64 {
	if n == BestEffort {
		return 0.5
	}
	return 1
}

// largest picks the gaps one by one.
func (g *gapRanking) largest(n int) []Gap {
	slices.SortStableFunc(g.list, func(a, b rankedGap) int {
		return cmp.Or(cmp.Compare(b.value, a.value), strings.Compare(a.Element, b.Element))
	})
	picked := make([]Gap, 0, n)
	damp := map[string]float64{}
	taken := make([]bool, len(g.list))
	for len(picked) < n {
		best, most := -1, -1.0
		for i := range g.list {
			d, seen := damp[g.list[i].Group]
			if !seen {
				d = 1
			}
			if v := g.list[i].value * d; !taken[i] && v > most {
				best, most = i, v
			}
		}
		if best < 0 {
			break
		}
		taken[best] = true
		group := g.list[best].Group
		if _, seen := damp[group]; !seen {
			damp[group] = 1
		}
		damp[group] *= 0.75
		picked = append(picked, g.list[best].Gap)
	}
	return picked
}
