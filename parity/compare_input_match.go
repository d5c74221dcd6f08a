package parity

import (
	"cmp"
	"math"
	"slices"
)

// match pairs the inputs of both sides: what cuts and orders the list by what
// it is for, keys by what they are keys of, the rest by names and types.
func (e *exchange) match() {
	e.matchList()
	e.matchKeys()
	e.matchNames()
}

// matchList pairs what cuts and orders a list, equal names first.
func (e *exchange) matchList() {
	for _, least := range [...]int{equalName, 1} {
		for _, r := range e.rest {
			if r.partner == nil && (r.role == PagingInput || r.role == SortInput) {
				e.matchListInput(r, least)
			}
		}
	}
}

func (e *exchange) matchListInput(r *restInput, least int) {
	mark := e.listMark(r)
	var best *gqlInput
	rank := 0
	for _, g := range e.gql {
		if n := e.listRank(r, g, mark); n >= least && (n > rank || n == rank && g.coordinate() < best.coordinate()) {
			best, rank = g, n
		}
	}
	if best == nil {
		return
	}
	r.partner, r.score = best, 8
	if best.partner == nil {
		best.partner = r
	}
}

// equalName is the rank of an argument that has the name of a parameter.
const equalName = 5

// listMark says what a parameter does to a list: by its name, and whether it
// says by what or in which direction to sort, by its values. One that is
// called "order" says by what where no other does.
func (e *exchange) listMark(r *restInput) mark {
	mark := e.names.list[r.form.fold]
	if r.role != SortInput {
		return mark
	}
	if len(r.value.enum) > 0 {
		if slices.ContainsFunc(r.value.enum, func(v string) bool { return !isDirection(v) }) {
			return sortName
		}
		return orderName
	}
	byWhat := func(o *restInput) bool { return o.role == SortInput && e.names.list[o.form.fold]&sortName != 0 }
	if mark&orderName != 0 && !slices.ContainsFunc(e.rest, byWhat) {
		return sortName
	}
	return mark
}

func isDirection(v string) bool {
	switch fold(v) {
	case "asc", "desc", "ascending", "descending":
		return true
	}
	return false
}

