package lsp

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/lsp/protocol"
)

// Encoding is in what an editor counts the characters of a line.
type Encoding string

// The encodings of the protocol. UTF-16 is the one of editors that name none.
const (
	UTF8  Encoding = "utf-8"
	UTF16 Encoding = "utf-16"
	UTF32 Encoding = "utf-32"
)

// Text is a text with its lines, whose places can be said in bytes, as
// findings have them, and as editors do. It is immutable.
type Text struct {
	text  string
	lines []int // offsets at which lines start
	in    Encoding
}

// NewText returns a text whose characters are counted in UTF-16.
func NewText(text string) *Text { return UTF16.Text(text) }

// Text makes the table of lines. A line ends with LF, CRLF or a lone CR.
func (e Encoding) Text(text string) *Text {
	lines := make([]int, 1, 2+len(text)/32)
	for i := 0; i < len(text); {
		n := strings.IndexAny(text[i:], "\r\n")
		if n < 0 {
			break
		}
		i += n + 1
		if text[i-1] == '\r' && i < len(text) && text[i] == '\n' {
			i++
		}
		lines = append(lines, i)
	}
	return &Text{text: text, lines: lines, in: e}
}

// String returns the text.
func (t *Text) String() string { return t.text }

// Position turns an offset into a position; what lies outside is clipped.
func (t *Text) Position(offset int) protocol.Position {
	offset = min(max(offset, 0), len(t.text))
	line := sort.SearchInts(t.lines, offset+1) - 1
	return protocol.Position{Line: line, Character: t.in.units(t.text[t.lines[line]:offset])}
}

// Offset turns a position into an offset. A position behind the end of its line
// is the end of the line, one within a character the begin of the character.
func (t *Text) Offset(p protocol.Position) int {
	switch {
	case p.Line < 0:
		return 0
	case p.Line >= len(t.lines):
		return len(t.text)
	}
	start, end := t.lines[p.Line], t.lineEnd(p.Line)
	for at := start; ; {
		if p.Character <= 0 || at >= end {
			return at
		}
		r, size := utf8.DecodeRuneInString(t.text[at:end])
		if p.Character -= t.in.width(r, size); p.Character < 0 {
			return at
		}
		at += size
	}
}

// lineEnd returns the offset at which a line ends, before what ends it.
func (t *Text) lineEnd(line int) int {
	if line+1 >= len(t.lines) {
		return len(t.text)
	}
	start, end := t.lines[line], t.lines[line+1]
	return start + len(strings.TrimRight(t.text[start:end], "\r\n"))
}

// Line returns the line that an offset is in, and where it starts.
func (t *Text) Line(offset int) (line string, start int) {
	i := t.Position(offset).Line
	return t.text[t.lines[i]:t.lineEnd(i)], t.lines[i]
}

// Range turns two offsets into a range.
func (t *Text) Range(start, end int) protocol.Range {
	return protocol.Range{Start: t.Position(start), End: t.Position(end)}
}

// Span turns the place of a finding, with lines from 1 and columns in code
// points, into offsets.
func (t *Text) Span(at check.Location) (start, end int) {
	start = t.point(at.Line, at.Column)
	return start, max(start, t.point(at.EndLine, at.EndColumn))
}

func (t *Text) point(line, column int) int {
	switch {
	case line < 1:
		return 0
	case line > len(t.lines):
		return len(t.text)
	}
	at, end := t.lines[line-1], t.lineEnd(line-1)
	if line == 1 && strings.HasPrefix(t.text, "\ufeff") {
		column++ // which loaders do not count
	}
	for ; column > 1 && at < end; column-- {
		_, size := utf8.DecodeRuneInString(t.text[at:end])
		at += size
	}
	return at
}

// Apply makes the changes, one after the other, and returns the new text.
func (t *Text) Apply(changes []protocol.Change) *Text {
	for _, c := range changes {
		if c.Range == nil {
			t = t.in.Text(c.Text)
			continue
		}
		start, end := t.Offset(c.Range.Start), t.Offset(c.Range.End)
		if end < start {
			start, end = end, start
		}
		t = t.in.Text(t.text[:start] + c.Text + t.text[end:])
	}
	return t
}

// units counts the characters of a text.
func (e Encoding) units(text string) int {
	if e == UTF8 {
		return len(text)
	}
	n := 0
	for _, r := range text {
		n += e.width(r, 0)
	}
	return n
}

// width is as how many an editor counts a character, which has the size in bytes.
func (e Encoding) width(r rune, size int) int {
	switch {
	case e == UTF8:
		return size
	case e == UTF16 && r > 0xffff:
		return 2
	}
	return 1
}

// shift maps offsets of one text to another one that was made of it by a change
// at one place: what is before and behind the change stays where it is, what is
// inside goes to its begin.
type shift struct {
	before int // how many bytes are alike at the begin
	tail   int // the offset of the one text from which on both are alike
	by     int // how far the tail has moved
}

// shiftOf compares two texts. It takes no time where they are one.
func shiftOf(from, to string) shift {
	if from == to {
		return shift{before: len(from), tail: len(from)}
	}
	most := min(len(from), len(to))
	before, behind := 0, 0
	for before < most && from[before] == to[before] {
		before++
	}
	for behind < most-before && from[len(from)-1-behind] == to[len(to)-1-behind] {
		behind++
	}
	return shift{before: before, tail: len(from) - behind, by: len(to) - len(from)}
}

func (s shift) move(offset int) int {
	switch {
	case offset <= s.before:
		return offset
	case offset >= s.tail:
		return offset + s.by
	}
	return s.before
}
