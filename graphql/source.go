package graphql

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

// Source is one file of a schema: its name, its text and its line table.
type Source struct {
	name  string
	text  string
	lines []int32 // byte offsets at which lines start
	// marks[i] is how many code points lie before byte i*markEvery. It is nil
	// where the text is ASCII, so that columns are differences of offsets.
	// It keeps columns cheap in JSON that is one line of many megabytes.
	marks []int32
}

const markEvery = 512

// Name returns the name of the source as it is shown: a path or a URL.
func (s *Source) Name() string { return s.name }

// Text returns the whole source.
func (s *Source) Text() string { return s.text }

// Position turns a byte offset into a line and a column, both counted from
// 1, the column in Unicode code points. A line ends with LF, CRLF or a lone
// CR. An offset outside the text is clipped to it.
func (s *Source) Position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(s.text))
	i := sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset }) - 1
	start := int(s.lines[i])
	return i + 1, s.points(offset) - s.points(start) + 1
}

// points counts the code points before a byte offset.
func (s *Source) points(offset int) int {
	if s.marks == nil {
		return offset
	}
	mark := offset / markEvery
	n, from := int(s.marks[mark]), mark*markEvery
	if mark+1 < len(s.marks) && int(s.marks[mark+1])-n == markEvery {
		return n + offset - from // ASCII between the marks
	}
	return n + countPoints(s.text[from:offset])
}

// countPoints counts the code points that start in the text.
func countPoints(text string) int {
	n := 0
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return n
}

func newSource(name, text string) *Source {
	s := &Source{name: name, text: text, lines: lineStarts(text)}
	if !isASCII(text) {
		s.marks = markPoints(text)
	}
	return s
}

func lineStarts(text string) []int32 {
	lines := make([]int32, 1, 2+len(text)/18)
	if strings.IndexByte(text, '\r') < 0 { // most
		for i := 0; ; {
			n := strings.IndexByte(text[i:], '\n')
			if n < 0 {
				return lines
			}
			i += n + 1
			lines = append(lines, int32(i))
		}
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\n' || c == '\r' && (i+1 >= len(text) || text[i+1] != '\n') {
			lines = append(lines, int32(i+1))
		}
	}
	return lines
}

func isASCII(text string) bool {
	for len(text) >= 8 {
		if (text[0]|text[1]|text[2]|text[3]|text[4]|text[5]|text[6]|text[7])&utf8.RuneSelf != 0 {
			return false
		}
		text = text[8:]
	}
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func markPoints(text string) []int32 {
	marks := make([]int32, 0, 1+len(text)/markEvery)
	n := 0
	for {
		marks = append(marks, int32(n))
		if len(text) < markEvery {
			return marks
		}
		if block := text[:markEvery]; isASCII(block) {
			n += markEvery
		} else {
			n += countPoints(block)
		}
		text = text[markEvery:]
	}
}

// location makes the place between two byte offsets, the end exclusive.
func (s *Source) location(at span, element string) check.Location {
	if s == nil {
		return check.Location{Element: element}
	}
	if at == (span{}) {
		return check.Location{File: s.name, Element: element}
	}
	line, column := s.Position(int(at.start))
	endLine, endColumn := s.Position(int(max(at.start, at.end)))
	return check.Location{
		File: s.name, Line: line, Column: column,
		EndLine: endLine, EndColumn: endColumn, Element: element,
	}
}

// span is a range of bytes of a source, the end exclusive. The zero span
// means that there is none.
type span struct{ start, end int32 }
