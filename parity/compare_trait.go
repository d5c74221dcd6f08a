package parity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// compareTraits compares matched operations as a whole. What a detour to an
// operation's data does is not compared, but whether it stays is.
func compareTraits(p *pairing) []*Trait {
	c := &traitComparer{p: p, names: p.names(), listsCodes: listsCodes(p.rest)}
	c.learnLives()
	var out []*Trait
	for _, link := range p.operations {
		add := func(topic Topic, effect, rest, graphql string) {
			out = append(out, &Trait{
				Operation: link.op.Key, Coordinate: link.field.Coordinate, Topic: topic, Effect: effect, REST: rest, GraphQL: graphql,
				RESTLocation: link.op.Source.Node.KeyLocation(), GraphQLLocation: link.field.Source.Location(),
			})
		}
		if link.direct() {
			c.lists(link, add)
			c.failures(link, add)
			c.permissions(link, add)
		}
		c.lives(link, add)
	}
	return out
}

// addTrait adds a trait of the operation at hand.
type addTrait func(topic Topic, effect, rest, graphql string)

// traitComparer compares operations as a whole.
type traitComparer struct {
	p          *pairing
	names      *naming
	listsCodes bool
	stays      map[string]bool // coordinates that an operation has which is not deprecated
}

// lists compares how both sides cut and order what they list.
func (c *traitComparer) lists(link operationLink, add addTrait) {
	op, f := link.op, link.field
	if op.Method != "GET" || !f.List {
		return
	}
	of := func(m mark) (restNames, gqlNames []string) {
		for _, p := range op.Params {
			if p.In == "query" && c.names.list[fold(p.Name)]&m != 0 {
				restNames = append(restNames, p.Name)
			}
		}
		for _, a := range f.Args {
			if c.names.list[fold(a.Name)]&m != 0 {
				gqlNames = append(gqlNames, a.Name)
			}
		}
		return restNames, gqlNames
	}
	r, g := of(sizeName | atName)
	if !op.List && len(r) == 0 && !listed(op) {
		return
	}
	compareLists(PagingTopic, restPages(op, r), gqlPages(f, g, c.names), add)
	r, g = of(sortName | orderName)
	compareLists(SortingTopic, strings.Join(r, ", "), strings.Join(g, ", "), add)
}

// listed reports whether an operation yields a list by its path, whatever is
// said of the answer.
func listed(op *rest.Operation) bool {
	n := len(op.Segments)
	return n > 0 && op.Response != nil && !op.Segments[n-1].Param && op.Segments[n-1].Plural
}

func compareLists(topic Topic, rest, graphql string, add addTrait) {
	switch {
	case rest != "" && graphql == "":
		add(topic, graphqlLacks, rest, "")
	case rest == "" && graphql != "":
		add(topic, restLacks, "", graphql)
	}
}

// restPages says how an operation cuts its list: by parameters, by a header
// with links, by a cursor beside the list; "" for not at all.
func restPages(op *rest.Operation, params []string) string {
	if len(params) > 0 {
		return strings.Join(params, ", ")
	}
	for _, r := range op.Source.Node.Get("responses").Children() {
		if strings.HasPrefix(r.Key(), "2") && r.Get("headers").Has("Link") {
			return "Link"
		}
	}
	if op.Response != nil && op.Response.Kind == rest.Object {
		for _, q := range op.Response.Properties {
			switch fold(q.Name) {
			case "next", "nextcursor", "nexttoken", "nextpagetoken", "nextpage", "hasmore", "cursor":
				return q.Name
			}
		}
	}
	return ""
}

// gqlPages says how a field cuts its list: by arguments, or by an input object
// of a connection's; "" for not at all. A connection that is always begun
// anew has no pages.
func gqlPages(f *gql.Field, args []string, names *naming) string {
	for _, a := range f.Args {
		if len(args) > 0 || !f.Paged {
			break
		}
		if a.Type != nil && a.Type.Role == gql.Input && slices.ContainsFunc(a.Type.Source.InputFields, func(v *graphql.InputValue) bool {
			return names.list[fold(v.Name)]&(sizeName|atName) != 0
		}) {
			args = []string{a.Name}
		}
	}
	return strings.Join(args, ", ")
}

// learnLives notes which fields have an operation that is to stay: an old
// route beside a new one says nothing against the field of both.
func (c *traitComparer) learnLives() {
	c.stays = map[string]bool{}
	for _, link := range c.p.operations {
		if !operationLife(link.op).deprecated {
			c.stays[link.field.Coordinate] = true
		}
	}
}

func operationLife(op *rest.Operation) life {
	return restLife(op.Source.Node, nil, op.Deprecated, "")
}

// lives compares the lifecycles. Where one of several counterparts stays,
// that another is deprecated does not count, unless the one that stays is a
// much worse one.
func (c *traitComparer) lives(link operationLink, add addTrait) {
	f := link.field
	r, g := operationLife(link.op), gqlLife(f.Deprecated, f.Experimental, f.Reason)
	if g.deprecated && slices.ContainsFunc(link.pair.GraphQL, func(coordinate string) bool {
		other := c.p.field(coordinate)
		return other != nil && !other.Deprecated && link.pair.nearly(coordinate)
	}) {
		g.deprecated = false
	}
	if r.deprecated && !g.deprecated && c.stays[f.Coordinate] {
		return
	}
	for _, d := range lifecycle(r, g) {
		add(LifecycleTopic, cmp.Or(d.Effect, "sunset"), d.REST, d.GraphQL)
	}
}

// nearly reports whether a counterpart is at least half as likely as the first
// one. One that people have named is.
func (o *Operation) nearly(coordinate string) bool {
	confidence := func(coordinate string) float64 {
		for _, c := range o.Candidates {
			if c.Coordinate == coordinate {
				return c.Confidence
			}
		}
		return 1
	}
	return confidence(coordinate) >= confidence(o.GraphQL[0])/2
}
