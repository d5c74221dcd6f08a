package redocly

import (
	"fmt"
	"maps"

	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// noRequiredUndefined looks for names in required that are no property of the
// schema, nor of those that it is composed of or is a part of.
func noRequiredUndefined() *typed.Rule {
	var stack []*openapi.Node
	checked := map[*openapi.Node]bool{}
	return &typed.Rule{
		RefLeave: func(c *typed.Context, to typed.Resolved) {
			if c.Type.Name != "Schema" {
				return
			}
			for _, n := range append([]*openapi.Node{c.Raw}, to.Chain...) {
				if !n.Is(openapi.Object) || checked[n] {
					continue
				}
				checked[n] = true
				reportUndefined(c, n, nil)
			}
		},
		Visit: typed.Visitors{"Schema": {
			Enter: func(c *typed.Context) {
				stack = append(stack, c.Node)
				if c.Node.Get("required").Len() > 0 && c.Node.Get("required").Is(openapi.Array) {
					reportUndefined(c, c.Node, composition(c, stack))
				}
			},
			Leave: func(*typed.Context) { stack = stack[:len(stack)-1] },
		}},
	}
}

// reportUndefined reports the names in required that neither the schema defines nor
// the whole that it is a part of, which may be nil.
func reportUndefined(c *typed.Context, schema, whole *openapi.Node) {
	required := schema.Get("required")
	if !required.Is(openapi.Array) {
		return
	}
	for i, name := range required.Children() {
		if schema.Get("properties").Has(name.Text()) {
			continue
		}
		p := properties{w: c.Walk, name: name.Text()}
		if p.has(schema, map[*openapi.Node]bool{}) || whole != nil && p.has(whole, map[*openapi.Node]bool{}) {
			continue
		}
		c.Report(typed.At(schema).Child("required").Item(i), fmt.Sprintf("required property %s is not defined", quoted(name)))
	}
}

// composition is the outermost schema that the last of the stack is a part of
// through allOf, anyOf and oneOf; nil where it is part of none.
func composition(c *typed.Context, stack []*openapi.Node) *openapi.Node {
	var whole *openapi.Node
	child := stack[len(stack)-1]
	for i := len(stack) - 2; i >= 0; i-- {
		if !composes(c, stack[i], child) {
			break
		}
		whole, child = stack[i], stack[i]
	}
	return whole
}

func composes(c *typed.Context, parent, child *openapi.Node) bool {
	for _, name := range []string{"allOf", "anyOf", "oneOf"} {
		for _, sub := range parent.Get(name).Children() {
			if c.Walk.Resolve(sub).Node == child {
				return true
			}
		}
	}
	return false
}

// properties asks schemas for a property.
type properties struct {
	w     *typed.Walk
	name  string
	steps int
}

// maxAsked bounds how many schemas are asked for one property.
const maxAsked = 20_000

// has reports whether a schema, or a reference to one, defines the property.
func (p *properties) has(n *openapi.Node, seen map[*openapi.Node]bool) bool {
	if p.steps++; p.steps > maxAsked {
		return true
	}
	if typed.IsRef(n) && p.defines(n, seen) {
		return true
	}
	to := p.w.Resolve(n)
	if to.Node == nil {
		return false
	}
	if !seen[to.Node] {
		seen[to.Node] = true
		if p.defines(to.Node, seen) {
			return true
		}
	}
	for _, hop := range to.Chain {
		if hop.Is(openapi.Object) && !seen[hop] {
			seen[hop] = true
			if p.defines(hop, seen) {
				return true
			}
		}
	}
	return false
}

// defines reports whether a schema defines the property: itself, in one of allOf,
// or in all of anyOf or oneOf.
func (p *properties) defines(n *openapi.Node, seen map[*openapi.Node]bool) bool {
	if n.Get("properties").Has(p.name) {
		return true
	}
	for _, sub := range n.Get("allOf").Children() {
		if p.has(sub, seen) {
			return true
		}
	}
	for _, name := range []string{"anyOf", "oneOf"} {
		list := n.Get(name)
		all := list.Len() > 0
		for _, sub := range list.Children() {
			if all = p.has(sub, maps.Clone(seen)); !all {
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}
