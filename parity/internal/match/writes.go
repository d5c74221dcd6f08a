package match

import (
	"slices"

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
	writeNounsAble    // + they are an interface of what the path leads to
	writeCoverName    // + share of the mutation's nouns that the path has
	writeCoverPath    // + share of the last noun that the mutation has
	writeLastInput    // the last noun is only among what the mutation takes or yields
	writeContext      // + share of the context's nouns that the mutation or its input has
	writeContextLost  // - things that the path leads through and the mutation cannot be told
	writeExtraTold    // - weight of the mutation's nouns that only the summary has
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
	writeSubjectNot   // - it yields an interface of none of that
	writePrimary      // + the nouns are the path's last, which is at home here
	writeSecondary    // - they are, but the thing is at home elsewhere, and is not added or removed
	writeRelation     // + the thing is at home elsewhere, and is added or removed
	writeTail         // - weight of other words below the context that the mutation lacks
	writeStrangers    // - number of the mutation's nouns that nothing has
	writeNearestLost  // - the nearest thing of the path is not told, one farther is
	writeSure         // + verb and nouns agree, and neither side has a noun that the other lacks
	writeSurePayload  // + so does what is answered
	writeEndMissing   // - no word of the last noun is in name, input or payload
	writeManyOne      // - the path replaces or deletes a collection, the mutation one thing
	writeNamespace    // - weight of the path's words that only group others and that nothing has
	writeFolded       // the nouns are those of the context, and the last noun is among its input
	writeHead         // + the last noun of both is the same word
	numWriteEvidence
)

// writeOptions are the mutations that may do what a write does, and the
// queries that answer what a POST that reads answers.
func (m *matcher) writeOptions(q *question) []*option {
	fields := m.writeFields(q)
	list := make([]*option, len(fields))
	options := make([]option, len(fields))
	evidence := make([]float64, len(fields)*numWriteEvidence)
	for i, f := range fields {
		o := &options[i]
		*o = option{name: f.Coordinate, field: f, evidence: evidence[i*numWriteEvidence : (i+1)*numWriteEvidence]}
		m.compareWrite(q, f, o.evidence)
		o.weigh(writeWeights[:])
		list[i] = o
	}
	return list
}

// writeFields returns the root fields that share a noun with the path or
// what it leads to.
func (m *matcher) writeFields(q *question) []*gql.Field {
	seen := map[*gql.Field]bool{}
	var list []*gql.Field
	common := (len(m.gql.Mutations) + len(m.gql.Queries)) / 6
	add := func(w word.ID) {
		if len(m.withRoot[w]) > common && !q.name.Has(w) && !q.wording.end.Has(w) {
			return // it tells nothing
		}
		for _, f := range m.withRoot[w] {
			if !seen[f] && (f.Parent.Source == m.gql.Source.Mutation || q.op.Method == "POST") {
				seen[f] = true
				list = append(list, f)
			}
		}
	}
	for _, w := range q.all.Set {
		add(w)
	}
	for _, w := range q.op.IDWords.Set {
		if m.lex.Verb(w) == word.NoVerb {
			add(w)
		}
	}
	for _, p := range append([]*place{q.at}, q.chain...) {
		for _, l := range p.types[:min(2, len(p.types))] {
			for _, w := range m.thing[l.typ].stemOr(l.typ).Set {
				add(w)
			}
			for _, i := range l.typ.Interfaces {
				for _, w := range i.Words.Set {
					add(w)
				}
			}
		}
	}
	slices.SortFunc(list, func(f, g *gql.Field) int {
		if f.Coordinate < g.Coordinate {
			return -1
		}
		return 1
	})
	return list
}

