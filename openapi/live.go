package openapi

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Live is a document whose text is being edited. It takes an edit into the
// tree and the index without reading the rest of the text again, where the
// edit is local: inside info, one member of paths, of webhooks, or of a group of
// components, in a JSON text of one source that is sound before and after.
//
// The tree changes in place, so a Live owns its document: nobody else may read
// it while Edit runs, nor keep a node over an edit. A Live is not safe for
// concurrent use.
type Live struct {
	doc     *Document
	order   []*Region // in source order, which edits do not change
	of      map[*Node]*Region
	rest    *Region           // stands for what is in no region
	trunk   [numRoles][]*Node // what is in every view, by role, in source order
	values  int
	reached bool // Region.users is up to date

	dangling bool // something that may be data refers to nothing
}

// Region is a part of a live document that an edit can stay inside of: info, or a
// member of a group.
type Region struct {
	node    *Node
	pointer string
	uses    map[*Region]sense
	users   []use
	deep    bool // references lead to what stands inside
	always  bool // is in every view
	values  int
	names   naming
}

// sense says as what a region is referred to.
type sense uint8

const (
	asSchema sense = 1 << iota // where a schema stands
	asOther                    // anywhere else, be it in data
)

// use is a reference to a region.
type use struct {
	by *Region
	as sense
}

// Pointer returns the JSON Pointer of the region.
func (r *Region) Pointer() string { return r.pointer }

// NewLive takes the document over. It is nil where no edit of the document
// could be taken as local: YAML, several sources, problems of the document,
// schemas that are named by $id or an anchor, references to the document as a
// whole or to a map of components.
func NewLive(d *Document) *Live {
	s := d.root
	if len(d.sources) != 1 || s.twice || len(d.problems) != len(s.badKeys) || d.index.late || d.pruned != nil ||
		len(d.index.unreadable) > 0 || s.root.Has("$self") || s.namesSchemas(s.text) || !utf8.ValidString(s.text) ||
		s.format == YAML && !s.plainYAML() {
		return nil
	}
	for _, k := range s.badKeys {
		if k.node.kstart != k.start {
			return nil
		}
	}
	s.once.Do(s.scanLines)
	if s.runes != nil && s.longestLine() > maxLine {
		return nil
	}
	l := &Live{doc: d, of: map[*Node]*Region{}, rest: &Region{uses: map[*Region]sense{}}}
	l.findRegions()
	if !l.survey(s.root, l.rest) || !l.agrees() {
		return nil
	}
	for _, ref := range d.index.refList {
		if r := l.regionOf(ref.Target); r != nil && r.node != ref.Target {
			r.deep = true
		}
	}
	l.findTrunk()
	l.gathers()
	return l
}

// maxLine is how long a line may be in which code points are counted from its
// start each time.
const maxLine = 64 << 10

// namesSchemas reports whether a text may give schemas names besides their
// place.
func (s *Source) namesSchemas(text string) bool {
	quote := `"`
	if s.format == YAML {
		quote = ""
	}
	for _, key := range [...]string{"$id", "$anchor", "$dynamicAnchor", "$dynamicRef"} {
		if strings.Contains(text, quote+key+quote) {
			return true
		}
	}
	return strings.Contains(text, `\u0024`) || s.format == YAML && (strings.Contains(text, `\x24`) || strings.Contains(text, `\U00000024`))
}

// Document returns the document as it is now.
func (l *Live) Document() *Document { return l.doc }

// groups are the maps whose members are regions.
var groups = [][]string{
	{"paths"}, {"webhooks"}, {"x-webhooks"}, {"definitions"}, {"parameters"}, {"responses"},
	{"components", "schemas"}, {"components", "responses"}, {"components", "parameters"}, {"components", "requestBodies"},
	{"components", "headers"}, {"components", "links"}, {"components", "callbacks"}, {"components", "pathItems"}, examplesGroup,
}

// examplesGroup is the group in whose members `value` is data.
var examplesGroup = []string{"components", "examples"}

func (l *Live) findRegions() {
	for _, path := range groups {
		group := l.doc.root.root.Find(path...)
		if !group.Is(Object) || group.refers || group.parent.refers {
			continue
		}
		for _, c := range group.kids {
			if !c.Is(Object) || c.refers || c.role == 0 || c.src.format == YAML && !c.isBlock() {
				continue
			}
			r := &Region{node: c, pointer: c.Pointer(), uses: map[*Region]sense{}}
			if slices.Equal(path, examplesGroup) {
				r.names = inExample
			}
			l.order, l.of[c] = append(l.order, r), r
		}
	}
	if info := l.doc.root.root.Get("info"); info.Role() == InfoRole && (info.src.format == JSON || info.isBlock()) {
		r := &Region{node: info, pointer: info.Pointer(), uses: map[*Region]sense{}, always: true}
		l.order, l.of[info] = append(l.order, r), r
	}
	slices.SortFunc(l.order, func(a, b *Region) int { return int(a.node.start) - int(b.node.start) })
}

