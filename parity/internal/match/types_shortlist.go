package match

import (
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// maxThings is how many things may have a word for a schema to be compared
// with all of them: a word that more have only tells those apart that share
// something rarer. A key that more than maxKeyed have says nothing. So the
// work for a schema does not grow with the number of types.
const (
	maxThings = 200
	maxKeyed  = 140
)

// noteWords notes the things whose names have one of the words, and returns
// the words that too many have.
func (m *matcher) noteWords(l *shortlist, words, frequent []word.ID) []word.ID {
	for _, w := range words {
		switch {
		case int(w) >= len(m.withWord):
		case len(m.withWord[w]) > maxThings:
			frequent = append(frequent, w)
		default:
			for _, i := range m.withWord[w] {
				l.note(i, m.wordShared(w))
			}
		}
	}
	return frequent
}

// wordShared is what a word counts that a schema and a type share.
func (m *matcher) wordShared(w word.ID) float64 { return 2.5 + m.rarityOf(w)/4 }

// noteFrequent notes words that many have: for the things that share
// something else, for all of them where there is none.
func (m *matcher) noteFrequent(l *shortlist, words []word.ID) {
	some := len(l.touched) > 0
	for _, w := range words {
		weight := m.wordShared(w)
		if !some {
			for _, i := range m.withWord[w] {
				l.note(i, weight)
			}
			continue
		}
		for _, i := range l.touched {
			if m.things[i].name.Has(w) {
				l.score[i] += weight
			}
		}
	}
}

// leastShared is what a schema and a type must share to be compared.
const leastShared = 2.5

// typeCandidates weighs a schema against every type with which it shares
// enough.
func (m *matcher) typeCandidates(d *desk, th *thing) []*option {
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
	d.reserve(len(best))
	for _, i := range best {
		t := m.things[i]
		if (t.typ.Role == gql.Enum) != (len(th.values) > 0) {
			continue
		}
		o := d.add(option{name: t.typ.Name, typ: t.typ})
		m.compareTypes(th, t, o.evidence)
		o.weigh(typeWeights[:])
	}
	return d.list
}

// shortlistObject notes the things that share words of the name, of what
// paths call it, or rare keys.
func (m *matcher) shortlistObject(l *shortlist, th *thing) {
	frequent := m.noteWords(l, th.name.Set, nil)
	frequent = m.noteWords(l, th.broader, frequent)
	for _, n := range th.nouns {
		frequent = m.noteWords(l, n.Set, frequent)
	}
	for _, n := range th.roles {
		for _, t := range m.yields[key(n)] {
			if i, ok := m.thingIndex[t]; ok {
				l.note(i, 1.5)
			}
		}
	}
	for _, k := range th.keys {
		if k < len(m.withKey) && len(m.withKey[k])*10 < len(m.things)+100 && len(m.withKey[k]) <= maxKeyed {
			weight := m.rarityOfKey(k) / 2
			for _, i := range m.withKey[k] {
				l.note(i, weight)
			}
		}
	}
	m.noteFrequent(l, frequent)
}
