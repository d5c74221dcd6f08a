package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// partial looks for a way that is not one for one, and sees where what was
// chosen is none. It knows what the other operations were matched with.
func (m *matcher) partial(q *question, o *Operation) {
	switch {
	case q.op.Method != "GET":
		if o.Status == "none" {
			m.folded(q, o)
		}
	case q.item && !q.op.Check:
		m.partialItem(q, o)
	case o.Status == "none" && q.many:
		m.fanOut(q, o)
	case o.Status == "match" && q.many:
		m.scattered(q, o)
	}
}

// partialItem judges a read of one item: by a field with its key it is a
// match; through the node field, through a list, or by another key it is
// partial.
func (m *matcher) partialItem(q *question, o *Operation) {
	var list *gql.Field
	if o.Status == "match" {
		f := m.fieldAt(o.Coordinates[0])
		above := m.listAbove(q)
		switch {
		case f == nil || q.op.List:
			return
		case f.List:
			list = f
		case q.second && above != nil && above != f && m.loses(q, f):
			list = above // the thing itself is found, but not that it belongs here
		case m.otherKey(q, f):
			o.Status, o.Reason = "partial", "node-id"
			o.Why = append(o.Why, "but "+f.Coordinate+" takes another key than "+q.own(q.at).Text)
			return
		default:
			return
		}
	}
	if list == nil {
		list = m.listAbove(q)
	}
	id := m.hasText(q.own(q.at).Words, "id", "uuid", "gid")
	known := len(q.types) > 0 && q.types[0].p >= minType
	switch {
	case known && id && m.gql.Node != nil && q.types[0].typ.ByID:
		o.set("partial", "node-id", m.gql.Node.Coordinate)
		o.Why = append(o.Why, q.types[0].typ.Name+" has a global ID, and no field takes "+q.own(q.at).Text)
		o.Path = m.gql.Node.Name
	case list == nil || !known && o.Status == "none":
		return
	case m.filters(q, list):
		o.set("partial", "via-filter", list.Coordinate)
		o.Why = append(o.Why, list.Coordinate+" lists them and has an argument for "+q.own(q.at).Text)
		o.Path = m.pathTo(q, list)
	default:
		o.set("partial", "via-scan", list.Coordinate)
		o.Why = append(o.Why, list.Coordinate+" lists them, and has no argument for "+q.own(q.at).Text)
		o.Path = m.pathTo(q, list)
	}
	if list != nil && !slices.Contains(o.Coordinates, list.Coordinate) {
		o.Coordinates = append(o.Coordinates, list.Coordinate)
	}
}

// loses reports whether a field knows nothing of the nearest thing that the
// path leads through.
func (m *matcher) loses(q *question, f *gql.Field) bool {
	return len(q.chain) > 0 && q.chain[0] != m.root && q.chain[0].has(f.Parent) < 0.1
}

// otherKey reports whether the path tells the item by an ID, and the field
// by something else: a name, a number. A parameter whose description names
// the field's key may be that too.
func (m *matcher) otherKey(q *question, f *gql.Field) bool {
	if !m.hasText(q.own(q.at).Words, "id", "uuid", "gid") || len(f.Args) == 0 {
		return false
	}
	told := ""
	for _, p := range q.op.Params {
		if p.In != "path" || !slices.Contains(q.own(q.at).Name, p.Name) {
			continue
		}
		told = p.Description
		if p.Schema != nil && p.Schema.Kind == rest.String && p.Schema.Format == "" {
			return false // it may be a name or a path as well
		}
	}
	description := m.lex.Name(told)
	keys := 0
	for _, a := range f.Args {
		if a.Paging || !keyWord(m, a.Words) {
			continue
		}
		keys++
		if m.hasText(a.Words, "id", "uuid", "gid") || len(common(a.Words.Set, description.Set)) > 0 {
			return false
		}
	}
	return keys > 0
}

// scattered judges a list that hangs on the items of another list:
// /projects/{id}/issues/comments by the comments of each issue.
func (m *matcher) scattered(q *question, o *Operation) {
	f := m.fieldAt(o.Coordinates[0])
	if f == nil || len(q.chain) == 0 {
		return
	}
	if c := q.chain[0]; c != m.root && !c.segment.Param && c.segment.Plural && c.hasParam() && c.has(f.Parent) > 0.1 {
		o.Status, o.Reason = "partial", "fan-out"
		o.Why = append(o.Why, "but only each of "+c.segment.Text+" has them")
	}
}

