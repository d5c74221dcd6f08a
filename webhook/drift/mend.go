package drift

import (
	"context"
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// Mended is an overlay with what it does.
type Mended struct {
	Overlay *Overlay `json:"overlay"`
	// Result is what Compare finds of the same payloads under the overlay; what
	// it found before where Checked is not set.
	Result *Result `json:"result"`
	// Checked says that the overlay was applied and the payloads compared again.
	// It is not where the description has several files.
	Checked bool `json:"checked"`
	// Left says what the overlay does not mend, and why.
	Left []string `json:"left"`
}

// maxRounds bounds how often what was mended is looked at again: where a union
// fits after all, another rule may fail.
const maxRounds = 5

// Mend makes the overlay under which payloads match their description: what is
// missing need not be there, what was sent may be sent, and unknown members are
// described as far as their values tell. It applies the overlay and compares
// again, so that what it says of the result is seen, not hoped for.
//
// An overlay changes one file. What stands in files that the description refers
// to is left, and so are events that are not described.
func Mend(ctx context.Context, r *Result, payloads []Payload) (*Mended, error) {
	m := &Mended{Overlay: newOverlay(r.description.doc), Result: r, Checked: len(r.description.doc.Sources()) == 1, Left: []string{}}
	for range maxRounds {
		plan := m.plan()
		actions := plan.actions()
		if len(actions) == 0 {
			break
		}
		m.Overlay.Actions = append(m.Overlay.Actions, actions...)
		if !m.Checked {
			break
		}
		next, err := m.Result.description.with(actions)
		if err != nil {
			return nil, fmt.Errorf("apply the overlay: %w", err)
		}
		if m.Result, err = Compare(ctx, next, payloads); err != nil {
			return nil, err
		}
	}
	for _, p := range m.Result.Places {
		if !m.Checked && p.schema.Source() == r.description.doc.Source() && p.Kind != Event {
			continue
		}
		m.Left = append(m.Left, r.description.placed(p))
	}
	return m, nil
}

// placed is a place that an overlay leaves, with where it is in the description
// as it is written: that under the overlay has no lines of its own.
func (d *Description) placed(p *Place) string {
	at := d.find(check.Location{File: p.Location.File, Element: p.Element})
	if at == nil {
		return fmt.Sprintf("%s#%s: %s", p.Location.File, p.Element, p.Message())
	}
	where := at.KeyLocation()
	return fmt.Sprintf("%s:%d:%d: %s", where.File, where.Line, where.Column, p.Message())
}

// with returns the description under the actions.
func (d *Description) with(actions []Action) (*Description, error) {
	root := sample.Of(d.doc.Root())
	if err := apply(root, actions); err != nil {
		return nil, err
	}
	doc, err := openapi.Parse(d.doc.Source().Name(), root.Append(nil))
	if err != nil {
		return nil, err
	}
	return Of(doc, d.model), nil
}

// plan is what is to become of schemas.
type plan struct {
	version openapi.Version
	edits   map[*openapi.Node]*edit
	order   []*edit
}

// edit is what is to become of one schema.
type edit struct {
	version openapi.Version
	schema  *openapi.Node
	// optional are members that need not be there any more.
	optional []string
	// types and values are those that may be too.
	types  []string
	values []*openapi.Node
	null   bool
	// nullRef says that the schema is a reference, and may be null too.
	nullRef bool
	// drop are keywords that go.
	drop []string
	// anyOf says that several alternatives may fit.
	anyOf bool
	// members are those that are to be described.
	members []member
}

type member struct {
	name   string
	values []*openapi.Node
}

func (m *Mended) plan() *plan {
	d := m.Result.description
	p := &plan{version: d.doc.Version(), edits: map[*openapi.Node]*edit{}}
	for _, place := range m.Result.Places {
		if place.schema.Source() == d.doc.Source() && place.Kind != Event {
			p.add(place)
		}
	}
	return p
}

func (p *plan) edit(schema *openapi.Node) *edit {
	e := p.edits[schema]
	if e == nil {
		e = &edit{version: p.version, schema: schema}
		p.edits[schema] = e
		p.order = append(p.order, e)
	}
	return e
}

// add plans what mends a place.
func (p *plan) add(place *Place) {
	e := p.edit(place.schema)
	switch {
	case place.Kind == Unknown:
		e.members = append(e.members, member{place.Member, place.values})
	case place.Keyword == "required":
		e.optional = append(e.optional, place.Member)
	case place.Kind == Null && len(place.refs) > 0 && p.version >= openapi.V31:
		for _, ref := range place.refs {
			p.edit(ref).nullRef = true
		}
	case place.Kind == Null:
		e.null = true
	case place.Keyword == "type":
		for _, t := range place.Got {
			if t == "integer" && slices.Contains(typesOf(place.schema.Get("type")), "number") {
				continue
			}
			e.types = append(e.types, t)
		}
	case place.Kind == Enum:
		e.values = append(e.values, place.values...)
	case place.Keyword == "oneOf":
		e.anyOf = true
	case place.Keyword != "false schema":
		e.drop = append(e.drop, place.Keyword)
	}
}

// actions are those of all edits, in the order of the places.
func (p *plan) actions() []Action {
	var out []Action
	for _, e := range p.order {
		out = append(out, e.actions()...)
	}
	return out
}
