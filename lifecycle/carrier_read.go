package lifecycle

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// reader puts together the State of one element.
type reader struct {
	c     *Carriers
	state State
	// not says that a phrase takes the deprecation back: an experiment.
	not bool
}

// value is what a carrier holds.
type value struct {
	text   string
	scalar bool
	isTrue bool // the boolean true, or its word
	isNo   bool // false, null, or the word
	at     func() check.Location
}

func nodeValue(n *openapi.Node) value {
	v := value{at: n.Location}
	switch n.Kind() {
	case openapi.Object, openapi.Array:
		v.text, v.isTrue = n.Kind().WithArticle(), true
	default:
		v.text, v.scalar = n.Text(), true
		v.isTrue = strings.EqualFold(v.text, "true")
		v.isNo = strings.EqualFold(v.text, "false") || n.Is(openapi.Null)
	}
	return v
}

// readNode reads what the members of an OpenAPI object say.
func (c *Carriers) readNode(n *openapi.Node) State {
	r := reader{c: c}
	r.node(n)
	// An element of allOf that is written in place speaks of the whole.
	for _, part := range n.Get("allOf").Children() {
		if !part.Has("$ref") && part.Len() < maxAllOf {
			r.node(part)
		}
	}
	return r.done()
}

// maxAllOf is the number of members from which an element of allOf is taken
// for a schema of its own.
const maxAllOf = 16

func (r *reader) node(n *openapi.Node) {
	for _, member := range n.Children() {
		key := member.Key()
		if !maybeCarrier(key) {
			if _, ok := r.c.restByKey[key]; !ok {
				continue
			}
		}
		for _, i := range r.c.restByKey[key] {
			c := &r.c.rest[i]
			if v := member.Find(c.path...); v != nil {
				r.take(c, nodeValue(v))
			}
		}
	}
}

// maybeCarrier reports whether the key looks like one of the members that
// say something most often; it only spares look-ups.
func maybeCarrier(key string) bool {
	return len(key) > 1 && (key[0] == 'x' && key[1] == '-' || key == "deprecated" || key == "description")
}

// readElement reads what the directives and the description of a GraphQL
// element say.
func (c *Carriers) readElement(e graphql.Element) State {
	n := e.Base()
	r := reader{c: c}
	marked := false
	for _, d := range n.Directives {
		marked = marked || d.Name == "deprecated"
		r.directive(d)
	}
	if n.Deprecated != nil && !marked {
		// Introspection tells the deprecation and its reason only.
		r.deprecation(n.Deprecated, func() check.Location { return e.Location() })
	}
	if n.Description != "" {
		at := func() check.Location { return graphql.DescriptionLocation(e) }
		for _, i := range c.gqlByName["description"] {
			r.take(&c.gql[i], value{text: n.Description, scalar: true, at: at})
		}
	}
	return r.done()
}

func (r *reader) directive(d *graphql.Directive) {
	for _, i := range r.c.gqlByName["@"+d.Name] {
		c := &r.c.gql[i]
		if len(c.path) == 0 {
			r.take(c, value{text: "true", scalar: true, isTrue: true, at: d.Location})
			continue
		}
		arg := d.Arg(c.path[0])
		if arg == nil || arg.Kind == graphql.NullValue {
			continue
		}
		r.take(c, value{
			text: arg.Text, scalar: arg.Kind != graphql.ListValue && arg.Kind != graphql.ObjectValue,
			isTrue: arg.Text == "true", isNo: arg.Text == "false",
			at: func() check.Location { return d.ArgLocation(c.path[0]) },
		})
	}
}

func (r *reader) deprecation(d *graphql.Deprecation, at func() check.Location) {
	for _, i := range r.c.gqlByName["@deprecated"] {
		c := &r.c.gql[i]
		switch {
		case len(c.path) == 0:
			r.take(c, value{text: "true", scalar: true, isTrue: true, at: at})
		case c.path[0] == "reason":
			r.take(c, value{text: d.Reason, scalar: true, at: at})
		}
	}
}

// done returns the state.
func (r *reader) done() State {
	if r.not {
		r.state.Deprecated = false
	}
	if r.state.Reason == graphql.DefaultReason {
		r.state.Reason = ""
	}
	return r.state
}

// said notes that a carrier said something.
func (r *reader) said(c *carrier) {
	name := c.key
	if !slices.Contains(r.state.Carriers, name) {
		r.state.Carriers = append(r.state.Carriers, name)
	}
}

func (r *reader) problem(c *carrier, v value, want string) {
	r.state.Problems = append(r.state.Problems, Problem{Carrier: c.at, Value: clip(v.text), Sets: c.sets, Want: want, Location: v.at()})
}

// maxValue is how much of a value is kept of what cannot be read.
const maxValue = 200

func clip(s string) string {
	if len(s) <= maxValue {
		return s
	}
	return strings.ToValidUTF8(s[:maxValue], "") + "…"
}
