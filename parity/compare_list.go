package parity

import "slices"

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
