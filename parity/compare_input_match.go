package parity

import (
	"cmp"
	"math"
	"slices"

	"github.com/plumbapi/plumb/parity/internal/word"
)

// match pairs the inputs of both sides: what cuts and orders the list by what
// it is for, keys by what they are keys of, the rest by names and types.
func (e *exchange) match() {
	e.matchList()
	e.matchKeys()
	e.matchNames()
}

// choice is an input and an argument that may correspond.
type choice struct {
	r     *restInput
	g     *gqlInput
	score float64
}

// better orders choices, the best first.
func better(a, b choice) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.g.coordinate(), b.g.coordinate()), cmp.Compare(a.r.name, b.r.name))
}

// maxInputPairs bounds the pairs of inputs of one operation that are judged;
// of more only those of one name are.
const maxInputPairs = 1 << 18

// matchNames pairs what is left, the best pairs first.
func (e *exchange) matchNames() {
	var all []choice
	many := len(e.rest)*len(e.gql) > maxInputPairs
	for _, r := range e.rest {
		if r.partner != nil || r.role == KeyInput || r.role == PagingInput {
			continue
		}
		for _, g := range e.gql {
			if g.partner == nil && !g.outer && g.role != PagingInput && (!many || r.form.fold == g.form.fold) {
				if s := e.nameScore(r, g); s >= enough {
					all = append(all, choice{r, g, s})
				}
			}
		}
	}
	slices.SortStableFunc(all, better)
	for _, ch := range all {
		if ch.r.partner == nil && ch.g.partner == nil && !ch.g.inside() && !e.hasInside(ch.g) {
			ch.r.partner, ch.g.partner, ch.r.score = ch.g, ch.r, ch.score
		}
	}
}

// hasInside reports whether a field of an input object has a partner already.
func (e *exchange) hasInside(parent *gqlInput) bool {
	return slices.ContainsFunc(e.gql, func(g *gqlInput) bool {
		for p := g.parent; p != nil; p = p.parent {
			if p == parent && g.partner != nil {
				return true
			}
		}
		return false
	})
}

// negated reports whether an input says what is not wanted, as
// not[author_id] and exclude_archived do.
func (e *exchange) negated(f *fieldName) bool {
	return slices.ContainsFunc(f.words, func(w word.ID) bool {
		switch e.p.lex.Text(w) {
		case "not", "exclude", "without":
			return true
		}
		return false
	})
}

// nameScore scores an input and an argument.
func (e *exchange) nameScore(r *restInput, g *gqlInput) float64 {
	f, _ := e.relate(&r.value, &g.value)
	score := 0.0
	switch {
	case (r.role == SortInput) != (g.role == SortInput), e.negated(r.form) != e.negated(g.form):
		return 0
	case r.form.fold == g.form.fold:
		score = 10
	case r.form.one == g.form.one:
		score = 9
	case slices.Equal(r.form.canon, g.form.canon) && r.form.by == g.form.by && r.form.when == g.form.when:
		score = 8.8
	case f == clashes:
		return 0
	case r.form.agent >= 0 && r.form.agent == g.form.agent:
		score = 7.5
	case r.form.whole != 0 && r.form.whole == g.form.whole:
		score = 7.5
	default:
		j := e.names.alike(r.form, g.form, g.entity, idWord|keyWord|manyWord)
		if j < 0.72 || f == loose && j < 0.8 && g.value.class != idClass {
			return 0
		}
		score = 9 * j * math.Sqrt(j)
	}
	if g.hasFields() != (r.value.class >= objectClass && !r.value.mixed) {
		score -= 3
	}
	if f == clashes {
		score -= 3
	}
	if g.parent != nil {
		score -= 0.3
	}
	return score
}
