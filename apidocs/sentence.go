package apidocs

import (
	"strings"
	"unicode/utf8"
)

// maxSentence bounds a summary, in bytes.
const maxSentence = 240

// FirstSentence returns the first sentence of a Markdown text as plain text on
// one line, without links, code marks and emphasis.
func FirstSentence(markdown string) string {
	text := strings.TrimSpace(markdown)
	if len(text) > 8*maxSentence {
		text = text[:8*maxSentence]
	}
	if p := strings.Index(text, "\n\n"); p >= 0 {
		text = text[:p]
	}
	text = oneLine(plain(text))
	for i := 0; i+1 < len(text); i++ {
		if (text[i] == '.' || text[i] == '!' || text[i] == '?') && text[i+1] == ' ' && !abbreviates(text[:i]) {
			text = text[:i+1]
			break
		}
	}
	if len(text) > maxSentence {
		cut := maxSentence
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		if space := strings.LastIndexByte(text[:cut], ' '); space > 0 {
			cut = space
		}
		text = text[:cut] + "…"
	}
	return text
}

// oneLine puts a text on one line, with one space between words.
func oneLine(s string) string {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == ' ' && (i == 0 || i+1 == len(s) || s[i+1] == ' ') {
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// abbreviates reports whether a full stop after the text ends a word and not a
// sentence.
func abbreviates(text string) bool {
	word := text[strings.LastIndexByte(text, ' ')+1:]
	switch strings.ToLower(strings.TrimLeft(word, "(")) {
	case "e.g", "i.e", "etc", "vs", "cf", "approx", "no":
		return true
	}
	return false
}

// marks are what plain takes away, or what begins it.
const marks = "[`*#<\\"

// plain takes the marks of Markdown from a paragraph: [text](url) becomes
// text, `code` code, and headings, emphasis and tags lose theirs.
func plain(s string) string {
	if !strings.ContainsAny(s, marks) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '[':
			label, after, ok := link(s[i:])
			if ok {
				b.WriteString(plain(label))
				i += after
				continue
			}
			b.WriteByte(c)
			i++
		case c == '`' || c == '*' || c == '#' && (i == 0 || s[i-1] == '\n' || s[i-1] == '#'):
			i++
		case c == '<':
			end := strings.IndexByte(s[i:], '>')
			if end < 0 || end > 200 || i+1 < len(s) && s[i+1] == ' ' {
				b.WriteByte(c)
				i++
				continue
			}
			i += end + 1
		case c == '\\' && i+1 < len(s):
			b.WriteByte(s[i+1])
			i += 2
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// link reads [label](target) at the start of s, and returns what follows it.
func link(s string) (label string, after int, ok bool) {
	end := strings.IndexByte(s, ']')
	if end < 0 || end+1 >= len(s) || s[end+1] != '(' {
		return "", 0, false
	}
	closing := strings.IndexByte(s[end:], ')')
	if closing < 0 {
		return "", 0, false
	}
	return s[1:end], end + closing + 1, true
}
