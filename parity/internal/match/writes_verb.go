package match

import (
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// compareVerbs compares what an operation and a mutation do.
func (m *matcher) compareVerbs(q *question, verb word.ID, class word.Verb, f *gql.Field, e []float64) {
	v := q.verbs
	if verb >= 0 && contains(v.said, verb) {
		e[writeVerbSaid] = 1
	}
	if v.action >= 0 {
		undone, undoes := m.lex.Undoes(verb0(verb))
		switch {
		case v.undo && verb >= 0 && undoes && undone == v.action:
			e[writeUndo] = 1
			return
		case !v.undo && verb >= 0 && undoes && undone == v.action:
			e[writeUndoWrong] = 1
			return
		case f.Words.Has(v.action) && (verb == v.action || class == word.NoVerb):
			if v.undo {
				e[writeUndoWrong] = 1
			} else {
				e[writeVerbAction] = 1
			}
			return
		case f.Words.Has(v.action): // addStar for PUT /star, removeStar for DELETE
			if (class == word.Delete || class == word.Remove) == v.undo {
				e[writeVerbAction] = 1
			} else {
				e[writeUndoWrong] = 1
			}
			return
		}
		e[writeVerbMissed] = 1
	}
	want := v.class
	if v.action >= 0 && m.lex.Verb(v.action) != word.Action {
		want = m.lex.Verb(v.action)
	}
	if q.op.Method == "PUT" && q.item && q.op.Body == nil { // PUT of a bare item adds it
		want = word.Add
	}
	if want == word.Create && q.item { // POST on an item changes it
		want = word.Update
	}
	switch {
	case class == word.NoVerb:
	case class == want:
		e[writeVerbClass] = 1
	case near(class, want):
		e[writeVerbNear] = 1
	case class == word.Action:
		if !contains(v.said, verb) {
			e[writeVerbExtra] = 1
		}
	default:
		e[writeVerbWrong] = 1
	}
}

func verb0(w word.ID) word.ID { return max(w, 0) }

func near(a, b word.Verb) bool {
	pair := func(x, y word.Verb) bool { return a == x && b == y || a == y && b == x }
	return pair(word.Create, word.Add) || pair(word.Delete, word.Remove) || pair(word.Update, word.Set) || pair(word.Add, word.Set)
}
