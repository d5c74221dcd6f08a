package site

import (
	"strconv"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/words"
)

// perPage is how many entries of a group one page lists: browsers slow down
// with every element, and readers before that.
const perPage = 250

// pagesOf is how many pages the list of a group has.
func pagesOf(g *apidocs.Group) int { return max(1, (len(g.Entries)+perPage-1)/perPage) }

// groupPath is where a page of the list of a group is: "rest/issues/index",
// then "rest/issues/index-2".
func groupPath(g *apidocs.Group, i int) string {
	if i == 0 {
		return g.Folder + "/index"
	}
	return g.Folder + "/index-" + strconv.Itoa(i+1)
}

func groupTitle(g *apidocs.Group, i int) string {
	if i == 0 {
		return g.Title
	}
	return g.Title + ", page " + strconv.Itoa(i+1)
}

// group writes a page of the list of what a group has.
func (p *page) group(g *apidocs.Group, i int) {
	p.raw("<h1>")
	p.text(groupTitle(g, i))
	p.raw("</h1>\n")
	if i == 0 {
		p.prose(g.Description)
	}
	if p.single { // the contents have the list
		return
	}
	p.groupPages(g, i)
	p.raw("<ul class=\"entries\">\n")
	for _, e := range g.Entries[i*perPage : min(len(g.Entries), (i+1)*perPage)] {
		p.raw("<li><a href=\"", p.link(e), "\">")
		p.text(e.Title)
		p.raw("</a>")
		if e.Deprecated {
			p.raw(" <span class=\"badge warning\">deprecated</span>")
		}
		switch {
		case e.Kind == apidocs.Operation:
			p.raw("<br><span class=\"soft\">")
			p.method(e.Operation.Method)
			p.raw("<code>")
			p.text(e.Operation.Path)
			p.raw("</code></span>")
		case e.Summary != "":
			p.raw("<br><span class=\"soft\">")
			p.text(e.Summary)
			p.raw("</span>")
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

// groupPages links to the other pages of a list, each by what it begins with.
func (p *page) groupPages(g *apidocs.Group, here int) {
	n := pagesOf(g)
	if n == 1 {
		return
	}
	p.raw("<nav class=\"pages\" aria-label=\"Pages\"><p class=\"soft\">", words.Number(len(g.Entries)), " entries in ", words.Count(n, "page"), "; each begins with</p>\n<ol>")
	for i := range n {
		p.raw("<li><a href=\"", p.to(groupPath(g, i)), "\"")
		if i == here {
			p.raw(" aria-current=\"page\"")
		}
		p.raw(">")
		p.text(g.Entries[i*perPage].Title)
		p.raw("</a></li>")
	}
	p.raw("</ol></nav>\n")
}
