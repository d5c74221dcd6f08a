package lint

import (
	"reflect"
	"regexp"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// mover moves the places of findings that stand behind an edit.
type mover struct {
	from, until, delta int // byte range of the old text inside which nothing may be, and how much longer it is now
	start, end         place
	to                 place // where end is now
}

type place struct{ line, column int }

func (p place) compare(q place) int {
	if p.line != q.line {
		return p.line - q.line
	}
	return p.column - q.column
}

func newMover(from, until, delta int) *mover { return &mover{from: from, until: until, delta: delta} }

func (m *mover) before(s *openapi.Source) {
	m.start.line, m.start.column = s.Position(m.from)
	m.end.line, m.end.column = s.Position(m.until)
}

func (m *mover) after(s *openapi.Source) {
	m.to.line, m.to.column = s.Position(m.until + m.delta)
}

// saysLines finds messages that name lines.
var saysLines = regexp.MustCompile(`\blines? [0-9]`)

// move moves a finding. It reports false where it cannot: the finding points
// into the region, or says in words where something stands.
func (m *mover) move(f *check.Finding) bool {
	if m.end.line != m.to.line && saysLines.MatchString(f.Message) {
		return false
	}
	if !m.location(&f.Location) {
		return false
	}
	if len(f.Related) > 0 {
		f.Related = slices.Clone(f.Related)
		for i := range f.Related {
			if !m.location(&f.Related[i].Location) || m.end.line != m.to.line && saysLines.MatchString(f.Related[i].Message) {
				return false
			}
		}
	}
	return f.Fix == nil || m.fix(f)
}

func (m *mover) location(l *check.Location) bool {
	from, okFrom := m.place(place{l.Line, l.Column})
	to, okTo := m.place(place{l.EndLine, l.EndColumn})
	l.Line, l.Column, l.EndLine, l.EndColumn = from.line, from.column, to.line, to.column
	return okFrom && okTo
}

func (m *mover) place(p place) (place, bool) {
	if p.compare(m.start) <= 0 {
		return p, true
	}
	if p.compare(m.end) < 0 {
		return p, false
	}
	if p.line == m.end.line {
		p.column += m.to.column - m.end.column
	}
	p.line += m.to.line - m.end.line
	return p, true
}

func (m *mover) fix(f *check.Finding) bool {
	fix := *f.Fix
	fix.Edits = slices.Clone(fix.Edits)
	for i := range fix.Edits {
		for _, at := range [...]*int{&fix.Edits[i].Start, &fix.Edits[i].End} {
			switch {
			case *at >= m.until:
				*at += m.delta
			case *at > m.from:
				return false
			}
		}
	}
	f.Fix = &fix
	return true
}

// equal reports whether two findings are the same.
func equal(f, g *check.Finding) bool {
	return f.Message == g.Message && f.Key == g.Key && f.Location == g.Location &&
		slices.Equal(f.Related, g.Related) && reflect.DeepEqual(f.Fix, g.Fix) && reflect.DeepEqual(f.Properties, g.Properties)
}
