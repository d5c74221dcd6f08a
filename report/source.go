package report

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// sources hands out the text of files by line. A file is asked for and
// indexed once.
type sources struct {
	get   func(file string) ([]byte, bool)
	files map[string]*sourceFile
}

func newSources(get func(file string) ([]byte, bool)) *sources {
	return &sources{get: get, files: map[string]*sourceFile{}}
}

// file returns the file, or nil where there is none.
func (s *sources) file(name string) *sourceFile {
	if s.get == nil || name == "" {
		return nil
	}
	f, ok := s.files[name]
	if !ok {
		if text, found := s.get(name); found {
			f = newSourceFile(text)
		}
		s.files[name] = f
	}
	return f
}

// sourceFile is a text with an index of its lines. Descriptions that were
// minified have one line of many megabytes, so that columns of long lines
// are indexed as well.
type sourceFile struct {
	text  []byte
	lines []int // byte offset at which each line starts
	marks map[int][]int
}

// longLine is how many bytes make a line long, and markEvery how many code
// points lie between two of its marks.
const (
	longLine  = 4096
	markEvery = 1024
)

func newSourceFile(text []byte) *sourceFile {
	f := &sourceFile{text: text, lines: []int{0}, marks: map[int][]int{}}
	for at := 0; ; {
		n := bytes.IndexByte(text[at:], '\n')
		if n < 0 {
			return f
		}
		at += n + 1
		f.lines = append(f.lines, at)
	}
}

// line returns the text of line n, counted from 1, without its line break.
// It is nil where there is no such line.
func (f *sourceFile) line(n int) []byte {
	if n < 1 || n > len(f.lines) {
		return nil
	}
	end := len(f.text)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	line := f.text[f.lines[n-1]:end]
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// column returns the byte offset within line n of a column, which counts
// code points from 1. A column beyond the line is its end.
func (f *sourceFile) column(n, column int) int {
	line := f.line(n)
	points, at := column-1, 0
	if len(line) >= longLine && points >= markEvery {
		marks := f.marksOf(n, line)
		i := min(points/markEvery, len(marks)-1)
		at, points = marks[i], points-i*markEvery
	}
	return at + skip(line[at:], points)
}

// marksOf returns the byte offset of every markEvery-th code point of a line.
func (f *sourceFile) marksOf(n int, line []byte) []int {
	marks, ok := f.marks[n]
	if !ok {
		for at := 0; at < len(line); at += skip(line[at:], markEvery) {
			marks = append(marks, at)
		}
		f.marks[n] = marks
	}
	return marks
}

// skip returns how many bytes the first n code points of text take.
func skip(text []byte, n int) int {
	at := 0
	for ; n > 0 && at < len(text); n-- {
		if text[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return at
}

// position returns the line and column (in code points, both from 1) of a
// byte offset, which is taken as the nearest one within the text.
func (f *sourceFile) position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(f.text))
	line = sort.SearchInts(f.lines, offset+1)
	at, points := f.lines[line-1], 0
	if offset-at >= longLine {
		text := f.line(line)
		within := min(offset-at, len(text))
		marks := f.marksOf(line, text)
		i := sort.SearchInts(marks, within+1) - 1
		at, points = at+marks[i], i*markEvery
	}
	return line, points + utf8.RuneCount(f.text[at:offset]) + 1
}
