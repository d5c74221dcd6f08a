package guide

import (
	"fmt"
	"maps"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// typeHabit collects the types of what has one name, and reports where a
// type differs from nearly all others of the name.
type typeHabit struct {
	places map[string][]typedPlace
}

type typedPlace struct {
	name  string
	at    *openapi.Node
	types types
}

// add counts one place. Key says what it is compared with; a place of
// unknown type is left out.
func (h *typeHabit) add(key, name string, at *openapi.Node, t types) {
	if t == 0 {
		return
	}
	if h.places == nil {
		h.places = map[string][]typedPlace{}
	}
	h.places[key] = append(h.places[key], typedPlace{name, at, t})
}

// report reports every place of a type that has nothing in common with the
// usual one. What is the sort of the places in the singular.
func (h *typeHabit) report(p *pass, what string, locate func(*openapi.Node) check.Location) {
	for _, key := range slices.Sorted(maps.Keys(h.places)) {
		places := h.places[key]
		if len(places) <= minUses {
			continue
		}
		var t tally[types]
		for _, c := range places {
			t.add(c.types, c.at)
		}
		habit, uses, ok := t.habit()
		if !ok || uses == len(places) {
			continue
		}
		related := seeAlso(locate(t.first[habit]), fmt.Sprintf("%q is of type %q", t.first[habit].Text(), habit))
		if t.first[habit].Text() == "" {
			related[0].Message = fmt.Sprintf("of type %q", habit)
		}
		for _, c := range places {
			if c.types&habit == 0 {
				p.Report(check.Finding{
					Location: locate(c.at), Related: related,
					Message: fmt.Sprintf("%s %q is of type %q, where %d of %d of that name are of type %q", what, c.name, c.types, uses, len(places), habit),
				})
			}
		}
	}
}
