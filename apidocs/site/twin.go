package site

import (
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/words"
)

// maxTwinRows bounds the members of schemas in a page's twin, so that it fits
// into what language models are given at once.
const maxTwinRows = 120

// twin writes the page of an entry as Markdown.
func (p *page) twin(e *apidocs.Entry) {
	p.rows = maxTwinRows
	p.raw("# ", oneLine(e.Title), "\n\n")
	switch e.Kind {
	case apidocs.Operation, apidocs.Webhook:
		p.twinCall(e, p.call(e))
	case apidocs.Schema:
		s := p.shape(e.Document, e.Node)
		p.twinText(s.Description)
		p.twinMembers(s, place{doc: e.Document, id: "of"})
	case apidocs.Field:
		p.raw("`", e.ID, "` returns `", e.Field.Type.String(), "`\n\n")
		p.twinText(e.Field.Description)
		p.twinDeprecated(e.Field.Deprecated)
		p.twinInputs("Arguments", e.Field.Args)
	case apidocs.Type:
		p.raw("GraphQL ", e.Type.Kind.Keyword(), "\n\n")
		p.twinText(e.Type.Description)
		p.twinDeprecated(e.Type.Deprecated)
		for i, f := range e.Type.Fields {
			if i == maxTwinRows {
				p.raw("- and ", words.Count(len(e.Type.Fields)-i, "more field"), "\n")
				break
			}
			p.twinRow(0, f.Name, f.Type.String(), false, f.Description)
		}
		p.twinInputs("Input fields", e.Type.InputFields)
		for _, v := range e.Type.EnumValues {
			p.twinRow(0, v.Name, "", false, v.Description)
		}
	}
	for _, t := range e.Twins {
		p.raw("\nIn ", string(t.Entry.Group.Area), ": [", t.ID, "](", p.root, t.Entry.Path, ".md)\n")
	}
}

func (p *page) twinCall(e *apidocs.Entry, c *apidocs.Call) {
	if e.Kind == apidocs.Operation {
		p.raw("`", e.ID, "`\n\n")
	} else {
		p.raw("Webhook `", e.ID, "`\n\n")
	}
	if e.Deprecated {
		p.raw("**Deprecated.**\n\n")
	}
	p.twinText(c.Description)
	if len(c.Parameters) > 0 {
		p.raw("## Parameters\n\n")
		for _, one := range c.Parameters {
			s := p.shape(e.Document, one.Schema)
			p.twinRow(0, one.Name, one.In+" "+s.Type, one.Required, one.Description)
		}
		p.raw("\n")
	}
	if len(c.Request) > 0 {
		p.raw("## Body (", c.Request[0].Type, ")\n\n")
		p.twinMembers(p.shape(e.Document, c.Request[0].Schema), place{doc: e.Document, id: "body"})
		p.raw("\n")
	}
	if len(c.Responses) > 0 {
		p.raw("## Responses\n\n")
	}
	for _, r := range c.Responses {
		p.raw("- **", r.Status, "** ", oneLine(apidocs.FirstSentence(r.Description)), "\n")
		if len(r.Media) > 0 && strings.HasPrefix(r.Status, "2") {
			s := p.shape(e.Document, r.Media[0].Schema)
			p.raw("  `", r.Media[0].Type, "`: ", s.Type)
			if s.Entry != nil {
				p.raw(" ([", s.Entry.Title, "](", p.root, s.Entry.Path, ".md))")
			}
			p.raw("\n")
			p.twinMembers(s, place{doc: e.Document, id: "r", depth: 1})
		}
	}
}

func (p *page) twinMembers(s *apidocs.Shape, at place) {
	for range 4 {
		if s.Items == nil || len(s.Properties) > 0 {
			break
		}
		s = p.shape(at.doc, s.Items)
	}
	for _, outer := range at.inside {
		if outer == s.Node {
			return
		}
	}
	for i, prop := range s.Properties {
		if p.rows <= 0 {
			p.raw(strings.Repeat("  ", at.depth), "- and ", words.Count(len(s.Properties)-i, "more member"), "\n")
			return
		}
		p.rows--
		inner := p.shape(at.doc, prop.Schema)
		p.twinRow(at.depth, prop.Name, inner.Type, prop.Required, inner.Description)
		if at.depth < 3 {
			p.twinMembers(inner, at.in(prop.Name, s.Node))
		}
	}
}

func (p *page) twinRow(depth int, name, kind string, required bool, description string) {
	p.raw(strings.Repeat("  ", depth), "- `", name, "`")
	if kind != "" {
		p.raw(" ", kind)
	}
	if required {
		p.raw(", required")
	}
	if d := apidocs.FirstSentence(description); d != "" {
		p.raw(": ", d)
	}
	p.raw("\n")
}

func (p *page) twinInputs(title string, all []*graphql.InputValue) {
	if len(all) == 0 {
		return
	}
	p.raw("## ", title, "\n\n")
	for _, v := range all {
		p.twinRow(0, v.Name, v.Type.String(), v.Required(), v.Description)
	}
}

func (p *page) twinDeprecated(d *graphql.Deprecation) {
	if d != nil {
		p.raw("**Deprecated.** ", oneLine(d.Reason), "\n\n")
	}
}

// twinText appends a description as it is: it is Markdown already.
func (p *page) twinText(markdown string) {
	if text := strings.TrimSpace(markdown); text != "" {
		p.raw(text, "\n\n")
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
