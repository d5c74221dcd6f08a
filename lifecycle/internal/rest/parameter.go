package rest

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// parameters are those of an operation of one version.
type param struct {
	name, in string
	node     *openapi.Node
	// shared says that it stands at the path item.
	shared   bool
	required bool
	schema   *schema // nil where there is none
	content  *openapi.Node
}

func (p *param) inQueryOrCookie() bool { return p.in == "query" || p.in == "cookie" }

// parameters lists the parameters of an operation but for the body of 2.0: its
// own, then those of its path that it does not override.
func (d *side) parameters(o operation) []param {
	var list []param
	own := 0
	add := func(at *openapi.Node, shared bool) {
		n := d.doc.Resolve(at)
		p := param{name: n.Get("name").Text(), in: n.Get("in").Text(), node: n, shared: shared}
		if !n.Is(openapi.Object) || p.in == "body" || p.in == "formData" {
			return
		}
		same := func(q param) bool { return q.name == p.name && q.in == p.in }
		if shared && slices.ContainsFunc(list[:own], same) {
			return
		}
		p.required = n.Get("required").IsTrue()
		p.content = n.Get("content")
		switch s := n.Get("schema"); {
		case d.swagger():
			p.schema = d.parameterSchema(n)
		case s != nil:
			p.schema = d.use(s).schema
		}
		list = append(list, p)
	}
	for _, n := range o.node.Get("parameters").Children() {
		add(n, false)
	}
	own = len(list)
	for _, n := range o.item.Get("parameters").Children() {
		add(n, true)
	}
	return list
}

// compareParameters compares the parameters of an operation.
func (c *comparison) compareParameters(o *operationPair) {
	a, b := c.left.parameters(o.base), c.right.parameters(o.revision)
	doneA, doneB := make([]bool, len(a)), make([]bool, len(b))
	c.spreadOut(o, a, b, doneA, doneB, true)
	c.spreadOut(o, b, a, doneB, doneA, false)
	for i := range a {
		if doneA[i] {
			continue
		}
		j := 0
		for j < len(b) && (doneB[j] || !a[i].is(b[j], o.renamed)) {
			j++
		}
		if j == len(b) {
			c.parameterRemoved(o, &a[i])
			continue
		}
		doneB[j] = true
		c.compareParameter(o, &a[i], &b[j])
	}
	for j := range b {
		if !doneB[j] {
			c.parameterAdded(o, &b[j])
		}
	}
}

// is reports whether a parameter of the revision is this one; those of paths
// may have another name.
func (p *param) is(q param, renamed map[string]string) bool {
	if p.in != q.in {
		return false
	}
	if p.in == "path" && len(renamed) > 0 {
		return renamed[p.name] == q.name
	}
	return p.name == q.name
}

// spreadOut pairs parameters with the properties of one that takes an object
// apart into parameters, and so is the same on the wire.
func (c *comparison) spreadOut(o *operationPair, plain, objects []param, donePlain, doneObjects []bool, forward bool) {
	for j := range objects {
		object := &objects[j]
		if doneObjects[j] || !object.spreads() {
			continue
		}
		for i := range plain {
			p := &plain[i]
			property := object.schema.get(kwProperties).Get(p.name)
			if donePlain[i] || p.in != object.in || p.spreads() || property == nil {
				continue
			}
			donePlain[i], doneObjects[j] = true, true
			part := *object
			part.name = p.name
			if forward {
				part.schema = c.right.use(property).schema
				c.compareParameter(o, p, &part)
			} else {
				part.schema = c.left.use(property).schema
				c.compareParameter(o, &part, p)
			}
		}
	}
}

// spreads reports whether a parameter is an object written as one parameter for
// each property.
func (p *param) spreads() bool {
	style := p.node.Get("style").Text()
	return p.inQueryOrCookie() && p.schema != nil && p.node.Get("explode").IsTrue() && (style == "" || style == "form") &&
		len(p.schema.types) == 1 && p.schema.types[0] == "object" && p.schema.get(kwProperties).Len() > 0
}

// repeats reports whether a list is given as one parameter for each item.
func (p *param) repeats() bool {
	style, explode := p.node.Get("style").Text(), p.node.Get("explode")
	form := style == "form" || style == "" && p.inQueryOrCookie()
	return form && (explode == nil || explode.IsTrue())
}

func (c *comparison) parameterAdded(o *operationPair, p *param) {
	v := parameterAddedOptional
	switch {
	case p.in == "path" && p.shared:
		return // the path says so already
	case p.in == "path":
		v = parameterAddedPath
	case p.shared && p.required:
		v = parameterAddedSharedRequired
	case p.shared:
		v = parameterAddedSharedOptional
	case p.required:
		v = parameterAddedRequired
	}
	c.report(o.number, v, change{key: p.name, revision: p.node, place: p.place()})
}

