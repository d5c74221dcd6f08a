package gql

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// reportUndescribed reports the element where its description is missing or
// blank.
func reportUndescribed(p *pass, e graphql.Element) {
	n := e.Base()
	if !blank(n.Description) {
		return
	}
	if start, end := n.DescriptionSpan(); start < end {
		reportf(p, graphql.DescriptionLocation(e), "the description of %s is empty", called(e))
		return
	}
	reportf(p, e.Location(), "%s has no description", called(e))
}

// reportDescription reports the description of an element for a word in it.
// What it does is what reportf does, with less work: there can be thousands.
func reportDescription(p *pass, e graphql.Element, what, word string, fix *check.Fix) {
	at := place(p.Subject, graphql.DescriptionLocation(e))
	p.Report(check.Finding{Location: at, Message: "the description of " + noun(e) + ` "` + at.Element + `" ` + what + " " + strconv.Quote(word), Fix: fix})
}

// called names an element in a message: field "Issue.title".
func called(e graphql.Element) string { return noun(e) + ` "` + e.Coordinate() + `"` }

// described iterates over the elements that have a description which says
// something, in the order of the schema.
func described(s *graphql.Schema) func(yield func(graphql.Element) bool) {
	return func(yield func(graphql.Element) bool) {
		for e := range s.Elements() {
			if !blank(e.Base().Description) && !yield(e) {
				return
			}
		}
	}
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// isJSON reports whether a source is the result of an introspection query.
func isJSON(src *graphql.Source) bool {
	text := strings.TrimLeft(strings.TrimPrefix(src.Text(), "\ufeff"), " \t\r\n")
	return text != "" && (text[0] == '{' || text[0] == '[')
}

// opening returns the first word of a description, without the comma or
// colon after it. It is "" where the description begins with a mark, such as
// that of code or of a link.
func opening(description string) string {
	text := strings.TrimSpace(description)
	end := strings.IndexAny(text, " \t\r\n")
	if end < 0 {
		end = len(text)
	}
	return strings.TrimRight(text[:end], ",.:;!?")
}

// ending returns the last word of a description that does not end as a
// sentence does; "" where it does, or where it ends with a list, a table, a
// code block or a link, which need no period.
func ending(description string) string {
	text := strings.TrimRight(description, " \t\r\n")
	bare := strings.TrimRight(text, "\"'*_)`]”’»")
	last, _ := utf8.DecodeLastRuneInString(bare)
	if strings.ContainsRune(".!?:…。！？", last) {
		return ""
	}
	line := strings.TrimSpace(text[strings.LastIndexByte(text, '\n')+1:])
	word := line[strings.LastIndexAny(line, " \t")+1:]
	switch {
	case strings.HasPrefix(line, "```"), strings.HasPrefix(line, "|"), strings.HasPrefix(line, "- "),
		strings.HasPrefix(line, "* "), strings.HasPrefix(line, "<"), isNumbered(line):
		return ""
	case strings.Contains(word, "://"):
		return ""
	}
	return word
}

// isNumbered reports whether a line is an item of a numbered list.
func isNumbered(line string) bool {
	rest := strings.TrimLeft(line, "0123456789")
	return len(rest) < len(line) && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") "))
}
