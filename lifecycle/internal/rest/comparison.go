package rest

import (
	"time"

	"github.com/plumbapi/plumb/openapi"
)

// comparison is one call of [Compare].
type comparison struct {
	left, right *side
	options     Options
	today       time.Time
	pairs       map[[2]*schema]*pair
	answers     answers
	// operations are the names of the operations that changes reach, by number.
	operations []string
	numbers    map[string]int
	moves      moves
	callbacks  map[[2]*openapi.Node]bool // those that were compared
	beyond     bool                      // what is compared now, oasdiff does not look at
	reversed   bool                      // what is compared now is called by the API, not by its clients
	uses       []rootUse
	found      []found
	tooMany    bool // pairs, so that the comparison is not whole
	index      map[causeKey]int
}

func newComparison(base, revision *openapi.Document, o Options) *comparison {
	return &comparison{
		left: newSide(base), right: newSide(revision), options: o, today: day(o.Now),
		pairs:     map[[2]*schema]*pair{},
		answers:   answers{known: map[question]bool{}, open: map[question]bool{}},
		callbacks: map[[2]*openapi.Node]bool{}, numbers: map[string]int{}, index: map[causeKey]int{},
	}
}
