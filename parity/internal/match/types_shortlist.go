package match

import (
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// noteWords notes the things whose names have one of the words.
func (m *matcher) noteWords(l *shortlist, words []word.ID) {
	for _, w := range words {
		if int(w) >= len(m.withWord) {
			continue
		}
		weight := 2.5 + m.rarityOf(w)/4
		for _, i := range m.withWord[w] {
			l.note(i, weight)
		}
	}
}

// leastShared is what a schema and a type must share to be compared.
const leastShared = 2.5

// typeCandidates weighs a schema against every type with which it shares
// enough.
func (m *matcher) typeCandidates(th *thing) []*option {
	l := m.typeLists.borrow(len(m.things))
	defer m.typeLists.back(l)
	if len(th.values) > 0 {
		for _, v := range th.values {
			for _, i := range m.withValue[v] {
				l.note(i, 3)
			}
		}
	} else {
		m.shortlistObject(l, th)
	}
	best := l.best(leastShared)
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
	m.noteWords(l, th.name.Set)
	m.noteWords(l, th.broader)
	for _, n := range th.nouns {
		m.noteWords(l, n.Set)
	}
	for _, n := range th.roles {
		for _, t := range m.yields[key(n)] {
			if i, ok := m.thingIndex[t]; ok {
				l.note(i, 1.5)
			}
		}
	}
	for _, k := range th.keys {
		if k < len(m.withKey) && len(m.withKey[k])*10 < len(m.things)+100 {
			weight := m.rarityOfKey(k) / 2
			for _, i := range m.withKey[k] {
				l.note(i, weight)
			}
		}
	}
}
