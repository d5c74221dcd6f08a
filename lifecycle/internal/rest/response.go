package rest

import (
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// responses lists the statuses that both versions have, by status, with what
// came and went.
func (c *comparison) compareResponses(o *operationPair) {
	x, y := o.base.node.Get("responses"), o.revision.node.Get("responses")
	for _, n := range y.Children() {
		if success, ok := statusOf(n.Key()); ok && !x.Has(n.Key()) {
			v := failureAdded
			if success {
				v = successAdded
			}
			c.report(o.number, v, change{key: n.Key(), revision: n, place: n.Key(), beyond: isRange(n.Key())})
		}
	}
	for _, n := range x.Children() {
		m := y.Get(n.Key())
		if strings.HasPrefix(n.Key(), "x-") {
			continue
		}
		if m != nil {
			c.compareResponse(o, n.Key(), c.left.doc.Resolve(n), c.right.doc.Resolve(m))
		} else if success, ok := statusOf(n.Key()); ok {
			v := failureRemoved
			if success {
				v = successRemoved
			}
			c.report(o.number, v, change{key: n.Key(), base: n, place: n.Key(), beyond: isRange(n.Key())})
		}
	}
}

// isRange reports whether a status stands for many.
func isRange(status string) bool { return strings.ContainsAny(status, "Xx") }

// statusOf reads a status or a range of them, such as 2XX, and tells whether it
// means success.
func statusOf(key string) (success, ok bool) {
	if len(key) != 3 || key[0] < '1' || key[0] > '9' {
		return false, false
	}
	for _, r := range key[1:] {
		if (r < '0' || r > '9') && r != 'X' && r != 'x' {
			return false, false
		}
	}
	return key[0] == '2', true
}

func (c *comparison) compareResponse(o *operationPair, status string, a, b *openapi.Node) {
	if a == nil || b == nil {
		return
	}
	c.compareHeaders(o, status, a.Get("headers"), b.Get("headers"))
	m := matchMedia(c.left.responseMedia(o.base, a), c.right.responseMedia(o.revision, b))
	for _, x := range m.removed {
		c.report(o.number, responseMediaTypeRemoved, change{key: quote(x.name), base: x.node, place: status})
	}
	for _, x := range m.added {
		c.report(o.number, responseMediaTypeAdded, change{key: quote(x.name), revision: x.node, place: status})
	}
	for _, p := range m.both {
		c.compareMediaName(o, p, status)
		c.comparePayload(o, p, responseBody, status)
	}
}

func (d *side) responseMedia(o operation, response *openapi.Node) []media {
	if d.swagger() {
		return d.swaggerResponse(o, response)
	}
	return d.media(response.Get("content"))
}

func (c *comparison) compareHeaders(o *operationPair, status string, x, y *openapi.Node) {
	for _, n := range y.Children() {
		if !x.Has(n.Key()) {
			c.report(o.number, headerAdded, change{key: n.Key(), revision: n, place: status + " " + n.Key()})
		}
	}
	for _, n := range x.Children() {
		place := status + " " + n.Key()
		if m := y.Get(n.Key()); m != nil {
			c.compareHeader(o, place, c.left.doc.Resolve(n), c.right.doc.Resolve(m))
			continue
		}
		v := headerRemovedOptional
		if c.left.doc.Resolve(n).Get("required").IsTrue() {
			v = headerRemovedRequired
		}
		c.report(o.number, v, change{key: n.Key(), base: n, place: place})
	}
}

func (c *comparison) compareHeader(o *operationPair, place string, a, b *openapi.Node) {
	if was := a.Get("required"); was.IsTrue() && !b.Get("required").IsTrue() {
		c.report(o.number, headerOptional, change{base: was, revision: orElse(b.Get("required"), b), place: place})
	}
	ctx := context{site: responseHeader}
	if s, t := c.left.headerSchema(a), c.right.headerSchema(b); s != nil && t != nil {
		c.use(s, t, ctx, o, place)
	}
	x, y := a.Get("content"), b.Get("content")
	if x == nil || y == nil {
		return
	}
	m := matchMedia(c.left.media(x), c.right.media(y))
	for _, n := range m.added {
		c.report(o.number, headerMediaTypeAdded, change{key: quote(n.name), revision: n.node, place: place})
	}
	for _, n := range m.removed {
		c.report(o.number, headerMediaTypeRemoved, change{key: quote(n.name), base: n.node, place: place})
	}
	for _, p := range m.both {
		if p.base.schema != nil && p.revision.schema != nil {
			c.use(p.base.schema, p.revision.schema, ctx, o, place+" "+p.revision.name)
		}
	}
}

func (d *side) headerSchema(n *openapi.Node) *schema {
	if d.swagger() {
		return d.parameterSchema(n)
	}
	if s := n.Get("schema"); s != nil {
		return d.use(s).schema
	}
	return nil
}
