package lsp

import (
	"github.com/plumbapi/plumb/internal/lsp/protocol"
	"github.com/plumbapi/plumb/openapi"
)

// place is where the cursor is, in a document that could be read. The text may
// have changed since: offsets are those of the text that was read.
type place struct {
	server *Server
	result *Result
	path   string
	file   string // the name of the file in findings and sources
	offset int
	now    *Text // the text as it is
	cursor int   // the offset in that
}

// places returns the place in each document that the file is part of.
func (s *Server) places(p *protocol.PositionParams) []place {
	path := keyOf(p.TextDocument.URI)
	b := s.buffer(p.TextDocument.URI)
	if b == nil {
		return nil
	}
	cursor := b.text.Offset(p.Position)
	var list []place
	for _, r := range s.good(path) {
		for file, at := range r.Paths {
			if at == path {
				list = append(list, place{s, r, path, file, shiftOf(b.text.String(), r.Texts[file]).move(cursor), b.text, cursor})
			}
		}
	}
	return list
}

// good returns what was read of the documents that a file is part of.
func (s *Server) good(path string) []*Result {
	subjects := s.with(path)
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*Result
	for _, sub := range subjects {
		if holds(sub.good, path) {
			list = append(list, sub.good)
		}
	}
	return list
}

// source returns the source of an OpenAPI description that the cursor is in.
func (p *place) source() *openapi.Source {
	if p.result.description() == nil {
		return nil
	}
	for _, src := range p.result.description().Sources() {
		if src.Name() == p.file {
			return src
		}
	}
	return nil
}

// node returns the innermost value at the cursor, and whether the cursor is on
// the name of the member that it is.
func (p *place) node() (n *openapi.Node, onKey bool) {
	src := p.source()
	if src == nil {
		return nil, false
	}
	n = src.Root()
	for {
		next, key := childAt(n, p.offset)
		switch {
		case next == nil:
			return n, false
		case key:
			return next, true
		}
		n = next
	}
}

// childAt returns the child that an offset is in.
func childAt(n *openapi.Node, offset int) (c *openapi.Node, onKey bool) {
	for _, c := range n.Children() {
		if start, end := c.KeyOffsets(); end > 0 && start <= offset && offset <= end {
			return c, true
		}
		if start, end := c.Offsets(); start <= offset && offset <= end && c.Source() == n.Source() {
			return c, false
		}
	}
	return nil, false
}

// where turns a part of a file of a document into a location in the file as it
// is now.
func (s *Server) where(r *Result, file string, start, end int) (protocol.Location, bool) {
	path, ok := r.Paths[file]
	if !ok {
		return protocol.Location{}, false
	}
	t := s.textOf(s.snapshot(), r, file)
	by := shiftOf(r.Texts[file], t.String())
	return protocol.Location{URI: s.uriOf(path), Range: t.Range(by.move(start), by.move(end))}, true
}

// textOf returns the text of a file of a document, as it is where it is open.
func (s *Server) textOf(open snapshot, r *Result, file string) *Text {
	if b := open[r.Paths[file]]; b != nil {
		return b.text
	}
	return s.in.Text(r.Texts[file])
}

// ofKey is where a member's name is, or the value where it has none.
func (s *Server) ofKey(r *Result, n *openapi.Node) (protocol.Location, bool) {
	start, end := n.KeyOffsets()
	if end == 0 {
		start, end = n.Offsets()
		if n.Parent() == nil {
			end = start
		}
	}
	return s.where(r, n.Source().Name(), start, end)
}
