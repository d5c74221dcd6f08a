package openapi

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
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

// Same reports whether the text is the same.
func (e *Edit) Same() bool { return e.Region == nil && e.group == nil }

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
