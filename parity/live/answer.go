package live

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
)

// answer says where the objects stand in an answer of REST.
type answer struct {
	// steps lead to them from the root: names of members, and each for the
	// elements of a list.
	steps []string
	node  *openapi.Node // the schema of one object
	pair  *parity.Type  // nil where it has no type
}

const each = "[]"

func (a *answer) list() bool { return slices.Contains(a.steps, each) }

// The answer is looked through so deep and at so many schemas.
const (
	maxSteps   = 3
	maxSchemas = 400
)

// answer finds the schema in the response of a read that is matched with the
// target, the shallowest first.
func (p *planner) answer(op *openapi.Operation, target *graphql.Type) *answer {
	return p.search(op, func(n *openapi.Node) *parity.Type {
		pair := p.pairOf(n)
		if pair != nil && p.stands(pair.GraphQL, target) {
			return pair
		}
		return nil
	})
}

// listOf finds the first list of objects in the response of a read.
func (p *planner) listOf(op *openapi.Operation) *answer {
	var found *answer
	p.look(op, func(a *answer) bool {
		if a.list() && (a.node.Has("properties") || a.node.Has("allOf")) {
			a.pair = p.pairOf(a.node)
			found = a
		}
		return found != nil
	})
	return found
}

func (p *planner) search(op *openapi.Operation, wanted func(*openapi.Node) *parity.Type) *answer {
	var found *answer
	p.look(op, func(a *answer) bool {
		if pair := wanted(a.node); pair != nil {
			a.pair = pair
			found = a
		}
		return found != nil
	})
	return found
}

// pairOf returns the pair of a named schema, nil where it has none or where
// the node is no named schema.
func (p *planner) pairOf(n *openapi.Node) *parity.Type {
	if n.Source() != p.doc.Source() {
		return nil
	}
	pair := p.byPointer["#"+n.Pointer()]
	if pair == nil || pair.GraphQL == "" || pair.Status == parity.StatusNone {
		return nil
	}
	return pair
}

// stands reports whether a value of the target may be one of the named type.
func (p *planner) stands(name string, target *graphql.Type) bool {
	t := p.schema.Type(name)
	if t == nil || t == target {
		return t != nil
	}
	return target.Implements(name) || target.IsAbstract() && (slices.Contains(target.PossibleTypes(), t) || t.Implements(target.Name))
}

// look shows the schemas of a response, breadth first, until it is told to
// stop.
func (p *planner) look(op *openapi.Operation, show func(*answer) bool) {
	queue := []*answer{{node: p.response(op)}}
	seen := map[*openapi.Node]bool{}
	for len(queue) > 0 && len(seen) < maxSchemas {
		a := queue[0]
		queue = queue[1:]
		if a.node = p.doc.Resolve(a.node); a.node == nil || seen[a.node] {
			continue
		}
		seen[a.node] = true
		if show(a) {
			return
		}
		queue = append(queue, p.inside(a)...)
	}
}

// inside are the schemas one step on.
func (p *planner) inside(a *answer) []*answer {
	var out []*answer
	for _, name := range [...]string{"allOf", "oneOf", "anyOf"} {
		for _, part := range a.node.Get(name).Children() {
			out = append(out, &answer{steps: a.steps, node: part})
		}
	}
	if len(a.steps) == maxSteps || p.pairOf(a.node) != nil {
		return out // what is in a thing is not what the answer is about
	}
	if items := a.node.Get("items"); items != nil && !a.list() {
		out = append(out, &answer{steps: append(slices.Clone(a.steps), each), node: items})
	}
	for _, prop := range a.node.Get("properties").Children() {
		if !a.list() {
			out = append(out, &answer{steps: append(slices.Clone(a.steps), prop.Key()), node: prop})
		}
	}
	return out
}

// response returns the schema of the first successful answer that has one.
func (p *planner) response(op *openapi.Operation) *openapi.Node {
	for _, r := range op.Node.Get("responses").Children() {
		code := r.Key()
		if len(code) != 3 || code[0] != '2' {
			continue
		}
		r = p.doc.Resolve(r)
		if s := r.Get("schema"); s != nil {
			return s
		}
		var first *openapi.Node
		for _, m := range r.Get("content").Children() {
			s := p.doc.Resolve(m).Get("schema")
			if s != nil && strings.Contains(m.Key(), "json") {
				return s
			}
			if first == nil {
				first = s
			}
		}
		if first != nil {
			return first
		}
	}
	return nil
}

// property returns the schema of a property as it is written, and whether it
// is required, looking into what the schema is composed of.
func (p *planner) property(schema *openapi.Node, name string) (node *openapi.Node, required bool) {
	return p.propertyAt(schema, name, 6)
}

func (p *planner) propertyAt(schema *openapi.Node, name string, depth int) (node *openapi.Node, required bool) {
	schema = p.doc.Resolve(schema)
	if schema == nil || depth == 0 {
		return nil, false
	}
	node = schema.Find("properties", name)
	for _, r := range schema.Get("required").Children() {
		required = required || r.Text() == name
	}
	for _, part := range schema.Get("allOf").Children() {
		n, r := p.propertyAt(part, name, depth-1)
		if node == nil {
			node = n
		}
		required = required || r
	}
	for _, choice := range [...]string{"oneOf", "anyOf"} {
		for _, part := range schema.Get(choice).Children() {
			if node == nil {
				node, _ = p.propertyAt(part, name, depth-1)
			}
		}
	}
	return node, required
}
