package match

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// question is an operation taken apart.
type question struct {
	op *rest.Operation
	at *place
	// target is the last literal place, nil for the root.
	target *place
	// item says that the path ends in a variable, many that the operation
	// is about a list, second that the same noun has a shorter path.
	item, many, second bool
	// self says that the path's last literal stands for who asks: /user
	// beside /users.
	self bool
	// key are the words of the literal that says by what an item is found.
	key word.Name
	// chain are the places above the target at which there are things, the
	// nearest first, and the root last.
	chain []*place
	// types are those that the operation is about.
	types []likely
	// name is that of the target, tail the words of all literals below the
	// nearest context, all those of the whole path.
	name, tail, all word.Name
	// namespace are the words of literals at which nothing is: they only
	// group what is below them.
	namespace []word.ID
	// told are the words of operationId and summary, saidID those of
	// operationId alone; what the path says where there is neither.
	told, saidID word.Name
	// verbs are what the operation says it does; see verbs.go.
	verbs verbs
	// params are the words of the path's variables.
	params word.Name
	query  []*rest.Param
	// wording, body and answers are for writes: its nouns, the names of the
	// body's properties, the types of what is answered.
	wording   *wording
	bodyWords []input
	pathWords []word.ID
	// idLetters are those of operationId, endLetters of the path's end.
	idLetters, endLetters string
	answers               []likely
}

func (m *matcher) question(op *rest.Operation) *question {
	q := &question{op: op, at: m.placeOf[op]}
	n := len(op.Segments)
	q.item = n > 0 && op.Segments[n-1].Param
	q.target = q.at
	for q.target != m.root && q.target.segment.Param {
		q.target = q.target.parent
	}
	if by := q.target; q.item && by != m.root && by.parent.list && by.parent != m.root && !by.parent.segment.Param && by.get == nil && names(q.own(q.at), by) {
		q.key, q.target = by.segment.Words, by.parent
	}
	for q.target.segment.Filler && q.target.parent != m.root && !q.target.parent.segment.Param {
		q.target = q.target.parent
	}
	q.name = q.target.segment.Words
	for p := q.target.parent; p != nil; p = p.parent {
		if p == m.root || len(p.types) > 0 {
			q.chain = append(q.chain, p)
		}
	}
	if q.target == m.root {
		q.chain = []*place{m.root}
	}
	var all, params []word.Name
	for _, s := range op.Segments {
		if s.Param {
			params = append(params, s.Words)
		} else {
			all = append(all, s.Words)
		}
	}
	q.all, q.params = word.Join(all...), word.Join(params...)
	q.tail = q.name
	for p := q.target.parent; p != nil && p != m.root && len(p.types) == 0; p = p.parent {
		if !p.segment.Param {
			q.tail = word.Join(p.segment.Words, q.tail)
		}
	}
	for p := q.target; p != nil && p != m.root; p = p.parent {
		if p != q.target && !p.segment.Param && len(m.opsAt[p]) == 0 && !p.hasParam() {
			q.namespace = append(q.namespace, p.segment.Words.Words...)
		}
	}
	q.saidID = op.IDWords
	q.told = word.Join(op.IDWords, m.lex.Name(op.Summary))
	for _, p := range op.Params {
		if p.In == "query" {
			q.query = append(q.query, p)
		}
	}
	q.many = op.List || !q.item && q.pages() || !q.item && op.Method == "GET" && q.target.segment.Plural && q.target.hasParam()
	q.second = m.secondary(q)
	q.self = !q.item && m.isSelf(q.target)
	q.types = q.at.types
	if op.Method == "GET" && op.Item != nil && op.Item.Kind == rest.Object {
		q.types = m.schemaTypes(op.Item, q.name)
	}
	q.verbs = m.verbs(op, q)
	if op.Method != "GET" {
		q.wording = m.wordingOf(q)
		if op.ID == "" && op.Summary == "" {
			q.told = m.toldByPath(q)
			q.saidID = q.told
		}
		q.idLetters, q.endLetters = letters(op.ID), letters(q.target.segment.Text)
		q.pathWords = word.Of(slices.Concat(q.wording.path, q.wording.types)...).Set
		if op.Body != nil {
			for _, p := range op.Body.Properties {
				q.bodyWords = append(q.bodyWords, m.input(p.Words))
			}
		}
		for _, p := range op.Params {
			if p.In != "path" {
				q.bodyWords = append(q.bodyWords, m.input(p.Words))
			}
		}
		q.answers = m.schemaTypes(op.Item, q.name)
	}
	return q
}

