package match

import (
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// The evidence about a write and a mutation.
const (
	writePrior        = iota
	writeVerbSaid     // + the mutation's verb is one that the operation says
	writeVerbAction   // + it is that of the path's last segment
	writeVerbClass    // + both create, both update, both delete
	writeVerbNear     // + create and add, delete and remove, update and set
	writeVerbWrong    // - create and delete, create and update, and so on
	writeVerbMissed   // - the path's action is no word of the mutation
	writeVerbExtra    // - the mutation's action is no word of the operation
	writeUndo         // + unlock for DELETE of a lock
	writeUndoWrong    // - unlock for PUT of a lock
	writeQuery        // a query
	writeQueryRead    // + a query for a POST that reads
	writeNouns        // + the mutation's nouns are those of the path's end
	writeNounsContext // + they are those of the context and the path's end
	writeNounsType    // + they are the type that the operation is about
	writeCoverName    // + share of the mutation's nouns that the path has
	writeCoverPath    // + share of the last noun that the mutation has
	writeLastInput    // the last noun is only among what the mutation takes or yields
	writeContextLost  // - things that the path leads through and the mutation cannot be told
	writeExtra        // - weight of the mutation's nouns that nothing has
	writeUncovered    // - weight of the last noun's words that nothing has
	writeUnknown      // - literal words that the whole schema lacks
	writePayload      // + probability that it yields what is answered
	writePayloadOther // - both are known and differ
	writeBody         // + share of the body's properties that are arguments
	writeBodyNone     // - none of several is
	writeArgs         // + share of the required arguments that are known
	writeTold         // + share of the mutation's words in operationId and summary
	writeToldBack     // + share of the words of operationId that the mutation has
	writeSameName     // + the mutation has the name of the operation
	writeDeprecated   // - the mutation is deprecated
	writeBulk         // the mutation takes many, the path one
	writeSubject      // + it yields an interface of what the path leads to
	writePrimary      // + the nouns are the path's last, which is at home here
	writeSecondary    // - they are, but the thing is at home elsewhere, and is not added or removed
	writeTail         // - weight of other words below the context that the mutation lacks
	writeStrangers    // - number of the mutation's nouns that nothing has
	writeNearestLost  // - the nearest thing of the path is not told, one farther is
	writeSure         // + verb and nouns agree, and neither side has a noun that the other lacks
	writeEndMissing   // - no word of the last noun is in name, input or payload
	writeManyOne      // - the path replaces or deletes a collection, the mutation one thing
	writeFolded       // the nouns are those of the context, and the last noun is among its input
	numWriteEvidence
)

// writeOptions are the mutations that may do what a write does, and the
// queries that answer what a POST that reads answers.
func (m *matcher) writeOptions(d *desk, q *question) []*option {
	fields := m.writeFields(q)
	d.reserve(len(fields))
	for _, f := range fields {
		o := d.add(option{name: f.Coordinate, field: f})
		m.compareWrite(q, f, o.evidence)
		o.weigh(writeWeights[:])
	}
	return d.list
}

// writeFields returns the root fields that share the most with what the path
// says and leads to: words count by their rarity, those of the end twice.
func (m *matcher) writeFields(q *question) []*gql.Field {
	l := m.rootLists.borrow(len(m.rootFields))
	defer m.rootLists.back(l)
	l.own = m.rootOwn
	note := func(words []word.ID, times float64) {
		for _, w := range words {
			weight := times * m.wordSaid(w)
			for _, i := range m.withRoot[w] {
				if m.rootFields[i].Parent.Source == m.gql.Source.Mutation || q.op.Method == "POST" {
					l.note(i, weight)
				}
			}
		}
	}
	note(q.all.Set, 1)
	note(q.wording.end.Set, 1)
	note(q.told.Set, 0.5)
	note(q.wording.types, 0.7)
	note(q.wording.able, 0.5)
	best := l.best(0)
	list := make([]*gql.Field, len(best))
	for n, i := range best {
		list[n] = m.rootFields[i]
	}
	return list
}

// wordSaid is what a word counts that a path and a root field share.
func (m *matcher) wordSaid(w word.ID) float64 { return 0.5 + m.weight(w) }

// compareWrite fills in the evidence about a write and a root field.
func (m *matcher) compareWrite(q *question, f *gql.Field, e []float64) {
	e[writePrior] = 1
	c := m.calledOf[f]
	if f.Parent.Source == m.gql.Source.Query {
		e[writeQuery] = 1
		if q.readsBySaying(m) {
			e[writeQueryRead] = 1
		}
	} else {
		m.compareVerbs(q, c.verb, c.class, f, e)
	}
	m.compareSubject(q, f, e)
	m.compareNouns(q, f, c, e)
	m.compareContext(q, f, c.given, e)
	m.compareTold(q, f, c, e)
	m.compareInputs(q, f, e)
	m.comparePayload(q, f, e)
	if f.Deprecated {
		e[writeDeprecated] = 1
	}
	verbs := e[writeVerbSaid]+e[writeVerbAction]+e[writeVerbClass]+e[writeVerbNear]+e[writeUndo] > 0 && e[writeVerbWrong]+e[writeVerbMissed]+e[writeVerbExtra]+e[writeUndoWrong]+e[writeQuery] == 0
	if verbs && e[writeStrangers] == 0 && e[writeUncovered] == 0 && e[writeTail] == 0 && e[writeNearestLost] == 0 && e[writeCoverPath]+e[writeNounsType] > 0 {
		e[writeSure] = 1
	}
}

// readsBySaying reports whether a POST says that it reads, or says nothing
// where others say what they do.
func (q *question) readsBySaying(m *matcher) bool {
	for _, w := range q.verbs.said {
		if m.lex.Verb(w) != word.Read {
			return false
		}
	}
	return len(q.verbs.said) > 0 || m.calls
}
