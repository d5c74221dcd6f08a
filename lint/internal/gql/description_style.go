package gql

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

var descriptionStyle = &rule{
	Meta: check.Meta{
		ID:      "graphql-description-style",
		Summary: "Descriptions must be block strings.",
		Rationale: "Block strings need no escapes, keep their line breaks, and grow without a change of style: one form " +
			"everywhere keeps differences small. Write `\"\"\"` instead of `\"`.",
		Fix:      "Writes the description as a block string, where it has no escapes.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "style"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"description-style"},
	},
	Check: checkDescriptionStyle,
}

func checkDescriptionStyle(_ context.Context, p *pass) error {
	for e := range described(p.Subject) {
		src := e.Base().Source()
		start, end := e.Base().DescriptionSpan()
		if src == nil || end-start < 2 || isJSON(src) {
			continue // introspection has no style
		}
		if text := src.Text()[start:end]; strings.HasPrefix(text, `"`) && !strings.HasPrefix(text, `"""`) {
			p.Report(check.Finding{
				Location: place(p.Subject, graphql.DescriptionLocation(e)),
				Message:  fmt.Sprintf("the description of %s is %s, not a block string", called(e), excerpt(text)),
				Fix:      asBlock(src, start, end, text[1:len(text)-1]),
			})
		}
	}
	return nil
}

// asBlock is the fix that writes a text as a block string in place of what
// stands between two offsets; nil where the text has something that means
// another thing there.
func asBlock(src *graphql.Source, start, end int, text string) *check.Fix {
	if strings.ContainsAny(text, "\\\"\n\r") {
		return nil
	}
	return &check.Fix{
		Title: "Write the description as a block string",
		Edits: []check.Edit{{File: src.Name(), Start: start, End: end, NewText: `"""` + text + `"""`}},
	}
}