// findTrunk finds what every view has.
func (l *Live) findTrunk() {
	for role, nodes := range l.doc.index.byRole {
		l.trunk[role] = nil
		for _, n := range nodes {
			if r := l.regionOf(n); r == nil || r.always {
				l.trunk[role] = append(l.trunk[role], n)
			}
		}
	}
}

// regionOf returns the region that a node stands in, nil where it stands in
// the trunk.
func (l *Live) regionOf(n *Node) *Region {
	for depth := 0; n != nil; n = n.parent {
		if r := l.of[n]; r != nil {
			return r
		}
		if depth++; depth > maxDepth {
			return nil
		}
	}
	return nil
}

// survey notes what a part of the tree refers to, in whatever sense: also a
// $ref in an example is one for some rules. It reports whether regions can
// still be told apart.
func (l *Live) survey(n *Node, in *Region) bool {
	l.values++
	if r := l.of[n]; r != nil {
		in = r
	}
	in.values++
	if n.kind == Object {
		if ref := n.Get("$ref"); ref.Is(String) && !l.use(in, ref.text, senseOf(n)) {
			return false
		}
		if n.key == "mapping" && n.parent.key == "discriminator" {
			for _, c := range n.kids {
				if isFileMapping(c) || !l.use(in, c.text, asSchema|asOther) {
					return false
				}
			}
		}
	}
	for _, c := range n.kids {
		if len(c.kids) == 0 {
			l.values++
			in.values++
			continue
		}
		if !l.survey(c, in) {
			return false
		}
	}
	return true
}

// use notes that something in a region names a place by a reference.
func (l *Live) use(in *Region, ref string, as sense) bool {
	target, deep, known := l.target(ref)
	if !known {
		return false
	}
	if target == nil {
		return true
	}
	target.deep = target.deep || deep
	if in != target {
		in.uses[target] |= as
	}
	return true
}

// senseOf says as what that is referred to which stands for a node.
func senseOf(n *Node) sense {
	if n.expected() == SchemaRole {
		return asSchema
	}
	return asOther
}

// expected returns the role that the grammar has for the place of a node, where
// it is known.
func (n *Node) expected() Role {
	p := n.parent
	if p == nil {
		return DocumentRole
	}
	if m, ok := grammar[p.role][n.key]; ok && p.kind == Object {
		if m.shape == one || m.shape == anyShape && n.kind != Array {
			return m.role
		}
		return NoRole
	}
	if wildcard[p.role] != NoRole || p.parent == nil {
		return wildcard[p.role]
	}
	if m, ok := grammar[p.parent.role][p.key]; ok && p.parent.kind == Object && p.role == NoRole && (m.shape == byName) == (p.kind == Object) && m.shape != one {
		return m.role
	}
	return NoRole
}

// target returns the region that a reference leads into, nil where it leads
// nowhere, and whether it leads to what stands inside. It is not known where a
// reference names what holds regions.
func (l *Live) target(ref string) (r *Region, deep, known bool) {
	fragment, local := strings.CutPrefix(ref, "#")
	if !local {
		return nil, false, true // leads to nothing: there is one source, and no schema has a name
	}
	if fragment == "" {
		return nil, false, false
	}
	if fragment[0] != '/' && fragment[0] != '%' {
		return nil, false, true
	}
	tokens, err := ParsePointer(unescapeFragment(fragment))
	if err != nil {
		return nil, false, true
	}
	n := l.doc.root.root
	for i, t := range tokens {
		next := n.child(t)
		if next == nil {
			// What a reference on the way leads to is not followed here.
			l.dangling = true
			return cmp.Or(r, l.rest), true, !n.refers
		}
		n = next
		if r == nil && l.of[n] != nil {
			r, deep = l.of[n], i+1 < len(tokens)
		}
	}
	if r != nil {
		return r, deep, true
	}
	// The trunk has it. What holds regions must not be named as a whole.
	for _, path := range groups {
		for g := l.doc.root.root.Find(path...); g != nil; g = g.parent {
			if g == n {
				return nil, false, false
			}
		}
	}
	return l.rest, false, true
}

// agrees reports whether the references of the document are those that its
// regions, each seen alone, have, so that a region can be read again alone.
func (l *Live) agrees() bool {
	alone := map[*Region]int{}
	for _, r := range l.order {
		alone[r] = len(r.collect(r.node, l.doc.version).refs)
	}
	for _, ref := range l.doc.index.refList {
		if r := l.regionOf(ref.Node); r != nil {
			alone[r]--
		}
	}
	for _, n := range alone {
		if n != 0 {
			return false
		}
	}
	return true
}

// collect finds the references of a node that stands where the region does.
func (r *Region) collect(n *Node, v Version) foundRefs {
	s := refScan{version: v}
	s.scan(n, r.names)
	return s.foundRefs
}

