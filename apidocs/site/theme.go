package site

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxTheme bounds a theme, in bytes.
const maxTheme = 256 << 10

// elsewhere matches what of a stylesheet asks for another file.
var elsewhere = regexp.MustCompile(`(?i)@import|url\(\s*['"]?\s*([^)'"\s]*)`)

// ParseTheme checks a stylesheet that changes the look of the site, by the
// variables that the look is made of: --ground, --raised, --line, --ink, --soft,
// --accent, --error, --warning, --info, --good, --mark, --mono. It may ask for
// no other file, since pages may load none.
func ParseTheme(text string) (string, error) {
	if len(text) > maxTheme {
		return "", fmt.Errorf("it is longer than %d KiB", maxTheme>>10)
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", errors.New("it is no text in UTF-8")
	}
	line := func(at int) int { return 1 + strings.Count(text[:at], "\n") }
	for _, m := range elsewhere.FindAllStringSubmatchIndex(text, -1) {
		if m[2] < 0 {
			return "", fmt.Errorf("line %d: @import asks for another file, and pages may load none", line(m[0]))
		}
		if target := text[m[2]:m[3]]; !strings.HasPrefix(strings.ToLower(target), "data:") && !strings.HasPrefix(target, "#") {
			return "", fmt.Errorf("line %d: %q is another file, and pages may load none; use a data: URL", line(m[0]), target)
		}
	}
	if at := strings.Index(text, "</"); at >= 0 {
		return "", fmt.Errorf("line %d: a stylesheet has no end tags", line(at))
	}
	if opened, closed := strings.Count(text, "{"), strings.Count(text, "}"); opened != closed {
		return "", fmt.Errorf("it opens %d braces and closes %d", opened, closed)
	}
	return text, nil
}
