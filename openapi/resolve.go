package openapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Ref is a reference: an object with a string member $ref, at a place where
// the specification means a reference by it.
type Ref struct {
	// Node is the object that holds the reference.
	Node *Node
	// Target is what the reference names, one step on; it may be a
	// reference too. Nil where it leads nowhere.
	Target *Node
	// Problem says why Target is nil.
	Problem string
}

// Value returns the text of the reference.
func (r *Ref) Value() string { return r.Node.Get("$ref").Text() }

// Resolve follows the references of a node to what they stand for in the
// end. A node that is no reference stands for itself. The result is nil
// where a reference leads nowhere or in a circle.
func (d *Document) Resolve(n *Node) *Node {
	for range maxRefChain {
		r := d.index.refs[n]
		if r == nil {
			return n
		}
		if n = r.Target; n == nil {
			return nil
		}
	}
	return nil
}

// maxRefChain is how many references may follow one another. No document
// has a chain of more than a handful; a circle never ends.
const maxRefChain = 100

// Ref returns the reference that the node is, nil where it is none.
func (d *Document) Ref(n *Node) *Ref { return d.index.refs[n] }

// Refs returns every reference of the document in source order.
func (d *Document) Refs() []*Ref { return d.index.refList }

// Lookup returns the node that a reference in the source of from would name:
// "#/components/schemas/Pet", "other.yaml#/Pet". The file must be one that
// the document has read.
func (d *Document) Lookup(from *Node, ref string) (*Node, error) {
	file, fragment, _ := strings.Cut(ref, "#")
	src := d.root
	if from != nil {
		src = from.src
	}
	if file != "" {
		name, err := join(src.id, file)
		if err != nil {
			return nil, err
		}
		if src = d.byName[name]; src == nil {
			return nil, fmt.Errorf("%s was not read", name)
		}
	}
	return lookupFragment(src, fragment)
}

func lookupFragment(src *Source, fragment string) (*Node, error) {
	pointer := fragment
	if strings.ContainsRune(fragment, '%') {
		if u, err := url.PathUnescape(fragment); err == nil {
			pointer = u
		}
	}
	if pointer != "" && pointer[0] != '/' {
		if n := src.anchor(pointer); n != nil {
			return n, nil
		}
		return nil, fmt.Errorf("no schema has the anchor %q", pointer)
	}
	tokens, err := ParsePointer(pointer)
	if err != nil {
		return nil, err
	}
	n := src.root
	for _, t := range tokens {
		next := n.child(t)
		if next == nil {
			where := n.Pointer()
			if where == "" {
				where = "the document"
			}
			return nil, fmt.Errorf("%s has no %q", where, t)
		}
		n = next
	}
	return n, nil
}

// anchor finds the schema with the $anchor or $dynamicAnchor.
func (s *Source) anchor(name string) *Node {
	s.anchorOnce.Do(func() {
		s.anchors = map[string]*Node{}
		var walk func(n *Node)
		walk = func(n *Node) {
			if n.kind == Object {
				for _, k := range []string{"$anchor", "$dynamicAnchor"} {
					if a, ok := n.Get(k).Str(); ok && s.anchors[a] == nil {
						s.anchors[a] = n
					}
				}
			}
			for _, c := range n.kids {
				walk(c)
			}
		}
		walk(s.root)
	})
	return s.anchors[name]
}

// follow reads the sources that references reach, breadth first.
func (l *Loader) follow(ctx context.Context, d *Document) error {
	unreadable := map[string]string{}
	for i := 0; i < len(d.sources); i++ {
		src := d.sources[i]
		found := collectRefs(src.root, d.version)
		src.refs = found.refs
		for _, n := range found.refs {
			if err := l.followOne(ctx, d, src, n.Get("$ref").Text(), unreadable); err != nil {
				return err
			}
		}
		for _, n := range found.mappings {
			if err := l.followOne(ctx, d, src, n.Text(), unreadable); err != nil {
				return err
			}
		}
	}
	d.index.unreadable = unreadable
	return nil
}

func (l *Loader) followOne(ctx context.Context, d *Document, src *Source, ref string, unreadable map[string]string) error {
	file, _, _ := strings.Cut(ref, "#")
	if file == "" {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("load %s: %w", d.root.name, err)
	}
	name, err := join(src.id, file)
	if err != nil || d.byName[name] != nil || unreadable[name] != "" {
		return nil
	}
	next, err := l.open(ctx, name)
	if err != nil {
		unreadable[name] = reason(err)
		return nil
	}
	next.id, next.located = name, true
	d.byName[name] = next
	d.sources = append(d.sources, next)
	return nil
}

func (l *Loader) open(ctx context.Context, name string) (*Source, error) {
	text, err := l.read(ctx, name)
	if err != nil {
		return nil, err
	}
	return l.source(name, text)
}

// reason returns an error's message without the place, which would name the
// other file twice.
func reason(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	at := e.Finding.Location
	if e.Finding.Rule == ruleUnreadable {
		return e.Finding.Message
	}
	return fmt.Sprintf("line %d, column %d: %s", at.Line, at.Column, e.Finding.Message)
}

func (d *Document) buildRefs() {
	d.index.refs = map[*Node]*Ref{}
	for _, src := range d.sources {
		for _, n := range src.refs {
			r := &Ref{Node: n}
			target, err := d.Lookup(n, n.Get("$ref").Text())
			if err != nil {
				r.Problem = d.refProblem(n, err)
			}
			r.Target = target
			d.index.refs[n] = r
			d.index.refList = append(d.index.refList, r)
		}
	}
}

func (d *Document) refProblem(n *Node, err error) string {
	file, _, _ := strings.Cut(n.Get("$ref").Text(), "#")
	if file != "" {
		if name, jerr := join(n.src.id, file); jerr == nil && d.index.unreadable[name] != "" {
			return d.index.unreadable[name]
		}
	}
	return err.Error()
}

// refProblems returns a finding for each reference that leads nowhere or in
// a circle.
func (d *Document) refProblems() []check.Finding {
	var out []check.Finding
	for _, r := range d.index.refList {
		at := r.Node.Get("$ref")
		switch {
		case r.Target == nil:
			out = append(out, problem(ruleInvalidRef, at.Location(), "reference %q leads nowhere: %s", at.Text(), r.Problem))
		case d.Resolve(r.Node) == nil && d.inCircle(r.Node):
			out = append(out, problem(ruleInvalidRef, at.Location(), "reference %q leads in a circle", at.Text()))
		}
	}
	return out
}

// inCircle reports whether following references from n comes back to n.
func (d *Document) inCircle(n *Node) bool {
	at := n
	for range maxRefChain {
		r := d.index.refs[at]
		if r == nil || r.Target == nil {
			return false
		}
		if at = r.Target; at == n {
			return true
		}
	}
	return false
}
