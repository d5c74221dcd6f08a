// Package markdown turns the Markdown of descriptions, which anyone may have
// written, into HTML that does nothing but say it: no scripts, no styles, no
// pictures from elsewhere, headings below those of the page.
package markdown

import (
	"bytes"
	"html"
	"net/url"
	"slices"
	"strings"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	markup "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MaxBytes bounds a text; what is longer is shown as it is written. Markdown
// can be made to take more than linear time.
const MaxBytes = 1 << 18

// Renderer renders texts. It is safe for concurrent use.
type Renderer struct {
	markdown goldmark.Markdown
	policy   *bluemonday.Policy
}

// Options says where links lead. Those to http, https and mailto stay.
type Options struct {
	// Base is the URL that relative links of descriptions are meant from, such
	// as that of the product's documentation. Without one they are shown as
	// text, since they lead nowhere in another site.
	Base *url.URL
	// Relative leaves relative links as they are.
	Relative bool
	// Page says that a text is a page of its own, whose title is there already:
	// headings begin at h2. Those of descriptions begin at h3.
	Page bool
	// Schemes are those that links may have besides.
	Schemes []string
}

// New returns a renderer.
func New(o Options) *Renderer {
	return &Renderer{
		markdown: goldmark.New(
			goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify),
			goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(tame{base: o.Base, page: o.Page}, 100))),
			goldmark.WithRendererOptions(markup.WithUnsafe(), renderer.WithNodeRenderers(util.Prioritized(own{}, 100))),
		),
		policy: policy(o),
	}
}

// elements are those that may stand in a description as HTML. Any other, such
// as <id>, is a word that its writer put in angle brackets, and is shown.
const elements = "p br hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code kbd samp var em i strong b s del ins " +
	"mark small sub sup table thead tbody tfoot tr td th caption details summary span div"

func policy(o Options) *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements(strings.Fields(elements)...)
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("align").Matching(bluemonday.CellAlign).OnElements("td", "th")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes(append([]string{"http", "https", "mailto"}, o.Schemes...)...)
	p.AllowRelativeURLs(o.Relative)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p
}

// HTML returns the text as HTML blocks, "" for a blank one.
func (r *Renderer) HTML(source string) string {
	source = strings.TrimSpace(source)
	if source == "" {
		return ""
	}
	if isPlain(source) {
		return "<p>" + html.EscapeString(source) + "</p>\n"
	}
	return r.render(source)
}

func (r *Renderer) render(source string) string {
	if len(source) > MaxBytes {
		return `<pre tabindex="0">` + html.EscapeString(source) + "</pre>\n"
	}
	var b bytes.Buffer
	if err := r.markdown.Convert([]byte(source), &b); err != nil {
		return "<p>" + html.EscapeString(source) + "</p>\n"
	}
	// Code may be wider than the page: what scrolls must be reached by keyboard.
	return strings.ReplaceAll(string(r.policy.SanitizeBytes(b.Bytes())), "<pre>", `<pre tabindex="0">`)
}

// isPlain reports whether a text means the same in Markdown as without: one
// line with none of the characters that may mark something.
func isPlain(s string) bool {
	if strings.ContainsAny(s, "\n`*_[]<>#|~\\!&") || strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "@") || strings.Contains(s, "  ") {
		return false
	}
	switch s[0] {
	case '-', '+', '=', '\t':
		return false
	}
	digits := strings.TrimLeft(s, "0123456789")
	return digits == s || digits == "" || digits[0] != '.' && digits[0] != ')'
}

// tame sets headings below those of the page, so that none skips a level, and
// makes relative links whole.
type tame struct {
	base *url.URL
	page bool
}

func (t tame) Transform(doc *ast.Document, source text.Reader, _ parser.Context) {
	before, shift := 2, 2
	if t.page {
		before, shift = 1, 0
	}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			h.Level = max(2, min(h.Level+shift, before+1, 6))
			before = h.Level
		}
		if l, ok := n.(*ast.Link); ok && entering && t.base != nil {
			if to, err := t.base.Parse(string(l.Destination)); err == nil {
				l.Destination = []byte(to.String())
			}
		}
		if q, ok := n.(*ast.Blockquote); ok && entering {
			alert(q, source.Source())
		}
		return ast.WalkContinue, nil
	})
}

// alert turns the mark of a note, "[!WARNING]" on the first line of a quote,
// into a word.
func alert(q *ast.Blockquote, source []byte) {
	p, ok := q.FirstChild().(*ast.Paragraph)
	if !ok {
		return
	}
	var parts []ast.Node
	var mark []byte
	for c := p.FirstChild(); c != nil && len(parts) < 4; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			return
		}
		parts = append(parts, c)
		if mark = append(mark, t.Segment.Value(source)...); bytes.HasSuffix(mark, []byte("]")) {
			break
		}
	}
	name, ok := bytes.CutPrefix(mark, []byte("[!"))
	if name, found := bytes.CutSuffix(name, []byte("]")); ok && found && len(name) > 1 && isUpper(name) {
		word := ast.NewString([]byte(string(name[:1]) + strings.ToLower(string(name[1:])) + ". "))
		strong := ast.NewEmphasis(2)
		strong.AppendChild(strong, word)
		p.InsertBefore(p, parts[0], strong)
		for _, part := range parts {
			p.RemoveChild(p, part)
		}
	}
}

func isUpper(name []byte) bool {
	for _, c := range name {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// own renders what descriptions do not get as Markdown has it: pictures, and
// HTML.
type own struct{}

func (own) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindImage, picture)
	reg.Register(ast.KindRawHTML, rawHTML)
	reg.Register(ast.KindHTMLBlock, htmlBlock)
}

// picture writes a link in the place of a picture: a page asks nothing of
// other hosts.
func picture(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	image, ok := n.(*ast.Image)
	if !entering || !ok {
		return ast.WalkContinue, nil
	}
	var label bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			label.Write(t.Segment.Value(source))
		}
	}
	name := strings.TrimSpace(label.String())
	if name == "" {
		name = "picture"
	}
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.Write(util.EscapeHTML(util.URLEscape(image.Destination, true)))
	_, _ = w.WriteString(`">` + html.EscapeString(name) + `</a>`)
	return ast.WalkSkipChildren, nil
}

func rawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if raw, ok := n.(*ast.RawHTML); ok && entering {
		tagOrText(w, string(raw.Segments.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

func htmlBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	block, ok := n.(*ast.HTMLBlock)
	if !entering || !ok {
		return ast.WalkContinue, nil
	}
	text := string(block.Lines().Value(source))
	if block.HasClosure() {
		text += string(block.ClosureLine.Value(source))
	}
	if isAllowed(text) {
		_, _ = w.WriteString(text)
	} else {
		_, _ = w.WriteString("<p>" + html.EscapeString(text) + "</p>\n")
	}
	return ast.WalkContinue, nil
}

func tagOrText(w util.BufWriter, tag string) {
	if !isAllowed(tag) {
		tag = html.EscapeString(tag)
	}
	_, _ = w.WriteString(tag)
}

// isAllowed reports whether HTML begins with a tag that is let through, or with
// a comment, which is left out.
func isAllowed(text string) bool {
	text = strings.TrimLeft(text, " \t")
	if strings.HasPrefix(text, "<!--") {
		return true
	}
	name := strings.TrimLeft(text, "</")
	if end := strings.IndexFunc(name, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	}); end >= 0 {
		name = name[:end]
	}
	name = strings.ToLower(name)
	return name == "a" || slices.Contains(strings.Fields(elements), name)
}
