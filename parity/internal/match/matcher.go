package match

import (
	"math"
	"sync"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// matcher is what one run knows.
type matcher struct {
	rest   *rest.API
	gql    *gql.API
	lex    *word.Lexicon
	result *Result
	// observe, where set, sees all options of each decision.
	observe func(kind, key string, list []*option)

	things       []*thing // types that a schema may correspond to, by name
	thing        map[*gql.Type]*thing
	schemaThings map[*rest.Schema]*thing
	byStem       map[string][]*thing
	thingIndex   map[*gql.Type]int32
	yields       map[string][]*gql.Type // types that fields of a name yield
	prefix       map[word.ID]bool       // words that most schema names begin with
	rarity       []float64              // by word, over the names of types
	keys         map[string]int         // keys of properties and fields
	keyRarity    []float64
	withWord     [][]int32          // things by word of their name
	withKey      [][]int32          // things by key
	withValue    map[string][]int32 // enums by value
	typeOf       map[*rest.Schema]*Type
	again        bool // the second round over types

	typeLists, rootLists, queryLists shortlists
	desks                            sync.Pool // of *desk

	root    *place
	placeOf map[*rest.Operation]*place
	opsAt   map[*place][]*rest.Operation

	viewer      *gql.Type                // of the query that yields who asks
	signature   map[string][]likely      // types by the variables of a path's end
	cameBy      map[*gql.Type]*gql.Field // the last field of the shortest way to a type
	byOperation map[*rest.Operation]*Operation
	shortest    map[string]int // segments of the shortest path by what it ends with
	calls       bool           // paths are names of calls: /create_user, /user
	inSchema    []bool         // words that any name of the schema has
	wordWeight  []float64      // rarity of words among fields and types
	rootFields  []*gql.Field
	withRoot    map[word.ID][]int32        // root fields by word, by number
	rootOwn     []float64                  // what the words of root fields say, by number
	withQuery   map[word.ID][]int32        // queries by word, by number
	yielding    map[*gql.Type][]*gql.Field // queries by what they may yield
	byWords     map[string][]*gql.Field    // fields by all words of their name
	calledOf    map[*gql.Field]*called
}

func newMatcher(r *rest.API, g *gql.API, lex *word.Lexicon) *matcher {
	return &matcher{
		rest: r, gql: g, lex: lex, result: &Result{},
		thing: map[*gql.Type]*thing{}, schemaThings: map[*rest.Schema]*thing{}, byStem: map[string][]*thing{},
		keys: map[string]int{}, typeOf: map[*rest.Schema]*Type{}, thingIndex: map[*gql.Type]int32{}, calledOf: map[*gql.Field]*called{},
	}
}

// rare is the inverse document frequency of what n of total have.
func rare(n, total int) float64 {
	return math.Log(float64(total+1)/float64(n+1)) + 0.1
}

// sum adds up the rarities of words.
func (m *matcher) sum(words []word.ID) float64 {
	total := 0.0
	for _, w := range words {
		total += m.rarityOf(w)
	}
	return total
}

// rarityOf is the rarity of a word; one that no type has is as rare as can be.
func (m *matcher) rarityOf(w word.ID) float64 {
	if int(w) < len(m.rarity) {
		return m.rarity[w]
	}
	return rare(0, len(m.things)+len(m.rest.Schemas))
}

func (m *matcher) rarityOfKey(k int) float64 {
	if k < len(m.keyRarity) {
		return m.keyRarity[k]
	}
	return rare(0, len(m.things)+len(m.rest.Schemas))
}

// common returns what two sorted sets share.
func common[T int | word.ID | string](a, b []T) []T {
	var out []T
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			out = append(out, a[i])
			i++
			j++
		}
	}
	return out
}
