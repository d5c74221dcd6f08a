// Package openapi reads OpenAPI descriptions, version 2.0 to 3.2, in JSON or
// YAML, in one file or many, sound or broken.
//
// A [Document] is first an immutable tree of [Node] values in which every
// value knows its place in its source. On it stand an index of what the
// description holds ([Document.Operations], [Document.Nodes]), the resolution
// of references ([Document.Resolve]), and kin-openapi's model
// ([Document.Model]) for whoever wants typed structs.
//
// The package judges nothing: what a description ought to look like is said
// by the rules of package lint. What keeps a document from being read as
// written (a key given twice, a reference to nothing) is a problem of the
// document and stands in [Document.Problems]; what keeps it from being read
// at all is an [*Error].
package openapi

import (
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Document is one API description: a root source and the sources that its
// references reach. It is immutable and safe for concurrent use.
type Document struct {
	version  Version
	raw      string
	root     *Source
	sources  []*Source
	byName   map[string]*Source
	problems []check.Finding
	index    index
	model    modelCache
	limit    int64       // bytes that a source may have
	pruned   *Node       // in a view of a part: the root without the rest
	spans    []Span      // and what of the text is its
	gathered *gatherings // of a live document
}

// Version returns the minor version of the specification that the document
// follows.
func (d *Document) Version() Version { return d.version }

// VersionString returns the version as the document writes it, such as
// "3.0.3".
func (d *Document) VersionString() string { return d.raw }

// Root returns the tree of the root source. It is always an object.
func (d *Document) Root() *Node {
	if d.pruned != nil {
		return d.pruned
	}
	return d.root.root
}

// Source returns the root source.
func (d *Document) Source() *Source { return d.root }

// Sources returns every source that was read, the root first, the others in
// the order in which references reach them.
func (d *Document) Sources() []*Source { return d.sources }

// Span is a part of the text of a source, as byte offsets, End exclusive.
type Span struct {
	Source     *Source
	Start, End int
}

// Text returns the part.
func (s Span) Text() string { return s.Source.text[s.Start:s.End] }

// Spans returns the text of the document: the sources as a whole; of a part
// of a document ([Live.View]) what belongs to it.
func (d *Document) Spans() []Span {
	if d.spans != nil {
		return d.spans
	}
	spans := make([]Span, len(d.sources))
	for i, s := range d.sources {
		spans[i] = Span{s, 0, len(s.text)}
	}
	return spans
}

// Problems returns what is wrong with the document as a document: keys given
// twice, keys that are no strings, references to nothing. Their rules are
// those of [ProblemRules]. The order is that of the sources.
func (d *Document) Problems() []check.Finding { return d.problems }

// Version is a minor version of the OpenAPI Specification.
type Version uint8

// The versions that can be read. The zero Version is none of them.
const (
	V20 Version = iota + 1
	V30
	V31
	V32
)

// String returns "2.0", "3.0", "3.1" or "3.2".
func (v Version) String() string {
	switch v {
	case V20:
		return "2.0"
	case V30:
		return "3.0"
	case V31:
		return "3.1"
	case V32:
		return "3.2"
	}
	return "unknown"
}

// detectVersion reads the version field of a root object. The node is the
// field's value, nil where the field is missing.
func detectVersion(root *Node) (v Version, raw string, at *Node) {
	if n := root.Get("openapi"); n != nil {
		raw = n.Text()
		switch {
		case hasMinor(raw, "3.0"):
			return V30, raw, n
		case hasMinor(raw, "3.1"):
			return V31, raw, n
		case hasMinor(raw, "3.2"):
			return V32, raw, n
		}
		return 0, raw, n
	}
	if n := root.Get("swagger"); n != nil {
		raw = n.Text()
		if raw == "2.0" || raw == "2" {
			return V20, raw, n
		}
		return 0, raw, n
	}
	return 0, "", nil
}

func hasMinor(raw, minor string) bool {
	return raw == minor || strings.HasPrefix(raw, minor+".")
}
