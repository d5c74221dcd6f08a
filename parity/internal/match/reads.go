package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// The evidence about a read and a field.
const (
	readPrior         = iota
	readNearest       // + probability that the field's parent is the nearest context
	readFarther       // + probability that it is a context farther up
	readRoot          // + a query, and the path has no context
	readRootDeep      // a query, though the path has contexts
	readForeign       // the parent is none of the path's contexts
	readInterface     // the parent is an interface
	readExact         // + the name is that of the path's last literal
	readExactTail     // + the name is that of all literals below the context
	readCoverPath     // + share of the words below the context that the name has
	readType          // + probability that the field yields what is answered
	readTypeUnknown   // what is answered is not known
	readTypeOther     // - what is answered is known, and another type
	readScalar        // - the field yields a scalar, and an object is answered
	readCardinality   // + both one or both many
	readCardinalityNo // - one and many
	readCheck         // + a check of existence, and a Boolean
	readKey           // + the path's last variable is an argument
	readKeyMissing    // - it is not
	readUnbound       // - required arguments that nothing in the path gives
	readContextLost   // - variables of the path that a query does not take
	readUncovered     // - weight of the path's words below the context that nothing has
	readUnknown       // - literal words that the whole schema lacks
	readQuery         // + share of query parameters that are arguments
	readDeprecated    // - the field is deprecated
	readParentNamed   // the name repeats the parent's
	readAction        // the path's last literal is a verb
	readPlural        // + both names are plurals, or neither
	readPluralNo      // - one is
	readGeneric       // + an interface of what is answered, by a key
	readViewer        // + the path stands for who asks, and so does the field
	readViewerNot     // - the path does, the field does not
	readKeyUnused     // - the field takes a key that the path does not give
	readFartherLost   // - variables of the path below a context that the field does not take
	readCheckNot      // - a check of existence, and no Boolean
	readNarrow        // - the name narrows a list down, and the path does not
	readBroader       // + the name is what the path's last literal is one of
	readVerbName      // + the field is called as a verb of reading in the path: search
	readHop           // + the parent is one step from the nearest context
	readUnique        // + no other type has a field of that name
	readHeadNo        // - the name ends with a word that neither path nor what is answered has
	readNamespace     // - weight of the path's words that only group others and that nothing has
	readSure          // + parent, name and number agree
	readScopeLost     // - a query of all, and the path has a scope
	readVariantExtra  // - weight of the name's words that nothing has
	readViewerUnsaid  // - a field of who asks, and the path does not say so
	readScopeWider    // - a list of something farther up, and the path has a nearer scope
	numReadEvidence
)

// minContext is how likely it must be that what a path leads through is of a
// type, for the fields of the type to be asked.
const minContext = 0.03

// readOptions are the fields that may answer what a read answers.
func (m *matcher) readOptions(d *desk, q *question) []*option {
	seen := map[*gql.Field]bool{}
	var fields []*gql.Field
	add := func(f *gql.Field) {
		if seen[f] || f.Parent.Role == gql.Connection || f.Parent.Role == gql.Payload || f.Parent.Role == gql.Paging {
			return
		}
		seen[f] = true
		fields = append(fields, f)
	}
	for _, c := range q.chain {
		for _, l := range c.types[:min(3, len(c.types))] {
			if l.p < minContext {
				break
			}
			for _, f := range l.typ.Fields {
				if m.related(q, f) {
					add(f)
				}
			}
		}
	}
	m.readQueries(q, add)
	for _, f := range m.byWords[key(q.name)] {
		if f.Target != nil && about(q.types, f.Target) > 0.3 || m.hop(q, f.Parent) {
			add(f)
		}
	}
	if m.viewer != nil && len(q.chain) <= 1 {
		for _, f := range m.viewer.Fields {
			if m.related(q, f) {
				add(f)
			}
		}
	}
	if q.op.Check {
		for _, l := range q.at.types[:min(2, len(q.at.types))] {
			for _, f := range l.typ.Fields {
				if f.Scalar == "Boolean" && len(common(f.Words.Set, q.all.Set)) > 0 {
					add(f)
				}
			}
		}
	}
	d.reserve(len(fields))
	for _, f := range fields {
		o := d.add(option{name: f.Coordinate, field: f})
		m.compareRead(q, f, o.evidence)
		o.weigh(readWeights[:])
	}
	return d.list
}

// readQueries adds the queries that share a word with the path or may yield
// what is answered.
func (m *matcher) readQueries(q *question, add func(*gql.Field)) {
	words := q.all.Set
	for _, w := range q.name.Set {
		if b, ok := m.lex.Broader(w); ok {
			words = append(slices.Clip(words), b)
		}
	}
	for _, i := range m.shortQueries(words) {
		add(m.gql.Queries[i])
	}
	for _, l := range q.types {
		for _, f := range m.yielding[l.typ] {
			if about(q.types, f.Target) > 0.3 {
				add(f)
			}
		}
	}
}

// maxQueries is how many queries may have a word for it to lead to all of
// them.
const maxQueries = 24

