package oas

import (
	"github.com/plumbapi/plumb/openapi"
)

// Most rules of spectral:oas look at the resolved document: the one in which
// every reference is replaced by what it names. Here it is never built. What
// follows reads the written document as if it were resolved, and finds for a
// value of the resolved document the place where it is written.

// resolved returns what a node stands for. A reference that leads nowhere
// stands for itself, as in Spectral.
func resolved(doc *openapi.Document, n *openapi.Node) *openapi.Node {
	if n.Is(openapi.Object) {
		if r := doc.Resolve(n); r != nil {
			return r
		}
	}
	return n
}

// member returns the member of a node of the resolved document, itself
// resolved, nil where there is none.
func member(doc *openapi.Document, n *openapi.Node, names ...string) *openapi.Node {
	n = resolved(doc, n)
	for _, name := range names {
		n = resolved(doc, n.Get(name))
	}
	return n
}

// written returns where the value at a place of the resolved document is
// written. A reference that has other members beside it is named itself:
// that is where a reader meets the value.
func written(doc *openapi.Document, at *openapi.Node) *openapi.Node {
	if at.Len() != 1 {
		return at
	}
	r := doc.Ref(at)
	if r == nil || r.Target == nil {
		return at
	}
	return resolved(doc, r.Target)
}

// writtenMember returns where a member of the value at a place is written,
// and where it is missing the place of the value.
func writtenMember(doc *openapi.Document, at *openapi.Node, name string) *openapi.Node {
	if doc.Ref(at) != nil && at.Has(name) && name != "$ref" {
		return at.Get(name)
	}
	if c := resolved(doc, at).Get(name); c != nil {
		return written(doc, c)
	}
	return written(doc, at)
}

// container reports whether the value has members or elements.
func container(n *openapi.Node) bool { return n.Is(openapi.Object) || n.Is(openapi.Array) }

// field returns a member of the value at a place as Spectral's "field" does:
// its value, nil where it is missing, and where it is written. A missing
// member is found at the closest value that is there. A value that can have
// no members is taken itself.
func field(doc *openapi.Document, at *openapi.Node, names ...string) (value, place *openapi.Node) {
	value = resolved(doc, at)
	if !container(value) {
		return value, written(doc, at)
	}
	for _, name := range names {
		next := value.Get(name)
		if next == nil {
			return nil, writtenMember(doc, at, name)
		}
		place = writtenMember(doc, at, name)
		at, value = next, resolved(doc, next)
	}
	return value, place
}
