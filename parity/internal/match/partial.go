package match

import (
	"slices"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// partial looks for a way that is not one for one: an item of a list that
// has no field of its own, a list that only the items of another list have.
// It knows what the other operations were matched with.
func (m *matcher) partial(q *question, o *Operation) {
	if q.op.Method != "GET" {
		return
	}
	if q.item {
		m.partialItem(q, o)
		return
	}
	if o.Status == "none" && q.many {
		m.fanOut(q, o)
	}
}

// partialItem judges a read of one item: by a field with a key it is a
// match; through the node field, or through a list, it is partial.
func (m *matcher) partialItem(q *question, o *Operation) {
	var list *gql.Field
	if o.Status == "match" {
		if f := m.fieldAt(o.Coordinates[0]); f == nil || !f.List || q.op.List {
			return
		} else {
			list = f
		}
	}
	if list == nil {
		list = m.listAbove(q)
	}
	name := q.at.segment.Words
	id := m.hasText(name, "id", "uuid", "gid")
	known := len(q.types) > 0 && q.types[0].p >= minType
	switch {
	case known && id && m.gql.Node != nil && q.types[0].typ.ByID:
		o.set("partial", "node-id", m.gql.Node.Coordinate)
		o.Why = append(o.Why, q.types[0].typ.Name+" has a global ID, and no field takes "+q.at.segment.Text)
		o.Path = m.gql.Node.Name
	case list == nil || !known && o.Status == "none":
		return
	case m.filters(q, list):
		o.set("partial", "via-filter", list.Coordinate)
		o.Why = append(o.Why, list.Coordinate+" lists them and has an argument for "+q.at.segment.Text)
		o.Path = m.pathTo(q, list)
	default:
		o.set("partial", "via-scan", list.Coordinate)
		o.Why = append(o.Why, list.Coordinate+" lists them, and has no argument for "+q.at.segment.Text)
		o.Path = m.pathTo(q, list)
	}
	if list != nil && !slices.Contains(o.Coordinates, list.Coordinate) {
		o.Coordinates = append(o.Coordinates, list.Coordinate)
	}
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
	name := m.lex.Name(q.at.segment.Text)
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
