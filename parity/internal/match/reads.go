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
	readTypeNamed     // + the name is that of the type answered
	readCoverPath     // + share of the words below the context that the name has
	readCoverName     // + share of the name's words that the path has
	readLast          // + share of the last literal's words that the name has
	readTold          // + share of the name's words in operationId and summary
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
	readContextKeys   // + share of the path's variables that a query takes
	readContextLost   // - variables of the path that a query does not take
	readUncovered     // - weight of the path's words below the context that nothing has
	readUnknown       // - literal words that the whole schema lacks
	readSkipped       // - literals between the parent and the last one
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
	readCheckSubject  // + a check, and the Boolean is of the thing that the path ends with
	readNarrow        // - the name narrows a list down, and the path does not
	readBroader       // + the name is what the path's last literal is one of
	readVerbName      // + the field is called as a verb of reading in the path: search
	readViewerField   // + a field of who asks, and the path has no context
	readHop           // + the parent is one step from the nearest context
	readUnique        // + no other type has a field of that name
	readHeadNo        // - the name ends with a word that neither path nor what is answered has
	readNamespace     // - weight of the path's words that only group others and that nothing has
	readSure          // + parent, name and number agree
	readSureType      // + so does what is answered
	readScopeLost     // - a query of all, and the path has a scope
	readVariantExtra  // - weight of the name's words that nothing has
	numReadEvidence
)

// readOptions are the fields that may answer what a read answers.
func (m *matcher) readOptions(q *question) []*option {
	seen := map[*gql.Field]bool{}
	var list []*option
	add := func(f *gql.Field) {
		if seen[f] || f.Parent.Role == gql.Connection || f.Parent.Role == gql.Payload || f.Parent.Role == gql.Paging {
			return
		}
		seen[f] = true
		o := &option{name: f.Coordinate, field: f, evidence: make([]float64, numReadEvidence)}
		if m.compareRead(q, f, o.evidence) {
			o.weigh(readWeights[:])
			list = append(list, o)
		}
	}
	for _, c := range q.chain {
		for _, l := range c.types[:min(3, len(c.types))] {
			for _, f := range l.typ.Fields {
				if m.related(q, f) {
					add(f)
				}
			}
		}
	}
	for _, f := range m.gql.Queries {
		if m.related(q, f) {
			add(f)
		}
	}
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
	return list
}

// related reports whether a field is worth weighing: it shares a word with
// the path's end, or yields what is answered.
func (m *matcher) related(q *question, f *gql.Field) bool {
	if f.Parent.Role == gql.Root && len(common(f.Words.Set, q.all.Set)) > 0 {
		return true
	}
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

// compareRead fills in the evidence about a read and a field. It is false
// where they cannot correspond.
func (m *matcher) compareRead(q *question, f *gql.Field, e []float64) bool {
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
			e[readSureType] = e[readType]
		}
	}
	if len(q.name.Words) > 0 && !q.item && m.lex.Verb(q.name.Words[0]) == word.Action && !m.isNoun(q.name) {
		e[readAction] = 1
	}
	return true
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
	if q.op.Check && f.Scalar == "Boolean" && q.at.has(f.Parent) > 0.3 {
		e[readCheckSubject] = 1
		return q.at, q.tail
	}
	if m.viewer != nil && len(q.chain) <= 1 && m.viewer.Is(f.Parent) {
		e[readViewerField] = 1
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
		if slices.Equal(name.Set, typeWords) {
			e[readTypeNamed] = l.p
		}
	}
	e[readCoverPath] = m.share(tail.Set, name.Set)
	e[readLast] = m.share(q.name.Set, name.Set)
	paths := word.Join(q.all, f.Parent.Words)
	if f.Parent.Role == gql.Root {
		paths = word.Join(q.all, q.params)
	}
	e[readCoverName] = m.share(name.Set, paths.Set)
	e[readTold] = m.share(name.Set, q.told.Set)
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

