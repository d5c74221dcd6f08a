package lint

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"

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

// saysLines finds messages that name lines, and endsWithLines those that do so at
// their end, where rules have them.
var (
	saysLines     = regexp.MustCompile(`\blines? [0-9]`)
	endsWithLines = regexp.MustCompile(`\(lines? ([0-9]+)(?: and ([0-9]+))?\)$`)
)

// message moves the lines that a message names.
func (m *mover) message(text string) (string, bool) {
	if m.end.line == m.to.line {
		return text, true
	}
	said := saysLines.FindAllStringIndex(text, 2)
	if said == nil {
		return text, true
	}
	at := endsWithLines.FindStringSubmatchIndex(text)
	if at == nil || len(said) > 1 {
		return text, false
	}
	moved := []byte(text[:at[2]])
	for i := 2; i < len(at) && at[i] >= 0; i += 2 {
		if i > 2 {
			moved = append(moved, text[at[i-1]:at[i]]...)
		}
		line, err := strconv.Atoi(text[at[i]:at[i+1]])
		switch {
		case err != nil, line >= m.start.line && line <= m.end.line:
			return text, false
		case line > m.end.line:
			line += m.to.line - m.end.line
		}
		moved = strconv.AppendInt(moved, int64(line), 10)
	}
	return string(moved) + ")", true
}

// move moves a finding. It reports false where it cannot: the finding points
// into the region, or says in words where something stands.
func (m *mover) move(f *check.Finding) bool {
	var ok bool
	if f.Message, ok = m.message(f.Message); !ok || !m.location(&f.Location) {
		return false
	}
	if len(f.Related) > 0 {
		f.Related = slices.Clone(f.Related)
		for i := range f.Related {
			r := &f.Related[i]
			if r.Message, ok = m.message(r.Message); !ok || !m.location(&r.Location) {
				return false
			}
		}
	}
	return f.Fix == nil || m.fix(f)
}

func (m *mover) location(l *check.Location) bool {
	start, end := place{l.Line, l.Column}, place{l.EndLine, l.EndColumn}
	from, okFrom := m.place(start, true)
	to, okTo := m.place(end, start == end)
	l.Line, l.Column, l.EndLine, l.EndColumn = from.line, from.column, to.line, to.column
	return okFrom && okTo
}

// place moves a place. Where something is put between two others, what ends there
// stays, and what begins there moves.
func (m *mover) place(p place, begins bool) (place, bool) {
	behind := p.compare(m.end) >= 0
	switch {
	case behind && begins:
	case p.compare(m.start) <= 0:
		return p, true
	case !behind:
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
		e := &fix.Edits[i]
		if m.from == m.until && e.Start <= m.from && e.End >= m.from {
			return false // it may belong to either side
		}
		for _, at := range [...]*int{&e.Start, &e.End} {
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
