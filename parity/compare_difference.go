package parity

import (
	"slices"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// The effects of nullability and ranges.
const (
	graphqlStricter = "graphql-stricter"
	restStricter    = "rest-stricter"
	int64Effect     = "int64"
)

// differences lists in what a property and its field differ.
func (c *comparer) differences(s *rest.Schema, m *pair) []Difference {
	q, f := m.prop.property, m.slot.field
	out := c.valueDifferences(&m.prop.value, &m.slot.value, m.fit, m.effect)
	if c.unlisted(m) {
		out = nil
	}
	if d := nullability(s, q, f.Source.Type); d != nil && (m.fit != shaped || c.unlisted(m)) {
		out = append(out, *d)
	}
	if d := c.otherMeaning(m); d != nil {
		out = append(out, *d)
	}
	r, g := restLife(q.Node, q.Schema, q.Deprecated, q.Description), gqlLife(f.Deprecated, f.Experimental, f.Reason)
	if m.shared {
		g.deprecated = r.deprecated // the other property is the one that stays
	}
	return append(out, lifecycle(r, g)...)
}

// valueDifferences compares what both sides have.
func (c *comparer) valueDifferences(r, g *fieldValue, f fit, effect string) []Difference {
	differ := func(a Aspect, effect string) []Difference {
		return []Difference{{Aspect: a, REST: r.text, GraphQL: g.text, Effect: effect}}
	}
	switch {
	case f == shaped:
		return differ(ShapeAspect, effect)
	case r.class == objectClass && g.class == jsonClass:
		return differ(OpaqueAspect, "")
	case r.class == enumClass && g.class == enumClass:
		return c.enumDifferences(r, g)
	case g.class == enumClass && r.class != openClass, r.class == enumClass && g.class == stringClass:
		return differ(StringEnumAspect, "")
	case r.class == dateClass && (g.class != dateClass || r.day != g.day), g.class == dateClass && r.class == intClass:
		return differ(DateAspect, "")
	case r.class == intClass && g.class == intClass && r.wide && !g.wide:
		return differ(RangeAspect, int64Effect)
	case f >= loose:
		return differ(ScalarAspect, "")
	}
	return nil
}

func (c *comparer) enumDifferences(r, g *fieldValue) []Difference {
	var out []Difference
	inGraphQL, inREST := c.lacking(r.enum, g.enum)
	slices.Sort(inGraphQL)
	slices.Sort(inREST)
	if len(inGraphQL) > 0 {
		out = append(out, Difference{Aspect: EnumAspect, REST: r.text, GraphQL: g.text, Effect: graphqlLacks, Values: inGraphQL})
	}
	if len(inREST) > 0 {
		out = append(out, Difference{Aspect: EnumAspect, REST: r.text, GraphQL: g.text, Effect: restLacks, Values: inREST})
	}
	return out
}

// nullability compares whether a value may be missing. A schema that requires
// nothing says nothing of what may be left out.
func nullability(s *rest.Schema, q *rest.Property, t *graphql.TypeRef) *Difference {
	said := false
	for _, p := range s.Properties {
		said = said || p.Required
	}
	d := Difference{Aspect: NullabilityAspect, GraphQL: t.String()}
	switch {
	case t.NonNull && q.Nullable:
		d.REST, d.Effect = "nullable", graphqlStricter
	case t.NonNull && !q.Required && said:
		d.REST, d.Effect = "not required", graphqlStricter
	case !t.NonNull && q.Required && !q.Nullable:
		d.REST, d.Effect = "required", restStricter
	default:
		return nil
	}
	return &d
}

// otherMeaning says that equal names mean other things: the types are known
// to be others, and so are the words of both descriptions.
func (c *comparer) otherMeaning(m *pair) *Difference {
	q, f := m.prop.property, m.slot.field
	if m.prop.form.fold != m.slot.form.fold || m.prop.value.class != objectClass || m.slot.value.class != objectClass || c.agree(&m.prop.value, &m.slot.value) >= 0 {
		return nil
	}
	if q.Description == "" || f.Source.Description == "" || c.names.sameText(q.Description, f.Source.Description) > 0 {
		return nil
	}
	return &Difference{Aspect: NameAspect, REST: q.Name, GraphQL: f.Coordinate, Effect: "other-meaning"}
}

// numberText returns a number of a node, "" where there is none.
func numberText(n *openapi.Node) string {
	if n.Is(openapi.Number) {
		return n.Text()
	}
	return ""
}
