package openapi

import (
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

	begun  bool  // the search for the target has begun
	ended  bool  // final and circle are known
	circle bool  // following the reference comes back to it
	final  *Node // what it stands for in the end
}

// Value returns the text of the reference.
func (r *Ref) Value() string { return r.Node.Get("$ref").Text() }

// Resolve follows the references of a node to what they stand for in the
// end. A node that is no reference stands for itself. The result is nil
// where a reference leads nowhere or in a circle.
func (d *Document) Resolve(n *Node) *Node {
	if r := d.Ref(n); r != nil {
		return r.final
	}
	return n
}

// Ref returns the reference that the node is, nil where it is none.
func (d *Document) Ref(n *Node) *Ref {
	if n == nil || !n.refers { // most are not, and the map is large
		return nil
	}
	return d.index.refs[n]
}

// Refs returns every reference of the document in source order.
func (d *Document) Refs() []*Ref { return d.index.refList }

// Lookup returns the node that a reference in the source of from would name:
// "#/components/schemas/Pet", "other.yaml#/Pet". The file must be one that
// the document has read. A pointer may lead through a reference: then it goes
// on in what that stands for.
func (d *Document) Lookup(from *Node, ref string) (*Node, error) {
	return d.lookup(from, ref, 0)
}

func (d *Document) lookup(from *Node, ref string, depth int) (*Node, error) {
	file, fragment, _ := strings.Cut(ref, "#")
	src := d.root
	if from != nil {
		src = from.src
	}
	root := src.root
	if file != "" {
		var err error
		if root, err = d.named(src, file); err != nil {
			return nil, err
		}
	}
	return d.lookupFragment(root, fragment, depth)
}

// named returns the root of the source, or the schema with the $id, that the
// file part of a reference names.
func (d *Document) named(from *Source, file string) (*Node, error) {
	name, err := join(from.id, file)
	if err != nil {
		return nil, err
	}
	if src := d.byName[name]; src != nil {
		return src.root, nil
	}
	for _, src := range d.sources {
		if n := src.names().ids[file]; n != nil {
			return n, nil
		}
	}
	return nil, fmt.Errorf("%s was not read", name)
}

// has reports whether the source, or schema, that the file part of a reference
// names was read.
func (d *Document) has(from *Source, file string) bool {
	_, err := d.named(from, file)
	return err == nil
}

func (d *Document) lookupFragment(root *Node, fragment string, depth int) (*Node, error) {
	pointer := unescapeFragment(fragment)
	if pointer != "" && pointer[0] != '/' {
		if n := root.src.names().anchors[pointer]; n != nil {
			return n, nil
		}
		return nil, fmt.Errorf("no schema has the anchor %q", pointer)
	}
	tokens, err := ParsePointer(pointer)
	if err != nil {
		return nil, err
	}
	return d.walkTokens(root, tokens, depth)
}

// unescapeFragment takes the percent signs of a URI's fragment back.
func unescapeFragment(fragment string) string {
	if strings.ContainsRune(fragment, '%') {
		if u, err := url.PathUnescape(fragment); err == nil {
			return u
		}
	}
	return fragment
}

// walkTokens follows the tokens of a JSON Pointer, through references too.
func (d *Document) walkTokens(n *Node, tokens []string, depth int) (*Node, error) {
	for _, t := range tokens {
		next := n.child(t)
		if next == nil {
			next = d.throughRef(n, depth).child(t)
		}
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

// schemaNames are the names by which schemas of a source can be referenced
// besides their place.
type schemaNames struct {
	anchors map[string]*Node // by $anchor and $dynamicAnchor
	ids     map[string]*Node // by absolute $id
}

func (s *Source) names() *schemaNames {
	s.namesOnce.Do(func() {
		s.schemaNames.anchors, s.schemaNames.ids = map[string]*Node{}, map[string]*Node{}
		s.schemaNames.collect(s.root)
	})
	return &s.schemaNames
}

func (s *schemaNames) collect(n *Node) {
	if n.kind == Object {
		for _, k := range [...]string{"$anchor", "$dynamicAnchor"} {
			if a, ok := n.Get(k).Str(); ok && s.anchors[a] == nil {
				s.anchors[a] = n
			}
		}
		if id, ok := n.Get("$id").Str(); ok && strings.Contains(id, ":") {
			if id = strings.TrimSuffix(id, "#"); s.ids[id] == nil {
				s.ids[id] = n
			}
		}
	}
	for _, c := range n.kids {
		if len(c.kids) > 0 {
			s.collect(c)
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

// refProblems returns a finding for each thing that is missing, at the first
// reference to it, and for each reference that leads in a circle.
func (d *Document) refProblems() []check.Finding {
	var out []check.Finding
	first := map[string]int{}
	for _, r := range d.index.refList {
		at := r.Node.Get("$ref")
		switch {
		case r.Target == nil:
			missing := d.missing(r)
			if i, known := first[missing]; known {
				out[i].Related = append(out[i].Related, check.Related{Message: "also referred to here", Location: at.Location()})
				continue
			}
			first[missing] = len(out)
			out = append(out, problem(ruleInvalidRef, at.Location(), "reference %q leads nowhere: %s", at.Text(), r.Problem))
		case r.circle:
			out = append(out, problem(ruleInvalidRef, at.Location(), "reference %q leads in a circle", at.Text()))
		}
	}
	return out
}

// missing names what a reference would lead to: a file that cannot be read,
// or else a place in one.
func (d *Document) missing(r *Ref) string {
	file, fragment, _ := strings.Cut(r.Value(), "#")
	name := r.Node.src.id
	if file != "" {
		joined, err := join(name, file)
		if err != nil {
			return r.Value()
		}
		if d.index.unreadable[joined] != "" {
			return joined
		}
		name = joined
	}
	return name + "#" + fragment
}
