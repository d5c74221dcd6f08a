package env

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/ink"
)

// Style colours text for a terminal, the same in every command. Colour only
// repeats what a word says.
type Style struct{ On bool }

// Bold makes a heading.
func (s Style) Bold(text string) string { return s.paint(ink.Bold, text) }

// Dim sets text back.
func (s Style) Dim(text string) string { return s.paint(ink.Dim, text) }

// Good colours what is right.
func (s Style) Good(text string) string { return s.paint(ink.Green, text) }

// Bad colours what is wrong.
func (s Style) Bad(text string) string { return s.paint(ink.BoldRed, text) }

// Severity returns a severity's word, padded to a width.
func (s Style) Severity(severity check.Severity, width int) string {
	word := fmt.Sprintf("%-*s", width, severity)
	switch severity {
	case check.Error:
		return s.paint(ink.BoldRed, word)
	case check.Warning:
		return s.paint(ink.Yellow, word)
	}
	return s.paint(ink.Blue, word)
}

func (s Style) paint(style, text string) string { return ink.Paint(s.On, style, text) }

// Wrap breaks text into lines of at most width columns, each but the first
// behind indent spaces. A width below 1 breaks nothing; a word that is too
// long stays whole. Escape sequences take no room.
func Wrap(text string, width, indent int) string {
	if width < 1 {
		return text
	}
	var b strings.Builder
	used := 0
	for _, word := range strings.Fields(text) {
		n := columns(word)
		switch {
		case used == 0:
		case used+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}

// columns counts the characters of a text without its escape sequences.
func columns(text string) int {
	n := utf8.RuneCountInString(text)
	for {
		start := strings.IndexByte(text, '\x1b')
		if start < 0 {
			return n
		}
		length := strings.IndexByte(text[start:], 'm') + 1
		n -= length
		text = text[start+max(length, 1):]
	}
}
