package report

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
)

// frame is the source around a finding: the line before it, if it helps, and
// the line itself, cut at the marked part. All text is printable.
type frame struct {
	line                  int // number of the marked line, from 1
	context               string
	hasContext            bool
	before, marked, after string
}

// tabStop is how wide a tab is at most, in columns.
const tabStop = 4

// frameAt returns the frame of a place, no wider than width columns, and
// false where the place or the source is unknown.
func frameAt(src *sources, at check.Location, width int) (frame, bool) {
	file := src.file(at.File)
	if file == nil || at.Line < 1 {
		return frame{}, false
	}
	line := file.line(at.Line)
	if line == nil || at.Line == len(file.lines) && len(line) == 0 {
		return frame{}, false
	}
	fr := frame{line: at.Line}
	start, end := markOf(file, at, line)
	cut := fr.excerpt(line, start, end, max(width, 20))
	if prev := file.line(at.Line - 1); !cut && len(bytes.TrimSpace(prev)) > 0 {
		fr.context, fr.hasContext = head(prev, max(width, 20)), true
	}
	return fr, true
}

// markOf returns the bytes of a line to mark. Nothing is marked where the
// column is unknown; one character is where the end is.
func markOf(file *sourceFile, at check.Location, line []byte) (start, end int) {
	if at.Column < 1 {
		return 0, 0
	}
	start = file.column(at.Line, at.Column)
	switch {
	case at.EndLine > at.Line:
		end = len(bytes.TrimRight(line, " \t"))
	case at.EndLine == at.Line || at.EndLine == 0:
		end = file.column(at.Line, max(at.EndColumn, at.Column+1))
	}
	return start, max(end, start+skip(line[start:], 1))
}

// excerpt fills the frame with the part of a line around its mark and
// reports whether it cut the line's beginning.
func (fr *frame) excerpt(line []byte, start, end, width int) (cut bool) {
	if len(line) <= 4*width {
		before, col := render(line[:start], 0)
		marked, col2 := render(line[start:end], col)
		after, all := render(line[end:], col2)
		if all <= width {
			fr.before, fr.marked, fr.after = before, marked, after
			return false
		}
	}
	stop := end
	end = start + fit(line[start:end], 2*width/3)
	rest := width - safe.Cells(renderText(line[start:end])) - 2
	first := start - fitBack(line[:start], rest/2)
	rest -= safe.Cells(renderText(line[first:start]))
	last := end
	if end == stop {
		last += fit(line[end:], rest)
		rest -= safe.Cells(renderText(line[end:last]))
	}
	first -= fitBack(line[:first], rest)
	fr.before = renderText(line[first:start])
	fr.marked = renderText(line[start:end])
	fr.after = renderText(line[end:last])
	if first > 0 {
		fr.before = "…" + fr.before
	}
	if last < len(line) {
		fr.after += "…"
	}
	return first > 0
}

// head returns the beginning of a line, no wider than width columns.
func head(line []byte, width int) string {
	n := fit(line, width)
	if n == len(line) {
		return renderText(line)
	}
	return renderText(line[:fit(line, width-1)]) + "…"
}

// render makes source text printable and expands tabs; column is where the
// text starts. It returns the text and the column after it.
func render(text []byte, column int) (string, int) {
	var b strings.Builder
	for len(text) > 0 {
		s, size := renderRune(text, column)
		b.WriteString(s)
		column += safe.Cells(s)
		text = text[size:]
	}
	return b.String(), column
}

func renderText(text []byte) string {
	s, _ := render(text, 0)
	return s
}

// renderRune returns what stands for the first rune of text at a column, and
// how many bytes it takes.
func renderRune(text []byte, column int) (string, int) {
	r, size := utf8.DecodeRune(text)
	if r == '\t' {
		return safe.Spaces(tabStop - column%tabStop), size
	}
	return safe.Rune(r, string(text[:size])), size
}

// fit returns how many bytes from the start of text take at most width
// columns.
func fit(text []byte, width int) int {
	at, column := 0, 0
	for at < len(text) {
		s, size := renderRune(text[at:], column)
		if column += safe.Cells(s); column > width {
			break
		}
		at += size
	}
	return at
}

// fitBack returns how many bytes at the end of text take at most width
// columns, however their tabs fall.
func fitBack(text []byte, width int) int {
	n, column := 0, 0
	for n < len(text) {
		r, size := utf8.DecodeLastRune(text[:len(text)-n])
		tail := text[len(text)-n-size : len(text)-n]
		w := tabStop
		if r != '\t' {
			w = safe.Cells(safe.Rune(r, string(tail)))
		}
		if column += w; column > width {
			break
		}
		n += size
	}
	return n
}