func (p *param) place() string { return p.in + " " + p.name }

func (c *comparison) parameterRemoved(o *operationPair, p *param) {
	if p.in == "path" && p.shared {
		return
	}
	at := change{key: p.name, base: p.node, place: p.place(), beyond: p.shared}
	end := c.endOf(p.node.Get("deprecated").IsTrue(), p.node.Get("x-sunset"))
	at.from = end.text
	switch end.state {
	case notAnnounced:
		c.report(o.number, parameterRemoved, at)
	case noSunset:
		c.report(o.number, parameterRemovedDeprecated, at)
	case badSunset:
		at.key = end.text
		c.report(o.number, parameterSunsetParse, at)
	case sunsetAhead:
		c.report(o.number, parameterRemovedEarly, at)
	}
}

func (c *comparison) compareParameter(o *operationPair, p, q *param) {
	if p.shared && q.shared && !c.beyond {
		c.beyond = true
		defer func() { c.beyond = false }()
	}
	if p.required != q.required {
		v := parameterOptional
		if q.required {
			v = parameterRequired
		}
		at := change{base: p.node.Get("required"), revision: q.node.Get("required"), place: q.place()}
		if at.base == nil {
			at.base = p.node
		}
		if at.revision == nil {
			at.revision = q.node
		}
		c.report(o.number, v, at)
	}
	c.compareParameterLife(o, p, q)
	ctx := context{
		site: parameter, header: p.in == "header", noDefault: p.required || q.required, repeated: q.repeats(),
	}
	if p.schema != nil && q.schema != nil {
		c.use(p.schema, q.schema, ctx, o, q.place())
	}
	c.compareParameterContent(o, p, q, ctx)
}

// compareParameterContent compares a parameter that is written in a media type.
func (c *comparison) compareParameterContent(o *operationPair, p, q *param, ctx context) {
	if p.content == nil || q.content == nil {
		return
	}
	m := matchMedia(c.left.media(p.content), c.right.media(q.content))
	for _, x := range m.added {
		c.report(o.number, parameterMediaTypeAdded, change{key: quote(x.name), revision: x.node, place: q.place()})
	}
	for _, x := range m.removed {
		c.report(o.number, parameterMediaTypeRemoved, change{key: quote(x.name), base: x.node, place: p.place()})
	}
	for _, x := range m.both {
		if x.base.schema != nil && x.revision.schema != nil {
			c.use(x.base.schema, x.revision.schema, ctx, o, q.place()+" "+x.revision.name)
		}
	}
}

func (c *comparison) compareParameterLife(o *operationPair, p, q *param) {
	x, y := p.node.Get("deprecated"), q.node.Get("deprecated")
	_, known := stabilityOf(o.revision.node.Get("x-stability-level"))
	at := change{base: x, revision: y, place: q.place()}
	end := c.endOf(y.IsTrue(), q.node.Get("x-sunset"))
	at.to = end.text
	switch {
	case x.IsTrue() == y.IsTrue():
	case !y.IsTrue():
		c.report(o.number, parameterReactivated, at)
	case !known:
	case end.state == badSunset:
		at.key = end.text
		c.report(o.number, parameterSunsetParse, at)
	case end.state != noSunset && end.date.Before(c.today):
		c.report(o.number, parameterSunsetTooSmall, at)
	default:
		c.report(o.number, parameterDeprecated, at)
	}
	if y.IsTrue() {
		c.compareParameterSunset(o, p, q, known)
	}
}

func (c *comparison) compareParameterSunset(o *operationPair, p, q *param, known bool) {
	x, y := p.node.Get("x-sunset"), q.node.Get("x-sunset")
	at := change{from: shown(x), to: shown(y), base: x, revision: y, place: q.place()}
	if x == nil || y != nil && sameValue(x, y) {
		return
	}
	if y == nil {
		c.report(o.number, parameterSunsetDeleted, at)
		return
	}
	is, ok1 := dateOf(y)
	was, ok2 := dateOf(x)
	switch {
	case !ok1:
		c.report(o.number, parameterSunsetParse, change{key: shown(y), revision: y, place: q.place()})
	case !ok2:
		c.report(o.number, parameterSunsetParse, change{key: shown(x), base: x, place: q.place()})
	case known && was.After(is) && is.Before(c.today):
		c.report(o.number, parameterSunsetMoved, at)
	}
}