// listRank says how well an argument does what a parameter does to a list; 0
// is not at all.
func (e *exchange) listRank(r *restInput, g *gqlInput, mark mark) int {
	if g.outer || g.role != r.role || g.partner != nil && r.role == PagingInput {
		return 0
	}
	of := e.names.list[g.form.fold]
	nested := g.parent != nil && g.parent.role == SortInput
	switch {
	case g.hasFields() || r.role == PagingInput && of&mark == 0:
		return 0
	case r.form.fold == g.form.fold && of&mark != 0:
		return equalName
	case r.role == PagingInput && (g.form.fold == "first" || g.form.fold == "after"):
		return 4
	case r.role == PagingInput:
		return 3
	case nested && of&orderName != 0 == (mark&orderName != 0):
		return 4
	case !nested && of&mark != 0:
		return 3
	case !nested && g.value.class == enumClass:
		return 2 // one enum for both
	}
	return 0
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

// matchKeys pairs the variables of the path with the arguments that say which
// object. A global ID stands for all that it leaves out.
func (e *exchange) matchKeys() {
	var all []choice
	for _, r := range e.rest {
		if r.role != KeyInput {
			continue
		}
		for _, g := range e.gql {
			if s := e.keyScore(r, g); s > 0 {
				all = append(all, choice{r, g, s})
			}
		}
	}
	slices.SortStableFunc(all, better)
	for _, ch := range all {
		if ch.r.partner == nil && ch.g.partner == nil {
			ch.r.partner, ch.g.partner, ch.r.score = ch.g, ch.r, ch.score
		}
	}
	e.matchGlobal()
}

// matchGlobal gives the variables that are left the ID that makes them
// needless: that of the next object down the path, else the one ID that the
// field takes beside.
func (e *exchange) matchGlobal() {
	var next *gqlInput
	for i := len(e.rest) - 1; i >= 0; i-- {
		r := e.rest[i]
		switch {
		case r.role != KeyInput:
		case r.partner != nil && r.partner.value.class == idClass || r.partner != nil && r.partner.form.last&pathWord != 0:
			next = r.partner
		case r.partner == nil && next != nil:
			r.partner, r.score = next, 6.5
		}
	}
	lone := e.loneID()
	if lone == nil {
		return
	}
	for _, r := range e.rest {
		if r.role == KeyInput && r.partner == nil && (!lone.outer || r.form.last&idWord != 0) {
			r.partner, r.score = lone, 6
			if lone.partner == nil {
				lone.partner = r
			}
		}
	}
}

// keyScore says how well an argument is the key that a variable is.
func (e *exchange) keyScore(r *restInput, g *gqlInput) float64 {
	if g.role == PagingInput || g.role == SortInput || g.hasFields() || g.value.class == boolClass || g.arg.List && g.value.class != idClass || g.parent != nil {
		return 0
	}
	about, depth := 0.0, 0.0
	if e.sameThing(r, g) {
		about = 1
	}
	if !g.outer {
		depth = 0.01 * float64(r.place) // of several the innermost
	}
	switch {
	case r.form.fold == g.form.fold && (about > 0 || r.form.last&idWord == 0 || len(r.form.stems) > 1):
		return 8 + about
	case slices.Equal(r.form.canon, g.form.canon) && r.form.last&idWord == 0:
		return 7 + about
	case about > 0 && e.keyish(r, g) && g.arg.List:
		return 6.2 + depth
	case about > 0 && e.keyish(r, g) && (g.outer || g.arg.Required || !e.link.field.List):
		return 6.5 + depth
	case !g.outer && len(g.form.stems) == 1 && g.form.last&keyWord != 0 && slices.Contains(r.form.stems, g.form.stems[0]):
		return 6.3
	}
	return 0
}

// sameThing reports whether a variable and an argument are keys of one thing.
func (e *exchange) sameThing(r *restInput, g *gqlInput) bool {
	for _, st := range append(slices.Clone(r.entity), r.form.stems...) {
		if e.names.info[st].marks&(idWord|keyWord|lightWord|pathWord|innerWord) == 0 && (slices.Contains(g.form.stems, st) || slices.Contains(g.entity, st)) {
			return true
		}
	}
	return false
}

// keyish reports whether what is left of an argument's name, less what it is
// a key of, says that it is a key.
func (e *exchange) keyish(r *restInput, g *gqlInput) bool {
	for _, st := range g.form.stems {
		if e.names.info[st].marks&(idWord|keyWord|pathWord|innerWord|lightWord|manyWord) == 0 &&
			!slices.Contains(r.entity, st) && !slices.Contains(r.form.stems, st) {
			return false
		}
	}
	return true
}

// loneID returns the one ID that a field must be given beside those that
// have a partner; nil where there are several, or where it is by its name
// that of something that the path does not speak of.
func (e *exchange) loneID() *gqlInput {
	var lone *gqlInput
	for _, g := range e.gql {
		if g.parent != nil || g.outer || g.partner != nil || !g.arg.Required || g.arg.List || g.value.class != idClass || g.form.last&idWord == 0 || e.foreign(g) {
			continue
		}
		if lone != nil {
			return nil
		}
		lone = g
	}
	if n := e.p.gql.Node; lone == nil && n != nil && !e.isWrite() && e.link.field.Parent.ByID {
		lone = &gqlInput{arg: n.Args[0], form: e.names.form(n.Args[0].Name, n.Args[0].Words), value: e.argValue(n.Args[0]), role: KeyInput, outer: true}
	}
	return lone
}

// foreign reports whether an ID names an object type that is none of those
// that the path speaks of.
func (e *exchange) foreign(g *gqlInput) bool {
	for _, w := range g.form.words {
		t := e.things[e.names.stem(e.p.lex.Text(w))]
		if t == nil || t.Source.IsAbstract() {
			continue
		}
		st := e.names.stem(e.p.lex.Text(w))
		if !slices.ContainsFunc(e.rest, func(r *restInput) bool {
			return slices.Contains(r.entity, st) || r.role == KeyInput && slices.Contains(r.form.stems, st)
		}) {
			return true
		}
	}
	return false
}

// matchNames pairs what is left, the best pairs first.
func (e *exchange) matchNames() {
	var all []choice
	for _, r := range e.rest {
		if r.partner != nil || r.role == KeyInput || r.role == PagingInput {
			continue
		}
		for _, g := range e.gql {
			if g.partner == nil && !g.outer && g.role != PagingInput {
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

// nameScore scores an input and an argument.
func (e *exchange) nameScore(r *restInput, g *gqlInput) float64 {
	f, _ := e.relate(&r.value, &g.value)
	score := 0.0
	switch {
	case (r.role == SortInput) != (g.role == SortInput):
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
