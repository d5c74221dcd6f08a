package live

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// maxDepth is how deep objects are compared within objects.
const maxDepth = 2

// group is what is compared of one object: a schema and its type.
type group struct {
	schema string
	typ    *graphql.Type
	on     string // the type of the fragment that the fields stand in
	nodes  []*node
	id     string // the key under which the global ID stands; "" for none
	node   *openapi.Node
}

// form is how the two sides of a pair look.
type form uint8

const (
	scalars   form = iota // a scalar, or a list of scalars, on both sides
	counted               // a number and the total of a connection
	objects               // an object on both sides
	lists                 // a list of objects on both sides
	reference             // a scalar that names an object, or the other way around
)

// node is a property and a field that are compared.
type node struct {
	field    *parity.Field
	rest     string // the property
	key      string // the field's key in the answer
	gql      *graphql.Field
	form     form
	page     *page
	hint     hint
	required bool
	group    *group    // objects and lists
	names    []keyName // reference: what may name the object
	args     string    // as the query has them
	size     int       // how many objects of a list they ask for; 0 for all
	skipped  string
}

// keyName is a scalar of an object that may name it.
type keyName struct {
	name string
	hint hint
}

// compared are the nodes that are asked for.
func (g *group) compared() []*node {
	var out []*node
	for _, n := range g.nodes {
		if n.skipped == "" {
			out = append(out, n)
		}
	}
	return out
}

// newNames hands out the keys of one selection: a field that is asked for
// twice gets another.
func newNames() func(string) string {
	used := map[string]int{}
	return func(name string) string {
		used[name]++
		if n := used[name]; n > 1 {
			return fmt.Sprintf("%s_%d", name, n)
		}
		return name
	}
}

// group plans the comparison of a schema with a type. The fields of an
// abstract target stand in a fragment.
func (p *planner) group(schema *openapi.Node, pair *parity.Type, target *graphql.Type, depth int, name func(string) string) *group {
	typ := p.schema.Type(pair.GraphQL)
	g := &group{schema: pair.Name, typ: typ, node: schema}
	if typ != target && !target.Implements(typ.Name) {
		g.on = typ.Name
	}
	if id := typ.Field("id"); id != nil && len(id.Args) == 0 && !id.Type.IsList() {
		g.id = name("id")
	}
	for _, f := range p.fields[groupKey{pair.Name, pair.GraphQL}] {
		if f.REST == "" || f.GraphQL == "" || f.Kind == parity.RESTOnly || f.Kind == parity.GraphQLOnly {
			continue
		}
		if n := p.node(g, f, depth, name); n != nil {
			g.nodes = append(g.nodes, n)
		}
	}
	return g
}

// node plans one pair; nil where it is not compared at this depth.
func (p *planner) node(g *group, f *parity.Field, depth int, name func(string) string) *node {
	n := &node{field: f, rest: strings.TrimPrefix(f.REST, g.schema+".")}
	_, field, _ := strings.Cut(f.GraphQL, ".")
	n.gql = g.typ.Field(field)
	schema, required := p.property(g.node, n.rest)
	n.required = required
	switch {
	case n.gql == nil:
		n.skipped = fmt.Sprintf("%s has no field %q", g.typ.Name, field)
		return n
	case schema == nil:
		n.skipped = fmt.Sprintf("%s has no property %q", g.schema, n.rest)
		return n
	case otherMeaning(f):
		n.skipped = "equal names, other meaning"
		return n
	}
	if n.skipped = p.nodeArgs(n); n.skipped != "" {
		return n
	}
	n.page = pageOf(n.gql.Type.Type())
	n.hint = p.hint(schema, n)
	if !p.shape(n, schema, depth) {
		return nil
	}
	if n.skipped == "" {
		n.key = name(n.gql.Name)
		if n.gql.Name == "id" && g.id != "" {
			n.key = g.id
		}
	}
	return n
}

// shape finds the form of a pair and plans what is inside it.
func (p *planner) shape(n *node, schema *openapi.Node, depth int) bool {
	one, list := p.single(schema)
	target := n.gql.Type.Type()
	if n.page != nil {
		target = n.page.node
	}
	many := n.page != nil || n.gql.Type.IsList()
	object := p.composite(one)
	switch {
	case target == nil:
		n.skipped = "the type of the field does not exist"
	case n.page != nil && !list && !object:
		if n.form = counted; n.page.total == "" {
			n.skipped = fmt.Sprintf("%s counts nothing", n.gql.Type.Name)
		}
	case !target.IsComposite() && (!object || target.Kind == graphql.Scalar && !target.BuiltIn):
		n.form = scalars // of a scalar that is not built in, any value may be one
		if list != many {
			n.skipped = "one value against many"
		}
	case object && target.IsComposite() && list == many:
		return p.nested(n, one, target, list, depth)
	case list || many:
		n.skipped = "one value against many"
	default:
		n.form = reference
		n.names = p.names(one, target, object)
		if len(n.names) == 0 {
			n.skipped = "nothing in the object names it"
		}
	}
	return true
}

// nested plans objects in an object. Where their types are not matched, what
// identifies them is compared.
func (p *planner) nested(n *node, schema *openapi.Node, target *graphql.Type, list bool, depth int) bool {
	if depth == 0 || list && depth < maxDepth {
		return false
	}
	if n.form = objects; list {
		n.form = lists
	}
	pair := p.pairOf(schema)
	if pair != nil && p.stands(pair.GraphQL, target) {
		n.group = p.group(schema, pair, target, depth-1, newNames())
		if len(n.group.compared()) > 0 {
			return true
		}
	}
	n.group = nil
	n.form = reference
	if n.names = p.names(schema, target, true); list || len(n.names) == 0 {
		n.skipped = fmt.Sprintf("no schema is matched with %s", target.Name)
	}
	return true
}

// names are the scalars that may name an object, the best first: those that
// its type has, or where the field itself is a scalar, those of its schema.
func (p *planner) names(schema *openapi.Node, target *graphql.Type, object bool) []keyName {
	var out []keyName
	if target.IsComposite() {
		for _, f := range target.Fields {
			if t := f.Type.Type(); len(f.Args) == 0 && !f.Type.IsList() && t != nil && !t.IsComposite() {
				out = append(out, keyName{f.Name, hint{id: isID(f.Name), typ: target.Name}})
			}
		}
	} else if object {
		for _, prop := range schema.Get("properties").Children() {
			if one, list := p.single(prop); !list && !p.composite(one) {
				out = append(out, keyName{prop.Key(), hint{id: isID(prop.Key())}})
			}
		}
	}
	out = slices.DeleteFunc(out, func(k keyName) bool { _, ok := keyRank(k.name); return !ok })
	slices.SortStableFunc(out, func(a, b keyName) int {
		x, _ := keyRank(a.name)
		y, _ := keyRank(b.name)
		return cmp.Compare(x, y)
	})
	return out[:min(len(out), maxNames)]
}

// maxNames is how many scalars of an object are looked at for what names it.
const maxNames = 6

// otherMeaning reports whether a pair only shares a name.
func otherMeaning(f *parity.Field) bool {
	for _, d := range f.Differences {
		if d.Aspect == parity.NameAspect {
			return true
		}
	}
	return false
}
