package webhook

import (
	"cmp"
	"slices"

	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// assemble makes the model of a draft: it makes the shapes few, names them, and
// orders all.
func assemble(d *draft, o Options) (*Model, error) {
	if len(d.events) == 0 {
		return nil, &NoEventsError{Name: d.title}
	}
	d.events = joinTwins(d)
	slices.SortStableFunc(d.events, func(a, b *draftEvent) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.action, b.action))
	})
	uses := make([]*shape.Use, len(d.events))
	for i, e := range d.events {
		e.payload = asPayload(d, e)
		uses[i] = &e.payload
	}
	shape.Unify(uses, d.note)
	for _, e := range d.events {
		if s := e.payload.Shape; !s.Payload {
			own := *s
			own.Payload = true
			e.payload.Shape = &own
		}
	}
	n, err := nameShapes(d.events, o.Lock)
	if err != nil {
		return nil, err
	}
	c := &converter{types: map[*shape.Shape]*Type{}, names: n}
	m := &Model{Name: productName(d, o), Title: d.title, Description: d.description, Routing: d.routing}
	for _, e := range d.events {
		m.Events = append(m.Events, &Event{
			Name: e.name, Action: e.action, Guessed: e.guessed, GoName: n.events[e], Payload: c.convert(e.payload.Shape),
			Summary: e.summary, Description: e.description, Deprecated: e.deprecated,
			Examples: e.examples, Location: e.location,
		})
	}
	m.Types = c.named
	slices.SortFunc(m.Types, func(a, b *Type) int { return cmp.Compare(a.Name, b.Name) })
	markRecursive(m.Types)
	m.Notes = sortNotes(d.notes)
	m.lock = n.lock()
	return m, nil
}

// asPayload returns what a payload is, marked as one: an object, or a union.
func asPayload(d *draft, e *draftEvent) shape.Use {
	s := *e.payload.Shape
	s.Payload = true
	switch s.Kind {
	case shape.Object, shape.Union:
	case shape.Map, shape.Any:
		// Without members that are named it is an object that takes any.
		s = shape.Shape{Kind: shape.Object, Open: true, Payload: true, Place: s.Place, Component: s.Component, Description: s.Description}
	default:
		d.notes = append(d.notes, Note{Location: e.location, About: NotePayload, Message: "the payload of " + quoteText(eventTitle(e.name, e.action)) + " is no object; any object stands in its place"})
		s = shape.Shape{Kind: shape.Object, Open: true, Payload: true, Place: s.Place, Description: s.Description}
	}
	return shape.Use{Shape: &s}
}

func eventTitle(name, action string) string {
	if action == "" {
		return name
	}
	return name + " " + action
}

// joinTwins makes events one whose deliveries nothing tells apart.
func joinTwins(d *draft) []*draftEvent {
	first := map[[2]string]*draftEvent{}
	var out []*draftEvent
	for _, e := range d.events {
		key := [2]string{e.name, e.action}
		have := first[key]
		if have == nil {
			first[key] = e
			out = append(out, e)
			continue
		}
		d.notes = append(d.notes, Note{Location: e.location, About: NoteRouting, Message: quoteText(eventTitle(e.name, e.action)) + " is described more than once; payloads may be any of them"})
		u := &shape.Shape{Kind: shape.Union, Place: have.payload.Shape.Place}
		u.Variants = []shape.Variant{{Use: have.payload}, {Use: e.payload}}
		have.payload = shape.Use{Shape: u}
		have.examples = append(have.examples, e.examples...)
		have.deprecated = have.deprecated && e.deprecated
	}
	return out
}

// sortNotes orders notes by place and leaves out those that say the same.
func sortNotes(notes []Note) []Note {
	slices.SortStableFunc(notes, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Location.File, b.Location.File), cmp.Compare(a.Location.Line, b.Location.Line),
			cmp.Compare(a.Location.Column, b.Location.Column), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(notes)
}

// converter makes types of shapes, one of each.
type converter struct {
	types map[*shape.Shape]*Type
	names *naming
	named []*Type
}

func (c *converter) convert(s *shape.Shape) *Type {
	if t := c.types[s]; t != nil {
		return t
	}
	t := &Type{Kind: kinds[s.Kind], Name: c.names.types[s], Open: s.Open, Format: s.Format}
	c.types[s] = t
	if t.Name != "" {
		t.Description, t.Deprecated = s.Description, s.Deprecated
		if s.Place != nil {
			t.Location = s.Place.Location()
		}
		c.named = append(c.named, t)
	}
	if t.Kind == Enum {
		t.Values = c.names.vals[s]
	}
	names := c.names.fields(s)
	for i, f := range s.Fields {
		t.Fields = append(t.Fields, &Field{
			Name: f.Name, GoName: names[i], Type: c.convert(f.Shape), Optional: f.Optional, Nullable: f.Nullable,
			Const: f.Const, Description: f.Description, Deprecated: f.Deprecated,
		})
	}
	if s.Element.Shape != nil {
		t.Element, t.ElementNullable = c.convert(s.Element.Shape), s.Element.Nullable
	}
	for _, v := range s.Variants {
		t.Variants = append(t.Variants, &Variant{Type: c.convert(v.Shape), Tags: v.Tags, Member: v.Member})
	}
	t.Discriminator = s.Discriminator
	return t
}

var kinds = map[shape.Kind]Kind{
	shape.Any: Any, shape.String: String, shape.Integer: Integer, shape.Number: Number, shape.Boolean: Boolean,
	shape.Time: Time, shape.Enum: Enum, shape.Object: Object, shape.List: List, shape.Map: Map, shape.Union: Union,
}

// markRecursive marks the members by which objects hold themselves: those
// between two objects of one circle (Tarjan's strongly connected components).
func markRecursive(types []*Type) {
	r := &circles{index: map[*Type]int{}, low: map[*Type]int{}, circle: map[*Type]int{}}
	for _, t := range types {
		if _, seen := r.index[t]; !seen {
			r.visit(t)
		}
	}
	for _, t := range types {
		for _, f := range t.Fields {
			f.Recursive = f.Type.Kind == Object && r.circle[f.Type] == r.circle[t] && (f.Type == t || r.size[r.circle[t]] > 1)
		}
	}
}

type circles struct {
	index, low, circle map[*Type]int
	stack              []*Type
	size               []int
}

func (r *circles) visit(t *Type) {
	at := len(r.index)
	r.index[t], r.low[t], r.circle[t] = at, at, -1
	r.stack = append(r.stack, t)
	for _, f := range t.Fields {
		if f.Type.Kind != Object {
			continue
		}
		if _, seen := r.index[f.Type]; !seen {
			r.visit(f.Type)
			r.low[t] = min(r.low[t], r.low[f.Type])
		} else if r.circle[f.Type] < 0 {
			r.low[t] = min(r.low[t], r.index[f.Type])
		}
	}
	if r.low[t] != at {
		return
	}
	r.size = append(r.size, 0)
	id := len(r.size) - 1
	for done := false; !done; {
		last := r.stack[len(r.stack)-1]
		r.stack = r.stack[:len(r.stack)-1]
		r.circle[last] = id
		r.size[id]++
		done = last == t
	}
}
