package oas

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

// reportEmpty reports a member that is missing (nil) or empty, of what has
// the name owner.
func reportEmpty(p *pass, v, at *openapi.Node, owner, name string) {
	if v == nil {
		p.Reportf(Place(at), "%s has no %s", owner, name)
		return
	}
	p.Reportf(Place(at), "%s of %s is empty", name, owner)
}

// reportEmptyInOperations reports the operations of which the member is
// missing or empty.
func reportEmptyInOperations(p *pass, name string) {
	for _, o := range uniqueOperations(p.Subject) {
		if v, at := field(p.Subject, o.at, name); !ecma.Truthy(v) {
			reportEmpty(p, v, at, o.String(), name)
		}
	}
}

// reportNoList reports a member that is not a list with at least one
// element, of the value at a place.
func reportNoList(p *pass, at *openapi.Node, owner, name string) {
	v, at := field(p.Subject, at, name)
	switch {
	case v == nil:
		p.Reportf(Place(at), "%s has no %s", owner, name)
	case !v.Is(openapi.Array):
		p.Reportf(Place(at), "%s of %s is %s, not a list", name, owner, kindOf(v))
	case v.Len() == 0:
		p.Reportf(Place(at), "%s of %s is an empty list", name, owner)
	}
}

// reportNoListOf reports a member of the document that is not a list with at
// least one element, and its first element that is not of the kind.
func reportNoListOf(p *pass, name string, kind openapi.Kind) {
	doc := p.Subject
	reportNoList(p, doc.Root(), "the description", name)
	list := member(doc, doc.Root(), name)
	if !list.Is(openapi.Array) {
		return
	}
	for i, c := range list.Children() {
		if v := resolved(doc, c); !v.Is(kind) {
			p.Reportf(Place(written(doc, c)), "item %d of %s is %s, not %s", i, name, kindOf(v), kind.WithArticle())
			return
		}
	}
}

// reportPaths reports the paths of the document that are bad. The format
// takes the path.
func reportPaths(p *pass, bad func(path string) bool, format string, fix func(item *openapi.Node) *check.Fix) {
	doc := p.Subject
	paths, at := field(doc, doc.Root(), "paths")
	if text, ok := paths.Str(); ok && bad(text) {
		p.Reportf(Place(at), format, text)
	}
	if !paths.Is(openapi.Object) {
		return
	}
	report := once{p: p}
	for _, item := range paths.Children() {
		if bad(item.Key()) {
			report.Mend(written(doc, item), "", fmt.Sprintf(format, item.Key()), func() *check.Fix {
				if fix == nil {
					return nil
				}
				return fix(item)
			})
		}
	}
}

// reportInMarkdown reports titles and descriptions that contain the text.
func reportInMarkdown(p *pass, text string) {
	doc := p.Subject
	report := once{p: p}
	visit := func(n *openapi.Node) {
		for _, c := range n.Children() {
			switch c.Key() {
			case "description", "title":
				if s, ok := resolved(doc, c).Str(); ok && strings.Contains(s, text) {
					report.Report(written(doc, c), "", fmt.Sprintf("%s contains %q", c.Key(), text))
				}
			}
		}
	}
	visit(doc.Root())
	everywhere(doc, visit)
}

// reportKeyword reports every use of a keyword in an OpenAPI 2.0
// description.
func reportKeyword(p *pass, name string) {
	doc := p.Subject
	if doc.Version() != openapi.V20 {
		return
	}
	report := once{p: p}
	visit := func(n *openapi.Node) {
		if c := n.Get(name); c != nil {
			report.Report(written(doc, c), "", fmt.Sprintf("%s is no keyword of OpenAPI 2.0", name))
		}
	}
	visit(doc.Root())
	everywhere(doc, visit)
}
