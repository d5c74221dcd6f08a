package rest

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// body is the body of a request.
type body struct {
	node     *openapi.Node
	required bool
	media    []media
}

// body returns the body of an operation, nil where it has none.
func (d *side) body(o operation) *body {
	if d.swagger() {
		return d.swaggerBody(o)
	}
	at := o.node.Get("requestBody")
	n := d.doc.Resolve(at)
	if n == nil {
		return nil
	}
	return &body{n, n.Get("required").IsTrue(), d.media(n.Get("content"))}
}

func (c *comparison) compareBody(o *operationPair) {
	a, b := c.left.body(o.base), c.right.body(o.revision)
	switch {
	case a == nil && b == nil:
		return
	case a == nil && b.required:
		c.report(o.number, bodyAddedRequired, change{revision: b.node})
		return
	case a == nil:
		c.report(o.number, bodyAddedOptional, change{revision: b.node})
		return
	case b == nil:
		c.report(o.number, bodyRemoved, change{base: a.node})
		return
	case a.required != b.required:
		v := bodyOptional
		if b.required {
			v = bodyRequired
		}
		c.report(o.number, v, change{base: orElse(a.node.Get("required"), a.node), revision: orElse(b.node.Get("required"), b.node)})
	}
	m := matchMedia(a.media, b.media)
	for _, x := range m.added {
		c.report(o.number, requestMediaTypeAdded, change{key: quote(x.name), revision: x.node})
	}
	for _, x := range m.removed {
		c.report(o.number, requestMediaTypeRemoved, change{key: quote(x.name), base: x.node})
	}
	for _, p := range m.both {
		c.comparePayload(o, p, requestBody, "")
	}
}

func orElse(n, other *openapi.Node) *openapi.Node {
	if n != nil {
		return n
	}
	return other
}

// comparePayload compares the schemas of a media type.
func (c *comparison) comparePayload(o *operationPair, p mediaPair, site Site, status string) {
	place := strings.TrimSpace(status + " " + p.revision.name)
	ctx := context{site: site, strict: strictMedia(p.revision.name)}
	a, b := &p.base, &p.revision
	at := change{key: quote(b.name), place: place}
	added, removed := requestSchemaAdded, requestSchemaRemoved
	itemAdded, itemRemoved := requestItemSchemaAdded, requestItemSchemaRemoved
	if site == responseBody {
		added, removed, itemAdded = responseSchemaAdded, responseSchemaRemoved, responseItemSchemaAdded
		itemRemoved = responseItemSchemaRemoved
		if b.schema == nil {
			itemRemoved = responseItemSchemaRemovedUntyped
		}
	}
	switch {
	case a.schema != nil && b.schema != nil:
		c.use(a.schema, b.schema, ctx, o, place)
	case b.schema != nil && b.schema.always == alwaysFalse:
		c.reportFalse(o, site, b.node, place)
	case b.schema != nil && !b.schema.saysNothing():
		at.revision = b.node
		c.report(o.number, added, at)
	case a.schema != nil && !a.schema.saysNothing():
		at.base = a.node
		c.report(o.number, removed, at)
	}
	at.base, at.revision = nil, nil
	switch {
	case a.items != nil && b.items != nil:
		c.use(a.items, b.items, ctx, o, place+" items")
	case b.items != nil:
		at.revision = b.node
		c.report(o.number, itemAdded, at)
	case a.items != nil:
		at.base = a.node
		c.report(o.number, itemRemoved, at)
	}
}

// reportFalse notes a body that got a schema which allows no value.
func (c *comparison) reportFalse(o *operationPair, site Site, at *openapi.Node, place string) {
	e := table().at[becameFalse][site]
	var n numbers
	n.add(o.number)
	c.note(found{causeKey: causeKey{e, e.Level, nil, at, ""}, operations: n, place: place})
}
