package openapi

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

// Format is the syntax of a source.
type Format uint8

// The formats.
const (
	JSON Format = iota + 1
	YAML
)

// String returns "JSON" or "YAML".
func (f Format) String() string {
	if f == JSON {
		return "JSON"
	}
	return "YAML"
}

// Source is one file of a description, with its tree and its line table.
type Source struct {
	name       string
	text       string
	format     Format
	root       *Node
	problems   []check.Finding
	duplicates []duplicate
	badKeys    []badKey
	twice      bool // some key is given twice
	linked     bool // YAML: something has an anchor, is an alias or has a tag
	copying    bool // while parsing: what an alias stands for, whose problems are known

	id      string  // the name under which references find the source
	located bool    // whether that name is one that other sources can be found from
	refs    []*Node // objects with a string member $ref

	namesOnce   sync.Once
	schemaNames schemaNames

	once    sync.Once
	lines   []uint32 // byte offsets at which lines start
	ascii   bool
	returns bool     // there are carriage returns
	runes   []uint32 // code points before each block of a text that has long lines; nil where it is ASCII or no UTF-8
}

// Name returns the name of the source as it is shown: a path or a URL.
func (s *Source) Name() string { return s.name }

// Text returns the whole source.
func (s *Source) Text() string { return s.text }

// Format returns the syntax of the source.
func (s *Source) Format() Format { return s.format }

// Root returns the tree of the source.
func (s *Source) Root() *Node { return s.root }

// Problems returns what is wrong with the source as a text: keys given twice,
// keys that are no strings, a second YAML document. For that of a document see
// [Document.Problems].
func (s *Source) Problems() []check.Finding { return s.problems }

// Position turns a byte offset into a line and a column, both counted from
// 1, the column in Unicode code points.
func (s *Source) Position(offset int) (line, column int) {
	s.once.Do(s.scanLines)
	offset = min(max(offset, 0), len(s.text))
	i := sort.Search(len(s.lines), func(i int) bool { return int(s.lines[i]) > offset }) - 1
	start := int(s.lines[i])
	if s.ascii {
		return i + 1, offset - start + 1
	}
	if s.runes == nil || offset < len(s.text) && !utf8.RuneStart(s.text[offset]) {
		return i + 1, utf8.RuneCountInString(s.text[start:offset]) + 1
	}
	if offset-start <= runeBlock {
		return i + 1, runeStarts(s.text[start:offset]) + 1
	}
	return i + 1, s.runesBefore(offset) - s.runesBefore(start) + 1
}

// runeBlock is how many bytes lie between entries of Source.runes.
const runeBlock = 4096

// runesBefore counts the code points before an offset, so that a position in a
// line of megabytes costs no more than one in a block.
func (s *Source) runesBefore(offset int) int {
	block := offset / runeBlock
	return int(s.runes[block]) + runeStarts(s.text[block*runeBlock:offset])
}

// runeStarts counts the bytes that begin a code point.
func runeStarts(text string) int {
	n := 0
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return n
}

// Offset turns a line and a column into a byte offset; what lies outside the
// source is clipped to it.
func (s *Source) Offset(line, column int) int {
	s.once.Do(s.scanLines)
	if line < 1 {
		return 0
	}
	if line > len(s.lines) {
		return len(s.text)
	}
	offset := int(s.lines[line-1])
	if s.ascii {
		return min(offset+column-1, len(s.text))
	}
	for ; column > 1 && offset < len(s.text); column-- {
		_, size := utf8.DecodeRuneInString(s.text[offset:])
		offset += size
	}
	return offset
}

// scanLines builds the line table. A line ends with LF, CRLF or a lone CR.
func (s *Source) scanLines() {
	s.ascii = isASCII(s.text)
	s.returns = strings.IndexByte(s.text, '\r') >= 0
	s.lines = lineStarts(make([]uint32, 1, 2+strings.Count(s.text, "\n")), s.text, 0)
	if s.ascii || s.longestLine() <= runeBlock || !utf8.ValidString(s.text) {
		return
	}
	s.runes = make([]uint32, 1, len(s.text)/runeBlock+1)
	for end := runeBlock; end <= len(s.text); end += runeBlock {
		s.runes = append(s.runes, s.runes[len(s.runes)-1]+uint32(runeStarts(s.text[end-runeBlock:end])))
	}
}

// lineStarts appends the places at which lines of a text start, but for the
// first; base is where the text is.
func lineStarts(to []uint32, text string, base int) []uint32 {
	if strings.IndexByte(text, '\r') < 0 {
		for at := 0; ; {
			i := strings.IndexByte(text[at:], '\n')
			if i < 0 {
				return to
			}
			at += i + 1
			to = append(to, uint32(base+at))
		}
	}
	for i := range len(text) {
		if c := text[i]; c == '\n' || c == '\r' && (i+1 >= len(text) || text[i+1] != '\n') {
			to = append(to, uint32(base+i+1))
		}
	}
	return to
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (s *Source) longestLine() int {
	longest, last := 0, 0
	for _, start := range s.lines {
		longest, last = max(longest, int(start)-last), int(start)
	}
	return max(longest, len(s.text)-last)
}

func (s *Source) location(start, end uint32, element string) check.Location {
	line, column := s.Position(int(start))
	endLine, endColumn := s.Position(int(max(start, end)))
	return check.Location{
		File: s.name, Line: line, Column: column,
		EndLine: endLine, EndColumn: endColumn, Element: element,
	}
}

// utf8BOM is the byte order mark that some editors put before UTF-8 text.
const utf8BOM = "\ufeff"

// sniff tells the format of a text by its first character, BOM and white
// space aside: JSON documents begin with a brace or a bracket.
func sniff(text string) Format {
	text = strings.TrimLeft(strings.TrimPrefix(text, utf8BOM), " \t\r\n")
	if text != "" && (text[0] == '{' || text[0] == '[') {
		return JSON
	}
	return YAML
}