// compareKeys compares the variables of the path below the context with
// what the field takes.
func (m *matcher) compareKeys(q *question, f *gql.Field, context *place, e []float64) {
	bound := map[*gql.Arg]bool{}
	covered, lost := 0, 0
	for p := q.at; p != nil && p != m.root && p != context; p = p.parent {
		if !p.segment.Param {
			continue
		}
		arg := m.argFor(q, f, p)
		if arg != nil {
			bound[arg] = true
			covered++
		} else if p != q.at {
			lost++
		}
		if p == q.at {
			if arg != nil {
				e[readKey] = 1
			} else {
				e[readKeyMissing] = 1
			}
		}
	}
	if f.Parent.Role == gql.Root && covered+lost > 0 {
		e[readContextKeys] = float64(covered) / float64(covered+lost)
		e[readContextLost] = min(2, float64(lost))
		if lost > 0 && q.many {
			e[readScopeLost] = 1
		}
	}
	if f.Parent.Role != gql.Root {
		e[readFartherLost] = min(2, float64(lost))
	}
	viewer, known := m.lex.Known("viewer")
	if q.self {
		if known && f.Words.Has(viewer) {
			e[readViewer] = 1
		} else if f.Parent.Role == gql.Root {
			e[readViewerNot] = 1
		}
	}
	if !f.List {
		for _, a := range f.Args {
			if !bound[a] && !a.Required && keyWord(m, a.Words) && !m.inQuery(q, a) {
				e[readKeyUnused] = 1
			}
		}
	}
	unbound := 0
	for _, a := range f.Args {
		if a.Required && !a.Paging && !bound[a] && !m.inQuery(q, a) {
			unbound++
		}
	}
	e[readUnbound] = min(2, float64(unbound))
	shared, all := 0, 0
	for _, p := range q.query {
		if pagingWord(p.Name) {
			continue
		}
		all++
		for _, a := range f.Args {
			if len(common(a.Words.Set, p.Words.Set)) > 0 {
				shared++
				break
			}
		}
	}
	if all > 0 {
		e[readQuery] = float64(shared) / float64(all+1)
	}
}

func (m *matcher) inQuery(q *question, a *gql.Arg) bool {
	for _, p := range q.op.Params {
		if slices.Equal(p.Words.Set, a.Words.Set) {
			return true
		}
	}
	return false
}

// argFor finds the argument that takes what a variable of the path says:
// one of its name, or a key of the thing where there is one.
func (m *matcher) argFor(q *question, f *gql.Field, p *place) *gql.Arg {
	var fallback *gql.Arg
	noun := p.noun()
	for _, words := range p.segment.Vars {
		if len(q.key.Words) > 0 && p == q.at {
			for _, a := range f.Args {
				if len(common(a.Words.Set, q.key.Set)) > 0 {
					return a
				}
			}
		}
		for _, a := range f.Args {
			if a.Paging {
				continue
			}
			if slices.Equal(a.Words.Set, words.Set) {
				return a
			}
			short := word.Of(minus(words.Set, noun.Set)...)
			if len(short.Set) > 0 && slices.Equal(a.Words.Set, short.Set) {
				return a
			}
			if fallback == nil && (keyWord(m, a.Words) && keyLike(m, words, noun)) {
				fallback = a
			}
		}
	}
	return fallback
}

// keyWord reports whether an argument is one by which things are told apart.
func keyWord(m *matcher, n word.Name) bool {
	for _, w := range n.Set {
		switch m.lex.Text(w) {
		case "id", "number", "key", "slug", "name", "path", "uuid", "code", "login", "handle", "full", "identifier", "gid":
			return true
		}
	}
	return false
}

// keyLike reports whether a variable is a key of the thing that its path
// names.
func keyLike(m *matcher, n, noun word.Name) bool {
	return keyWord(m, n) || len(common(n.Set, noun.Set)) > 0 || len(n.Words) == 1
}

func minus(a, b []word.ID) []word.ID {
	var out []word.ID
	for _, w := range a {
		if !contains(b, w) {
			out = append(out, w)
		}
	}
	return out
}

func pagingWord(name string) bool {
	switch name {
	case "page", "per_page", "perPage", "limit", "offset", "cursor", "after", "before", "first", "last", "page_size", "pageSize", "page_token", "pageToken", "pagination":
		return true
	}
	return false
}
