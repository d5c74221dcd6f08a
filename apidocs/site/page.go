package site

import (
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/sample"
)

// page is the page that a worker is at; its buffers go on to the next one.
type page struct {
	html
	*builder
	path string
	root string // leads to the root of the site: "../../"
	ids  map[string]int
	task task
	err  error // the first that a template made
	rows int   // of schemas that may still be shown
	// called is what is known of the operation that the page is about.
	called struct {
		entry *apidocs.Entry
		call  *apidocs.Call
	}
	// makers make samples; they are not for concurrent use, so that every
	// worker has its own.
	makers map[makerKey]*sample.Maker
	// shapes are schemas of pages that were written lately: neighbours have
	// many of them too.
	shapes map[*openapi.Node]*apidocs.Shape
}

// maxShapes bounds what a worker remembers of the pages before.
const maxShapes = 8192

type makerKey struct {
	doc      *openapi.Document
	response bool
}

func newPage(b *builder) *page {
	return &page{builder: b, ids: map[string]int{}, makers: map[makerKey]*sample.Maker{}, shapes: map[*openapi.Node]*apidocs.Shape{}}
}

// make writes one page and its twin in Markdown.
func (p *page) make(t task) error {
	p.begin(t)
	p.head(t)
	p.content(t)
	p.foot("")
	if p.err != nil {
		return p.err
	}
	if err := p.counted.put(t.path+".html", p.b); err != nil {
		return err
	}
	if t.entry == nil {
		return nil
	}
	p.b = p.b[:0]
	p.twin(t.entry)
	return p.counted.put(t.path+".md", p.b)
}

// begin makes the worker ready for a page.
func (p *page) begin(t task) {
	p.b = p.b[:0]
	clear(p.ids)
	p.rows = maxRows
	p.task, p.path = t, t.path
	if !p.single {
		p.root = strings.Repeat("../", strings.Count(t.path, "/"))
	}
}

// content appends what the page is there for.
func (p *page) content(t task) {
	if t.path != "index" {
		p.slot(slotBefore)
	}
	t.write(p)
	if t.path != "index" {
		p.slot(slotAfter)
	}
}

func (p *page) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// call is what is known of an entry's operation. A page asks several times, and
// so does its twin.
func (p *page) call(e *apidocs.Entry) *apidocs.Call {
	if p.called.entry != e {
		p.called.entry, p.called.call = e, e.Call()
	}
	return p.called.call
}

// policy lets pages load what stands in the site, and nothing else.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'none'"

// connect is what pages may talk to.
func (b *builder) connect() string {
	var to []string
	if b.options.Reload != "" {
		to = append(to, "'self'")
	}
	if b.options.Try != nil {
		to = append(to, b.options.Try.origin())
	}
	if len(to) == 0 {
		return ""
	}
	return "; connect-src " + strings.Join(to, " ")
}

func (p *page) head(t task) {
	p.raw("<!doctype html>\n<html lang=\"")
	p.text(p.options.Language)
	p.raw("\" data-root=\"", p.root, "\">\n<head>\n<meta charset=\"utf-8\">\n",
		"<meta http-equiv=\"Content-Security-Policy\" content=\"", policy, p.connect(), "\">\n",
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		"<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>")
	p.text(t.title)
	if t.title != p.ref.Title {
		p.raw(" · ")
		p.text(p.ref.Title)
	}
	p.raw("</title>\n")
	if t.entry != nil {
		p.raw("<meta name=\"description\" content=\"")
		p.text(t.entry.Summary)
		p.raw("\">\n<meta property=\"og:title\" content=\"")
		p.text(t.title)
		p.raw("\">\n<meta property=\"og:description\" content=\"")
		p.text(t.entry.Summary)
		p.raw("\">\n<link rel=\"alternate\" type=\"text/markdown\" href=\"", lastOf(t.path), ".md\">\n")
	}
	if p.options.BaseURL != "" {
		p.raw("<link rel=\"canonical\" href=\"")
		p.text(p.options.BaseURL + t.path + ".html")
		p.raw("\">\n")
	}
	p.raw("<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"", p.root, "assets/site.css\">\n")
	if p.options.Theme != "" {
		p.raw("<link rel=\"stylesheet\" href=\"", p.root, "assets/theme.css\">\n")
	}
	p.raw("<script src=\"", p.root, "assets/theme.js\"></script>\n",
		"<script defer src=\"", p.root, "assets/site.js\"></script>\n")
	if p.options.Reload != "" {
		p.raw("<script defer src=\"", p.root, "assets/reload.js\"></script>\n")
	}
	if p.options.Try != nil && t.entry != nil {
		p.raw("<script defer src=\"", p.root, "assets/try.js\"></script>\n")
	}
	p.slot(slotHead)
	p.raw("</head>\n<body class=\"reference\">\n",
		"<a class=\"skip\" href=\"#main\">Skip to content</a>\n<header class=\"topbar\">\n<a class=\"name\" href=\"", p.root, "index.html\">")
	p.text(p.ref.Title)
	p.raw("</a>\n")
	p.areas(t)
	p.slot(slotHeader)
	p.raw("<form class=\"find\" role=\"search\" id=\"find\" hidden><label class=\"label\" for=\"q\">Search the reference</label>",
		"<input type=\"search\" id=\"q\" name=\"q\" placeholder=\"Search  /\" autocomplete=\"off\" spellcheck=\"false\" role=\"combobox\" aria-expanded=\"false\" aria-controls=\"found\" aria-autocomplete=\"list\">",
		"<ul id=\"found\" role=\"listbox\" aria-label=\"Found\" hidden></ul></form>\n",
		"<button type=\"button\" class=\"plain\" id=\"theme\" hidden>Theme: system</button>\n</header>\n<div class=\"panes\">\n")
	p.side(t)
	p.raw("<main id=\"main\">\n")
}