// folded finds a write whose thing is a part of what another mutation
// writes: that of the same path (DELETE beside PUT), or that which updates
// what the path leads through and takes the part.
func (m *matcher) folded(q *question, o *Operation) {
	if q.op.Method == "DELETE" && !q.item && !q.target.segment.Plural {
		for _, method := range [...]string{"PUT", "PATCH"} {
			if f := m.matchedAt(q.at, method); f != nil {
				o.set("partial", "folded", f.Coordinate)
				o.Path = f.Name
				o.Why = append(o.Why, f.Coordinate+" sets what this deletes")
				return
			}
		}
	}
	for up := q.target.parent; up != nil && up != m.root; up = up.parent {
		for _, method := range [...]string{"PATCH", "PUT"} {
			f := m.matchedAt(up, method)
			if f == nil {
				continue
			}
			words := m.inputWords(f)
			if m.share(q.name.Set, words) >= 0.5 && q.verbs.action < 0 {
				o.set("partial", "folded", f.Coordinate)
				o.Path = f.Name
				o.Why = append(o.Why, f.Coordinate+" takes "+m.words(common(q.name.Set, words)))
			}
			return
		}
	}
}

// matchedAt returns the mutation that the operation of a method at a place
// was matched with; nil where there is none.
func (m *matcher) matchedAt(at *place, method string) *gql.Field {
	for _, op := range m.opsAt[at] {
		if o := m.byOperation[op]; op.Method == method && o != nil && o.Status == "match" {
			return m.fieldAt(o.Coordinates[0])
		}
	}
	return nil
}

// inputWords are the words of what a mutation takes.
func (m *matcher) inputWords(f *gql.Field) []word.ID {
	var words []word.ID
	for _, a := range f.Args {
		words = append(words, a.Words.Words...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// minType is how sure the type of a place must be to build on it.
const minType = 0.7

func (o *Operation) set(status, reason, coordinate string) {
	if o.Status == "none" {
		o.Confidence = 0.6
	}
	o.Status, o.Reason, o.Coordinates = status, reason, []string{coordinate}
}

// listAbove returns the list that the collection of an item was matched
// with.
func (m *matcher) listAbove(q *question) *gql.Field {
	if q.target.get == nil {
		return nil
	}
	o := m.byOperation[q.target.get]
	if o == nil || o.Status != "match" {
		return nil
	}
	if f := m.fieldAt(o.Coordinates[0]); f != nil && f.List {
		return f
	}
	return nil
}

// filters reports whether a list has an argument that finds the item of a
// path's last variable.
func (m *matcher) filters(q *question, f *gql.Field) bool {
	name := m.lex.Name(q.own(q.at).Text)
	for _, a := range f.Args {
		if a.Paging {
			continue
		}
		if len(common(a.Words.Set, name.Set)) > 0 || m.hasText(a.Words, "login", "search", "query") && !m.hasText(name, "id") {
			return true
		}
		if a.Type != nil {
			for _, in := range a.Type.Source.InputFields {
				if len(common(m.lex.Name(in.Name).Set, name.Set)) > 0 {
					return true
				}
			}
		}
	}
	return false
}

func (m *matcher) hasText(n word.Name, texts ...string) bool {
	for _, w := range n.Set {
		if slices.Contains(texts, m.lex.Text(w)) {
			return true
		}
	}
	return false
}

// fanOut finds a list of all that the items of another list have:
// /projects/{id}/issues/comments where only an issue has comments.
func (m *matcher) fanOut(q *question, o *Operation) {
	above := q.target.parent
	if above == m.root || above.segment.Param || !above.list {
		return
	}
	var best *gql.Field
	for _, l := range above.types[:min(2, len(above.types))] {
		if l.p < minType {
			continue
		}
		for _, f := range l.typ.Fields {
			if f.List && f.Target != nil && slices.Equal(f.Words.Set, q.name.Set) && !f.Deprecated && best == nil {
				best = f
			}
		}
	}
	if best == nil || len(q.types) > 0 && about(q.types, best.Target) == 0 {
		return
	}
	o.set("partial", "fan-out", best.Coordinate)
	o.Why = append(o.Why, "only each of "+above.segment.Text+" has them, by "+best.Coordinate)
	o.Path = m.pathTo(q, best)
}

// ordered returns the operations with lists before the items in them.
func ordered(ops []*rest.Operation) []*rest.Operation {
	out := slices.Clone(ops)
	slices.SortStableFunc(out, func(a, b *rest.Operation) int { return len(a.Segments) - len(b.Segments) })
	return out
}