// compareWrite fills in the evidence about a write and a root field.
func (m *matcher) compareWrite(q *question, f *gql.Field, e []float64) {
	e[writePrior] = 1
	c := m.calledOf[f]
	verb, class, nouns := c.verb, c.class, c.nouns
	if f.Parent.Source == m.gql.Source.Query {
		e[writeQuery] = 1
		class = word.Read
		if q.readsBySaying(m) {
			e[writeQueryRead] = 1
		}
	} else {
		m.compareVerbs(q, verb, class, f, e)
	}
	m.compareNouns(q, f, nouns, e)
	m.compareInputs(q, f, e)
	m.comparePayload(q, f, e)
	if f.Deprecated {
		e[writeDeprecated] = 1
	}
	verbs := e[writeVerbSaid]+e[writeVerbAction]+e[writeVerbClass]+e[writeVerbNear]+e[writeUndo] > 0 && e[writeVerbWrong]+e[writeVerbMissed]+e[writeVerbExtra]+e[writeUndoWrong]+e[writeQuery] == 0
	if verbs && e[writeStrangers] == 0 && e[writeUncovered] == 0 && e[writeTail] == 0 && e[writeNearestLost] == 0 {
		e[writeSure] = 1
		e[writeSurePayload] = e[writePayload]
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

// wording is what an operation and its path call the things that they are
// about.
type wording struct {
	// end is the noun that the operation acts on, above the one before it.
	end, above word.Name
	// path are all literals and variables, types the words of the types that
	// the path leads through, able those of their interfaces.
	path, types, able []word.ID
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
	return w
}

func (m *matcher) compareNouns(q *question, f *gql.Field, nouns word.Name, e []float64) {
	w := q.wording
	if len(w.end.Words) == 0 && len(nouns.Words) == 0 {
		e[writeCoverPath] = 1
	}
	if slices.Equal(nouns.Set, w.end.Set) {
		e[writeNouns] = 1
	} else if slices.Equal(nouns.Set, word.Join(w.above, w.end).Set) {
		e[writeNounsContext] = 1
	}
	for _, l := range q.at.types[:min(2, len(q.at.types))] {
		t := m.thing[l.typ].stemOr(l.typ)
		if slices.Equal(nouns.Set, t.Set) || slices.Equal(nouns.Set, l.typ.Words.Set) {
			e[writeNounsType] = max(e[writeNounsType], l.p)
		}
	}
	known := word.Of(slices.Concat(w.path, w.types, w.able)...)
	if able := minus(nouns.Set, w.end.Set); len(able) > 0 && len(common(able, w.able)) == len(able) && len(common(able, w.path)) == 0 {
		e[writeNounsAble] = 1
	}
	e[writeCoverName] = m.share(nouns.Set, known.Set)
	for _, n := range nouns.Set {
		if !contains(known.Set, n) {
			if contains(q.told.Set, n) {
				e[writeExtraTold] += min(1, m.weight(n)/8)
			} else {
				e[writeExtra] += min(1, m.weight(n)/8)
				e[writeStrangers] = min(2, e[writeStrangers]+1)
			}
		}
	}
	e[writeExtra] = min(2, e[writeExtra])
	e[writeExtraTold] = min(2, e[writeExtraTold])
	e[writeCoverPath] = max(e[writeCoverPath], m.share(w.end.Set, f.Words.Set))
	if len(w.end.Words) > 0 && len(nouns.Words) > 0 && last(w.end) == last(nouns) {
		e[writeHead] = 1
	}
	given := m.calledOf[f].given
	lacking := minus(w.end.Set, f.Words.Set)
	if len(lacking) > 0 {
		in := common(lacking, given)
		e[writeLastInput] = m.weigh(in) / (m.weigh(w.end.Set) + 0.01)
		for _, n := range minus(lacking, given) {
			if e[writeNounsType] > 0 && contains(w.types, n) {
				continue
			}
			e[writeUncovered] += min(1, m.weight(n)/8)
		}
		e[writeUncovered] = min(2, e[writeUncovered])
		if len(w.above.Words) > 0 && slices.Equal(nouns.Set, w.above.Set) && len(in) == len(lacking) {
			e[writeFolded] = 1
		}
	}
	for _, n := range word.Join(q.tail, q.name).Set {
		if m.unknown(n) && !contains(f.Words.Set, n) && m.lex.Verb(n) == word.NoVerb {
			e[writeUnknown]++
		}
	}
	e[writeUnknown] = min(2, e[writeUnknown])
	for _, n := range q.tail.Set {
		if !contains(w.end.Set, n) && !contains(f.Words.Set, n) && !contains(given, n) && n != q.verbs.action {
			if contains(q.namespace, n) {
				e[writeNamespace] += min(1, m.weight(n)/8)
				continue
			}
			e[writeTail] += min(1, m.weight(n)/8)
		}
	}
	e[writeTail] = min(2, e[writeTail])
	if e[writeNounsType] > 0.5 && len(nouns.Set) > len(w.end.Set) { // the type has another word for them
		e[writeTail], e[writeUncovered] = 0, 0
	}
	if q.verbs.action >= 0 && nouns.Has(q.verbs.action) { // addStar for PUT of a star
		e[writeCoverPath], e[writeUncovered] = 1, 0
		if len(nouns.Set) == 1 {
			e[writeNouns] = 1
		}
	}
	if len(w.end.Set) > 0 && e[writeCoverPath] == 0 && e[writeNounsType] == 0 && len(common(w.end.Set, m.calledOf[f].given)) == 0 {
		e[writeEndMissing] = 1
	}
	if !q.item && q.verbs.action < 0 && q.target.segment.Plural && q.op.Method != "POST" && !m.calledOf[f].plural {
		e[writeManyOne] = 1
	}
	if e[writeNouns] == 1 && !q.second {
		e[writePrimary] = 1
	}
	if class := m.calledOf[f].class; q.second && q.verbs.action < 0 {
		if class == word.Add || class == word.Remove {
			e[writeRelation] = 1
		} else {
			e[writeSecondary] = 1
		}
	}
	m.compareContext(q, f, given, e)
	e[writeTold] = m.share(f.Words.Set, q.told.Set)
	e[writeToldBack] = m.share(q.op.IDWords.Set, f.Words.Set)
	if name := m.calledOf[f].letters; len(name) > 3 && (name == q.idLetters || name == q.endLetters) && (e[writeQuery] == 0 || e[writeQueryRead] == 1) {
		e[writeSameName] = 1
	}
}

// compareContext finds how much of what the path leads through the mutation
// can be told: by its name, or by an argument such as an ID.
func (m *matcher) compareContext(q *question, f *gql.Field, given []word.ID, e []float64) {
	told, all := 0.0, 0.0
	nearest, lostNearest := true, false
	for _, c := range q.chain {
		if c == m.root || !c.segment.Param {
			continue
		}
		all++
		noun := c.noun()
		words := slices.Clone(noun.Set)
		for _, l := range c.types[:min(1, len(c.types))] {
			words = append(words, m.thing[l.typ].stemOr(l.typ).Words...)
			for _, i := range l.typ.Interfaces {
				words = append(words, i.Words.Words...)
			}
		}
		hit, inName := false, false
		for _, n := range words {
			inName = inName || contains(f.Words.Set, n)
			hit = hit || contains(given, n) || contains(f.Words.Set, n)
		}
		if hit || nearest && m.calledOf[f].generic {
			told++
			if lostNearest && inName {
				e[writeNearestLost] = 1
			}
		} else if nearest {
			lostNearest = true
		}
		nearest = false
	}
	if all > 0 {
		e[writeContext] = told / all
		e[writeContextLost] = min(2, all-told)
	}
}

// compareInputs compares the body with what the mutation takes.
func (m *matcher) compareInputs(q *question, f *gql.Field, e []float64) {
	if m.calledOf[f].bulk && q.item {
		e[writeBulk] = 1
	}
	props := q.bodyWords
	if len(props) > 0 {
		hit := 0
		for _, p := range props {
			for _, a := range m.calledOf[f].inputs {
				if sameInput(p, a) {
					hit++
					break
				}
			}
		}
		e[writeBody] = float64(hit) / float64(len(props)+1)
		if hit == 0 && len(props) > 1 {
			e[writeBodyNone] = 1
		}
	}
	required, known := 0, 0
	for i, a := range f.Args {
		if !a.Required {
			continue
		}
		required++
		in := m.calledOf[f].inputs[i]
		switch {
		case slices.ContainsFunc(props, func(p input) bool { return sameInput(p, in) }),
			len(common(a.Words.Set, q.pathWords)) > 0, a.Scalar == "ID" && m.calledOf[f].generic:
			known++
		}
	}
	if required > 0 {
		e[writeArgs] = float64(known) / float64(required)
	}
}

// input is the name of something that is taken, and the name of the thing
// where it is the ID of one.
type input struct{ full, bare word.Name }

func (m *matcher) input(n word.Name) input {
	return input{n, n.Without(func(w word.ID) bool {
		t := m.lex.Text(w)
		return t == "id" || t == "name" || t == "number"
	})}
}

// sameInput reports whether a property and an argument are called alike; the
// ID of a thing stands for the thing.
func sameInput(p, a input) bool {
	return slices.Equal(p.full.Set, a.full.Set) || len(p.bare.Set) > 0 && slices.Equal(p.bare.Set, a.bare.Set)
}

// compareSubject looks for interfaces among what the mutation yields: its
// subject is whatever implements one.
func (m *matcher) compareSubject(q *question, f *gql.Field, e []float64) {
	for _, p := range f.Payload {
		if p.Target == nil || len(p.Target.Possible) < 2 || p.List || p.Target.Name == "Node" {
			continue
		}
		best := 0.0
		for _, c := range q.chain {
			for _, l := range c.types[:min(2, len(c.types))] {
				if contains(p.Target.Possible, l.typ) || p.Target == l.typ {
					best = max(best, l.p)
				}
			}
		}
		for _, l := range q.at.types[:min(2, len(q.at.types))] {
			if contains(p.Target.Possible, l.typ) {
				best = max(best, l.p)
			}
		}
		e[writeSubject] = max(e[writeSubject], best)
		if best == 0 {
			e[writeSubjectNot] = 1
		}
	}
}

// comparePayload compares what is answered with what the mutation yields.
func (m *matcher) comparePayload(q *question, f *gql.Field, e []float64) {
	m.compareSubject(q, f, e)
	if len(q.answers) == 0 {
		return
	}
	best, any := 0.0, false
	if f.Target != nil && f.Payload == nil {
		any = true
		best = about(q.answers, f.Target)
	}
	for _, p := range f.Payload {
		if p.Target != nil {
			any = true
			best = max(best, about(q.answers, p.Target))
		}
	}
	e[writePayload] = best
	if any && best < 0.1 {
		e[writePayloadOther] = min(1, q.answers[0].p)
	}
}
