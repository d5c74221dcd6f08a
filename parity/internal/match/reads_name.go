package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// compareReadNames compares the path's end with the name of a field.
func (m *matcher) compareReadNames(q *question, f *gql.Field, tail word.Name, e []float64) {
	name := m.fieldName(f)
	if slices.Equal(name.Set, q.name.Set) {
		e[readExact] = 1
	}
	if slices.Equal(name.Set, tail.Set) {
		e[readExactTail] = 1
	}
	if len(m.byWords[key(name)]) == 1 && e[readExact] == 1 {
		e[readUnique] = 1
	}
	for _, w := range name.Set {
		if m.lex.Narrow(w) && !contains(q.all.Set, w) {
			e[readNarrow] = 1
		}
	}
	for _, w := range q.name.Set {
		if b, ok := m.lex.Broader(w); ok && f.Words.Has(b) {
			e[readBroader] = 1
		}
	}
	if f.Parent.Role == gql.Root && len(name.Words) == 1 && m.lex.Verb(name.Words[0]) == word.Read && contains(q.all.Set, name.Words[0]) {
		e[readVerbName] = 1
	}
	if last(name) == last(q.name) {
		if (q.target.segment.Plural && !q.item) == f.Plural {
			e[readPlural] = 1
		} else {
			e[readPluralNo] = 1
		}
	}
	if len(f.Parent.Words.Set) > 0 && f.Parent.Role != gql.Root && len(common(name.Set, f.Parent.Words.Set)) == len(f.Parent.Words.Set) {
		e[readParentNamed] = 1
	}
	var typeWords []word.ID
	for _, l := range q.types[:min(1, len(q.types))] {
		typeWords = m.thing[l.typ].stemOr(l.typ).Set
	}
	e[readCoverPath] = m.share(tail.Set, name.Set)
	paths := word.Join(q.all, f.Parent.Words)
	if f.Parent.Role == gql.Root {
		paths = word.Join(q.all, q.params)
	}
	var target []word.ID
	if f.Target != nil {
		target = f.Target.Words.Set
	}
	for _, w := range tail.Set {
		if contains(name.Set, w) || contains(target, w) {
			continue
		}
		if contains(q.namespace, w) && !q.name.Has(w) {
			e[readNamespace] += min(1, m.weight(w)/8)
			continue
		}
		e[readUncovered] += min(1, m.weight(w)/8)
		if m.unknown(w) {
			e[readUnknown]++
		}
	}
	e[readUncovered] = min(2, e[readUncovered])
	e[readUnknown] = min(2, e[readUnknown])
	if w := last(name); w >= 0 && !contains(q.name.Set, w) && !contains(typeWords, w) {
		e[readHeadNo] = 1
	}
	if e[readGeneric] > 0 {
		e[readUncovered], e[readUnknown] = 0, 0
		return
	}
	for _, w := range name.Set {
		if !contains(paths.Set, w) && !contains(typeWords, w) && !contains(q.told.Set, w) {
			e[readVariantExtra] += min(1, m.weight(w)/8)
		}
	}
	e[readVariantExtra] = min(2, e[readVariantExtra])
}

// fieldName is the name of a field less a verb of reading at its start.
func (m *matcher) fieldName(f *gql.Field) word.Name {
	if len(f.Words.Words) > 1 && m.lex.Verb(f.Words.Words[0]) == word.Read && m.lex.Text(f.Words.Words[0]) != "search" {
		return word.Of(f.Words.Words[1:]...)
	}
	return f.Words
}
