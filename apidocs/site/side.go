package site

import (
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/words"
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
		p.contents(t.path)
		return
	}
	g := t.entry.Group
	p.raw("<h2><a href=\"", p.to(groupPath(g, 0)), "\">")
	p.text(g.Title)
	p.raw("</a></h2>\n<ul>\n")
	from, to := around(g.Entries, t.entry)
	if from > 0 {
		p.more(g, from, "before", from-1)
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
		p.more(g, len(g.Entries)-to, "after", to)
	}
	p.raw("</ul>\n")
}

// contents appends the pages beside the reference and the groups of each area.
func (p *page) contents(here string) {
	if p.hasTexts(true) || p.hasSchemes() {
		p.raw("<h2>Guides</h2>\n<ul>\n")
		if p.hasSchemes() {
			p.textLink("authentication", "Authentication", here)
		}
		p.textLinks(here, true)
		p.raw("</ul>\n")
	}
	if p.hasTexts(false) {
		p.raw("<h2>About the APIs</h2>\n<ul>\n")
		p.textLinks(here, false)
		p.raw("</ul>\n")
	}
	for _, s := range p.ref.Sections {
		p.raw("<h2>")
		p.text(s.Title)
		p.raw("</h2>\n<ul>\n")
		for i, g := range s.Groups {
			if i == maxGroups {
				p.raw("<li><a class=\"soft\" href=\"", p.to(string(s.Area)+"/index"), "\">", words.Number(len(s.Groups)-i), " more</a></li>\n")
				break
			}
			p.groupLink(g, here)
		}
		p.raw("</ul>\n")
	}
}

// maxGroups is how many groups of an area the contents beside a page name.
const maxGroups = 200

func (p *page) groupLink(g *apidocs.Group, here string) {
	p.raw("<li><a href=\"", p.to(groupPath(g, 0)), "\"")
	if strings.HasPrefix(here, g.Folder+"/") {
		p.raw(" aria-current=\"true\"")
	}
	p.raw("><span>")
	p.text(g.Title)
	p.raw("</span> <span class=\"soft\">", strconv.Itoa(len(g.Entries)), "</span></a></li>\n")
}

// more links to the page of the group that has the entry at a place.
func (p *page) more(g *apidocs.Group, n int, where string, at int) {
	p.raw("<li><a class=\"soft\" href=\"", p.to(groupPath(g, at/perPage)), "\">", strconv.Itoa(n), " more ", where, "</a></li>\n")
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
