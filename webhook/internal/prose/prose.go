// Package prose makes the text of a description fit to stand in the comments of
// generated code: plain paragraphs of bounded length, on lines of bounded
// width, with nothing in them that an editor or a terminal would obey. How a
// comment begins and ends is for whoever writes it.
package prose

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/internal/safe"
)

var (
	plain = strings.NewReplacer("\r\n", "\n", "\r", "\n")
	link  = regexp.MustCompile(`\[([^\[\]]*)\]\((?:https?://|/)[^()\s]*\)`)
	alert = regexp.MustCompile(`^\[![A-Z]+\]\s*`)
)

// maxWord is how many bytes one word may have.
const maxWord = 200

// Paragraphs returns the paragraphs of a description, each on one line, items of
// lists as one each. What goes beyond limit characters is cut after a word.
// Marks of headings, quotations and alerts go, and of links all but their text;
// other Markdown stays as it is.
func Paragraphs(description string, limit int) []string {
	// Of a text without end only the beginning is looked at.
	if most := 64 * limit; len(description) > most {
		description = description[:most]
	}
	description = link.ReplaceAllString(description, "$1")
	var out, words []string
	end := func() {
		if len(words) > 0 {
			out = append(out, safe.Line(strings.Join(words, " ")))
			words = nil
		}
	}
	for line := range strings.Lines(plain.Replace(description)) {
		line = alert.ReplaceAllString(strings.TrimLeft(strings.TrimSpace(line), "#> "), "")
		if line == "" {
			end()
			continue
		}
		if item, ok := strings.CutPrefix(line, "* "); ok || strings.HasPrefix(line, "- ") {
			end()
			if ok {
				line = "- " + item
			}
		}
		for word := range strings.FieldsSeq(line) {
			word = cut(word)
			if limit -= utf8.RuneCountInString(word) + 1; limit < 0 {
				words = append(words, "…")
				end()
				return out
			}
			words = append(words, word)
		}
	}
	end()
	return out
}

// Wrap puts the words of a text into lines of at most width characters, but for
// a word that is longer. A word that glued reports is never the first of a line,
// whatever comes of that; a text that begins with one begins with "…" instead.
func Wrap(text string, width int, glued func(word string) bool) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for word := range strings.FieldsSeq(text) {
		n := utf8.RuneCountInString(word)
		if used > 0 && used+1+n > width && !glued(word) {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		switch {
		case used > 0:
			line.WriteByte(' ')
			used++
		case glued(word):
			line.WriteString("… ")
			used = 2
		}
		line.WriteString(word)
		used += n
	}
	if used > 0 {
		lines = append(lines, line.String())
	}
	return lines
}

// cut shortens a word that no line has room for.
func cut(word string) string {
	if len(word) <= maxWord {
		return word
	}
	for i := range word {
		if i > maxWord-utf8.UTFMax {
			return word[:i] + "…"
		}
	}
	return word
}
