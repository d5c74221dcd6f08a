// Package ink styles text for a terminal, the same wherever something is shown.
// Colour only repeats what a word says. Whether a terminal takes it is for the
// caller to know.
package ink

// The styles, as parameters of ANSI's "select graphic rendition".
const (
	Bold    = "1"
	Dim     = "2"
	Red     = "31"
	BoldRed = "1;31"
	Green   = "32"
	Yellow  = "33"
	Blue    = "34"
	Cyan    = "36"
)

// Paint returns the text in a style; as it is where on is false, or either is
// empty.
func Paint(on bool, style, text string) string {
	if !on || style == "" || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}
