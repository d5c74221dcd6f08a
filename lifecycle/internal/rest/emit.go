package rest

import (
	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// emission is a pair as an operation uses it.
type emission struct {
	context    context
	pair       *pair
	inAllOf    bool
	root       bool
	operations numbers
	place      string
}

// causeKey tells causes apart.
type causeKey struct {
	entry          *Entry
	level          check.Severity
	base, revision *openapi.Node
	key            string
}

// found is a change that was found, with the operations it reaches.
type found struct {
	causeKey
	from, to   string
	operations numbers
	place      string
	also       string
	beyond     bool
}

// note notes a change, or that one noted before reaches more operations.
func (c *comparison) note(f found) {
	if i, ok := c.index[f.causeKey]; ok && !c.options.Rows {
		c.found[i].operations.addAll(f.operations)
		c.found[i].beyond = c.found[i].beyond && f.beyond
		return
	}
	c.index[f.causeKey] = len(c.found)
	f.operations = append(numbers(nil), f.operations...)
	c.found = append(c.found, f)
}

// emit names the facts of a pair and of the edge that led to it.
func (c *comparison) emit(at *emission, by *edge) {
	site := at.context.site
	if !at.root {
		site, _ = at.context.member()
	}
	for i := range at.pair.facts {
		c.emitFact(at, site, &at.pair.facts[i])
	}
	if by != nil {
		for i := range by.facts {
			c.emitFact(at, site, &by.facts[i])
		}
	}
	if at.root && site == parameter {
		c.emitItems(at)
	}
}

func (c *comparison) emitFact(at *emission, site Site, f *fact) {
	sites := f.loose
	if at.context.strict {
		sites = f.strict
	}
	if at.context.header {
		c.emitAt(at, requestHeaderProperty, sites, f)
	}
	if f.inside {
		if member, ok := at.context.member(); ok {
			c.emitInside(at, member, sites, f)
		}
		return
	}
	c.emitAt(at, site, sites, f)
}

// emitInside emits a fact about a member of the schema.
func (c *comparison) emitInside(at *emission, member Site, sites siteSet, f *fact) {
	c.emitAt(at, member, sites, f)
	if member == responseProperty {
		c.emitAt(at, responseWriteOnlyProperty, sites, f)
	}
}

// emitAt emits a fact at a site where it has a name.
func (c *comparison) emitAt(at *emission, site Site, sites siteSet, f *fact) {
	if !sites.has(site) || f.verb.isDefault() && !f.member && site == parameter && at.context.noDefault {
		return
	}
	e := c.entryAt(at, site, f)
	if e == nil {
		return
	}
	c.note(found{
		causeKey: causeKey{e, at.level(e, f.caps), f.base, f.revision, f.key},
		from:     f.from, to: f.to, operations: at.operations, place: at.place, beyond: at.context.beyond || e.Own,
	})
}

func (v verb) isDefault() bool {
	return v == defaultAdded || v == defaultRemoved || v == defaultChanged
}

func (c *comparison) entryAt(at *emission, site Site, f *fact) *Entry {
	t := table()
	if f.member {
		return t.of[f.plain]
	}
	v := f.verb
	if v == typeChanged && site == parameter && at.context.repeated && c.listsScalar(at.pair) {
		v = typeGeneralized
	}
	row := &t.at[v]
	switch {
	case site == requestProperty && !f.inside && at.pair.revision.isTrue(kwReadOnly) && row[requestReadOnlyProperty] != nil:
		return row[requestReadOnlyProperty]
	case site == responseProperty && !f.inside && at.pair.revision.isTrue(kwWriteOnly) && v == enumValueAdded:
		return row[responseWriteOnlyProperty]
	case site == responseBody && row[responseMediaType] != nil:
		return row[responseMediaType]
	}
	return row[site]
}

// level is the level of an entry after what takes the edge off it here.
func (at *emission) level(e *Entry, c caps) check.Severity {
	level := e.levelFor(at.context.reversed)
	own := at.context.site
	if own != requestBody && own != responseBody || c == uncapped {
		return level
	}
	doubtful := c&byRoot != 0 && at.context.allOf || c&byBranch != 0 && at.inAllOf || c&byOwnAllOf != 0 && at.pair.inAllOf
	if doubtful {
		level = min(level, check.Warning)
	}
	if at.root {
		return level
	}
	unsent := !at.context.reversed && (c&byReadOnly != 0 && own == requestBody && at.pair.revision.isTrue(kwReadOnly) ||
		c&byWriteOnly != 0 && own == responseBody && at.pair.revision.isTrue(kwWriteOnly))
	if unsent {
		level = check.Info
	}
	return level
}

// listsScalar reports whether a value became a list of such values. Where a
// parameter is given once for each value, that takes what was given before.
func (c *comparison) listsScalar(p *pair) bool {
	t := typeChangeOf(p.base, p.revision)
	added, was := withoutNull(t.added), withoutNull(t.was)
	items := p.revision.get(kwItems)
	if len(added) != 1 || added[0] != "array" || len(was) == 0 || items == nil {
		return false
	}
	item := c.right.use(items).schema
	of := typeChange{added: withoutNull(item.types), removed: was}
	if !of.typesFit(false) {
		return false
	}
	const types = 1<<kwType | 1<<kwNullable
	return c.same(p.base.without(types), item.without(types), true)
}

// without returns a schema that lacks keywords.
func (s *schema) without(set keywordSet) *schema {
	t := *s
	t.has, t.nodes, t.node, t.types = s.has&^set, nil, nil, nil
	for k := range keywords {
		if t.has.has(k) {
			t.nodes = append(t.nodes, s.get(k))
		}
	}
	return &t
}

func withoutNull(types []string) []string { return absent(types, []string{"null"}) }

// emitItems emits how many items those of a list parameter may have.
func (c *comparison) emitItems(at *emission) {
	limit := at.pair.base.get(kwMaxItems) == at.pair.revision.get(kwMaxItems) || sameValue(at.pair.base.get(kwMaxItems), at.pair.revision.get(kwMaxItems))
	for i := range at.pair.edges {
		e := &at.pair.edges[i]
		if e.by != kwItems || !limit {
			continue
		}
		for j := range e.to.facts {
			if f := &e.to.facts[j]; !f.member && (f.verb == maxItems.verb(increased) || f.verb == maxItems.verb(decreased)) {
				c.emitAt(at, parameter, all, f)
			}
		}
	}
}
