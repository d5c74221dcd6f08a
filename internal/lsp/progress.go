package lsp

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// progress tells the editor that a subject is being linted, where that takes
// longer than somebody waits without wondering. The function ends it.
func (s *Server) progress(sub *subject) (end func()) {
	if !s.editor.Window.WorkDoneProgress {
		return func() {}
	}
	ctx, end := context.WithCancel(s.base)
	go func() {
		timer := time.NewTimer(s.options.Patience)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		token := fmt.Sprintf("plumb-%d", s.tokens.Add(1))
		if _, err := s.conn.Call(ctx, "window/workDoneProgress/create", protocol.TokenParams{Token: token}, nil); err != nil {
			return // it was done sooner, or the editor does not want to know
		}
		report := func(p protocol.Progress) { s.notify("$/progress", protocol.ProgressParams{Token: token, Value: p}) }
		report(protocol.Progress{Kind: "begin", Title: "plumb", Message: "linting " + filepath.Base(sub.name)})
		<-ctx.Done()
		report(protocol.Progress{Kind: "end"})
	}()
	return end
}
