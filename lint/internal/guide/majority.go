package guide

import (
	"cmp"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// A habit of an API is what it does at least minUses times, and in at least
// minShare of the places where it had the choice. Below that a document has
// no habit to deviate from, and nothing is reported.
const (
	minUses  = 5
	minShare = 0.8
)

func isHabit(uses, places int) bool {
	return uses >= minUses && float64(uses) >= minShare*float64(places)
}

// tally counts which of several ways a document goes, place by place.
type tally[K cmp.Ordered] struct {
	uses   map[K]int
	first  map[K]*openapi.Node
	places int
}

// add counts one place that goes one way.
func (t *tally[K]) add(way K, at *openapi.Node) {
	if t.uses == nil {
		t.uses, t.first = map[K]int{}, map[K]*openapi.Node{}
	}
	if t.uses[way] == 0 {
		t.first[way] = at
	}
	t.uses[way]++
	t.places++
}

// most returns the way that most places go, of equals the least, and how
// many do.
func (t *tally[K]) most() (way K, uses int) {
	ways := make([]K, 0, len(t.uses))
	for w := range t.uses {
		ways = append(ways, w)
	}
	slices.Sort(ways)
	for _, w := range ways {
		if t.uses[w] > uses {
			way, uses = w, t.uses[w]
		}
	}
	return way, uses
}

// habit returns the way that the document goes by habit, and whether it has
// such a habit.
func (t *tally[K]) habit() (way K, uses int, ok bool) {
	way, uses = t.most()
	return way, uses, isHabit(uses, t.places)
}

// seeAlso points from a deviating place to an example of the habit.
func seeAlso(at check.Location, message string) []check.Related {
	return []check.Related{{Message: message, Location: at}}
}
