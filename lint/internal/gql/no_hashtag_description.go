package gql

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

var noHashtagDescription = &rule{
	Meta: check.Meta{
		ID:      "graphql-no-hashtag-description",
		Summary: "What describes an element must be a description, not a comment.",
		Rationale: "A comment above a definition was how early GraphQL wrote descriptions. Parsers drop it: no editor, no " +
			"explorer and no reference shows it. Write it as a string, or leave an empty line after a comment that is " +
			"for maintainers only. Reported are comments directly above an element without a description.",
		Fix:      "Writes a comment of one line as a description.",
		Severity: check.Warning, Tags: []string{"graphql", "descriptions", "plumb:recommended"}, Since: "0.1.0",
		Aliases: []string{"no-hashtag-description"},
	},
	Check: checkNoHashtagDescription,
}

func checkNoHashtagDescription(_ context.Context, p *pass) error {
	for e := range p.Subject.Elements() {
		n := e.Base()
		src := n.Source()
		if src == nil || !blank(n.Description) {
			continue
		}
		start, _ := n.Span()
		comment, offset := commentAbove(src.Text(), start)
		if comment == "" || !isProse(comment) {
			continue
		}
		at := e.Location()
		at.Line, at.Column = src.Position(offset)
		at.EndLine, at.EndColumn = at.Line, at.Column+utf8.RuneCountInString(comment)
		f := check.Finding{Location: at, Message: fmt.Sprintf("%s is described by the comment %q", called(e), excerpt(comment))}
		if more, _ := commentAbove(src.Text(), offset); more == "" && n.Description == "" { // of one line
			f.Fix = asBlock(src, offset, offset+len(comment), strings.TrimSpace(strings.TrimLeft(comment, "#")))
		}
		p.Report(f)
	}
	return nil
}

// commentAbove returns the comment on the line before the one that the offset
// is on, and where it begins; "" where another token stands between, or on
// the line of the comment.
func commentAbove(text string, offset int) (comment string, at int) {
	before := strings.TrimRight(text[:offset], " \t,\ufeff")
	if !strings.HasSuffix(before, "\n") {
		return "", 0
	}
	before = strings.TrimSuffix(before[:len(before)-1], "\r")
	start := strings.LastIndexByte(before, '\n') + 1
	comment = strings.TrimLeft(before[start:], " \t,\ufeff")
	if !strings.HasPrefix(comment, "#") {
		return "", 0
	}
	return comment, len(before) - len(comment)
}

// isProse reports whether a comment says something about what it stands
// above: it is no rule of dashes, no word to a tool, no definition that was
// commented out.
func isProse(comment string) bool {
	text := strings.TrimSpace(strings.TrimLeft(comment, "#"))
	for _, tool := range []string{"eslint", "lint-", "prettier-", "import ", "@", "TODO", "FIXME", "noinspection", "region", "endregion"} {
		if strings.HasPrefix(text, tool) {
			return false
		}
	}
	if strings.HasSuffix(text, "{") || strings.HasSuffix(text, "}") || commentedOut.MatchString(text) {
		return false
	}
	return strings.IndexFunc(text, unicode.IsLetter) >= 0 && !strings.HasSuffix(text, "---") && !strings.HasSuffix(text, "===")
}

// commentedOut matches a field or a value of SDL that is not in use: "name:
// String!", "OPEN".
var commentedOut = regexp.MustCompile(`^(\w+(\(.*\))?:\s*\[*\w+[\]!]*(\s*[@=].*)?|[A-Z][A-Z0-9_]+)$`)
