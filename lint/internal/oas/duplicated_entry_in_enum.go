package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var duplicatedEntryInEnum = &rule{
	Meta: check.Meta{
		ID:      "duplicated-entry-in-enum",
		Summary: "The values of an enum must be unique.",
		Rationale: "A value listed twice does nothing for validation, and generators make two constants of one name from it, " +
			"which does not compile. Mostly one of the two was meant to be another value. Remove it or mend it.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkDuplicatedEntryInEnum,
}

func checkDuplicatedEntryInEnum(_ context.Context, p *pass) error {
	doc := p.Subject
	report := once{p: p}
	everywhere(doc, func(n *openapi.Node) {
		enum := n.Get("enum")
		if enum == nil || n.Key() == "properties" {
			return
		}
		values := resolved(doc, enum)
		if !values.Is(openapi.Array) || values.Len() < 2 {
			return
		}
		if first, again := duplicate(doc, values.Children()); again != nil {
			report.Report(written(doc, enum), "", fmt.Sprintf("enum lists %s twice%s", quoted(again), lines(first, again)))
		}
	})
	return nil
}

// duplicate returns the first of the values that equals one before it, and
// that one.
func duplicate(doc *openapi.Document, values []*openapi.Node) (first, again *openapi.Node) {
	if len(values) <= 8 {
		for i, v := range values {
			for _, w := range values[:i] {
				if v.Kind() == w.Kind() && canonical(doc, v) == canonical(doc, w) {
					return w, v
				}
			}
		}
		return nil, nil
	}
	seen := make(map[string]*openapi.Node, len(values))
	for _, v := range values {
		c := canonical(doc, v)
		if w := seen[c]; w != nil {
			return w, v
		}
		seen[c] = v
	}
	return nil, nil
}

// lines says in brackets where two values stand, nothing where both stand on
// one line.
func lines(first, again *openapi.Node) string {
	a, b := first.Location().Line, again.Location().Line
	if a == b {
		return ""
	}
	return fmt.Sprintf(" (lines %d and %d)", a, b)
}
