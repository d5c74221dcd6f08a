package rest

import (
	"slices"

	"github.com/plumbapi/plumb/openapi"
)

// Sites of what is about members of an object, by who sends it.
var (
	inRequest  = setOf(requestBody, requestProperty)
	inResponse = setOf(responseBody, responseProperty)
	inHeader   = setOf(requestHeaderProperty)
)

// property is a property of a schema with where it stands.
type property struct {
	name   string
	node   *openapi.Node
	schema *schema
}

func (d *side) properties(s *schema) []property {
	var list []property
	for _, n := range s.get(kwProperties).Children() {
		list = append(list, property{n.Key(), n, nil})
	}
	for _, f := range s.fields {
		list = append(list, property{f.name, f.schema.node, f.schema})
	}
	return list
}

func (d *side) property(s *schema, name string) *schema {
	if n := s.get(kwProperties).Get(name); n != nil {
		return d.use(n).schema
	}
	if f, ok := s.fieldNamed(name); ok {
		return f.schema
	}
	return nil
}

func (d *side) schemaOf(p property) *schema {
	if p.schema != nil {
		return p.schema
	}
	return d.use(p.node).schema
}

// members finds the properties that came and went, and those that must be
// there or need not be any more.
func (f *finder) members() {
	a, b := f.left, f.right
	for _, p := range b.properties(f.revision) {
		if a.property(f.base, p.name) == nil {
			f.memberAdded(p, b.schemaOf(p))
		}
	}
	explained := moved(f.base, f.revision)
	for _, p := range a.properties(f.base) {
		if b.property(f.revision, p.name) == nil && !slices.Contains(explained, p.name) {
			f.memberRemoved(p, a.schemaOf(p))
		}
	}
	f.required()
}

// member notes a fact about a property as a member.
func (f *finder) member(v plain, sites siteSet, x fact) {
	if f.turns.claims(Existence, schemaVerbs) {
		return
	}
	x.plain, x.member, x.strict, x.loose = v, true, sites, sites
	if x.caps == 0 {
		x.caps = byRoot | byBranch
	}
	f.facts = append(f.facts, x)
}

func (f *finder) memberAdded(p property, s *schema) {
	at := fact{key: p.name, revision: p.node}
	required := f.revision.requires(p.name)
	if !s.isTrue(kwReadOnly) {
		v := newOptionalRequestProperty
		if required && s.has.has(kwDefault) {
			v = newRequiredRequestPropertyDefault
		} else if required {
			v = newRequiredRequestProperty
		}
		f.member(v, inRequest, at)
		if required {
			f.member(newRequiredHeaderProperty, inHeader, at)
		}
	}
	v := responseOptionalAdded
	switch writeOnly := s.isTrue(kwWriteOnly); {
	case required && writeOnly:
		v = responseRequiredWriteOnlyAdded
	case required:
		v = responseRequiredAdded
	case writeOnly:
		v = responseOptionalWriteOnlyAdded
	}
	f.member(v, inResponse, at)
}

func (f *finder) memberRemoved(p property, s *schema) {
	at := fact{key: p.name, base: p.node}
	if !s.isTrue(kwReadOnly) {
		f.removed(s, at, inRequest, requestPropertyRemoved, requestPropertyRemovedDeprecated, requestPropertyRemovedEarly)
	}
	required, writeOnly := f.base.requires(p.name), s.isTrue(kwWriteOnly)
	switch {
	case required && writeOnly:
		f.member(responseRequiredWriteOnlyRemoved, inResponse, at)
	case required:
		f.removed(s, at, inResponse, responseRequiredRemoved, responseRequiredRemovedDeprecated, responseRequiredRemovedEarly)
	case writeOnly:
		f.member(responseOptionalWriteOnlyRemoved, inResponse, at)
	default:
		f.member(responseOptionalRemoved, inResponse, at)
	}
}

// removed names a removal by what the deprecation had said; one whose sunset
// has passed is none.
func (f *finder) removed(s *schema, at fact, sites siteSet, abrupt, announced, early plain) {
	switch end := f.endOf(s.get(kwDeprecated) != nil, s.extension("x-sunset")); end.state {
	case notAnnounced, badSunset:
		f.member(abrupt, sites, at)
	case noSunset:
		f.member(announced, sites, at)
	case sunsetAhead:
		at.from = end.text
		f.member(early, sites, at)
	}
}

