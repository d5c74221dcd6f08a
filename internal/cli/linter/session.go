package linter

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/lint"
)

// smallest is the size of a text, in bytes, from which it is worth while to take
// edits one by one. A smaller one is linted as a whole in the same time.
const smallest = 128 << 10

// Session lints one document again and again while it is being written, with
// the findings of [Linter.Lint]. It is safe for concurrent use.
type Session struct {
	linter *Linter
	plumb  *lint.Session
}

// Session makes a session without a document.
func (l *Linter) Session() *Session { return &Session{l, lint.NewSession(l.Policy)} }

// Lint lints a document as a whole. If the session is live then, it has taken
// the OpenAPI description over: nobody else may read it.
func (s *Session) Lint(ctx context.Context, d *source.Document) (*check.Report, error) {
	if len(d.Failed) > 0 {
		return s.linter.Lint(ctx, d, nil) // the author may go on from what was there before
	}
	if d.OpenAPI == nil || len(d.OpenAPI.Source().Text()) < smallest || len(s.linter.Rulesets.Files()) > 0 {
		s.plumb.Forget()
		return s.linter.Lint(ctx, d, nil)
	}
	return s.plumb.Document(ctx, d.OpenAPI)
}

// Live reports whether the session takes edits.
func (s *Session) Live() bool { return s.plumb.Live() }

// Edit lints the text that the document has now. Where ok is false, the document
// has to be loaded and linted as a whole.
func (s *Session) Edit(ctx context.Context, text string) (rep *check.Report, ok bool, err error) {
	return s.plumb.Edit(ctx, text)
}

// Unread reports whether the text that Edit was given last cannot be read, as its
// report says.
func (s *Session) Unread() bool { return s.plumb.Unread() }

// Forget gives the document back.
func (s *Session) Forget() { s.plumb.Forget() }
