package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// about returns the probability that an operation is about a type, and
// whether it says what it is about at all.
func about(types []likely, t *gql.Type) float64 {
	p := place{types: types}
	return p.has(t)
}

// vocabulary notes which words the whole schema has, so that a path's word
// that it lacks counts against any counterpart.
func (m *matcher) vocabulary() {
	m.inSchema = make([]bool, m.lex.Len())
	counts := make([]int, m.lex.Len())
	note := func(n word.Name) {
		for _, w := range n.Set {
			if int(w) < len(m.inSchema) {
				m.inSchema[w] = true
				counts[w]++
			}
		}
	}
	for _, t := range m.gql.Types {
		note(t.Words)
	}
	for _, f := range m.gql.Fields {
		note(f.Words)
		for _, a := range f.Args {
			for _, w := range a.Words.Set {
				if int(w) < len(m.inSchema) {
					m.inSchema[w] = true
				}
			}
		}
	}
	m.weighWords(counts)
}

// weighWords computes the weights of words once.
func (m *matcher) weighWords(counts []int) {
	m.wordWeight = make([]float64, len(counts))
	for w, n := range counts {
		m.wordWeight[w] = rare(n, len(m.gql.Fields)+len(m.gql.Types))
	}
}

// unknown reports whether no name in the schema has the word.
func (m *matcher) unknown(w word.ID) bool { return int(w) >= len(m.inSchema) || !m.inSchema[w] }

// weight is the rarity of a word among the fields and types of the schema.
func (m *matcher) weight(w word.ID) float64 {
	if int(w) < len(m.wordWeight) {
		return m.wordWeight[w]
	}
	return rare(0, len(m.gql.Fields)+len(m.gql.Types))
}

func (m *matcher) weigh(words []word.ID) float64 {
	sum := 0.0
	for _, w := range words {
		sum += m.weight(w)
	}
	return sum
}

// share is the weight of the words that are among others, over that of all.
func (m *matcher) share(words, among []word.ID) float64 {
	all := m.weigh(words)
	if all == 0 {
		return 0
	}
	return m.weigh(common(words, among)) / all
}

// rootWords indexes root fields and other fields by their words.
func (m *matcher) rootWords() {
	m.rootFields = slices.Concat(m.gql.Queries, m.gql.Mutations)
	m.withRoot = map[word.ID][]int32{}
	m.withQuery = map[word.ID][]int32{}
	m.rootOwn = make([]float64, len(m.rootFields))
	for i, f := range m.rootFields {
		for _, w := range f.Words.Set {
			m.rootOwn[i] += m.wordSaid(w)
			m.withRoot[w] = append(m.withRoot[w], int32(i))
			if i < len(m.gql.Queries) {
				m.withQuery[w] = append(m.withQuery[w], int32(i))
			}
		}
	}
	m.yielding = map[*gql.Type][]*gql.Field{}
	for _, f := range m.gql.Queries {
		if f.Target != nil {
			m.yielding[f.Target] = append(m.yielding[f.Target], f)
			for _, t := range f.Target.Possible {
				m.yielding[t] = append(m.yielding[t], f)
			}
		}
	}
	m.byWords = map[string][]*gql.Field{}
	for _, f := range m.gql.Fields {
		if f.Parent.Role == gql.Thing && f.Target != nil {
			m.byWords[key(f.Words)] = append(m.byWords[key(f.Words)], f)
		}
	}
}

func contains[T comparable](list []T, v T) bool { return slices.Contains(list, v) }
