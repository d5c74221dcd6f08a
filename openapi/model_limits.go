package openapi

import (
	"errors"
	"strings"
)

// kin-openapi's resolver goes through what a reference names each time that
// one names it, copies what its structs have no field for, and recurses as
// deep as references lead. On a description made to hurt, the first takes
// hours, the second forever, and the third ends the process. So what it would
// do is reckoned on the tree before it starts.

const (
	// maxModelDepth bounds the levels of recursion. 300,000 references in a
	// chain, 1.2 million levels, still fit on a goroutine's stack of 1 GB;
	// GitHub's description has 11,000.
	maxModelDepth = 400_000
	// maxModelVisits bounds the values that the resolver may visit, some ten
	// seconds' worth. GitHub's description takes 650,000.
	maxModelVisits = 100_000_000
	// maxUnresolved bounds the references that lead in circles or to others
	// that lead nowhere: each is followed to its end for each.
	maxUnresolved = 1000
	// maxModelCopies bounds the values that are copied, a second's worth and
	// 100 MB.
	maxModelCopies = 200_000
)

// extent is what lies within the target of a reference.
type extent struct {
	size, height int
	refs         []*Node
}

type modelLimits struct {
	doc     *Document
	extents map[*Node]*extent
	typed   map[*Node]bool
	whole   map[*Source]bool // sources that a reference names as a whole
	onPath  map[string]bool  // references being resolved, by their text, as kin-openapi knows them
	visits  int              // values that are visited
	copies  int              // values that are copied
}

// errCopies says that the references could be followed if what has no struct
// were not copied.
var errCopies = errors.New("the references of the document make too many copies")

// checkModelLimits returns an error where resolving the references of the
// model would take too much time or stack: errCopies where sharing all targets
// helps.
func (d *Document) checkModelLimits() error {
	m := modelLimits{
		doc: d, extents: map[*Node]*extent{}, typed: map[*Node]bool{}, whole: map[*Source]bool{}, onPath: map[string]bool{},
	}
	if err := m.measure(); err != nil {
		return err
	}
	shared := 0
	for _, r := range d.index.refList {
		if r.Target == nil {
			continue
		}
		if shared += m.extents[r.Target].size + 1; shared > maxModelVisits {
			return fail(ruleModel, r.Node.Location(), nil, "the references of the document repeat too much to be followed")
		}
	}
	for _, r := range d.index.refList {
		if m.resolve(r); m.tooMuch() {
			return errCopies
		}
	}
	return nil
}

// measure finds what lies within the targets and how deep they lead.
func (m *modelLimits) measure() error {
	d := m.doc
	unresolved := 0
	for _, r := range d.index.refList {
		if r.Target == nil {
			continue
		}
		if r.final == nil {
			if unresolved++; unresolved > maxUnresolved {
				return fail(ruleModel, r.Node.Location(), nil, "too many references of the document lead in circles")
			}
		}
		m.extents[r.Target] = &extent{}
		if !strings.Contains(r.Value(), "#") {
			m.whole[r.Target.src] = true
		}
	}
	for _, src := range d.sources {
		w := extentWalk{limits: m, refs: src.refs}
		w.walk(src.root)
	}
	levels, deepest := 0, map[string]int{}
	for _, r := range d.index.refList {
		if r.Target == nil {
			continue
		}
		if h, text := m.extents[r.Target].height+2, r.Value(); h > deepest[text] {
			levels += h - deepest[text]
			deepest[text] = h
		}
	}
	if levels > maxModelDepth {
		return fail(ruleModel, d.Root().Location(), nil, "the references of the document nest too deep to be followed")
	}
	return nil
}

// resolve adds the work that one reference makes. What kin-openapi has a
// struct for is shared: its own references are resolved once, on their own
// account. What it copies is resolved anew in every copy.
func (m *modelLimits) resolve(r *Ref) {
	if r.Target == nil || m.onPath[r.Value()] || m.tooMuch() {
		return
	}
	e := m.extents[r.Target]
	if m.isTyped(r.Target) {
		m.visits += e.size + 1
		return
	}
	m.copies += e.size + 1
	if m.whole[r.Target.src] {
		if all := m.extents[r.Target.src.root]; all != nil {
			m.copies += all.size
		}
	}
	m.onPath[r.Value()] = true
	for _, n := range e.refs {
		m.resolve(m.doc.index.refs[n])
	}
	delete(m.onPath, r.Value())
}

func (m *modelLimits) tooMuch() bool { return m.copies > maxModelCopies || m.visits > maxModelVisits }

func (m *modelLimits) isTyped(n *Node) bool {
	typed, known := m.typed[n]
	if !known {
		typed = m.doc.modelHolds(n)
		m.typed[n] = typed
	}
	return typed
}

// extentWalk measures the targets of a source in one walk. The references of
// a source are in its order, so those within a value are a part of the list.
type extentWalk struct {
	limits *modelLimits
	refs   []*Node
	passed int
}

func (w *extentWalk) walk(n *Node) (size, height int) {
	from := w.passed
	if w.passed < len(w.refs) && w.refs[w.passed] == n {
		w.passed++
	}
	size = 1
	for _, c := range n.kids {
		s, h := w.walk(c)
		size += s
		height = max(height, h+1)
	}
	if e := w.limits.extents[n]; e != nil {
		*e = extent{size: size, height: height, refs: w.refs[from:w.passed]}
	}
	return size, height
}

// modelHolds reports whether kin-openapi's model has a struct for the value
// at its place, rather than a generic map.
func (d *Document) modelHolds(n *Node) bool {
	if n.parent == nil {
		return false // a reference to a whole source has it read anew
	}
	upgraded := d.version == V20 && n.src == d.root
	var path []*Node
	for ; n.parent != nil; n = n.parent {
		path = append(path, n)
	}
	role := DocumentRole
	for i := len(path) - 1; i >= 0; i-- {
		key := path[i].key
		if next := wildcard[role]; next != 0 {
			if strings.HasPrefix(key, "x-") {
				return false
			}
			role = next
			continue
		}
		m, ok := grammar[role][key]
		if !ok || !upgraded && modelLacks[role][key] {
			return false
		}
		role = m.role
		if m.shape == list || m.shape == byName || m.shape == anyShape && path[i].kind == Array {
			if i--; i < 0 {
				return false
			}
		}
	}
	return true
}

// modelLacks says which members that the specifications define are extensions
// to kin-openapi's model of 3.x.
var modelLacks = [numRoles]map[string]bool{
	DocumentRole: {
		"x-webhooks": true, "definitions": true, "parameters": true, "responses": true, "securityDefinitions": true,
	},
	ParameterRole:  {"items": true},
	ResponseRole:   {"schema": true},
	MediaTypeRole:  {"prefixEncoding": true, "itemEncoding": true},
	EncodingRole:   {"encoding": true, "prefixEncoding": true, "itemEncoding": true},
	SchemaRole:     {"additionalItems": true, "definitions": true},
	OAuthFlowsRole: {"deviceAuthorization": true},
	ComponentsRole: {"pathItems": true, "mediaTypes": true},
}
