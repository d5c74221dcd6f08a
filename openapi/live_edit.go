package openapi

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Edit is a change of a live document that has been prepared: nothing of the
// document is another yet, so that what it was can still be looked at.
type Edit struct {
	// Region is the one that the edit stays inside of, nil where the text is
	// the same or members of a group are others.
	Region *Region
	// Was are the regions that are read again, Is what they are then: the one
	// region, or the members of a group that are gone and those that are new.
	Was, Is []*Region
	// Start and End are the byte range of that in the old text, in YAML of whole
	// lines; Delta is how many bytes longer the new one is.
	Start, End, Delta int
	// From and To are the byte range of the old text that is another.
	From, To int

	live  *Live
	text  string
	node  *Node // the region read again; its places are within itself
	old   *Node // the smallest value that is another,
	now   *Node // and what it is in node
	refs  []*Ref
	deep  []*Region
	value int

	badKeys []badKey // of what is read again

	group       *Node // whose members are others: from first up to last they are
	first, last int
	added       []*Node // these, whose places are within what is read
	role        Role
	names       naming
}

// Prepare reads what is another in the text of the document. It reports false
// where the edit is not local, which a text that is not sound never is; then
// nothing has happened, and the text has to be loaded as a whole.
func (l *Live) Prepare(text string) (*Edit, bool) {
	s := l.doc.root
	text = strings.TrimPrefix(text, utf8BOM)
	if int64(len(text)) > l.doc.limit-int64(len(utf8BOM)) {
		return nil, false
	}
	from, to, same := differing(s.text, text)
	if same {
		return &Edit{live: l, text: text}, true
	}
	r := l.around(from, to)
	if r == nil {
		return l.prepareGroup(text, from, to)
	}
	if r.deep {
		return nil, false
	}
	e := &Edit{Region: r, Was: []*Region{r}, Is: []*Region{r}, names: r.names, Delta: len(text) - len(s.text), From: from, To: to, live: l, text: text}
	e.Start, e.End = r.extent()
	// A copy, so that the nodes do not keep the whole text alive.
	part := strings.Clone(text[e.Start : e.End+e.Delta])
	if !utf8.ValidString(part) || strings.IndexByte(part, 0) >= 0 || s.namesSchemas(part) {
		return nil, false
	}
	if s.format == YAML {
		e.node, e.badKeys = parseBlock(part, r.node)
	} else {
		e.node = parsePart(s, part, r.node)
	}
	if e.node == nil || e.node.Get("$ref") != nil {
		return nil, false
	}
	if !e.follow() {
		return nil, false
	}
	e.innermost()
	return e, true
}

// innermost finds the smallest value, in the old tree and the new, outside of
// which nothing is another.
func (e *Edit) innermost() {
	old, now := e.Region.node, e.node
	for {
		e.old, e.now = old, now
		if old.kind != now.kind || old.kind != Object && old.kind != Array || len(old.kids) != len(now.kids) {
			return
		}
		i, _ := slices.BinarySearchFunc(old.kids, e.From, func(c *Node, at int) int { return cmp.Compare(int(c.end), at) })
		if i == len(old.kids) {
			return
		}
		old, now = old.kids[i], now.kids[i]
		// Inside the value, so that what is left and right of it is the same text.
		if old.key != now.key || int(old.start) > e.From || int(old.end) < e.To ||
			int(now.start)+e.Start != int(old.start) || int(now.end)+e.Start != int(old.end)+e.Delta {
			return
		}
	}
}

// Value returns the byte range of the smallest value in the old text outside
// of which nothing is another.
func (e *Edit) Value() (start, end int) {
	if e.Region == nil || e.old == e.Region.node {
		return e.Start, e.End
	}
	return e.old.Offsets()
}

// Scalar reports whether one scalar takes the place of another, and no member
// has another name.
func (e *Edit) Scalar() bool {
	return e.old != nil && len(e.old.kids) == 0 && len(e.now.kids) == 0 && e.old.kind < Array && e.now.kind < Array && e.old.key != "$ref"
}

// Same reports whether the text is the same.
func (e *Edit) Same() bool { return e.Region == nil && e.group == nil }

