package parity

import (
	"cmp"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// compareInputs pairs what matched operations take with the arguments of
// their fields. Operations that are only reached by a detour are left out:
// what such a field takes is not about them.
func compareInputs(p *pairing) []*Input {
	c := newComparer(p)
	var out []*Input
	things := map[int32]*gql.Type{}
	for _, t := range p.gql.Types {
		if t.Role == gql.Thing && len(t.Words.Words) == 1 {
			things[c.names.stem(c.p.lex.Text(t.Words.Words[0]))] = t
		}
	}
	for _, link := range p.operations {
		if link.direct() {
			e := &exchange{comparer: c, link: link, rest: c.restInputs(link.op), things: things}
			e.gql = e.arguments()
			e.match()
			out = append(out, e.rows()...)
		}
	}
	return out
}

// direct reports whether an operation corresponds to the field itself and not
// to a way of reaching its data.
func (l operationLink) direct() bool {
	switch l.pair.Reason {
	case Folded, FanOut, ViaGeneric, ViaScan, ViaFilter:
		return false
	}
	return true
}

// exchange is one operation and its field.
type exchange struct {
	*comparer
	link   operationLink
	rest   []*restInput
	gql    []*gqlInput
	things map[int32]*gql.Type // by the stem of a name of one word
}

// restInput is something that an operation takes.
type restInput struct {
	name, in    string
	form        *fieldName
	value       fieldValue
	role        InputRole
	required    bool
	deprecated  bool
	description string
	node        *openapi.Node
	schema      *rest.Schema
	location    check.Location
	entity      []int32 // of a key: stems of the path segment before it
	place       int     // of a key: of its segment in the path, from 1
	partner     *gqlInput
	score       float64
}

// gqlInput is an argument of the field or of one on the way to it, or a field
// of an input object.
type gqlInput struct {
	arg     *gql.Arg
	form    *fieldName
	value   fieldValue
	role    InputRole
	outer   bool      // of a field on the way
	parent  *gqlInput // the argument whose input object has it
	entity  []int32   // stems of what the field that takes it is about
	partner *restInput
}

// restInputs lists the parameters and the properties of the body.
func (c *comparer) restInputs(op *rest.Operation) []*restInput {
	var out []*restInput
	for _, p := range op.Params {
		in := &restInput{
			name: p.Name, in: p.In, form: c.names.form(p.Name, p.Words), value: c.restValue(p.Schema),
			required: p.Required, deprecated: p.Deprecated, description: p.Description, node: p.Node, schema: p.Schema, location: parameterLocation(p.Node),
		}
		if in.in == "formData" {
			in.in = "body"
		}
		in.role = c.restRole(op, in)
		if in.role == KeyInput {
			c.locate(op, in)
		}
		out = append(out, in)
	}
	if op.Body != nil {
		for _, q := range op.Body.Properties {
			if !q.ReadOnly {
				out = append(out, &restInput{
					name: q.Name, in: "body", form: c.names.form(q.Name, q.Words), value: c.restValue(q.Schema), role: DataInput,
					required: q.Required, deprecated: q.Deprecated, description: q.Description, node: q.Node, schema: q.Schema, location: q.Node.KeyLocation(),
				})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *restInput) int { return cmp.Or(cmp.Compare(a.place, b.place), cmp.Compare(a.name, b.name)) })
	return out
}

// parameterLocation returns the place of a parameter. One that stands in the
// list of an operation has that as its element: parameters have names, and
// where in the list one stands says nothing.
func parameterLocation(n *openapi.Node) check.Location {
	at := n.Location()
	if list := n.Parent(); list.Is(openapi.Array) {
		at.Element = list.Parent().Pointer()
	}
	return at
}

// restRole says what a parameter is for.
func (c *comparer) restRole(op *rest.Operation, in *restInput) InputRole {
	switch mark := c.names.list[in.form.fold]; {
	case in.in == "path":
		return KeyInput
	case op.Method != "GET":
		return DataInput
	case mark&(sizeName|atName) != 0:
		return PagingInput
	case mark&(sortName|orderName) != 0:
		return SortInput
	}
	return FilterInput
}

// locate says where in the path a key stands, and what it is a key of: what
// the literal segment before it names. Of several variables in a row that is
// the last one.
func (c *comparer) locate(op *rest.Operation, in *restInput) {
	for i, seg := range op.Segments {
		if !seg.Param || !slices.Contains(seg.Name, in.name) {
			continue
		}
		in.place = i + 1
		if i+1 < len(op.Segments) && op.Segments[i+1].Param {
			return
		}
		for i > 0 && op.Segments[i].Param {
			i--
		}
		before := op.Segments[i]
		in.entity = c.names.form(before.Text, before.Words).stems
		return
	}
}

// rows are the public form of what was found: what REST takes, then what only
// GraphQL takes.
func (e *exchange) rows() []*Input {
	var out []*Input
	coordinate := e.link.field.Coordinate
	for _, r := range e.rest {
		row := &Input{
			Operation: e.link.op.Key, Coordinate: coordinate, REST: r.in + "." + r.name, Role: r.role, Kind: RESTOnly,
			RESTType: r.value.text, RESTLocation: r.location, Confidence: e.link.pair.Confidence, Differences: []Difference{},
		}
		if g := r.partner; g != nil {
			row.GraphQL, row.GraphQLType, row.GraphQLLocation = g.coordinate(), g.value.text, g.arg.Source.Location()
			row.Confidence = min(row.Confidence, fieldConfidence(r.score))
			row.Kind = e.inputKind(r, g)
			row.Differences = append(row.Differences, e.inputDifferences(r, g)...)
		} else if r.required {
			row.Differences = append(row.Differences, Difference{Aspect: RequiredAspect, REST: "required", Effect: restStricter})
		}
		out = append(out, row)
	}
	var only []*Input
	for _, g := range e.gql {
		if g.outer || g.partner != nil || g.inside() || g.hasFields() && e.looksInside(g) || e.echoed(g) {
			continue
		}
		row := &Input{
			Operation: e.link.op.Key, Coordinate: coordinate, GraphQL: g.coordinate(), Role: g.role, Kind: GraphQLOnly,
			GraphQLType: g.value.text, GraphQLLocation: g.arg.Source.Location(), Confidence: e.link.pair.Confidence, Differences: []Difference{},
		}
		if g.arg.Required && (g.parent == nil || g.parent.arg.Required) {
			row.Differences = append(row.Differences, Difference{Aspect: RequiredAspect, GraphQL: "required", Effect: graphqlStricter})
		}
		only = append(only, row)
	}
	slices.SortStableFunc(out, func(a, b *Input) int { return cmp.Compare(a.REST, b.REST) })
	slices.SortStableFunc(only, func(a, b *Input) int { return cmp.Compare(a.GraphQL, b.GraphQL) })
	return append(out, only...)
}
