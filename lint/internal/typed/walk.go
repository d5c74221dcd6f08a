package typed

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/plumbapi/plumb/openapi"
)

// Walk is one walk over a description. It is not safe for concurrent use.
type Walk struct {
	Doc  *openapi.Document
	Tree *Tree

	rules    []*Rule
	anys     []*level
	refs     []*Rule
	levels   [][]*level // by kind
	leaves   [][]*level
	seen     map[*openapi.Node]int // the kind as which a value was walked
	more     map[visit]bool        // the other kinds, where there are several
	resolved map[*openapi.Node]Resolved
	composed map[visit]bool
	ignored  map[*openapi.Node]bool
	walking  []*openapi.Node // by kind, what is being walked
	touched  []*level        // the levels of the objects that are being walked
	entered  []*level

	ctx     context.Context
	steps   int
	depth   int
	failed  error
	now     *Rule   // whose function is called
	context Context // what visitors are called with; they do not keep it
}

// visit is a value looked at as of a kind.
type visit struct {
	node *openapi.Node
	kind int
}

const (
	maxSteps = 30_000_000
	maxDepth = 12_000
)

// ErrTooMuch says that a walk was given up: the description multiplies with every
// reference, or nests too deep.
var ErrTooMuch = errors.New("walk over the description: too much work")

// New returns a walk that calls the rules.
func New(doc *openapi.Document, rules []*Rule) *Walk {
	w := &Walk{
		Doc: doc, Tree: For(doc.Version()), rules: rules,
		seen: map[*openapi.Node]int{}, more: map[visit]bool{}, resolved: map[*openapi.Node]Resolved{},
		composed: map[visit]bool{}, ignored: map[*openapi.Node]bool{},
	}
	for _, r := range rules {
		if r.Any != nil {
			w.anys = append(w.anys, &level{rule: r})
		}
		if r.Ref != nil || r.RefLeave != nil {
			w.refs = append(w.refs, r)
		}
	}
	w.arrange()
	w.walking = make([]*openapi.Node, len(w.levels))
	return w
}

// PanicError says that a function of a rule panicked.
type PanicError struct {
	Rule  *Rule
	Value any
}

// Error returns what the function panicked with.
func (e *PanicError) Error() string { return fmt.Sprintf("the rule panicked: %v", e.Value) }

// Run walks. The error is ErrTooMuch, a *PanicError or that of the context.
func (w *Walk) Run(ctx context.Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Rule: w.now, Value: v}
		}
	}()
	w.ctx = ctx
	w.walk(item{raw: w.Doc.Root(), typ: w.Tree.Root})
	return w.failed
}

// item is a value that is to be walked.
type item struct {
	raw    *openapi.Node
	ref    string // where a string is a reference
	typ    *Type
	parent *openapi.Node
	key    string
}

// isRef reports whether the value is a reference.
func (i *item) isRef() bool { return i.ref != "" || IsRef(i.raw) }

func (w *Walk) charge() bool {
	w.steps++
	if w.failed == nil && (w.steps > maxSteps || w.depth > maxDepth) {
		w.failed = ErrTooMuch
	}
	if w.failed == nil && w.steps%4096 == 0 && w.ctx.Err() != nil {
		w.failed = context.Cause(w.ctx)
	}
	return w.failed == nil
}

func (w *Walk) walk(i item) {
	if !w.charge() {
		return
	}
	w.depth++
	defer func() { w.depth-- }()
	var to Resolved
	if i.ref != "" {
		to = w.Follow(i.raw, i.ref)
	} else {
		to = w.Resolve(i.raw)
	}
	isRef, again := i.isRef(), false
	hasMore := i.ref == "" && composed(i.raw)
	if hasMore {
		v := visit{i.raw, i.typ.id}
		again = w.composed[v]
		w.composed[v] = true
	}
	if isRef && !again {
		for _, r := range w.refs {
			if r.Ref != nil {
				w.now = r
				r.Ref(w.refContext(r, &i), to)
			}
		}
	}
	if to.Node != nil && i.typ != scalar {
		w.object(&i, to, hasMore && !again)
	}
	if isRef && !again {
		for _, r := range w.refs {
			if r.RefLeave != nil {
				w.now = r
				r.RefLeave(w.refContext(r, &i), to)
			}
		}
	}
}