// Prose reports whether nothing is another but what one summary or description
// of an object of the description says. What stands in an example is data,
// whatever its name.
func (e *Edit) Prose() bool {
	return e.Scalar() && e.old.kind == String && e.now.kind == String &&
		e.old.parent.role != NoRole && (e.old.key == "description" || e.old.key == "summary")
}

// OutsideSchemas reports whether one scalar takes the place of another that
// stands in no schema, and is none.
func (e *Edit) OutsideSchemas() bool {
	if !e.Scalar() || e.old.key == "type" || e.old.parent.key == "type" { // a schema may refer to what is none
		return false
	}
	for n := e.old; n != nil; n = n.parent {
		if n.role == SchemaRole || n.key == "schema" || n.key == "schemas" || n.key == "definitions" {
			return false
		}
	}
	return true
}

// SameReferences reports whether the region refers to what it did before, in
// the same order.
func (e *Edit) SameReferences() bool {
	return e.Region != nil && slices.Equal(references(e.Region.node, nil), references(e.node, nil))
}

// references lists the references in a part of the tree, also those that stand
// in data; what stands beside one is left out.
func references(n *Node, to []string) []string {
	if ref := n.Get("$ref"); ref.Is(String) {
		return append(to, ref.text)
	}
	for _, c := range n.kids {
		if len(c.kids) > 0 {
			to = references(c, to)
		}
	}
	return to
}

// differing returns the byte range of the old text that is another in the new.
func differing(old, text string) (from, to int, same bool) {
	n := min(len(old), len(text))
	if len(old) == len(text) && old == text {
		return 0, 0, true
	}
	const block = 4096 // compared at once, which is many times faster
	for from+block <= n && old[from:from+block] == text[from:from+block] {
		from += block
	}
	for from < n && old[from] == text[from] {
		from++
	}
	tail := 0
	for tail+block <= n-from && old[len(old)-tail-block:len(old)-tail] == text[len(text)-tail-block:len(text)-tail] {
		tail += block
	}
	for tail < n-from && old[len(old)-1-tail] == text[len(text)-1-tail] {
		tail++
	}
	return from, len(old) - tail, false
}

// around returns the region inside whose braces the range lies.
func (l *Live) around(from, to int) *Region {
	i, _ := slices.BinarySearchFunc(l.order, from, func(r *Region, at int) int { return cmp.Compare(int(r.node.start), at) })
	if i == 0 {
		return nil
	}
	r := l.order[i-1]
	start, end := r.extent()
	if l.doc.root.format == YAML {
		if from < start && i > 1 { // before the first value of the next region
			r = l.order[i-2]
			start, end = r.extent()
		}
		if from < start || to > end {
			return nil
		}
		return r
	}
	if from <= start || to >= end {
		return nil
	}
	return r
}

// extent is the range of the text that the region is read from.
func (r *Region) extent() (start, end int) {
	if r.node.src.format == YAML {
		return r.node.block()
	}
	return r.node.Offsets()
}

// parsePart reads the text of one object that stands where the old one does,
// nil where it is not sound.
func parsePart(s *Source, part string, old *Node) *Node {
	depth := 0
	for n := old.parent; n != nil; n = n.parent {
		depth++
	}
	scratch := &Source{name: s.name, text: part, format: JSON}
	p := jsonParser{
		src: scratch, text: part,
		dec: jsontext.NewDecoder(bytes.NewBufferString(part), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true)),
	}
	n, err := p.value(nil, depth)
	if err != nil || p.offset() != len(part) || len(scratch.duplicates) > 0 || !n.Is(Object) {
		return nil
	}
	return n
}

// follow finds what the references of the part lead to. It reports false where
// one leads nowhere, to what has no role, or deep into the region itself, and
// where another source would have to be read.
func (e *Edit) follow() bool {
	d := e.live.doc
	var found foundRefs
	for _, n := range e.read() {
		if !e.survey(n) {
			return false
		}
		in := (&Region{names: e.names}).collect(n, d.version)
		found.refs, found.mappings = append(found.refs, in.refs...), append(found.mappings, in.mappings...)
	}
	if e.live.values+e.value > maxValues || len(found.mappings) > 0 {
		return false
	}
	for _, n := range found.refs {
		ref := &Ref{Node: n, begun: true}
		text := ref.Value()
		if !strings.HasPrefix(text, "#/") {
			return false
		}
		target, err := d.lookup(d.root.root, text, 0)
		if err != nil || d.Resolve(target).Role() == 0 {
			return false
		}
		r := e.live.regionOf(target)
		if e.group != nil && slices.Contains(e.Was, r) {
			return false
		}
		if r != nil && r.node != target {
			if r == e.Region {
				return false
			}
			e.deep = append(e.deep, r)
		}
		ref.Target = target
		e.refs = append(e.refs, ref)
	}
	return true
}

