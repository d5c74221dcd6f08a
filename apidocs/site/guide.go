package site

import (
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/apidocs/internal/sampling"
	"github.com/plumbapi/plumb/openapi/sample"
)

// textPage writes a page that people wrote, with what it stands for.
func (p *page) textPage(t *apidocs.Page) {
	p.raw("<article class=\"guide\">\n<h1>")
	p.text(t.Title)
	p.raw("</h1>\n")
	for _, b := range t.Blocks {
		switch {
		case b.Entry == nil:
			p.raw("<div class=\"prose\">", p.resolve(p.texts.HTML(b.Markdown)), "</div>\n")
		case b.Sample != "":
			p.oneSample(b.Entry, b.Sample)
		default:
			p.card(b.Entry)
		}
	}
	p.neighbours(t)
	p.raw("</article>\n")
}

// card shows an entry in short: what it is, and the way to its page.
func (p *page) card(e *apidocs.Entry) {
	p.raw("<div class=\"card\"><p><a href=\"", p.link(e), "\">")
	p.text(e.Title)
	p.raw("</a></p>\n")
	switch e.Kind {
	case apidocs.Operation:
		p.raw("<p class=\"call\">")
		p.method(e.Operation.Method)
		p.raw("<code>")
		p.pathWords(e.Operation.Path)
		p.raw("</code></p>\n")
	case apidocs.Field:
		p.raw("<p class=\"call\">")
		p.el("code", e.Field.Signature())
		p.raw("</p>\n")
	}
	if e.Summary != "" && e.Summary != e.Title {
		p.raw("<p>")
		p.text(e.Summary)
		p.raw("</p>\n")
	}
	if e.Operation != nil {
		c := p.call(e)
		if e.Kind == apidocs.Webhook && len(c.Request) > 0 {
			p.folded(e, "Payload", c.Request[0])
		}
		for _, r := range c.Responses {
			if e.Kind == apidocs.Operation && strings.HasPrefix(r.Status, "2") && len(r.Media) > 0 {
				p.folded(e, "Response "+r.Status, r.Media[0])
				break
			}
		}
	}
	if e.Kind == apidocs.Schema {
		p.folded(e, "Example", apidocs.Media{Schema: e.Node})
	}
	p.raw("</div>\n")
}

// folded appends an example that is unfolded by a click.
func (p *page) folded(e *apidocs.Entry, title string, m apidocs.Media) {
	text, _ := p.example(e.Document, m.Schema, m.Examples)
	if text == "" {
		return
	}
	p.raw("<details><summary>")
	p.text(title)
	p.raw("</summary>\n")
	p.code(text)
	p.raw("</details>\n")
}

// oneSample appends a request in one language.
func (p *page) oneSample(e *apidocs.Entry, language string) {
	r, err := p.maker(e.Document, false).Request(e.Operation, sample.RequestOptions{})
	if err != nil {
		return
	}
	for _, s := range sampling.All(p.credentials(e, p.call(e), sampling.Of(r))) {
		if s.Language == language {
			p.code(s.Text)
		}
	}
}

// neighbours links to the guides before and after.
func (p *page) neighbours(t *apidocs.Page) {
	var guides []*apidocs.Page
	at := -1
	for _, g := range p.ref.Pages {
		if g.Guide {
			if g == t {
				at = len(guides)
			}
			guides = append(guides, g)
		}
	}
	if at < 0 || len(guides) < 2 {
		return
	}
	p.raw("<nav class=\"neighbours\" aria-label=\"Guides\">")
	if at > 0 {
		p.raw("<a rel=\"prev\" href=\"", p.to(guides[at-1].Path), "\">← ")
		p.text(guides[at-1].Title)
		p.raw("</a>")
	}
	if at+1 < len(guides) {
		p.raw("<a rel=\"next\" href=\"", p.to(guides[at+1].Path), "\">")
		p.text(guides[at+1].Title)
		p.raw(" →</a>")
	}
	p.raw("</nav>\n")
}

// textLinks appends links to the guides, or to the other pages beside the
// reference.
func (p *page) textLinks(here string, guides bool) {
	for _, t := range p.ref.Pages {
		if t.Guide == guides {
			p.textLink(t.Path, t.Title, here)
		}
	}
	if guides {
		return
	}
	for _, l := range p.options.Beside {
		p.textLink(l.Path, l.Title, here)
	}
}

func (p *page) textLink(path, title, here string) {
	p.raw("<li><a href=\"", p.to(path), "\"")
	if path == here {
		p.raw(" aria-current=\"page\"")
	}
	p.raw("><span>")
	p.text(title)
	p.raw("</span></a></li>\n")
}

// hasTexts reports whether there are guides, or other pages beside the
// reference.
func (p *page) hasTexts(guides bool) bool {
	return !guides && len(p.options.Beside) > 0 || slices.ContainsFunc(p.ref.Pages, func(t *apidocs.Page) bool { return t.Guide == guides })
}

// refScheme is that of links to entries in the texts of a reference.
const refScheme = "ref"

// resolve turns the references of a text into addresses. Where all pages are
// one, so does it with links to pages of the site.
func (p *page) resolve(out string) string {
	const href = `href="`
	var b strings.Builder
	for {
		before, after, ok := strings.Cut(out, href)
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		target, rest, _ := strings.Cut(after, `"`)
		if to, ok := strings.CutPrefix(target, refScheme+":"); ok {
			target = p.to(to)
		} else if file, fragment, _ := strings.Cut(target, "#"); p.single && strings.HasSuffix(file, ".html") && !strings.Contains(file, ":") {
			target = p.to(path.Join(path.Dir(p.path), strings.TrimSuffix(file, ".html")))
			if fragment != "" {
				target += ":" + fragment
			}
		}
		b.WriteString(href + target + `"`)
		out = rest
	}
}
