package parity

import (
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// row makes the public form of what was found for a property.
func (c *comparer) row(link typeLink, found assignment, m pair) *Field {
	q := m.prop.property
	out := &Field{
		REST: link.schema.Name + "." + q.Name, Kind: RESTOnly, RESTType: q.Schema.Type(), Differences: []Difference{},
		Schema: link.schema.Name, Type: link.typ.Name, RESTLocation: q.Node.KeyLocation(),
	}
	if m.slot == nil {
		out.Class = c.restClass(found, m.prop)
		out.Confidence = fourDigits(1 - fieldConfidence(min(m.score, enough-0.5)))
		if m.forced {
			out.Confidence = 1
		}
		out.Differences = append(out.Differences, c.namesake(found.side, m)...)
		return out
	}
	f := m.slot.field
	out.GraphQL, out.GraphQLType, out.GraphQLLocation = f.Coordinate, f.Source.Type.String(), f.Source.Location()
	out.Confidence = fieldConfidence(m.score)
	switch {
	case m.forced:
		out.Confidence = 1
	case m.held:
		out.Confidence = max(out.Confidence, autoFrom)
	}
	out.Kind = c.kind(&m)
	out.Differences = append(out.Differences, c.differences(link.schema, &m)...)
	out.Differences = append(out.Differences, c.namesake(found.side, m)...)
	return out
}

// kind says how a pair relates. A type that differs weighs more than a name;
// whether something may be null does not count.
func (c *comparer) kind(m *pair) FieldKind {
	switch {
	case m.fit > open && !c.unlisted(m), m.prop.value.class == dateClass && m.slot.value.class == dateClass && m.prop.value.day != m.slot.value.day:
		return TypeDiffers
	case m.prop.form.fold == m.slot.form.fold:
		return Same
	case m.prop.value.class == objectClass && m.fit == fits && c.agree(&m.prop.value, &m.slot.value) < 0:
		return TypeDiffers
	}
	return Renamed
}

// unlisted reports whether a property is described as one object where its
// name says that it lists them: the description has lost the list.
func (c *comparer) unlisted(m *pair) bool {
	return m.effect == singleVsList && m.prop.form.many && c.agree(&m.prop.value, &m.slot.value) > 0
}

// namesake says that the field of a property's own name is another thing.
func (c *comparer) namesake(s *typeSide, m pair) []Difference {
	i, ok := s.byFold[m.prop.form.fold]
	if !ok || s.slots[i] == m.slot {
		return nil
	}
	return []Difference{{Aspect: NameAspect, REST: m.prop.property.Name, GraphQL: s.slots[i].field.Coordinate, Effect: "other-meaning"}}
}

// graphqlOnly makes the row of a field without a property.
func (c *comparer) graphqlOnly(s *rest.Schema, t *gql.Type, f *gql.Field) *Field {
	sl := c.side(t).slots[c.side(t).byFold[c.names.form(f.Name, f.Words).fold]]
	return &Field{
		GraphQL: f.Coordinate, Kind: GraphQLOnly, Class: c.graphqlClass(t, sl), Confidence: 0.9,
		GraphQLType: f.Source.Type.String(), Differences: []Difference{},
		Schema: s.Name, Type: t.Name, GraphQLLocation: f.Source.Location(),
	}
}