func (w *Walk) refContext(r *Rule, i *item) *Context {
	w.context = Context{Node: i.raw, Raw: i.raw, Type: i.typ, Key: i.key, Parent: i.parent, Walk: w, rule: r}
	return &w.context
}

// scalar is the kind of what is only walked where it is a reference.
var scalar = &Type{Name: "scalar", id: 1}

// object visits what a value stands for, and walks what lies within.
func (w *Walk) object(i *item, to Resolved, siblings bool) {
	n, typ := to.Node, i.typ
	identity := n
	if !n.Is(openapi.Object) && !n.Is(openapi.Array) {
		identity = i.raw
	}
	as, before := w.seen[identity]
	known := before && (as == typ.id || w.more[visit{identity, typ.id}])
	first, firstEntered := len(w.touched), len(w.entered)
	visited := w.enter(i, n, known)
	outer := w.walking[typ.id]
	w.walking[typ.id] = n
	if visited || !known {
		if !known {
			w.note(identity, typ.id, before)
		}
		w.members(n, typ)
	}
	if i.isRef() && len(to.Chain) > 0 {
		hop := to.Chain[0]
		if !w.composed[visit{hop, typ.id}] {
			w.walk(item{raw: hop, typ: typ, key: i.key})
		}
	}
	if siblings {
		for _, c := range members(i.raw) {
			if c.Key() != "$ref" && !sameScalar(c, n.Get(c.Key())) {
				w.member(i.raw, typ, c)
			}
		}
	}
	w.walking[typ.id] = outer
	w.leave(i, n, first, firstEntered)
}

// note notes that a value is walked as of a kind.
func (w *Walk) note(n *openapi.Node, kind int, another bool) {
	if another {
		w.more[visit{n, kind}] = true
		return
	}
	w.seen[n] = kind
}

// sameScalar reports whether two values are equal scalars.
func sameScalar(a, b *openapi.Node) bool {
	return a.Kind() == b.Kind() && a.Len() == 0 && !a.Is(openapi.Object) && !a.Is(openapi.Array) && a.Text() == b.Text()
}

// members walks what lies within an object or a list.
func (w *Walk) members(n *openapi.Node, typ *Type) {
	switch {
	case n.Is(openapi.Array):
		if typ.Items == nil || typ.Items.Type == nil {
			return
		}
		for at, c := range n.Children() {
			w.walk(item{raw: c, typ: typ.Items.Type, parent: n, key: strconv.Itoa(at)})
		}
	case n.Is(openapi.Object):
		fields := typ.holding
		if slices.ContainsFunc(n.Children(), IsRef) {
			fields = typ.Fields
		}
		for at := range fields {
			if c := n.Get(fields[at].Name); c != nil && (c.Is(openapi.Object) || !fields[at].Shape.scalar()) {
				w.member(n, typ, c)
			}
		}
		if typ.Rest == nil && !typ.Extensible {
			return
		}
		for _, c := range members(n) {
			if (typ.Rest != nil || typ.extension(c.Key())) && typ.Field(c.Key()) == nil {
				w.member(n, typ, c)
			}
		}
	}
}

// member walks one member of an object as what it is.
func (w *Walk) member(n *openapi.Node, typ *Type, c *openapi.Node) {
	name := c.Key()
	s := typ.Field(name)
	extension := typ.extension(name)
	if s == nil && !extension {
		s = typ.Rest
	}
	if s != nil && s.Choose != nil {
		s = s.Choose(c, name)
	}
	i := item{raw: c, parent: n, key: name}
	switch {
	case s != nil && s.Type != nil:
		i.typ = s.Type
	case extension:
		i.typ = Extension
	case s == nil || s.Any || s.Verbatim:
		return
	case s.Refers != nil:
		i.typ, i.ref = s.Refers, c.Text()
	case IsRef(c):
		i.typ = scalar
	default:
		return
	}
	w.walk(i)
}

// members are the members of an object in JavaScript's order: names that are
// indexes first, by number.
func members(n *openapi.Node) []*openapi.Node {
	list := n.Children()
	for _, c := range list {
		if isIndex(c.Key()) {
			return sorted(list)
		}
	}
	return list
}
