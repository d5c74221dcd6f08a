package openapi

import "sync"

// Gather returns what f gathers in a document, part by part: in the whole, where
// it is not live. Of a live document each region is a part, and what was gathered
// there before an edit that cannot have touched it is not gathered again. So a
// rule that compares across a document costs no more after an edit than to put
// together what it keeps of each part.
//
// Put together in their order the parts are the document: [Document.Nodes] and
// [Document.Operations] of a part have what stands in it, each node and operation
// is in one of them, and references lead everywhere. The root is that of the
// whole. What f returns must not be changed, and f must depend on what stands in
// the part alone, but for what the reach adds. The key names f; one f of a key
// runs at a time.
func Gather[T any](d *Document, key string, reach Reach, f func(part *Document) T) []T {
	if d.gathered == nil {
		return []T{f(d)}
	}
	regions, facts := d.gathered.of(key, reach)
	all := make([]T, len(regions))
	for i, r := range regions {
		known, ok := facts[r]
		if !ok {
			known = f(d.gathered.part(r))
			facts[r] = known
		}
		all[i], _ = known.(T)
	}
	return all
}

// Reach says what a function that gathers looks at.
type Reach uint8

// The reaches.
const (
	Alone             Reach = iota // what stands in the part
	ThroughReferences              // and what its references lead to
)

// gatherings are what is kept of the parts of a live document.
type gatherings struct {
	live  *Live
	mu    sync.Mutex
	facts map[gathering]map[*Region]any
	parts map[*Region]*Document // since the last edit
}

type gathering struct {
	key   string
	reach Reach
}

func (g *gatherings) of(key string, reach Reach) ([]*Region, map[*Region]any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	facts := g.facts[gathering{key, reach}]
	if facts == nil {
		facts = map[*Region]any{}
		g.facts[gathering{key, reach}] = facts
	}
	return g.live.order, facts
}

// forget drops what was gathered in a region that is another now, and in those
// that lead to it.
func (g *gatherings) forget(r *Region, users []*Region) {
	if g == nil {
		return
	}
	clear(g.parts)
	for k, facts := range g.facts {
		delete(facts, r)
		if k.reach == ThroughReferences {
			for _, u := range users {
				delete(facts, u)
			}
		}
	}
}

// gathers makes the document one whose parts are gathered one by one, or no
// longer one.
func (l *Live) gathers() {
	switch d := l.doc; {
	case !l.parted():
		d.gathered = nil
	case d.gathered == nil:
		d.gathered = &gatherings{live: l, facts: map[gathering]map[*Region]any{}, parts: map[*Region]*Document{}}
	}
}

// parted reports whether the regions are the whole when they are put together in
// order: nothing that rules gather stands in no region, and operations are in the
// order of the text.
func (l *Live) parted() bool {
	for _, role := range [...]Role{PathItemRole, OperationRole, ParameterRole, ResponseRole, HeaderRole, MediaTypeRole, SchemaRole} {
		if len(l.trunk[role]) > 0 {
			return false
		}
	}
	if len(l.doc.index.byRole[CallbackRole]) > 0 {
		return false
	}
	var last *Node
	for _, key := range []string{"paths", "webhooks", "x-webhooks"} {
		group := l.doc.root.root.Get(key)
		if group == nil {
			continue
		}
		if last != nil && group.start < last.start {
			return false
		}
		last = group
		for _, item := range group.kids {
			if l.of[item] == nil {
				return false
			}
		}
	}
	return true
}

func (g *gatherings) part(r *Region) *Document {
	g.mu.Lock()
	defer g.mu.Unlock()
	p := g.parts[r]
	if p == nil {
		p = g.live.part(r)
		g.parts[r] = p
	}
	return p
}

// part returns the document with what stands in a region. It is of use while
// nothing is edited.
func (l *Live) part(r *Region) *Document {
	d := l.doc
	v := &Document{version: d.version, raw: d.raw, root: d.root, sources: d.sources, byName: d.byName}
	v.index.refs, v.index.refList, v.index.unreadable = d.index.refs, d.index.refList, d.index.unreadable
	for role, whole := range d.index.byRole {
		from, to := within(whole, r.node)
		v.index.byRole[role] = whole[from:to:to]
	}
	switch r.node.parent.key {
	case "paths":
		v.addOperations(r.node, FromPath)
	case "webhooks", "x-webhooks":
		v.addOperations(r.node, FromWebhook)
	}
	return v
}
