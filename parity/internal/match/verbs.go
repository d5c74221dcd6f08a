package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// verbs are what an operation says that it does.
type verbs struct {
	// class is that of the method and the path's form: POST creates, DELETE
	// deletes.
	class word.Verb
	// said are the verbs in the last segment (/merge), operationId and
	// summary.
	said []word.ID
	// action is the verb of the path's last segment, -1 where that is a noun.
	action word.ID
	// object is what stands beside the verb in an action segment
	// (/add_spent_time, /get_user).
	object word.Name
	undo   bool // DELETE of an action: unlock for DELETE /lock
}

func (m *matcher) verbs(op *rest.Operation, q *question) verbs {
	v := verbs{action: -1}
	switch op.Method {
	case "GET":
		v.class = word.Read
	case "POST":
		v.class = word.Create
	case "PUT", "PATCH":
		v.class = word.Update
	case "DELETE":
		v.class = word.Delete
	default:
		v.class = word.Action
	}
	if op.Method != "GET" && !q.item && !q.target.segment.Plural && !m.isNoun(q.name) {
		m.actionSegment(&v, q)
	}
	if w := last(q.name); op.Method != "GET" && q.item && len(q.name.Words) == 1 && m.lex.Verb(w) == word.Action && !m.isNoun(q.name) && len(q.at.types) > 0 {
		v.action = w // PUT /user/following/{username}
		t := q.at.types[0].typ
		v.object = m.thing[t].stemOr(t)
	}
	v.undo = v.action >= 0 && op.Method == "DELETE"
	v.said = m.saidVerbs(op)
	if v.action >= 0 && !slices.Contains(v.said, v.action) {
		v.said = append(v.said, v.action)
	}
	return v
}

// actionSegment finds a verb in the last segment of the path: /merge,
// /mark-as-read, /reset_password.
func (m *matcher) actionSegment(v *verbs, q *question) {
	words := q.name.Words
	for i, w := range words {
		class := m.lex.Verb(w)
		if class == word.NoVerb || i > 0 && i < len(words)-1 {
			continue
		}
		v.action = w
		rest := slices.Clone(words)
		v.object = word.Of(slices.Delete(rest, i, i+1)...)
		return
	}
}

// isNoun reports whether a name is that of a type, or one that a list could
// have.
func (m *matcher) isNoun(n word.Name) bool { return len(m.byStem[key(n)]) > 0 }

// saidVerbs returns the verbs of operationId and of the beginning of the
// summary.
func (m *matcher) saidVerbs(op *rest.Operation) []word.ID {
	var said []word.ID
	note := func(w word.ID) {
		if m.lex.Verb(w) != word.NoVerb && !slices.Contains(said, w) {
			said = append(said, w)
		}
	}
	for _, w := range op.IDWords.Words {
		note(w)
	}
	text := op.Summary
	if text == "" {
		text = op.Description
	}
	summary := m.lex.Name(firstWords(text, 3))
	if len(summary.Words) > 0 {
		note(summary.Words[0])
		if v := m.lex.Verb(summary.Words[0]); v == word.NoVerb && len(summary.Words) > 1 {
			note(summary.Words[1])
		}
	}
	return said
}

// firstWords cuts a text after n words.
func firstWords(text string, n int) string {
	for i := range text {
		if text[i] == ' ' || text[i] == '\n' {
			if n--; n == 0 {
				return text[:i]
			}
		}
		if i > 200 {
			return text[:i]
		}
	}
	return text
}

// endsClearer reports whether the last word of a name is more of a verb than
// the first, which is one too: delete in releaseDelete.
func (m *matcher) endsClearer(words []word.ID) bool {
	first, last := m.lex.Verb(words[0]), m.lex.Verb(words[len(words)-1])
	return len(words) > 1 && last != word.NoVerb && (first == word.Action || first == word.Read) && last != word.Action && last != word.Read ||
		len(words) > 1 && last != word.NoVerb && m.isNoun(word.Of(words[0])) && first == word.Action
}

// split takes the name of a mutation apart: its verbs, and the nouns that
// are left. The verb stands first or last; a word between is a noun.
func (m *matcher) split(n word.Name) (verb word.ID, class word.Verb, nouns word.Name) {
	words := n.Words
	at := -1
	switch {
	case len(words) == 0:
	case m.lex.Verb(words[0]) != word.NoVerb && !m.endsClearer(words):
		at = 0
	case m.lex.Verb(words[len(words)-1]) != word.NoVerb:
		at = len(words) - 1
	default:
		for i, w := range words {
			if m.lex.Verb(w) != word.NoVerb {
				at = i
				break
			}
		}
	}
	if at < 0 {
		return -1, word.NoVerb, n
	}
	verb = words[at]
	rest := slices.Delete(slices.Clone(words), at, at+1)
	nouns = word.Of(rest...)
	if id, ok := m.lex.Known("id"); ok && len(nouns.Words) > 1 {
		nouns = nouns.Without(func(w word.ID) bool { return w == id }) // addItemById
	}
	return verb, m.lex.Verb(verb), nouns
}
