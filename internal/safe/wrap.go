package safe

import "strings"

// Wrap breaks a printable text between words so that it fits into a terminal of so
// many columns, where it begins behind lead of them; further lines are indented
// as far. It leaves the text alone where width is 0, where it fits, and where too
// little room is left for words.
func Wrap(text string, lead, width int) string {
	room := width - lead
	if width == 0 || room < 16 || Cells(text) <= room {
		return text
	}
	var b strings.Builder
	used := 0
	for i, word := range strings.Fields(text) {
		n := Cells(word)
		switch {
		case i > 0 && used+1+n > room:
			b.WriteString("\n" + Spaces(lead))
			used = 0
		case i > 0:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
