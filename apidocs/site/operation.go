package site

import (
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/openapi"
)

// callbacks are the operations that others call back with, by the object of
// the operation that describes them.
type callbacks map[*openapi.Node][]*openapi.Operation

func callbacksOf(ref *apidocs.Reference) callbacks {
	out := callbacks{}
	for _, doc := range ref.Documents() {
		for _, op := range doc.Operations() {
			if op.Origin != openapi.FromCallback {
				continue
			}
			for n := op.Node.Parent(); n != nil; n = n.Parent() {
				if n.Role() == openapi.OperationRole {
					out[n] = append(out[n], op)
					break
				}
			}
		}
	}
	return out
}

// operation writes the page of an operation or a webhook.
func (p *page) operation(e *apidocs.Entry) {
	c := p.call(e)
	p.raw("<article class=\"split\">\n<div class=\"says\">\n")
	p.title(e)
	if e.Kind == apidocs.Operation {
		p.raw("<p class=\"call\"><span class=\"method\">")
		p.text(e.Operation.Method)
		p.raw("</span> <code>")
		p.pathWords(e.Operation.Path)
		p.raw("</code></p>\n")
	} else if s := e.Operation.Node.Get("summary").Text(); s != "" {
		p.prose(s)
	}
	p.prose(c.Description)
	p.twins(e)
	if c.Docs != "" && isWeb(c.Docs) {
		p.raw("<p><a rel=\"nofollow noreferrer\" href=\"")
		p.text(c.Docs)
		p.raw("\">More about this</a></p>\n")
	}
	p.security(c)
	p.parameters(c)
	p.requestBody(e, c)
	p.responses(e, c)
	for _, op := range p.callbacks[e.Operation.Node] {
		p.callback(e, op)
	}
	p.raw("</div>\n")
	p.samples(e, c)
	p.raw("</article>\n")
}

// title appends the heading of an entry with what state it is in.
func (p *page) title(e *apidocs.Entry) {
	p.raw("<h1>")
	p.text(e.Title)
	p.raw("</h1>\n")
	p.badges(e)
	p.found(e)
}

func (p *page) badges(e *apidocs.Entry) {
	if !e.Deprecated && len(e.Badges) == 0 {
		return
	}
	p.raw("<p class=\"badges\">")
	if e.Deprecated {
		p.raw("<span class=\"badge warning\">deprecated</span> ")
	}
	for _, b := range e.Badges {
		p.raw("<span class=\"badge ", status(b.Status), "\">")
		p.text(b.Text)
		p.raw("</span> ")
		if b.Detail != "" {
			p.raw("<span class=\"soft\">")
			p.text(b.Detail)
			p.raw("</span> ")
		}
	}
	p.raw("</p>\n")
}

func status(s string) string {
	switch s {
	case "good", "warning", "error":
		return s
	}
	return "info"
}

// pathWords appends a path with its parameters marked.
func (p *page) pathWords(path string) {
	for path != "" {
		open := strings.IndexByte(path, '{')
		end := strings.IndexByte(path, '}')
		if open < 0 || end < open {
			break
		}
		p.text(path[:open])
		p.el("var", path[open:end+1])
		path = path[end+1:]
	}
	p.text(path)
}

// twins links to what does the same in the other API.
func (p *page) twins(e *apidocs.Entry) {
	for _, t := range e.Twins {
		where := "GraphQL"
		if t.Entry.Group.Area == apidocs.REST {
			where = "REST"
		}
		to := p.link(t.Entry)
		if t.Part != "" {
			to = p.part(t.Entry.Path, t.Part)
		}
		p.raw("<p class=\"twin\">In ", where, ": <a href=\"", to, "\"><code>")
		p.text(t.ID)
		p.raw("</code></a>")
		if t.Partial {
			p.raw(" does a part of this")
		}
		p.raw("</p>\n")
	}
}

func (p *page) security(c *apidocs.Call) {
	if len(c.Security) == 0 {
		return
	}
	p.raw("<p class=\"auth\">Authentication: ")
	for i, r := range c.Security {
		if i > 0 {
			p.raw(", or ")
		}
		if len(r.Schemes) == 0 {
			p.raw("none")
		}
		for k, s := range r.Schemes {
			if k > 0 {
				p.raw(" and ")
			}
			p.raw("<a href=\"", p.part("authentication", s.Name), "\">")
			p.text(s.Name)
			p.raw("</a>")
			for j, scope := range s.Scopes {
				if j == 0 {
					p.raw(" with ")
				} else {
					p.raw(", ")
				}
				p.el("code", scope)
			}
		}
	}
	p.raw("</p>\n")
}

// parameters appends the parameters, by where they go.
func (p *page) parameters(c *apidocs.Call) {
	for _, in := range []struct{ in, title string }{
		{"path", "Path parameters"}, {"query", "Query parameters"}, {"querystring", "Query string"}, {"header", "Headers"}, {"cookie", "Cookies"}, {"form", "Form fields"},
	} {
		p.listed(in.title, in.in+".", filter(c.Parameters, in.in))
	}
}

