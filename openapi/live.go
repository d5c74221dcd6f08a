package openapi

import (
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
