package site

import (
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
)

// pages are all pages of the site, in the order of the reference.
func (b *builder) pages() []task {
	b.uses = usesOf(b.ref)
	tasks := []task{{path: "index", title: b.ref.Title, write: (*page).landing}}
	if b.hasSchemes() {
		tasks = append(tasks, task{path: "authentication", title: "Authentication", write: (*page).authentication})
	}
	for _, t := range b.ref.Pages {
		tasks = append(tasks, task{path: t.Path, title: t.Title, write: func(p *page) { p.textPage(t) }})
	}
	for _, s := range b.ref.Sections {
		tasks = append(tasks, task{path: string(s.Area) + "/index", title: s.Title, write: func(p *page) { p.section(s) }})
		for _, g := range s.Groups {
			for i := range pagesOf(g) {
				tasks = append(tasks, task{path: groupPath(g, i), title: groupTitle(g, i), write: func(p *page) { p.group(g, i) }})
			}
		}
	}
	for _, e := range b.ref.Entries {
		tasks = append(tasks, task{path: e.Path, title: e.Title, entry: e, write: func(p *page) { p.entry(e) }})
	}
	return tasks
}

func (p *page) entry(e *apidocs.Entry) {
	switch e.Kind {
	case apidocs.Operation, apidocs.Webhook:
		p.operation(e)
	case apidocs.Schema:
		p.schemaPage(e)
	case apidocs.Field:
		p.field(e)
	case apidocs.Type:
		p.typePage(e)
	}
}

// landing writes the first page: what the product is, and the way to all.
func (p *page) landing() {
	p.raw("<h1>")
	p.text(p.ref.Title)
	p.raw("</h1>\n")
	p.broken()
	p.prose(p.ref.Description)
	p.slot(slotLanding)
	p.servers()
	if p.hasTexts(true) || p.hasSchemes() {
		p.heading("h2", "Guides")
		p.raw("<ul class=\"uses\">\n")
		if p.hasSchemes() {
			p.textLink("authentication", "Authentication", "")
		}
		p.textLinks("", true)
		p.raw("</ul>\n")
	}
	if p.hasTexts(false) {
		p.heading("h2", "About the APIs")
		p.raw("<ul class=\"uses\">\n")
		p.textLinks("", false)
		p.raw("</ul>\n")
	}
	for _, s := range p.ref.Sections {
		p.heading("h2", s.Title)
		p.groups(s)
	}
	p.machines()
}

// servers lists where the APIs are.
func (p *page) servers() {
	var all []*openapi.Node
	for _, doc := range p.ref.Documents() {
		all = append(all, doc.Root().Get("servers").Children()...)
	}
	if len(all) == 0 {
		return
	}
	p.raw("<dl class=\"facts\">")
	for _, s := range all {
		p.raw("<dt>Server</dt><dd><code>")
		p.text(s.Get("url").Text())
		p.raw("</code> ")
		p.text(apidocs.FirstSentence(s.Get("description").Text()))
		p.raw("</dd>")
	}
	p.raw("</dl>\n")
}

func (p *page) groups(s *apidocs.Section) {
	p.raw("<ul class=\"groups\">\n")
	for _, g := range s.Groups {
		p.raw("<li><a href=\"", p.to(groupPath(g, 0)), "\">")
		p.text(g.Title)
		p.raw("</a> <span class=\"soft\">", words.Number(len(g.Entries)), "</span>")
		if d := apidocs.FirstSentence(g.Description); d != "" {
			p.raw("<br><span class=\"soft\">")
			p.text(d)
			p.raw("</span>")
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

func (p *page) section(s *apidocs.Section) {
	p.raw("<h1>")
	p.text(s.Title)
	p.raw("</h1>\n")
	p.groups(s)
}

// schemes are the security schemes of all descriptions.
func (b *builder) schemes() []*openapi.Node {
	var out []*openapi.Node
	for _, doc := range b.ref.Documents() {
		list := doc.Root().Find("components", "securitySchemes")
		if list == nil {
			list = doc.Root().Get("securityDefinitions")
		}
		out = append(out, list.Children()...)
	}
	return out
}

func (b *builder) hasSchemes() bool { return len(b.schemes()) > 0 }

// authentication writes the ways to prove who calls.
func (p *page) authentication() {
	p.raw("<h1>Authentication</h1>\n")
	for _, s := range p.schemes() {
		name := s.Key()
		s = p.document(s).Resolve(s)
		p.raw("<h2 id=\"", p.id(name), "\">")
		p.text(name)
		p.raw("</h2>\n")
		p.prose(s.Get("description").Text())
		p.raw("<dl class=\"facts\">")
		fact := func(label, value string) {
			if value != "" {
				p.raw("<dt>", label, "</dt><dd><code>")
				p.text(value)
				p.raw("</code></dd>")
			}
		}
		fact("Type", s.Get("type").Text())
		fact("Scheme", s.Get("scheme").Text())
		fact("Name", s.Get("name").Text())
		fact("In", s.Get("in").Text())
		fact("Discovery", s.Get("openIdConnectUrl").Text())
		for _, flow := range flowsOf(s) {
			fact("Flow", flow.Key())
			fact("Authorise at", flow.Get("authorizationUrl").Text())
			fact("Token from", flow.Get("tokenUrl").Text())
			for _, scope := range flow.Get("scopes").Children() {
				p.raw("<dt><code>")
				p.text(scope.Key())
				p.raw("</code></dt><dd>")
				p.text(scope.Text())
				p.raw("</dd>")
			}
		}
		p.raw("</dl>\n")
		if h, ok := credential(s); ok {
			p.code(strings.TrimSpace(h.Name + ": " + h.Value))
		}
	}
}

func flowsOf(s *openapi.Node) []*openapi.Node {
	if s.Has("flow") { // 2.0
		return []*openapi.Node{s}
	}
	return s.Get("flows").Children()
}
