package match

import (
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

type matcher struct {
	rest   *rest.API
	gql    *gql.API
	lex    *word.Lexicon
	result *Result
}

func newMatcher(r *rest.API, g *gql.API, lex *word.Lexicon) *matcher {
	return &matcher{rest: r, gql: g, lex: lex, result: &Result{}}
}

func (m *matcher) types() {
	for _, s := range m.rest.Schemas {
		t := &Type{REST: s, Status: "none", Why: []string{}, Alternatives: []string{}}
		for _, u := range m.gql.Types {
			if u.Role == gql.Thing && len(s.Words.Words) > 0 && m.same(s.Words.Words, u.Words.Words) {
				t.GraphQL, t.Status, t.Confidence = u, "match", 0.8
				break
			}
		}
		m.result.Types = append(m.result.Types, t)
	}
}

func (m *matcher) same(a, b []word.ID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (m *matcher) operations() {
	for _, op := range m.rest.Operations {
		o := &Operation{REST: op, Status: "none", Coordinates: []string{}, Why: []string{}}
		if n := len(op.Segments); n > 0 && op.Method == "GET" {
			for _, f := range m.gql.Queries {
				if m.same(f.Words.Words, op.Segments[n-1].Words.Words) && len(f.Words.Words) > 0 {
					o.Status, o.Coordinates, o.Confidence = "match", []string{f.Coordinate}, 0.5
					o.Path = f.Name
				}
			}
		}
		m.result.Operations = append(m.result.Operations, o)
	}
}
