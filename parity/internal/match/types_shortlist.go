package match

import (
	"cmp"
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// maxShort bounds how many types a schema is compared with in full.
const maxShort = 48

// shortlist collects the types that may be what a schema is, by how much
// they share with it.
type shortlist struct {
	m     *matcher
	score []float64 // by the number of the thing
	seen  []int32
}

func (l *shortlist) note(i int32, weight float64) {
	if l.score[i] == 0 {
		l.seen = append(l.seen, i)
	}
	l.score[i] += weight
}

// words notes the things whose names have one of the words.
func (l *shortlist) words(words []word.ID) {
	for _, w := range words {
		if int(w) >= len(l.m.withWord) {
			continue
		}
		weight := 2.5 + l.m.rarityOf(w)/4
		for _, i := range l.m.withWord[w] {
			l.note(i, weight)
		}
	}
}

// best returns the numbers of the things that share the most, in order.
func (l *shortlist) best() []int32 {
	const least = 2.5
	list := slices.DeleteFunc(l.seen, func(i int32) bool { return l.score[i] < least })
	if len(list) > maxShort {
		slices.SortFunc(list, func(i, j int32) int { return cmp.Or(cmp.Compare(l.score[j], l.score[i]), cmp.Compare(i, j)) })
		list = list[:maxShort]
	}
	slices.Sort(list)
	return list
}

// typeCandidates weighs a schema against every type with which it shares
// enough.
func (m *matcher) typeCandidates(th *thing) []*option {
	l := shortlist{m: m, score: make([]float64, len(m.things))}
	if len(th.values) > 0 {
		for _, v := range th.values {
			for _, i := range m.withValue[v] {
				l.note(i, 3)
			}
		}
	} else {
		m.shortlistObject(&l, th)
	}
	best := l.best()
	list := make([]*option, 0, len(best))
	options := make([]option, len(best))
	evidence := make([]float64, len(best)*numTypeEvidence)
	for n, i := range best {
		t := m.things[i]
		if (t.typ.Role == gql.Enum) != (len(th.values) > 0) {
			continue
		}
		o := &options[n]
		*o = option{name: t.typ.Name, typ: t.typ, evidence: evidence[n*numTypeEvidence : (n+1)*numTypeEvidence]}
		m.compareTypes(th, t, o.evidence)
		o.weigh(typeWeights[:])
		list = append(list, o)
	}
	return list
}

// shortlistObject notes the things that share words of the name, of what
// paths call it, or rare keys.
func (m *matcher) shortlistObject(l *shortlist, th *thing) {
	l.words(th.name.Set)
	l.words(th.broader)
	for _, n := range th.nouns {
		l.words(n.Set)
	}
	for _, n := range th.roles {
		for _, t := range m.yields[key(n)] {
			if i, ok := m.thingIndex[t]; ok {
				l.note(i, 1.5)
			}
		}
	}
	for _, k := range th.keys {
		if k < len(m.withKey) && len(m.withKey[k])*4 < len(m.things)+40 {
			weight := m.rarityOfKey(k) / 2
			for _, i := range m.withKey[k] {
				l.note(i, weight)
			}
		}
	}
}
