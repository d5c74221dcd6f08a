package jira

import (
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/integration/internal/describe"
)

// wiki writes blocks in the wiki markup that version 2 of the API takes. Every
// character of a text that could begin markup is written as an entity, which
// Jira shows and does not read as markup: no mention, link, macro or image comes
// of it.
// Source: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all
func wiki(blocks []describe.Block) string {
	var b strings.Builder
	for i, block := range blocks {
		if i > 0 {
			b.WriteString("\n")
			if block.Kind != describe.Item || blocks[i-1].Kind != describe.Item {
				b.WriteString("\n")
			}
		}
		switch block.Kind {
		case describe.Heading:
			b.WriteString("h3. ")
		case describe.Item:
			b.WriteString("* ")
		}
		for _, s := range block.Spans {
			b.WriteString(wikiSpan(s))
		}
	}
	return b.String()
}

func wikiSpan(s describe.Span) string {
	text := wikiText(s.Text)
	switch {
	case text == "":
		return ""
	case s.Link != "":
		return "[" + text + "|" + wikiLink.Replace(s.Link) + "]"
	case s.Code:
		return "{{" + text + "}}"
	case s.Strong:
		return "*" + text + "*"
	}
	return text
}

// wikiLink keeps an address within its brackets.
var wikiLink = strings.NewReplacer("]", "%5D", "[", "%5B", "|", "%7C", "{", "%7B", "}", "%7D", "^", "%5E", "!", "%21", "\\", "%5C")

// wikiText makes s plain text. Letters, digits, spaces, and what no markup
// begins with stay as they are.
func wikiText(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x80 && strings.ContainsRune(`\*_?-+^~{}[]|!#@&<>:%()'"`+"`", r) {
			b.WriteString("&#" + strconv.Itoa(int(r)) + ";")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
