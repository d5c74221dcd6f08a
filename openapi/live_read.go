package openapi

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

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
