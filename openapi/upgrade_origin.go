package openapi

import "slices"

// Origin returns the node from which an element of the model was made, given
// the element's JSON Pointer in the model; nil where there is none.
//
// For 3.x the pointer is one into the root source; where it leads through a
// reference, the node is the one behind that. For 2.0 it is one into the
// upgraded document, and the node is what was upgraded: that of
// "/components/schemas/Pet" is "/definitions/Pet", that of a request body the
// body parameter, or the first of the form's parameters, that of a media type
// of a response the response's schema, that of a server the host.
func (d *Document) Origin(pointer string) *Node {
	tokens, err := ParsePointer(pointer)
	if err != nil {
		return nil
	}
	if d.version != V20 {
		n, err := d.walkTokens(d.Root(), tokens, 0)
		if err != nil {
			return nil
		}
		return n
	}
	at := upgraded{node: d.Root(), step: (*Document).upgradedRoot}
	for _, t := range tokens {
		at = at.step(d, at, t)
		if at.node == nil {
			return nil
		}
	}
	return at.node
}

// upgraded is an element of an upgraded document: the 2.0 node that it was
// made from, and how to find what its members were made from.
type upgraded struct {
	node  *Node
	step  upgradeStep
	owner *Node // the object around, where a step needs it
}

type upgradeStep func(d *Document, at upgraded, token string) upgraded

// plain is the step where 2.0 and 3.0 agree.
func (d *Document) plain(at upgraded, token string) upgraded {
	return upgraded{node: d.Resolve(at.node).child(token), step: (*Document).plain}
}

func (d *Document) upgradedRoot(at upgraded, token string) upgraded {
	root := at.node
	switch token {
	case "openapi":
		return upgraded{node: root.Get("swagger"), step: (*Document).plain}
	case "servers":
		return upgraded{node: firstOf(root.Get("host"), root.Get("basePath")), step: (*Document).upgradedServers, owner: root}
	case "paths":
		return upgraded{node: root.Get("paths"), step: each((*Document).upgradedPathItem)}
	case "components":
		return upgraded{node: root, step: (*Document).upgradedComponents}
	}
	return d.plain(at, token)
}

// upgradedServers finds the scheme of a server: there is one for each.
func (d *Document) upgradedServers(at upgraded, token string) upgraded {
	scheme := at.owner.Get("schemes").child(token)
	if scheme == nil && token != "0" {
		return upgraded{}
	}
	host := at.node
	return upgraded{node: firstOf(scheme, host), step: func(_ *Document, _ upgraded, _ string) upgraded {
		return upgraded{node: host, step: (*Document).plain}
	}}
}

func (d *Document) upgradedComponents(at upgraded, token string) upgraded {
	root := at.node
	switch token {
	case "schemas":
		// A shared parameter of a form becomes a schema.
		return upgraded{node: firstOf(root.Get("definitions"), root.Get("parameters")), step: func(_ *Document, _ upgraded, name string) upgraded {
			n := firstOf(root.Get("definitions").Get(name), root.Get("parameters").Get(name))
			return upgraded{node: n, step: (*Document).upgradedSchema}
		}}
	case "parameters":
		return upgraded{node: root.Get("parameters"), step: each((*Document).upgradedParameter)}
	case "requestBodies":
		return upgraded{node: root.Get("parameters"), step: each((*Document).upgradedBody)}
	case "responses":
		return upgraded{node: root.Get("responses"), step: each((*Document).upgradedResponse)}
	case "securitySchemes":
		return upgraded{node: root.Get("securityDefinitions"), step: each((*Document).upgradedSecurityScheme)}
	}
	return upgraded{}
}

// each is the step into a map or list whose elements take the next step.
func each(next upgradeStep) upgradeStep {
	return func(_ *Document, at upgraded, token string) upgraded {
		return upgraded{node: at.node.child(token), step: next, owner: at.node}
	}
}

func (d *Document) upgradedSecurityScheme(at upgraded, token string) upgraded {
	scheme := d.Resolve(at.node)
	switch token {
	case "scheme":
		return upgraded{node: scheme.Get("type"), step: (*Document).plain}
	case "flows":
		flow := func(*Document, upgraded, string) upgraded {
			return upgraded{node: scheme, step: (*Document).plain}
		}
		return upgraded{node: scheme.Get("flow"), step: flow}
	}
	return d.plain(at, token)
}

func firstOf(nodes ...*Node) *Node {
	i := slices.IndexFunc(nodes, func(n *Node) bool { return n != nil })
	if i < 0 {
		return nil
	}
	return nodes[i]
}
