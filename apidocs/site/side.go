package site

import (
	"strconv"

	"github.com/plumbapi/plumb/apidocs"
)

// nearby is how many neighbours of an entry the side shows on each side where
// its group is larger.
const nearby = 30

// side appends what stands beside the page: the group of its entry, or the
// groups of its area.
func (p *page) side(t task) {
	p.raw("<nav class=\"side\" aria-label=\"Contents\">\n")
	defer p.raw("</nav>\n")
	if t.entry == nil {
		if len(p.ref.Pages) > 0 {
			p.raw("<h2>Guides</h2>\n<ul>\n")
			p.textLinks(t.path)
			p.raw("</ul>\n")
		}
		for _, s := range p.ref.Sections {
			p.raw("<h2>")
			p.text(s.Title)
			p.raw("</h2>\n<ul>\n")
			for _, g := range s.Groups {
				p.groupLink(g)
			}
			p.raw("</ul>\n")
		}
		return
	}
	g := t.entry.Group
	p.raw("<h2><a href=\"", p.root, g.Folder, "/index.html\">")
	p.text(g.Title)
	p.raw("</a></h2>\n<ul>\n")
	from, to := around(g.Entries, t.entry)
	if from > 0 {
		p.more(g, from, "before")
	}
	for _, e := range g.Entries[from:to] {
		p.raw("<li><a href=\"", p.link(e), "\"")
		if e == t.entry {
			p.raw(" aria-current=\"page\"")
		}
		p.raw(">")
		if e.Operation != nil && e.Kind == apidocs.Operation {
			p.method(e.Operation.Method)
		}
		p.raw("<span>")
		p.text(e.Title)
		p.raw("</span></a></li>\n")
	}
	if to < len(g.Entries) {
		p.more(g, len(g.Entries)-to, "after")
	}
	p.raw("</ul>\n")
}

func (p *page) groupLink(g *apidocs.Group) {
	p.raw("<li><a href=\"", p.root, g.Folder, "/index.html\"><span>")
	p.text(g.Title)
	p.raw("</span> <span class=\"soft\">", strconv.Itoa(len(g.Entries)), "</span></a></li>\n")
}

func (p *page) more(g *apidocs.Group, n int, where string) {
	p.raw("<li><a class=\"soft\" href=\"", p.root, g.Folder, "/index.html\">", strconv.Itoa(n), " more ", where, "</a></li>\n")
}

// around returns the part of a group that the side shows.
func around(all []*apidocs.Entry, e *apidocs.Entry) (from, to int) {
	if len(all) <= 3*nearby {
		return 0, len(all)
	}
	at := 0
	for i := range all {
		if all[i] == e {
			at = i
			break
		}
	}
	return max(0, at-nearby), min(len(all), at+nearby+1)
}

// method appends an HTTP method as a label.
func (p *page) method(m string) {
	p.raw("<span class=\"method\">")
	p.text(m)
	p.raw("</span> ")
}
