package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// wording is what an operation and its path call the things that they are
// about.
type wording struct {
	// end is the noun that the operation acts on, above the one before it.
	end, above word.Name
	// path are all literals and variables, types the words of the types that
	// the path leads through, able those of their interfaces.
	path, types, able []word.ID
	// known are all of these. contexts are the words for each thing that the
	// path leads through by a variable, the nearest first.
	known    []word.ID
	contexts [][]word.ID
}

// wordingOf finds the nouns of a write. Behind an action (/merge) the thing
// is the one above; beside it (/add_member) it is in the segment itself.
func (m *matcher) wordingOf(q *question) *wording {
	w := &wording{end: q.name}
	at := q.target.parent
	if q.verbs.action >= 0 {
		w.end = q.verbs.object
		if len(w.end.Words) == 0 {
			for at != nil && at.segment.Param {
				at = at.parent
			}
			if at != nil {
				w.end = at.segment.Words
				at = at.parent
			}
		}
	}
	if at != nil {
		w.above = at.noun()
	}
	w.path = word.Join(q.all, q.params).Set
	for _, p := range append([]*place{q.at}, q.chain...) {
		for i, l := range p.types[:min(2, len(p.types))] {
			if i == 0 {
				w.types = append(w.types, m.thing[l.typ].stemOr(l.typ).Set...)
			}
			for _, f := range l.typ.Interfaces {
				w.able = append(w.able, f.Words.Set...)
			}
		}
	}
	slices.Sort(w.types)
	slices.Sort(w.able)
	w.types, w.able = slices.Compact(w.types), slices.Compact(w.able)
	w.known = word.Of(slices.Concat(w.path, w.types, w.able)...).Set
	for _, c := range q.chain {
		if c != m.root && c.segment.Param {
			w.contexts = append(w.contexts, m.contextWords(c))
		}
	}
	return w
}

// contextWords are the words for the thing at a place: the noun of the path,
// and those of its type and of the interfaces of that.
func (m *matcher) contextWords(c *place) []word.ID {
	words := slices.Clone(c.noun().Set)
	for _, l := range c.types[:min(1, len(c.types))] {
		words = append(words, m.thing[l.typ].stemOr(l.typ).Words...)
		for _, i := range l.typ.Interfaces {
			words = append(words, i.Words.Words...)
		}
	}
	return words
}

// compareNouns compares what a path and a mutation are about.
func (m *matcher) compareNouns(q *question, f *gql.Field, c *called, e []float64) {
	w, nouns := q.wording, c.nouns
	switch {
	case slices.Equal(nouns.Set, w.end.Set):
		e[writeNouns] = 1
	case slices.Equal(nouns.Set, word.Join(w.above, w.end).Set):
		e[writeNounsContext] = 1
	}
	for _, l := range q.at.types[:min(2, len(q.at.types))] {
		if slices.Equal(nouns.Set, m.thing[l.typ].stemOr(l.typ).Set) || slices.Equal(nouns.Set, l.typ.Words.Set) {
			e[writeNounsType] = max(e[writeNounsType], l.p)
		}
	}
	m.strangers(q, nouns, e)
	m.coverEnd(q, f, c, e)
	if e[writeSubject] > 0 && namesSubject(f, nouns) { // lockLockable
		e[writeCoverPath], e[writeUncovered], e[writeNounsType] = 1, 0, max(e[writeNounsType], e[writeSubject])
	}
	m.coverTail(q, f, c, e)
	if q.verbs.action >= 0 && nouns.Has(q.verbs.action) { // addStar for PUT of a star
		e[writeCoverPath], e[writeUncovered] = 1, 0
		if len(nouns.Set) == 1 {
			e[writeNouns] = 1
		}
	}
	if len(w.end.Set) > 0 && e[writeCoverPath] == 0 && e[writeNounsType] == 0 && len(common(w.end.Set, c.given)) == 0 {
		e[writeEndMissing] = 1
	}
	if !q.item && q.verbs.action < 0 && q.target.segment.Plural && q.op.Method != "POST" && !c.plural {
		e[writeManyOne] = 1
	}
	switch {
	case !q.second && e[writeNouns] == 1:
		e[writePrimary] = 1
	case q.second && q.verbs.action < 0 && c.class != word.Add && c.class != word.Remove:
		e[writeSecondary] = 1
	}
}

