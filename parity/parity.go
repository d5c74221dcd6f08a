// Package parity says what a REST API and a GraphQL API of one product each
// offer: which operation corresponds to which field or mutation, which schema
// to which type, which property to which field, and how they differ. The two
// descriptions may have been written apart; nothing has to be declared, though
// what is declared counts.
//
// [Match] yields the facts, a [Result]. [Check] runs the rules over them. What
// people decide stands in a parity.yaml ([Overrides]); what the matcher
// decided before stands in a parity.lock ([Lock]), so that another version of
// the matcher shows as a difference and never as a failure.
//
// The matcher is deterministic, works offline, and can explain each decision.
// It compares descriptions; whether running servers answer alike is for
// package live below this one.
package parity

import (
	"time"

	"github.com/plumbapi/plumb/parity/internal/word"
)

// MaxGaps is how many gaps a result lists.
const MaxGaps = 20

// Options say how descriptions are compared. The zero Options compares with
// every domain pack and no decisions.
type Options struct {
	// Packs are the names of vocabularies beside the core of English; nil
	// means all of them, an empty slice none.
	Packs []string
	// Words are groups of synonyms of the project.
	Words [][]string
	// Overrides are the decisions of people; nil means none.
	Overrides *Overrides
	// Lock are the earlier decisions; nil means none.
	Lock *Lock
	// Usage weighs operations by calls, by "GET /path"; nil weighs all alike.
	Usage map[string]float64
	// Direction is the one in which parity is asked for, unless a group says
	// otherwise; "" is both.
	Direction Direction
	// Min is the least Score.Operations that is asked for.
	Min float64
	// Now is the moment at which the days of parity.yaml are judged. The zero
	// time judges none as past.
	Now time.Time
}

// Packs returns the names of the vocabularies beside the core of English.
func Packs() []string { return word.Packs() }
