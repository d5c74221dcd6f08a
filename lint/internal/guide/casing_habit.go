package guide

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// named is a name and the node that says it.
type named struct {
	name string
	node *openapi.Node
}

// casingHabit collects names of one sort (properties, path segments) and
// reports those that are not cased as nearly all others are. Names of one
// word have no vote: "id" is snake_case as well as camelCase.
type casingHabit struct {
	names [1 << numCasings][]named
	mixed int // names of letters in no casing, such as API_Entities_User
}

func (h *casingHabit) add(name string, node *openapi.Node) { h.addAs(casingsOf(name), name, node) }

// addAs adds a name that fits the casings. One that fits none is not
// reported, but speaks against there being a habit.
func (h *casingHabit) addAs(c casing, name string, node *openapi.Node) {
	switch {
	case c != 0:
		h.names[c] = append(h.names[c], named{name, node})
	case name != "" && isLetter(name[0]):
		h.mixed++
	}
}

// join adds the names of another habit.
func (h *casingHabit) join(o *casingHabit) {
	for c := range o.names {
		h.names[c] = append(h.names[c], o.names[c]...)
	}
	h.mixed += o.mixed
}

// joined is one habit of those of the parts of a document.
func joined(parts []*casingHabit) *casingHabit {
	if len(parts) == 1 {
		return parts[0]
	}
	all := &casingHabit{}
	for _, h := range parts {
		all.join(h)
	}
	return all
}

// report reports every deviating name. What is the sort of the names in the
// singular, locate the place of a finding.
func (h *casingHabit) report(p *pass, what string, locate func(*openapi.Node) check.Location) {
	var habit casing
	uses, places := 0, h.mixed
	for i := range numCasings {
		n := len(h.names[1<<i])
		places += n
		if n > uses {
			habit, uses = 1<<i, n
		}
	}
	if !isHabit(uses, places) {
		return
	}
	example := h.names[habit][0]
	var related []check.Related
	for c, names := range h.names {
		if casing(c)&habit != 0 {
			continue
		}
		for _, n := range names {
			if len(n.name) < 2 {
				continue
			}
			if related == nil {
				related = seeAlso(locate(example.node), fmt.Sprintf("%q is %s", example.name, habit))
			}
			p.Report(check.Finding{
				Location: locate(n.node), Related: related,
				Message: fmt.Sprintf("%s %q is %s, where %d of %d are %s", what, n.name, casing(c).describe(), uses, places, habit),
			})
		}
	}
}

// describe says how a name is cased, be it one word.
func (c casing) describe() string {
	switch {
	case c.single():
		return c.String()
	case c&upper != 0:
		return "in capitals"
	}
	return "in lower case"
}