// namesSubject reports whether the nouns of a mutation are the name of an
// interface that it yields.
func namesSubject(f *gql.Field, nouns word.Name) bool {
	return slices.ContainsFunc(f.Payload, func(p *gql.Field) bool {
		return p.Target != nil && len(p.Target.Possible) > 0 && slices.Equal(p.Target.Words.Set, nouns.Set)
	})
}

// strangers weighs the mutation's nouns that neither the path nor its types
// and their interfaces have.
func (m *matcher) strangers(q *question, nouns word.Name, e []float64) {
	known := q.wording.known
	e[writeCoverName] = m.share(nouns.Set, known)
	for _, n := range nouns.Set {
		if !contains(known, n) && !contains(q.told.Set, n) {
			e[writeExtra] += min(1, m.weight(n)/8)
			e[writeStrangers]++
		}
	}
	e[writeExtra], e[writeStrangers] = min(2, e[writeExtra]), min(2, e[writeStrangers])
}

// coverEnd weighs how much of the path's last noun the mutation has, in its
// name or among what it takes and yields.
func (m *matcher) coverEnd(q *question, f *gql.Field, c *called, e []float64) {
	w := q.wording
	e[writeCoverPath] = m.share(w.end.Set, f.Words.Set)
	if len(w.end.Words) == 0 && len(c.nouns.Words) == 0 {
		e[writeCoverPath] = 1
	}
	lacking := minus(w.end.Set, f.Words.Set)
	if len(lacking) == 0 {
		return
	}
	in := common(lacking, c.given)
	e[writeLastInput] = m.weigh(in) / (m.weigh(w.end.Set) + 0.01)
	for _, n := range minus(lacking, c.given) {
		if e[writeNounsType] > 0 && contains(w.types, n) {
			continue
		}
		e[writeUncovered] += min(1, m.weight(n)/8)
	}
	e[writeUncovered] = min(2, e[writeUncovered])
	if len(w.above.Words) > 0 && slices.Equal(c.nouns.Set, w.above.Set) && len(in) == len(lacking) {
		e[writeFolded] = 1
	}
}

// coverTail weighs the other words below the context that the mutation
// lacks; words that only group others say nothing.
func (m *matcher) coverTail(q *question, f *gql.Field, c *called, e []float64) {
	for _, n := range q.tail.Set {
		if m.unknown(n) && !contains(f.Words.Set, n) && m.lex.Verb(n) == word.NoVerb {
			e[writeUnknown]++
		}
		if contains(q.wording.end.Set, n) || contains(f.Words.Set, n) || contains(c.given, n) || n == q.verbs.action || contains(q.namespace, n) {
			continue
		}
		e[writeTail] += min(1, m.weight(n)/8)
	}
	e[writeUnknown], e[writeTail] = min(2, e[writeUnknown]), min(2, e[writeTail])
	if e[writeNounsType] > 0.5 && len(c.nouns.Set) > len(q.wording.end.Set) { // the type has another word for them
		e[writeTail], e[writeUncovered] = 0, 0
	}
}

// compareTold compares the mutation with what operationId and summary say.
func (m *matcher) compareTold(q *question, f *gql.Field, c *called, e []float64) {
	e[writeTold] = m.share(f.Words.Set, q.told.Set)
	e[writeToldBack] = m.share(q.saidID.Set, f.Words.Set)
	if len(c.letters) > 3 && (c.letters == q.idLetters || c.letters == q.endLetters) && (e[writeQuery] == 0 || e[writeQueryRead] == 1) {
		e[writeSameName] = 1
	}
}
