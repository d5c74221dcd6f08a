package drift

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// placeKey tells places apart.
type placeKey struct {
	schema  *openapi.Node
	kind    Kind
	keyword string
	member  string
}

// What a place keeps of what was sent.
const (
	maxGot      = 20
	maxExamples = 3
	maxValues   = 50 // of unknown members, to learn their schema from
	maxText     = 60 // of a value that an enum does not have, in characters
)

// place adds a misfit of a payload to its place.
func (c *comparison) place(p *Payload, l *look, m misfit) *Place {
	key := placeKey{schema: m.schema, kind: m.kind, keyword: m.keyword, member: m.member}
	at := c.places[key]
	if at == nil {
		at = newPlace(m)
		c.places[key] = at
		c.result.Places = append(c.result.Places, at)
	}
	at.seen(p, l.described.name, m.instance)
	for _, ref := range m.refs {
		if !slices.Contains(at.refs, ref) {
			at.refs = append(at.refs, ref)
		}
	}
	switch m.kind {
	case Enum:
		at.got(text(m.instance))
	case Missing, Null:
	default:
		at.got(typeOf(m.instance))
	}
	if m.kind != Missing && len(at.values) < maxValues {
		at.values = append(at.values, m.instance)
	}
	return at
}

// undescribed adds a payload for an event that is not described.
func (c *comparison) undescribed(p *Payload, body *openapi.Node, l *look) *Place {
	name := l.event
	if l.action != "" {
		name += " " + l.action
	}
	key := placeKey{schema: c.d.root, kind: Event, member: name}
	at := c.places[key]
	if at == nil {
		at = newPlace(misfit{kind: Event, schema: c.d.root, member: name})
		c.places[key] = at
		c.result.Places = append(c.result.Places, at)
		if names := c.d.actions(l.event); len(names) > 0 {
			at.Want = "the actions " + strings.Join(names, ", ")
		} else if closest := check.Closest(l.event, c.d.Names()); closest != "" {
			at.Want = closest
		}
	}
	at.seen(p, "", body)
	return at
}

// actions are the actions that are described for an event, in order.
func (d *Description) actions(event string) []string {
	var list []string
	for _, e := range d.events {
		if fold(e.event) == fold(event) && e.action != "" && !slices.Contains(list, e.action) {
			list = append(list, e.action)
		}
	}
	return list
}

func newPlace(m misfit) *Place {
	p := &Place{
		Kind: m.kind, Element: m.schema.Pointer(), Member: m.member, Keyword: m.keyword,
		Got: []string{}, Webhooks: []string{}, Examples: []Example{}, schema: m.schema,
	}
	p.Location = m.at()
	p.Location.Element = p.Element
	p.Want = m.want()
	p.ID = check.Fingerprint(string(m.kind), p.Location.File, p.Element, m.keyword+" "+m.member)[:16]
	return p
}

// at is where in the description the misfit comes from.
func (m *misfit) at() check.Location {
	switch m.kind {
	case Missing:
		for _, c := range m.schema.Get(m.keyword).Children() {
			if c.Text() == m.member {
				return c.Location()
			}
		}
	case Unknown, Event:
		if n := m.schema.Get("properties"); n != nil {
			return n.KeyLocation()
		}
		return m.schema.KeyLocation()
	}
	if n := m.schema.Get(m.keyword); n != nil {
		return n.KeyLocation()
	}
	return m.schema.Location()
}

// want is what the description says.
func (m *misfit) want() string {
	n := m.schema.Get(m.keyword)
	switch {
	case m.kind == Unknown, m.kind == Event, m.kind == Missing:
		return ""
	case m.keyword == "type":
		return strings.Join(typesOf(n), " or ")
	case m.keyword == "anyOf", m.keyword == "oneOf":
		return m.keyword
	case n.Is(openapi.Array):
		var values []string
		for _, c := range n.Children() {
			values = append(values, text(c))
		}
		return strings.Join(values, ", ")
	case n.Is(openapi.Object):
		return m.keyword
	case m.keyword == "format", m.keyword == "const":
		return text(n)
	}
	return m.keyword + " " + text(n)
}

// typesOf are the words of a type keyword.
func typesOf(n *openapi.Node) []string {
	if n.Is(openapi.String) {
		return []string{n.Text()}
	}
	var words []string
	for _, c := range n.Children() {
		words = append(words, c.Text())
	}
	return words
}

// typeOf is the type of a value, as JSON Schema calls it: numbers without a
// fraction are integers.
func typeOf(n *openapi.Node) string {
	if n.Is(openapi.Number) && !strings.ContainsAny(n.Text(), ".eE") {
		return "integer"
	}
	return n.Kind().String()
}

// text is a scalar as it is shown, the kind of anything else.
func text(n *openapi.Node) string {
	if n.Is(openapi.Array) || n.Is(openapi.Object) {
		return n.Kind().WithArticle()
	}
	r := []rune(n.Text())
	if len(r) > maxText {
		return string(r[:maxText]) + "…"
	}
	return string(r)
}

// seen counts the place in a payload.
func (p *Place) seen(payload *Payload, webhook string, v *openapi.Node) {
	p.Count++
	if p.last == payload {
		return
	}
	p.Payloads++
	p.last = payload
	if len(p.Examples) < maxExamples {
		at := v.Location()
		if payload.File != "" && payload.File != payload.Name {
			at = check.Location{File: payload.File, Element: at.Element}
		}
		p.Examples = append(p.Examples, Example{Payload: payload.Name, Pointer: at.Element, Location: at})
	}
	if webhook != "" && !slices.Contains(p.Webhooks, webhook) {
		p.Webhooks = append(p.Webhooks, webhook)
	}
}

// got notes what was sent.
func (p *Place) got(what string) {
	switch {
	case slices.Contains(p.Got, what):
	case len(p.Got) == maxGot:
		p.GotMore = true
	default:
		p.Got = append(p.Got, what)
	}
}

// finish puts what was found in order.
func (c *comparison) finish() {
	for _, p := range c.result.Places {
		slices.Sort(p.Webhooks)
		slices.Sort(p.Got)
	}
	order := map[string]int{}
	for i, s := range c.d.doc.Sources() {
		order[s.Name()] = i
	}
	kinds := Kinds()
	slices.SortStableFunc(c.result.Places, func(a, b *Place) int {
		return cmp.Or(
			cmp.Compare(order[a.Location.File], order[b.Location.File]),
			cmp.Compare(start(a), start(b)),
			cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
			cmp.Compare(a.Keyword, b.Keyword),
			cmp.Compare(a.Member, b.Member),
		)
	})
}

func start(p *Place) int {
	at, _ := p.schema.Offsets()
	return at
}