// areas links to the surfaces of the product.
func (p *page) areas(t task) {
	p.raw("<nav class=\"areas\" aria-label=\"APIs\">")
	for _, s := range p.ref.Sections {
		p.raw("<a href=\"", p.root, string(s.Area), "/index.html\"")
		if strings.HasPrefix(t.path, string(s.Area)+"/") {
			p.raw(" aria-current=\"true\"")
		}
		p.raw(">")
		p.text(s.Title)
		p.raw("</a>")
	}
	p.raw("</nav>\n")
}

// foot ends the page, with a script where it brings its own.
func (p *page) foot(script string) {
	p.raw("</main>\n</div>\n<footer>")
	if !p.slot(slotFooter) {
		p.raw("<p>")
		p.text(p.ref.Title)
		if p.ref.Version != "" {
			p.raw(" ")
			p.text(p.ref.Version)
		}
		p.raw("</p>")
	}
	p.raw("</footer>\n", script, "</body>\n</html>\n")
}

// link returns the address of an entry from the page.
func (p *page) link(e *apidocs.Entry) string { return p.to(e.Path) }

// to returns the address of a page of the site: a file, or where all pages are
// one, a part of it.
func (p *page) to(path string) string {
	if p.single {
		return "#" + path
	}
	return p.root + path + ".html"
}

// part returns the address of a part of a page.
func (p *page) part(path, id string) string {
	if p.single {
		return "#" + path + ":" + anchor(id)
	}
	return p.to(path) + "#" + anchor(id)
}

// id returns an id for an anchor that no other part of the page has.
func (p *page) id(name string) string {
	if p.single { // a part of a part
		name = strings.TrimPrefix(name, p.path+":")
	}
	name = anchor(name)
	n := p.ids[name]
	p.ids[name] = n + 1
	if n > 0 {
		return p.id(name + "-" + strconv.Itoa(n+1))
	}
	if p.single {
		return p.path + ":" + name
	}
	return name
}

// anchor makes a name fit for an id and a fragment.
func anchor(name string) string {
	const most = 200
	if len(name) > most {
		name = name[:most]
	}
	fit := func(c byte) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
	}
	for i := range len(name) {
		if !fit(name[i]) {
			b := []byte(name)
			for i := range b {
				if !fit(b[i]) {
					b[i] = '-'
				}
			}
			return string(b)
		}
	}
	return name
}

func lastOf(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// prose appends a Markdown text.
func (p *page) prose(markdown string) {
	if strings.TrimSpace(markdown) == "" {
		return
	}
	out := p.proses.html(p.markdown, markdown)
	if out == "" { // a comment, and nothing else
		return
	}
	p.raw("<div class=\"prose\">", out, "</div>\n")
}

// shape is what a schema says.
func (p *page) shape(doc *openapi.Document, schema *openapi.Node) *apidocs.Shape {
	s, ok := p.shapes[schema]
	if !ok {
		if len(p.shapes) == maxShapes {
			clear(p.shapes)
		}
		s = p.ref.Shape(doc, schema)
		p.shapes[schema] = s
	}
	return s
}
