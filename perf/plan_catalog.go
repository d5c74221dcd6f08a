package perf

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
)

// catalog is what the descriptions offer.
type catalog struct {
	offers []*offer
	// byName has them by "GET /path", by operationId, by "query field" and by
	// coordinate. Where a
	// name means several, the first stands there and twins has another.
	byName map[string]*offer
	twins  map[string]*offer
}

// offer is an operation of a description.
type offer struct {
	name         string // "GET /issues", or "query issues"
	method, path string // of REST
	description  string
	doc          *openapi.Document
	rest         *openapi.Operation // nil where no description has it
	field        *graphql.Field
	kind         string // query or mutation
	tags         []string
	write        bool
}

func newCatalog(descriptions []Description) *catalog {
	c := &catalog{byName: map[string]*offer{}, twins: map[string]*offer{}}
	for _, d := range descriptions {
		switch {
		case d.OpenAPI != nil:
			for _, o := range d.OpenAPI.Operations() {
				if o.Origin != openapi.FromPath {
					continue
				}
				method := strings.ToUpper(o.Method)
				of := &offer{name: method + " " + o.Path, method: method, path: o.Path, description: d.Name, doc: d.OpenAPI, rest: o, write: writes(method)}
				for _, t := range o.Node.Get("tags").Children() {
					if tag, ok := t.Str(); ok && tag != "" {
						of.tags = append(of.tags, tag)
					}
				}
				c.add(of, of.name, o.Node.Get("operationId").Text())
			}
		case d.GraphQL != nil:
			for _, root := range d.GraphQL.Roots() {
				if root == d.GraphQL.Subscription {
					continue
				}
				for _, f := range root.Fields {
					of := &offer{description: d.Name, field: f, kind: "query"}
					if root == d.GraphQL.Mutation {
						of.kind, of.write = "mutation", true
					}
					of.name = of.kind + " " + f.Name
					c.add(of, of.name, f.Coordinate())
				}
			}
		}
	}
	return c
}

func (c *catalog) add(o *offer, names ...string) {
	c.offers = append(c.offers, o)
	for _, name := range names {
		switch first := c.byName[name]; {
		case name == "":
		case first == nil:
			c.byName[name] = o
		case first != o:
			c.twins[name] = o
		}
	}
}

// describesREST reports whether there is any operation of REST.
func (c *catalog) describesREST() bool {
	return slices.ContainsFunc(c.offers, func(o *offer) bool { return o.rest != nil })
}

// names are all by which operations can be named.
func (c *catalog) names() []string {
	names := make([]string, 0, 2*len(c.offers))
	for _, o := range c.offers {
		names = append(names, o.name)
		if o.rest != nil {
			if id := o.rest.Node.Get("operationId").Text(); id != "" && id != o.name {
				names = append(names, id)
			}
		}
	}
	return names
}

// match returns the operations that a pattern over "GET /path" or "query field"
// names. One for all methods is about reads.
func (c *catalog) match(pattern string) []*offer {
	var found []*offer
	for _, o := range c.offers {
		if check.MatchGlob(pattern, o.name) && !(o.write && strings.HasPrefix(pattern, "*")) {
			found = append(found, o)
		}
	}
	return found
}

// writes reports whether a method changes data.
func writes(method string) bool {
	return method != "GET" && method != "HEAD" && method != "OPTIONS"
}

// fillable reports whether a read can be asked for without a word in the plan:
// each value that it needs is in the description, as an example, a default or
// one of a few. A number of an issue that is only known to be an integer would
// hit nothing.
func (o *offer) fillable() bool { return len(o.unknown()) == 0 }

// known reports whether a description has a value of a parameter.
func known(doc *openapi.Document, p *openapi.Node) bool {
	schema := doc.Resolve(p.Get("schema"))
	for _, n := range []*openapi.Node{p, schema} {
		for _, key := range [...]string{"example", "examples", "x-example", "default", "enum", "const"} {
			if v := n.Get(key); v != nil && !v.Is(openapi.Null) {
				return true
			}
		}
	}
	for _, media := range p.Get("content").Children() {
		if media = doc.Resolve(media); media.Has("example") || media.Has("examples") {
			return true
		}
	}
	return false
}