// Users returns the region and all regions that lead to it through
// references, in source order.
func (l *Live) Users(r *Region) []*Region { return l.leading(r, asSchema|asOther) }

// UsersBesideSchemas is Users but for what leads there through a reference that
// stands in the place of a schema.
func (l *Live) UsersBesideSchemas(r *Region) []*Region { return l.leading(r, asOther) }

func (l *Live) leading(r *Region, as sense) []*Region {
	if !l.reached {
		all := append([]*Region{l.rest}, l.order...)
		for _, q := range all {
			q.users = q.users[:0]
		}
		for _, q := range all {
			for used, as := range q.uses {
				used.users = append(used.users, use{q, as})
			}
		}
		l.reached = true
	}
	seen := map[*Region]bool{r: true}
	queue := []*Region{r}
	for i := 0; i < len(queue); i++ {
		for _, u := range queue[i].users {
			if !seen[u.by] && u.as&as != 0 {
				seen[u.by] = true
				queue = append(queue, u.by)
			}
		}
	}
	queue = slices.DeleteFunc(queue, func(q *Region) bool { return q == l.rest })
	slices.SortFunc(queue, func(a, b *Region) int { return int(a.node.start) - int(b.node.start) })
	return queue
}

// View returns a document that has the trunk, info and the given regions, which
// must be in source order, and nothing else: its root, its nodes by role and its
// operations leave the others out. References lead everywhere as before, and
// every node knows its place in the whole. It is of use until the next Edit.
func (l *Live) View(regions []*Region) *Document {
	d := l.doc
	v := &Document{version: d.version, raw: d.raw, root: d.root, sources: d.sources, byName: d.byName}
	v.index.refs, v.index.refList, v.index.unreadable = d.index.refs, d.index.refList, d.index.unreadable
	in := make(map[*Node]bool, len(regions))
	for _, r := range regions {
		in[r.node] = true
	}
	copies := map[*Node]*Node{}
	v.spans = l.spansOf(in)
	v.pruned = l.prune(d.root.root, in, copies)
	for role := range v.index.byRole {
		whole := d.index.byRole[role]
		nodes := make([]*Node, 0, len(l.trunk[role])+8)
		for _, n := range l.trunk[role] {
			if c := copies[n]; c != nil {
				n = c
			}
			nodes = append(nodes, n)
		}
		own := len(nodes)
		for _, r := range regions {
			if !r.always {
				from, to := within(whole, r.node)
				nodes = append(nodes, whole[from:to]...)
			}
		}
		if own > 0 && own < len(nodes) {
			slices.SortStableFunc(nodes, func(a, b *Node) int { return int(a.start) - int(b.start) })
		}
		v.index.byRole[role] = nodes
	}
	v.buildOperations()
	return v
}

// spansOf returns what of the text the trunk and the regions are.
func (l *Live) spansOf(in map[*Node]bool) []Span {
	s := l.doc.root
	var spans []Span
	from := 0
	for _, r := range l.order {
		if !in[r.node] && !r.always {
			spans = append(spans, Span{s, from, int(r.node.start)})
			from = int(r.node.end)
		}
	}
	return append(spans, Span{s, from, len(s.text)})
}

// within returns the range of the nodes, which are in source order, that stand
// in a value.
func within(nodes []*Node, n *Node) (from, to int) { return between(nodes, n.start, n.end) }

// between is within for a range of the text.
func between(nodes []*Node, start, end uint32) (from, to int) {
	at := func(c *Node, offset uint32) int { return int(c.start) - int(offset) }
	from, _ = slices.BinarySearchFunc(nodes, start, at)
	to, _ = slices.BinarySearchFunc(nodes, end, at)
	return from, to
}

// prune copies what holds regions, without those that are not wanted.
func (l *Live) prune(n *Node, in map[*Node]bool, copies map[*Node]*Node) *Node {
	c := *n
	c.byKey = nil
	c.kids = make([]*Node, 0, len(n.kids))
	for _, k := range n.kids {
		switch {
		case l.of[k] != nil && !in[k] && !l.of[k].always:
			continue
		case l.of[k] == nil && l.holds(k):
			k = l.prune(k, in, copies)
		}
		c.kids = append(c.kids, k)
	}
	if len(c.kids) > largeObject {
		c.byKey = make(map[string]*Node, len(c.kids))
		for _, k := range c.kids {
			c.byKey[k.key] = k
		}
	}
	copies[n] = &c
	return &c
}

// holds reports whether regions stand in a member of the root, or in one of
// its members.
func (l *Live) holds(n *Node) bool {
	depth := 0
	for p := n.parent; p != nil; p = p.parent {
		depth++
	}
	for _, path := range groups {
		if len(path) >= depth && l.doc.root.root.Find(path[:depth]...) == n {
			return true
		}
	}
	return false
}
