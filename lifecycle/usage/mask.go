package usage

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mask returns the shape of a line that could not be read: letters are x,
// digits are 9, the punctuation stays. What it says is nobody's business.
func mask(line []byte) string {
	var b strings.Builder
	for n := 0; len(line) > 0 && n < maxMask; n++ {
		r, size := utf8.DecodeRune(line)
		switch {
		case r == utf8.RuneError:
			b.WriteByte('?')
		case r >= '0' && r <= '9':
			b.WriteByte('9')
		case r > 127 || unicode.IsLetter(r):
			b.WriteByte('x')
		case r < ' ' || r == 127:
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
		line = line[size:]
	}
	if len(line) > 0 {
		b.WriteString("…")
	}
	return b.String()
}

// maxMask is how many characters of a line are shown.
const maxMask = 80
