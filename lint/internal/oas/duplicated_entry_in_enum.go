package oas

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var duplicatedEntryInEnum = &rule{
	Meta: check.Meta{
		ID:      "duplicated-entry-in-enum",
		Summary: "The values of an enum must be unique.",
		Rationale: "A value listed twice does nothing for validation, and generators make two constants of one name from it, " +
			"which does not compile. Mostly one of the two was meant to be another value. Remove it or mend it.",
		Fix:      "Removes the values that equal one before them.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkDuplicatedEntryInEnum,
}

func checkDuplicatedEntryInEnum(_ context.Context, p *pass) error {
	doc := p.Subject
	report := once{p: p}
	e := &edit.Editor{}
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
			report.Mend(written(doc, enum), "", fmt.Sprintf("enum lists %s twice%s", quoted(again), lines(first, again)), func() *check.Fix {
				return withoutDuplicates(e, doc, values)
			})
		}
	})
	return nil
}

// withoutDuplicates is the fix that removes every value that equals one before
// it.
func withoutDuplicates(e *edit.Editor, doc *openapi.Document, values *openapi.Node) *check.Fix {
	seen := map[string]bool{}
	var edits []check.Edit
	for _, v := range values.Children() {
		key := canonical(doc, v)
		if seen[key] {
			removed := e.Remove(v)
			if removed == nil {
				return nil
			}
			edits = append(edits, removed...)
		}
		seen[key] = true
	}
	return edit.Fix("Remove what is listed twice", edits)
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
