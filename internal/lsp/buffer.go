package lsp

import (
	"maps"
	"slices"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// buffer is a text that the editor has open.
type buffer struct {
	uri     string // as the editor writes it
	version int
	text    *Text
}

// snapshot is the open texts at one time.
type snapshot map[string]*buffer

// Buffer implements [Buffers].
func (s snapshot) Buffer(path string) (string, bool) {
	if b := s[path]; b != nil {
		return b.text.String(), true
	}
	return "", false
}

// snapshot returns the open texts as they are now.
func (s *Server) snapshot() snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.buffers)
}

// keyOf is under what a document is kept: the path of a file, else the URI.
func keyOf(uri string) string {
	if path, ok := PathOf(uri); ok {
		return path
	}
	return uri
}

// uriOf returns the URI of a file as the editor knows it.
func (s *Server) uriOf(path string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.buffers[path]; b != nil {
		return b.uri
	}
	return URIOf(path)
}

// buffer returns the open text of a document, nil where it is not open.
func (s *Server) buffer(uri string) *buffer {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buffers[keyOf(uri)]
}

func (s *Server) didOpen(p *protocol.DidOpenParams) {
	d := p.TextDocument
	path := keyOf(d.URI)
	s.mu.Lock()
	s.buffers[path] = &buffer{uri: d.URI, version: d.Version, text: s.in.Text(d.Text)}
	s.mu.Unlock()
	s.assign(path)
}

func (s *Server) didChange(p *protocol.DidChangeParams) {
	path := keyOf(p.TextDocument.URI)
	s.mu.Lock()
	b := s.buffers[path]
	if b != nil {
		s.buffers[path] = &buffer{uri: b.uri, version: p.TextDocument.Version, text: b.text.Apply(p.ContentChanges)}
	}
	s.mu.Unlock()
	if b != nil {
		s.touched(path, s.options.Delay)
	}
}

// didSave lints at once; what was saved may be a configuration.
func (s *Server) didSave(p *protocol.DocumentParams) {
	path := keyOf(p.TextDocument.URI)
	if yes, _ := s.options.Backend.Config(path, ""); yes {
		s.everything()
		return
	}
	s.mu.Lock()
	for _, sub := range s.subjects {
		sub.of = nil // files on disk may be others, too
	}
	s.mu.Unlock()
	s.touched(path, 0)
}

func (s *Server) didClose(p *protocol.DocumentParams) {
	path := keyOf(p.TextDocument.URI)
	s.mu.Lock()
	delete(s.buffers, path)
	s.mu.Unlock()
	s.retire()
	s.touched(path, s.options.Delay)
}

// filesChanged lints again what other programs have changed.
func (s *Server) filesChanged(p *protocol.WatchedFilesParams) {
	open := s.snapshot()
	for _, c := range p.Changes {
		path := keyOf(c.URI)
		if open[path] != nil {
			if yes, _ := s.options.Backend.Config(path, ""); !yes {
				continue // what counts is the open text
			}
		}
		s.everything()
		return
	}
}

func (s *Server) foldersChanged(p *protocol.FoldersParams) {
	s.mu.Lock()
	for _, f := range p.Event.Added {
		s.addFolder(f.URI)
	}
	for _, f := range p.Event.Removed {
		path, _ := PathOf(f.URI)
		s.folders = slices.DeleteFunc(s.folders, func(folder string) bool { return folder == path })
	}
	s.mu.Unlock()
	s.everything()
}
