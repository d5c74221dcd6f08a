package site

import (
	"strconv"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/words"
)

// maxFindings is how many findings a page names.
const maxFindings = 20

// broken says on the first page that descriptions are not what their standards
// ask for.
func (p *page) broken() {
	all := p.ref.Broken
	if len(all) == 0 {
		return
	}
	p.raw("<div class=\"notice warn\"><p><b>This reference may be incomplete.</b> ")
	if len(all) == 1 {
		p.raw("The description breaks its standard in one place, and what was meant there may be missing.</p>\n")
	} else {
		p.raw("The descriptions break their standards in ", words.Number(len(all)), " places, and what was meant there may be missing.</p>\n")
	}
	p.findings(all)
	p.raw("</div>\n")
}

// found says the same on the page of an entry, and what else was found in it.
func (p *page) found(e *apidocs.Entry) {
	if len(e.Findings) == 0 {
		return
	}
	if e.Breaks() {
		p.raw("<div class=\"notice warn\"><p><b>This page may be incomplete.</b> The description breaks its standard here.</p>\n")
		p.findings(e.Findings)
		p.raw("</div>\n")
		return
	}
	p.raw("<details class=\"findings\"><summary>", words.Count(len(e.Findings), "finding"), " of checks</summary>\n")
	p.findings(e.Findings)
	p.raw("</details>\n")
}

func (p *page) findings(all []apidocs.Finding) {
	p.raw("<ul>\n")
	for i, f := range all {
		if i == maxFindings {
			p.raw("<li class=\"soft\">and ", words.Number(len(all)-i), " more</li>\n")
			break
		}
		p.raw("<li><span class=\"", status(f.Status), "\">", status(f.Status), "</span> <code>")
		p.text(f.Rule)
		p.raw("</code> ")
		p.text(f.Message)
		if f.File != "" && f.Line > 0 {
			p.raw(" <span class=\"soft\">")
			p.text(lastOf(f.File) + ":" + strconv.Itoa(f.Line))
			p.raw("</span>")
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}
