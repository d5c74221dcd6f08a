package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// compareKeys compares the variables of the path below the context with
// what the field takes.
func (m *matcher) compareKeys(q *question, f *gql.Field, context *place, e []float64) {
	bound := map[*gql.Arg]bool{}
	covered, lost := 0, 0
	for p := q.at; p != nil && p != m.root && p != context; p = p.parent {
		if !p.segment.Param {
			continue
		}
		arg := m.argFor(q, f, p)
		if arg != nil {
			bound[arg] = true
			covered++
		} else if p != q.at {
			lost++
		}
		if p == q.at {
			if arg != nil {
				e[readKey] = 1
			} else {
				e[readKeyMissing] = 1
			}
		}
	}
	if f.Parent.Role == gql.Root && covered+lost > 0 {
		e[readContextLost] = min(2, float64(lost))
		if lost > 0 && q.many {
			e[readScopeLost] = 1
		}
	}
	if f.Parent.Role != gql.Root {
		e[readFartherLost] = min(2, float64(lost))
		if lost > 0 && q.many && f.List && context != nil {
			e[readScopeWider] = 1
		}
	}
	viewer, known := m.lex.Known("viewer")
	if q.self {
		if known && f.Words.Has(viewer) {
			e[readViewer] = 1
		} else if f.Parent.Role == gql.Root {
			e[readViewerNot] = 1
		}
	}
	if !f.List {
		for _, a := range f.Args {
			if !bound[a] && !a.Required && keyWord(m, a.Words) && !m.inQuery(q, a) {
				e[readKeyUnused] = 1
			}
		}
	}
	unbound := 0
	for _, a := range f.Args {
		if a.Required && !a.Paging && !bound[a] && !m.inQuery(q, a) {
			unbound++
		}
	}
	e[readUnbound] = min(2, float64(unbound))
	shared, all := 0, 0
	for _, p := range q.query {
		if pagingWord(p.Name) {
			continue
		}
		all++
		for _, a := range f.Args {
			if len(common(a.Words.Set, p.Words.Set)) > 0 {
				shared++
				break
			}
		}
	}
	if all > 0 {
		e[readQuery] = float64(shared) / float64(all+1)
	}
}

func (m *matcher) inQuery(q *question, a *gql.Arg) bool {
	for _, p := range q.op.Params {
		if slices.Equal(p.Words.Set, a.Words.Set) {
			return true
		}
	}
	return false
}

// argFor finds the argument that takes what a variable of the path says:
// one of its name, or a key of the thing where there is one.
func (m *matcher) argFor(q *question, f *gql.Field, p *place) *gql.Arg {
	var fallback *gql.Arg
	noun := p.noun()
	for _, words := range q.own(p).Vars {
		if len(q.key.Words) > 0 && p == q.at {
			for _, a := range f.Args {
				if len(common(a.Words.Set, q.key.Set)) > 0 {
					return a
				}
			}
		}
		for _, a := range f.Args {
			if a.Paging {
				continue
			}
			if slices.Equal(a.Words.Set, words.Set) {
				return a
			}
			short := word.Of(minus(words.Set, noun.Set)...)
			if len(short.Set) > 0 && slices.Equal(a.Words.Set, short.Set) {
				return a
			}
			if fallback == nil && (keyWord(m, a.Words) && keyLike(m, words, noun)) {
				fallback = a
			}
		}
	}
	return fallback
}

// keyWord reports whether an argument is one by which things are told apart.
func keyWord(m *matcher, n word.Name) bool {
	for _, w := range n.Set {
		switch m.lex.Text(w) {
		case "id", "number", "key", "slug", "name", "path", "uuid", "code", "login", "handle", "full", "identifier", "gid":
			return true
		}
	}
	return false
}

// keyLike reports whether a variable is a key of the thing that its path
// names.
func keyLike(m *matcher, n, noun word.Name) bool {
	return keyWord(m, n) || len(common(n.Set, noun.Set)) > 0 || len(n.Words) == 1
}

func minus(a, b []word.ID) []word.ID {
	var out []word.ID
	for _, w := range a {
		if !contains(b, w) {
			out = append(out, w)
		}
	}
	return out
}

func pagingWord(name string) bool {
	switch name {
	case "page", "per_page", "perPage", "limit", "offset", "cursor", "after", "before", "first", "last", "page_size", "pageSize", "page_token", "pageToken", "pagination":
		return true
	}
	return false
}