// shortQueries returns the numbers of the queries that share the most with a
// path. A word that many have leads to those that say nothing else.
func (m *matcher) shortQueries(words []word.ID) []int32 {
	short := m.queryLists.borrow(len(m.gql.Queries))
	defer m.queryLists.back(short)
	for _, w := range words {
		for _, i := range m.withQuery[w] {
			if len(m.withQuery[w]) <= maxQueries || len(minus(m.fieldName(m.gql.Queries[i]).Set, words)) == 0 {
				short.note(i, m.wordSaid(w))
			}
		}
	}
	return short.best(0)
}

// related reports whether a field is worth weighing: it shares a word with
// the path's end, or yields what is answered.
func (m *matcher) related(q *question, f *gql.Field) bool {
	for _, w := range q.name.Set {
		if b, ok := m.lex.Broader(w); ok && f.Words.Has(b) {
			return true
		}
	}
	if len(common(f.Words.Set, q.tail.Set)) > 0 {
		return true
	}
	return f.Target != nil && about(q.types, f.Target) > 0.3
}

// compareRead fills in the evidence about a read and a field.
func (m *matcher) compareRead(q *question, f *gql.Field, e []float64) {
	e[readPrior] = 1
	context, tail := m.parentOf(q, f, e)
	m.compareAnswers(q, f, e)
	m.compareReadNames(q, f, tail, e)
	m.compareKeys(q, f, context, e)
	if f.Deprecated {
		e[readDeprecated] = 1
	}
	if e[readNearest]+e[readFarther] > 0.5 || e[readRoot] == 1 {
		if (e[readExact] == 1 || e[readExactTail] == 1) && e[readPluralNo] == 0 && e[readCardinalityNo] == 0 && e[readKeyMissing] == 0 && e[readContextLost]+e[readFartherLost] == 0 && e[readTypeOther] < 0.5 {
			e[readSure] = 1
		}
	}
	if len(q.name.Words) > 0 && !q.item && m.lex.Verb(q.name.Words[0]) == word.Action && !m.isNoun(q.name) {
		e[readAction] = 1
	}
}

// parentOf finds the place of the path at which the field hangs, and the
// words of the literals below it.
func (m *matcher) parentOf(q *question, f *gql.Field, e []float64) (*place, word.Name) {
	if f.Parent.Role == gql.Root {
		if len(q.chain) <= 1 {
			e[readRoot] = 1
		} else {
			e[readRootDeep] = 1
		}
		return m.root, q.all
	}
	if len(f.Parent.Possible) > 0 {
		e[readInterface] = 1
	}
	for i, c := range q.chain {
		if c == m.root {
			break
		}
		if p := c.has(f.Parent); p > 0.1 {
			if i == 0 {
				e[readNearest] = p
			} else {
				e[readFarther] = p
			}
			return c, below(q, c)
		}
	}
	if p := q.at.has(f.Parent); p > 0.3 && q.op.Check && f.Scalar == "Boolean" {
		e[readNearest] = p
		return q.at, q.tail
	}
	if m.viewer != nil && len(q.chain) <= 1 && m.viewer.Is(f.Parent) {
		if !q.self {
			e[readViewerUnsaid] = 1
		}
		return m.root, q.all
	}
	e[readForeign] = 1
	if m.hop(q, f.Parent) {
		e[readHop] = 1
	}
	return nil, q.tail
}

// hop reports whether a type is one step from the nearest context.
func (m *matcher) hop(q *question, t *gql.Type) bool {
	if len(q.chain) == 0 || t.Role == gql.Root {
		return false
	}
	for _, l := range q.chain[0].types[:min(1, len(q.chain[0].types))] {
		for _, f := range l.typ.Fields {
			if f.Target == t {
				return true
			}
		}
	}
	return false
}

// below returns the words of the literals below a place on the way to the
// target.
func below(q *question, c *place) word.Name {
	name := q.name
	for p := q.target.parent; p != nil && p != c; p = p.parent {
		if !p.segment.Param {
			name = word.Join(p.segment.Words, name)
		}
	}
	return name
}

func (m *matcher) compareAnswers(q *question, f *gql.Field, e []float64) {
	op := q.op
	switch {
	case op.Check:
		if f.Scalar == "Boolean" && !f.List {
			e[readCheck] = 1
		} else {
			e[readCheckNot] = 1
		}
		e[readTypeUnknown] = 1
	case f.Target == nil:
		if op.Item != nil && op.Item.Kind == rest.Object && !op.Item.Open {
			e[readScalar] = 1
		}
		e[readTypeUnknown] = 1
	case len(q.types) == 0 || op.Item == nil:
		e[readTypeUnknown] = 1
	default:
		p := about(q.types, f.Target)
		e[readType] = p
		if p > 0 && q.item && len(f.Target.Possible) > 0 && len(common(f.Words.Set, f.Target.Words.Set)) == len(f.Words.Set) && !slices.Equal(f.Words.Set, q.name.Set) {
			e[readGeneric] = p
		}
		if p < 0.1 {
			e[readTypeOther] = min(1, q.types[0].p)
		}
	}
	if op.Response == nil {
		return
	}
	if q.many == f.List {
		e[readCardinality] = 1
	} else {
		e[readCardinalityNo] = 1
	}
}
