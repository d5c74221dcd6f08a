// Package safe makes the text of a description fit to be shown: no escape
// sequence of it reaches a terminal, no markup a note, no word a shell. Every
// view of findings and facts goes through it. HTML is not its business:
// html/template escapes there, behind [Line].
package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Line returns s as one line that a terminal shows and never obeys.
// Line breaks and tabs become a space; other control characters, characters
// that turn the direction of the text around, and bytes that are not UTF-8
// are written as escapes.
func Line(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i:], "\r\n"):
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		default:
			b.WriteString(Rune(r, s[i:i+size]))
		}
		i += size
	}
	return b.String()
}

// longest is how many bytes of a message a person is shown.
const longest = 2000

// Brief returns s as [Line] does and cuts what is too long to be read: a
// message quotes values of the description, which can be of any length.
func Brief(s string) string {
	if len(s) <= longest {
		return Line(s)
	}
	cut := longest
	for !utf8.RuneStart(s[cut]) && cut > longest-utf8.UTFMax {
		cut--
	}
	return Line(s[:cut]) + "…"
}

// isPlain reports whether s is printable ASCII.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Rune returns what stands for a rune: itself or an escape. raw is the text
// that it was decoded from.
func Rune(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case r < ' ' || r == 0x7f:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x7f:
		return raw
	case !isUnsafe(r):
		return raw
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// isUnsafe reports whether a rune beyond ASCII drives a terminal, breaks a
// line, is invisible on purpose or changes the direction of its neighbours
// (Unicode's UAX 9; the attack is known as Trojan Source).
func isUnsafe(r rune) bool {
	switch {
	case r >= 0x80 && r < 0xa0, // C1 controls
		r == 0x061c, r == 0x200e, r == 0x200f, // direction marks
		r >= 0x2028 && r <= 0x202e, // line and paragraph breaks, embeddings, overrides
		r >= 0x2060 && r <= 0x206f, // invisible operators, isolates
		r == 0xfeff, r >= 0xfff9 && r <= 0xfffb,
		r >= 0xe0000 && r <= 0xe007f: // tag characters
		return true
	}
	return false
}

// Cells returns how many columns of a terminal the printable text s takes:
// two for wide East Asian characters and emoji, none for marks that combine.
func Cells(s string) int {
	if isPlain(s) {
		return len(s)
	}
	n := 0
	for _, r := range s {
		n += runeCells(r)
	}
	return n
}

func runeCells(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Pad returns s followed by spaces up to n columns.
func Pad(s string, n int) string {
	return s + Spaces(n-Cells(s))
}

// Spaces returns n spaces, none where n is below 1.
func Spaces(n int) string {
	return strings.Repeat(" ", max(n, 0))
}

// Fill puts pieces of text into lines of at most n columns, with a space
// between two of a line. A piece that is wider has a line to itself.
func Fill(pieces []string, n int) []string {
	var lines []string
	used := 0
	for _, piece := range pieces {
		width := Cells(piece)
		if last := len(lines) - 1; last >= 0 && used+1+width <= n {
			lines[last] += " " + piece
			used += 1 + width
			continue
		}
		lines = append(lines, piece)
		used = width
	}
	return lines
}