// namesCalls reports whether the API's paths are names of calls: nearly all
// operations are POST, and many paths end with a verb.
func (m *matcher) namesCalls() bool {
	posts, verbs := 0, 0
	for _, op := range m.rest.Operations {
		n := len(op.Segments)
		if op.Method != "POST" || n == 0 || op.Segments[n-1].Param {
			continue
		}
		posts++
		if words := op.Segments[n-1].Words.Words; len(words) > 0 && m.lex.Verb(words[0]) != word.NoVerb {
			verbs++
		}
	}
	return posts*10 > len(m.rest.Operations)*8 && verbs*10 > posts*3
}

// findViewer finds the query that yields who asks.
func (m *matcher) findViewer() {
	word, ok := m.lex.Known("viewer")
	if !ok {
		return
	}
	for _, f := range m.gql.Queries {
		if f.Words.Has(word) && f.Target != nil && !f.List && len(f.Words.Words) == 1 {
			m.viewer = f.Target
			return
		}
	}
}

// names reports whether a literal only says by which of its attributes the
// variable behind it finds an item: /users/email/{email}.
func names(variable rest.Segment, literal *place) bool {
	words := literal.segment.Words.Set
	if literal.segment.Param || len(words) == 0 {
		return false
	}
	return slices.Equal(variable.Words.Set, words) || slices.Equal(minus(variable.Words.Set, literal.parent.noun().Set), words)
}

// pages reports whether an operation takes parameters that cut a list.
func (q *question) pages() bool {
	for _, p := range q.query {
		if pagingWord(p.Name) {
			return true
		}
	}
	return false
}

// isSelf reports whether a place is one thing of those that the place beside
// it with the plural has.
func (m *matcher) isSelf(p *place) bool {
	if p == m.root || p.segment.Plural || p.segment.Param {
		return false
	}
	for _, c := range p.parent.children {
		if c != p && c.segment.Plural && !c.segment.Param && slices.Equal(c.segment.Words.Set, p.segment.Words.Set) {
			return true
		}
	}
	return false
}

// nounKey names what a path ends with: the noun, and whether it is an item.
func nounKey(method string, q *question) string {
	k := method + " " + key(q.name)
	if q.item {
		return k + "*"
	}
	return k
}

// secondary reports whether another path with fewer segments ends with the
// same noun: there the thing is at home, here it is in relation to something.
func (m *matcher) secondary(q *question) bool {
	if m.shortest == nil {
		m.shortest = map[string]int{}
		for _, op := range m.rest.Operations {
			at := m.placeOf[op]
			o := &question{item: at.segment.Param}
			for at != m.root && at.segment.Param {
				at = at.parent
			}
			o.name = at.segment.Words
			k := nounKey(op.Method, o)
			if n, ok := m.shortest[k]; !ok || len(op.Segments) < n {
				m.shortest[k] = len(op.Segments)
			}
		}
	}
	return m.shortest[nounKey(q.op.Method, q)] < len(q.op.Segments)
}

// own returns the segment at a place as this operation writes it.
func (q *question) own(p *place) rest.Segment {
	if p.depth == 0 || p.depth > len(q.op.Segments) {
		return p.segment
	}
	return q.op.Segments[p.depth-1]
}

// pathTo writes the path that leads to a place.
func (q *question) pathTo(p *place) string {
	parts := make([]string, p.depth)
	for i := range parts {
		parts[i] = q.op.Segments[i].Text
	}
	return "/" + strings.Join(parts, "/")
}

// toldByPath says what a write does in the words of its method and path, for
// descriptions that give operations no names.
func (m *matcher) toldByPath(q *question) word.Name {
	verb := q.verbs.action
	if verb < 0 || q.verbs.undo {
		text := map[string]string{"POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}[q.op.Method]
		id, ok := m.lex.Known(text)
		if !ok {
			return q.all
		}
		if q.verbs.undo {
			id = m.undoing(q.verbs.action, id)
		}
		verb = id
	}
	return word.Join(word.Of(verb), q.wording.above, q.wording.end)
}

// undoing returns the verb that undoes another where the schema has one, else
// the other given.
func (m *matcher) undoing(verb, otherwise word.ID) word.ID {
	if id, ok := m.lex.Known("un" + m.lex.Text(verb)); ok && !m.unknown(id) {
		return id
	}
	return otherwise
}
