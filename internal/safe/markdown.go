package safe

import (
	"strings"
	"unicode/utf8"
)

// zeroWidth is a zero width space. Put behind a character, it keeps a code
// host from reading a reference there, which hosts do after Markdown's own
// escapes are gone.
const zeroWidth = "\u200b"

// Markdown makes s plain text on one line of Markdown, a table cell
// included. No markup, HTML, link, mention or reference of GitHub or GitLab
// comes of it.
func Markdown(s string) string {
	s = strings.TrimSpace(Line(s))
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '&':
			b.WriteString("&amp;")
		case c == '|':
			b.WriteString("&#124;")
		case isMarkup(s, i), i == digits && i > 0 && (c == '.' || c == ')'): // 1. begins a list
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
		if isReference(s, i) {
			b.WriteString(zeroWidth)
		}
	}
	return b.String()
}

// isMarkup reports whether the byte at i may be markup and needs a
// backslash. What can only begin a block is markup at the start.
func isMarkup(s string, i int) bool {
	switch s[i] {
	case '\\', '`', '*', '[', ']', '#', '~', '$':
		return true
	case '_': // within a word it is text
		return i == 0 || i == len(s)-1 || !isWord(s[i-1]) || !isWord(s[i+1])
	case '-', '+', '=':
		return i == 0
	}
	return false
}

// isReference reports whether a zero width space must follow the byte at i:
// behind a sigil that a name or number follows (@user, #12, !12, $12, &12,
// ~label, %milestone, :emoji:, GH-12, /quick), and in what becomes a link by
// itself.
func isReference(s string, i int) bool {
	if i+1 >= len(s) {
		return false
	}
	next := s[i+1]
	switch s[i] {
	case '@':
		return next != ' '
	case '#', '!', '$', '&':
		return next >= '0' && next <= '9'
	case '~', '%':
		return isWord(next) || next == '"'
	case ':':
		name := strings.TrimLeft(s[i+1:], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-")
		return next == '/' || strings.HasPrefix(name, ":") && next != ':' || hasSuffixFold(s[:i], "mailto") || hasSuffixFold(s[:i], "xmpp")
	case '/':
		return i == 0
	case 'w', 'W':
		return next == '.' && hasSuffixFold(s[:i], "ww")
	case '-':
		return hasSuffixFold(s[:i], "gh")
	}
	return false
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// MarkdownCode makes s a code span on one line.
func MarkdownCode(s string) string {
	s = Line(s)
	longest, run := 0, 0
	for i := range len(s) {
		if s[i] == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	fence := strings.Repeat("`", longest+1)
	if s == "" || s[0] == '`' || s[len(s)-1] == '`' || s[0] == ' ' && s[len(s)-1] == ' ' {
		s = " " + s + " "
	}
	return fence + s + fence
}

// MarkdownCell makes Markdown that has no markup but code and links safe in
// a table cell.
func MarkdownCell(s string) string {
	return strings.ReplaceAll(s, "|", `\|`)
}

// MarkdownURL makes an address safe between angle brackets.
func MarkdownURL(s string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", "|", "%7C", " ", "%20").Replace(Line(s))
}
