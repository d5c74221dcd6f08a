package match

import (
	"context"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// Observed is one option of a decision, as weights are fitted on: its name
// and its evidence.
type Observed struct {
	Name     string
	Evidence []float64
}

// Observe matches two APIs and shows every decision with all its options,
// of the kind "type", "read" or "write". Weights are fitted on what it shows
// beside labels; see docs/decisions/parity.md.
func Observe(r *rest.API, g *gql.API, lex *word.Lexicon, see func(kind, key string, options []Observed)) error {
	m := newMatcher(r, g, lex)
	m.observe = func(kind, key string, list []*option) {
		out := make([]Observed, len(list))
		for i, o := range list {
			out[i] = Observed{o.name, o.evidence}
		}
		see(kind, key, out)
	}
	ctx := context.Background()
	if err := m.types(ctx); err != nil {
		return err
	}
	return m.operations(ctx)
}
