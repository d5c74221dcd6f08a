package golang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/webhook/internal/prose"
)

const (
	// lineWidth is how wide comments are, indentation not counted; codeWidth how
	// wide the lists are that nobody need read.
	lineWidth = 100
	codeWidth = 140
	// Descriptions that are longer are cut: the document has the rest.
	maxTypeText  = 600
	maxFieldText = 300
	// maxTrailing is how long a comment beside its field may be.
	maxTrailing = 80
)

// comment writes paragraphs as a comment before a declaration. What descriptions
// hold becomes words of a comment and never a directive.
func (p *printer) comment(indent string, paragraphs ...string) {
	for i, paragraph := range paragraphs {
		if i > 0 {
			p.line(indent, "//")
		}
		if paragraph == deprecation {
			p.line(indent, "// ", deprecation)
			continue
		}
		if i == len(paragraphs)-1 {
			paragraph = ended(paragraph)
		}
		for _, line := range prose.Wrap(paragraph, lineWidth, directive) {
			p.line(indent, "// ", line)
		}
	}
}

// ended returns a text with a full stop where it ends in a word.
func ended(text string) string {
	last, _ := utf8.DecodeLastRuneInString(text)
	if unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune("`)\"'*_", last) && !strings.HasSuffix(text, ".\"") {
		return text + "."
	}
	return text
}

// directive reports whether some tool reads more than words into a comment's
// line that begins with the word.
func directive(word string) bool {
	for _, prefix := range []string{"+", "#", "go:", "line:", "export", "nolint", "lint:", "Output:", "Unordered", "Deprecated:", "BUG("} {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// deprecated adds what tools look for in comments of what is deprecated.
func deprecated(doc []string, is bool) []string {
	if !is {
		return doc
	}
	return append(doc[:len(doc):len(doc)], deprecation)
}

const deprecation = "Deprecated: the description says so."
