package site

import (
	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/words"
)

// schemaPage writes the page of a type of REST.
func (p *page) schemaPage(e *apidocs.Entry) {
	p.raw("<article class=\"split\">\n<div class=\"says\">\n")
	p.title(e)
	p.schema(e.Node, place{doc: e.Document, id: "of"})
	p.usedBy(p.uses.of(e))
	p.raw("</div>\n")
	end := p.beside("Example")
	p.exampleOf(e.Document, e.Node, nil, "Example")
	end()
	p.raw("</article>\n")
}

// maxUses is how many uses of a type its page names.
const maxUses = 60

// usedBy links to what has the type.
func (p *page) usedBy(all []*apidocs.Entry) {
	if len(all) == 0 {
		return
	}
	p.heading("h2", "Used by")
	p.raw("<ul class=\"uses\">\n")
	for i, e := range all {
		if i == maxUses {
			p.raw("<li class=\"soft\">and ", words.Number(len(all)-i), " more</li>\n")
			break
		}
		p.raw("<li><a href=\"", p.link(e), "\">")
		p.text(e.ID)
		p.raw("</a></li>\n")
	}
	p.raw("</ul>\n")
}
