package lsp

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// pulls reports whether the editor asks for diagnostics, and takes no others.
// One that does both is sent them: so it learns too what is found in files that
// it does not have open.
func (s *Server) pulls() bool {
	c := s.editor.TextDocument
	return c.Diagnostic != nil && c.PublishDiagnostics == nil
}

// diagnostic answers an editor that asks what is found in a document, as it is
// now.
func (s *Server) diagnostic(ctx context.Context, p *protocol.DiagnosticParams) (any, error) {
	path := keyOf(p.TextDocument.URI)
	related := map[string]bool{}
	s.fresh(ctx, path)
	for _, sub := range s.with(path) {
		s.mu.Lock()
		if sub.last != nil {
			for _, other := range sub.last.Paths {
				related[other] = true
			}
		}
		s.mu.Unlock()
	}
	r := s.reportOn(path)
	if r.ResultID == p.PreviousResultID {
		r.Kind, r.Items = protocol.ReportUnchanged, nil
	}
	if d := s.editor.TextDocument.Diagnostic; d != nil && d.RelatedDocumentSupport {
		delete(related, path)
		for other := range related {
			if s.snapshot()[other] == nil { // one that is open is asked about by itself
				if r.RelatedDocuments == nil {
					r.RelatedDocuments = map[string]protocol.DiagnosticReport{}
				}
				r.RelatedDocuments[s.uriOf(other)] = s.reportOn(other)
			}
		}
	}
	return r, nil
}

// reportOn is what is found in a file. The ID is one of the content.
func (s *Server) reportOn(path string) protocol.DiagnosticReport {
	r := protocol.DiagnosticReport{Kind: protocol.ReportFull, Items: []protocol.Diagnostic{}}
	for _, f := range s.found(path) {
		r.Items = append(r.Items, f.diagnostic)
	}
	h := fnv.New64a()
	_ = json.NewEncoder(h).Encode(r.Items) // a hash takes all that is written
	r.ResultID = fmt.Sprintf("%x", h.Sum64())
	return r
}

// refresh makes an editor that asks for diagnostics ask again.
func (s *Server) refresh() {
	if !s.pulls() || !s.editor.Workspace.Diagnostics.RefreshSupport {
		return
	}
	go func() { _, _ = s.conn.Call(s.base, "workspace/diagnostic/refresh", nil, nil) }()
}
