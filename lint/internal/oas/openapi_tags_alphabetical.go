package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

var openapiTagsAlphabetical = &rule{
	Meta: check.Meta{
		ID:      "openapi-tags-alphabetical",
		Summary: "The tags of the document must be in alphabetical order.",
		Rationale: "Tools show tags in the order in which the document lists them. In alphabetical order a reader finds one " +
			"without reading all. Sort `tags` by name, as a dictionary would: without regard to case and punctuation " +
			"at first.",
		Fix:      "Sorts the tags, each with the comments directly above it.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "tags", "spectral:oas"}, Since: "0.1.0", OptIn: true,
	},
	Check: checkOpenapiTagsAlphabetical,
}

func checkOpenapiTagsAlphabetical(_ context.Context, p *pass) error {
	doc := p.Subject
	tags, at := field(doc, doc.Root(), "tags")
	if !container(tags) || tags.Len() < 2 {
		return nil
	}
	if tags.Is(openapi.Object) {
		p.Reportf(Place(at), "tags is an object, not a list")
		return nil
	}
	names := make([]*openapi.Node, tags.Len())
	for i, c := range tags.Children() {
		if tag := resolved(doc, c); !container(tag) {
			p.Reportf(Place(at), "item %d of tags is %s, not an object", i, kindOf(tag))
			return nil
		}
		names[i] = member(doc, c, "name")
	}
	for i, name := range names {
		if !name.Is(openapi.String) && !name.Is(openapi.Number) {
			p.Reportf(Place(at), "the name of item %d of tags is %s, not a string", i, kindOf(name))
			return nil
		}
	}
	order := collate.New(language.English)
	for i := range len(names) - 1 {
		if tagAfter(order, names[i], names[i+1]) {
			fix := sortTags(&edit.Editor{}, tags, func(i, j int) bool { return tagAfter(order, names[i], names[j]) })
			mend(p, Place(at), fix, "tag %q stands before %q", names[i].Text(), names[i+1].Text())
			return nil
		}
	}
	return nil
}

// tagAfter reports whether name a sorts after name b: as numbers where b is
// one and a is a number or no numeral, else as strings, and not at all where
// one is a string and the other is not.
func tagAfter(order *collate.Collator, a, b *openapi.Node) bool {
	_, aNumeral := numeral(a)
	fb, bNumeral := numeral(b)
	if (a.Is(openapi.Number) || !aNumeral) && bNumeral {
		fa, ok := numeral(a)
		return ok && fa-fb >= 1
	}
	return a.Is(openapi.String) && b.Is(openapi.String) && order.CompareString(a.Text(), b.Text()) > 0
}

// numeral reads a name as JavaScript turns it into a number.
func numeral(n *openapi.Node) (float64, bool) {
	if f, ok := n.Float(); ok {
		return f, true
	}
	return jsNumber(n.Text())
}