// read returns what was read again.
func (e *Edit) read() []*Node {
	if e.group != nil {
		return e.added
	}
	return []*Node{e.node}
}

// survey is that of a live document, for the part, whose nodes have no roles
// yet.
func (e *Edit) survey(n *Node) bool {
	e.value++
	if n.kind == Object {
		if ref := n.Get("$ref"); ref.Is(String) && !e.use(ref.text) {
			return false
		}
		if n.key == "mapping" && n.parent.Key() == "discriminator" {
			for _, c := range n.kids {
				if isFileMapping(c) || !e.use(c.text) {
					return false
				}
			}
		}
	}
	for _, c := range n.kids {
		if !e.survey(c) {
			return false
		}
	}
	return true
}

func (e *Edit) use(ref string) bool {
	r, deep, known := e.live.target(ref)
	if !known || deep && r == e.Region || e.group != nil && slices.Contains(e.Was, r) {
		return false
	}
	if deep && r != nil {
		e.deep = append(e.deep, r)
	}
	return true
}

// Apply makes the document that of the new text.
func (e *Edit) Apply() {
	if e.Same() {
		return
	}
	l, d, s := e.live, e.live.doc, e.live.doc.root
	s.text = e.text
	start, end := uint32(e.Start), uint32(e.End)
	if e.Region != nil {
		start, end = e.Region.node.start, e.Region.node.end
	}
	ranges := [numRoles][2]int{}
	for role := range d.index.byRole {
		if e.group == nil || Role(role) != e.group.role { // a group holds none of its own role
			ranges[role][0], ranges[role][1] = between(d.index.byRole[role], start, end)
		}
	}
	firstRef := e.dropRefs(start, end)
	if e.group != nil {
		e.replaceMembers()
	} else {
		e.replaceRegion()
	}
	s.moveLines(e)
	e.moveBadKeys()
	e.addRefs(firstRef)

	scratch := &Document{version: d.version, root: d.root}
	scratch.index.refs = d.index.refs
	w := walker{doc: scratch, followed: map[*Ref]bool{}}
	for _, r := range e.Is {
		w.visit(r.node, e.role) // all that references lead to has a role already
	}
	for role := range d.index.byRole {
		nodes := scratch.index.byRole[role]
		slices.SortFunc(nodes, func(a, b *Node) int { return cmp.Compare(a.start, b.start) })
		at := ranges[role]
		if at[0] != at[1] || len(nodes) > 0 {
			d.index.byRole[role] = slices.Replace(d.index.byRole[role], at[0], at[1], nodes...)
		}
	}
	d.index.operations = make([]*Operation, 0, len(d.index.operations)+4)
	d.buildOperations()

	for _, r := range e.Is {
		l.survey(r.node, r) // which Prepare has seen to be sound
	}
	l.reached = false
	for _, r := range e.deep {
		r.deep = true
	}
	if e.Region != nil && e.Region.always {
		l.findTrunk()
	}
	for _, r := range e.Was {
		d.gathered.forget(r, l.Users(r))
	}
	l.gathers()
}

// replaceRegion puts what the region is now into the tree.
func (e *Edit) replaceRegion() {
	r, n := e.Region, e.Region.node
	e.role = n.role
	n.kids, n.byKey, n.role = e.node.kids, e.node.byKey, 0
	for _, k := range n.kids {
		k.parent = n
		k.settleIn(n.src, uint32(e.Start))
	}
	n.start, n.end = uint32(e.Start)+e.node.start, uint32(e.Start)+e.node.end
	n.shiftAfter(uint32(e.Delta))
	e.live.values -= r.values
	r.values, r.uses = 0, map[*Region]sense{}
}