func filter(all []apidocs.Parameter, in string) []apidocs.Parameter {
	var out []apidocs.Parameter
	for _, one := range all {
		if one.In == in {
			out = append(out, one)
		}
	}
	return out
}

// listed appends parameters or headers under a heading.
func (p *page) listed(title, prefix string, all []apidocs.Parameter) {
	if len(all) == 0 {
		return
	}
	p.heading("h2", title)
	p.raw("<ul class=\"members\">\n")
	for _, one := range all {
		p.parameter(prefix, one)
	}
	p.raw("</ul>\n")
}

func (p *page) parameter(prefix string, one apidocs.Parameter) {
	doc := p.document(one.Schema)
	s := p.shape(doc, one.Schema)
	id := p.id(prefix + one.Name)
	at := place{doc: doc, id: id, depth: 1}
	p.raw("<li id=\"", id, "\"><p class=\"row\"><a class=\"key\" href=\"#", id, "\">")
	p.text(one.Name)
	p.raw("</a> ")
	p.typeWords(s, at)
	if one.Required {
		p.raw(" <span class=\"need\">required</span>")
	}
	if one.Deprecated {
		p.raw(" <span class=\"badge warning\">deprecated</span>")
	}
	p.raw("</p>\n")
	if one.Description != "" {
		p.prose(one.Description)
	} else {
		p.prose(s.Description)
	}
	if s.Example == nil && one.Example != nil {
		with := *s
		with.Example = one.Example
		s = &with
	}
	p.limits(s)
	p.inner(s, at)
	p.raw("</li>\n")
}

// document is the description that a node stands in.
func (p *page) document(n *openapi.Node) *openapi.Document {
	return sourceOf(p.ref.Documents(), n)
}

func (p *page) heading(tag, title string) {
	id := p.id(apidocs.Slug(title))
	p.raw("<", tag, " id=\"", id, "\"><a class=\"key\" href=\"#", id, "\">")
	p.text(title)
	p.raw("</a></", tag, ">\n")
}

func (p *page) requestBody(e *apidocs.Entry, c *apidocs.Call) {
	if len(c.Request) == 0 && c.RequestBody == "" {
		return
	}
	title := "Request body"
	if e.Kind == apidocs.Webhook {
		title = "Payload"
	}
	p.heading("h2", title)
	if c.RequestBodyRequired && e.Kind != apidocs.Webhook {
		p.raw("<p class=\"limits\">required</p>\n")
	}
	p.prose(c.RequestBody)
	p.bodies(e.Document, c.Request, "body")
}

// bodies appends the forms that a body may have. One schema in several forms is
// shown once.
func (p *page) bodies(doc *openapi.Document, all []apidocs.Media, id string) {
	shown := map[*openapi.Node]bool{}
	for _, m := range all {
		n := doc.Resolve(m.Schema)
		p.raw("<p class=\"media\"><code>")
		p.text(m.Type)
		p.raw("</code>")
		if n != nil && shown[n] {
			p.raw(" the same</p>\n")
			continue
		}
		p.raw("</p>\n")
		if n == nil {
			continue
		}
		shown[n] = true
		p.schema(m.Schema, place{doc: doc, id: id})
	}
}

func (p *page) responses(e *apidocs.Entry, c *apidocs.Call) {
	if len(c.Responses) == 0 {
		return
	}
	title := "Responses"
	if e.Kind == apidocs.Webhook {
		title = "What to answer"
	}
	p.heading("h2", title)
	opened := false
	for _, r := range c.Responses {
		good := strings.HasPrefix(r.Status, "2") && !opened
		opened = opened || good
		id := p.id("response-" + r.Status)
		p.raw("<details class=\"response\" id=\"", id, "\"")
		if good {
			p.raw(" open")
		}
		p.raw("><summary><b>")
		p.text(r.Status)
		p.raw("</b> <span>")
		p.text(apidocs.FirstSentence(r.Description))
		p.raw("</span></summary>\n")
		if text := strings.TrimSpace(r.Description); text != apidocs.FirstSentence(r.Description) {
			p.prose(text)
		}
		if len(r.Headers) > 0 {
			p.raw("<p class=\"media\">Headers</p>\n<ul class=\"members\">\n")
			for _, h := range r.Headers {
				p.parameter(id+".header.", h)
			}
			p.raw("</ul>\n")
		}
		p.bodies(e.Document, r.Media, id)
		p.raw("</details>\n")
	}
}

// callback appends a request that the operation makes the server send.
func (p *page) callback(e *apidocs.Entry, op *openapi.Operation) {
	p.heading("h2", "Callback "+op.Node.Parent().Parent().Key())
	p.raw("<p class=\"call\"><span class=\"method\">")
	p.text(op.Method)
	p.raw("</span> <code>")
	p.text(op.Path)
	p.raw("</code></p>\n")
	inner := &apidocs.Entry{Kind: apidocs.Webhook, Document: e.Document, Operation: op, Group: e.Group}
	c := inner.Call()
	p.prose(c.Description)
	p.parameters(c)
	p.requestBody(inner, c)
	p.responses(inner, c)
}

func isWeb(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}
