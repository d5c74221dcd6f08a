package typed

import "github.com/plumbapi/plumb/openapi"

// Rule is what is called while a description is walked. Its functions may keep
// state between them: a rule is made for one walk.
type Rule struct {
	// Any is called for every object and list, before all visitors.
	Any func(c *Context)
	// Ref is called for every reference, and RefLeave once what it stands for was
	// walked.
	Ref, RefLeave func(c *Context, to Resolved)
	Visit         Visitors
	// Report takes what the rule finds.
	Report func(at Place, from *openapi.Node, message string)
}

// Visitors are visitors by the names of kinds.
type Visitors map[string]Visitor

// Visitor is called for the objects of a kind.
type Visitor struct {
	// Enter is called before what lies within the object is walked, Leave after.
	Enter, Leave func(c *Context)
	// Skip says that neither is called, nor what is In, for the object.
	Skip func(c *Context) bool
	// In are visitors for what lies within the object.
	In Visitors
}

// Context is an object that a visitor is called for. It is good until the visitor
// returns.
type Context struct {
	// Node is the object, and Raw what stands in its place: itself, or a
	// reference to it.
	Node, Raw *openapi.Node
	Type      *Type
	// Key is the name of the member, or the index of the element, that it was
	// reached by.
	Key string
	// Parent is what holds it, nil for the root.
	Parent *openapi.Node
	Walk   *Walk

	rule  *Rule
	level *level
	stop  bool
}

// At is the place of the object.
func (c *Context) At() Place { return At(c.Node) }

// RawAt is the place where it is written, or referred to.
func (c *Context) RawAt() Place { return At(c.Raw) }

// Above is the object of a kind that the visitor is in, nil where there is none.
func (c *Context) Above(kind string) *openapi.Node {
	for l := c.level.parent; l != nil; l = l.parent {
		if l.typ.Name == kind {
			if a := l.top(); a != nil {
				return a.node
			}
			return nil
		}
	}
	return nil
}

// Report reports a finding at a place.
func (c *Context) Report(at Place, message string) {
	var from *openapi.Node
	if c.Raw != c.Node {
		from = c.Raw
	}
	c.rule.Report(at, from, message)
}

// Ignore says that no other visitor is called for the object.
func (c *Context) Ignore() { c.stop = true }

// level is a visitor, and where the walk is in it.
type level struct {
	rule    *Rule
	visitor *Visitor // nil for any, and for what only leads on
	typ     *Type
	parent  *level
	depth   int
	// passing is set for a level that only leads from its parent to what is
	// visited in it.
	passing bool
	seen    map[*openapi.Node]bool
	active  []activation
}

type activation struct {
	node    *openapi.Node
	within  *openapi.Node // what the parent was active on
	next    []int         // the kinds that were visited below, outermost first
	skipped bool
}

func (l *level) top() *activation {
	if l == nil || len(l.active) == 0 {
		return nil
	}
	return &l.active[len(l.active)-1]
}

// push notes that a kind is visited below the level.
func (l *level) push(kind int) {
	for ; l != nil; l = l.parent {
		a := l.top()
		a.next = append(a.next, kind)
	}
}

func (l *level) pop() {
	for ; l != nil; l = l.parent {
		a := l.top()
		a.next = a.next[:len(a.next)-1]
	}
}