// dropRefs takes the references of a range of the text out of the index, and
// returns where in it they stood.
func (e *Edit) dropRefs(start, end uint32) int {
	index := &e.live.doc.index
	from, _ := slices.BinarySearchFunc(index.refList, start, func(r *Ref, at uint32) int { return cmp.Compare(r.Node.start, at) })
	to := from
	for to < len(index.refList) && index.refList[to].Node.start < end {
		delete(index.refs, index.refList[to].Node)
		to++
	}
	index.refList = slices.Delete(index.refList, from, to)
	return from
}

// addRefs puts the references of the part into the index.
func (e *Edit) addRefs(at int) {
	d := e.live.doc
	e.live.doc.root.refs = nil // the index has them
	for _, r := range e.refs {
		r.Node.refers = true
		d.index.refs[r.Node] = r
	}
	d.index.refList = slices.Insert(d.index.refList, at, e.refs...)
	for _, r := range e.refs {
		d.followToEnd(r)
	}
}

// settleIn makes the nodes of a part, whose places are within it, nodes of the
// source.
func (n *Node) settleIn(s *Source, base uint32) {
	n.src = s
	n.start += base
	n.end += base
	if n.kend > 0 {
		n.kstart += base
		n.kend += base
	}
	for _, c := range n.kids {
		c.settleIn(s, base)
	}
}

// shiftAfter moves what stands behind a value, and the ends of what it stands
// in.
func (n *Node) shiftAfter(delta uint32) {
	for p := n.parent; p != nil; n, p = p, p.parent {
		if delta != 0 {
			for _, c := range p.kids[n.index+1:] {
				c.shift(delta)
			}
		}
		p.endAfter(delta)
	}
}

// endAfter moves the end of a value: in YAML, in block style, it is that of its
// last member.
func (n *Node) endAfter(delta uint32) {
	if n.src.format == JSON {
		n.end += delta
		return
	}
	n.end = n.start
	for _, c := range n.kids {
		n.end = max(n.end, c.end, c.kend)
	}
}

// moveBadKeys brings up to date what is said of keys that are no strings.
func (e *Edit) moveBadKeys() {
	d, s := e.live.doc, e.live.doc.root
	if len(s.badKeys)+len(e.badKeys) == 0 {
		return
	}
	kept := e.badKeys
	for _, k := range s.badKeys {
		if int(k.start) < e.Start || int(k.start) >= e.End {
			kept = append(kept, k)
		}
	}
	for i := range kept {
		kept[i].start = kept[i].node.kstart
	}
	slices.SortFunc(kept, func(a, b badKey) int { return cmp.Compare(a.start, b.start) })
	s.badKeys, s.problems = kept, nil
	s.keyProblems()
	d.problems = s.problems
}

// shift moves a value with all that is in it; a delta below zero is one that
// wraps around.
func (n *Node) shift(delta uint32) {
	n.start += delta
	n.end += delta
	if n.kend > 0 {
		n.kstart += delta
		n.kend += delta
	}
	for _, c := range n.kids {
		c.shift(delta)
	}
}

// moveLines brings the line table up to date. Where a text has carriage
// returns, it is made again: an edit can part one from its line feed.
func (s *Source) moveLines(e *Edit) {
	part := s.text[e.Start : e.End+e.Delta]
	if s.returns || strings.IndexByte(part, '\r') >= 0 {
		s.lines, s.runes = nil, nil
		s.scanLines()
		s.runes = nil
		return
	}
	from, _ := slices.BinarySearch(s.lines, uint32(e.Start+1))
	to, _ := slices.BinarySearch(s.lines, uint32(e.End+1))
	var lines []uint32
	for i := range len(part) {
		switch c := part[i]; {
		case c == '\n':
			lines = append(lines, uint32(e.Start+i+1))
		case c >= utf8.RuneSelf:
			s.ascii = false
		}
	}
	s.lines = slices.Replace(s.lines, from, to, lines...)
	for i := from + len(lines); i < len(s.lines); i++ {
		s.lines[i] += uint32(e.Delta)
	}
	s.runes = nil // no line is so long that it needs them
}