// required finds what an object began or ceased to require.
func (f *finder) required() {
	was, is := words(f.base.get(kwRequired)), words(f.revision.get(kwRequired))
	for _, fd := range f.base.fields {
		if fd.required {
			was = append(was, fd.name)
		}
	}
	for _, fd := range f.revision.fields {
		if fd.required {
			is = append(is, fd.name)
		}
	}
	for _, name := range absent(is, was) {
		f.becameRequired(name)
	}
	for _, name := range absent(was, is) {
		f.becameOptional(name)
	}
}

func (f *finder) becameRequired(name string) {
	x, y := f.left.property(f.base, name), f.right.property(f.revision, name)
	if x == nil || y == nil {
		return
	}
	at := fact{key: name, base: memberNode(f.base, name, x), revision: memberNode(f.revision, name, y)}
	if !y.isTrue(kwReadOnly) {
		request := at
		request.caps = byRoot
		v := becameRequired
		if y.has.has(kwDefault) {
			v = becameRequiredDefault
		}
		f.addInside(v, setOf(requestProperty), request)
		f.add(becameRequired, inHeader, request)
	}
	f.addInside(becameRequired, writeOnlySite(y), at)
}

func (f *finder) becameOptional(name string) {
	x, y := f.left.property(f.base, name), f.right.property(f.revision, name)
	if x == nil || y == nil {
		return
	}
	at := fact{key: name, base: memberNode(f.base, name, x), revision: memberNode(f.revision, name, y)}
	if !y.isTrue(kwReadOnly) {
		request := at
		request.caps = byRoot
		f.addInside(becameOptional, setOf(requestProperty), request)
	}
	f.addInside(becameOptional, writeOnlySite(y), at)
}

// addInside notes a fact about a member under the name that the member has.
func (f *finder) addInside(v verb, sites siteSet, x fact) {
	x.inside = true
	f.add(v, sites, x)
}

func writeOnlySite(y *schema) siteSet {
	if y.isTrue(kwWriteOnly) {
		return setOf(responseWriteOnlyProperty)
	}
	return setOf(responseProperty)
}

// memberNode is where an object has the property.
func memberNode(s *schema, name string, p *schema) *openapi.Node {
	return orElse(s.get(kwProperties).Get(name), p.node)
}

// memberFacts are about a property that both versions of an object have:
// whether it is only read or only written.
func (c *comparison) memberFacts(p *pair, name string, a, b *schema) []fact {
	var list []fact
	required := p.base.requires(name)
	both := required && p.revision.requires(name)
	note := func(v plain, sites siteSet, k keyword, without caps) {
		list = append(list, fact{
			plain: v, member: true, strict: sites, loose: sites, caps: ordinary &^ without, key: name,
			base: a.get(k), revision: b.get(k),
		})
	}
	pick := func(cond bool, yes, no plain) plain {
		if cond {
			return yes
		}
		return no
	}
	if was, is := a.isTrue(kwWriteOnly), b.isTrue(kwWriteOnly); was != is {
		if both {
			note(pick(is, requestRequiredWriteOnly, requestRequiredNotWriteOnly), inRequest, kwWriteOnly, 0)
		} else {
			note(pick(is, requestOptionalWriteOnly, requestOptionalNotWriteOnly), inRequest, kwWriteOnly, 0)
		}
		if required {
			note(pick(is, responseRequiredWriteOnly, responseRequiredNotWriteOnly), inResponse, kwWriteOnly, byWriteOnly)
		} else {
			note(pick(is, responseOptionalWriteOnly, responseOptionalNotWriteOnly), inResponse, kwWriteOnly, 0)
		}
	}
	if was, is := a.isTrue(kwReadOnly), b.isTrue(kwReadOnly); was != is {
		switch {
		case both && !is && c.left.doc.Version() >= openapi.V31:
			note(requestRequiredNotReadOnly31, inRequest, kwReadOnly, byReadOnly)
		case both:
			note(pick(is, requestRequiredReadOnly, requestRequiredNotReadOnly), inRequest, kwReadOnly, byReadOnly)
		default:
			note(pick(is, requestOptionalReadOnly, requestOptionalNotReadOnly), inRequest, kwReadOnly, byReadOnly)
		}
		if required {
			note(pick(is, responseRequiredReadOnly, responseRequiredNotReadOnly), inResponse, kwReadOnly, 0)
		} else {
			note(pick(is, responseOptionalReadOnly, responseOptionalNotReadOnly), inResponse, kwReadOnly, 0)
		}
	}
	return list
}
