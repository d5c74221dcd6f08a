package site

import (
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/openapi"
)

// What of schemas one page shows: the rest is a link away. A page is read and
// not only loaded, and browsers slow down with every element.
const (
	maxRows  = 260
	maxDepth = 6
	maxEnum  = 40
	// alwaysOpen is how many rows an object may have to stand unfolded in its
	// parent.
	alwaysOpen = 6
)

// place is where in a page a schema is shown.
type place struct {
	doc   *openapi.Document
	id    string // begins the ids of what is in it
	depth int
	// inside are the schemas that this one stands in, to see a circle.
	inside []*openapi.Node
}

func (at place) in(name string, n *openapi.Node) place {
	return place{at.doc, at.id + "." + name, at.depth + 1, append(at.inside[:len(at.inside):len(at.inside)], n)}
}

// schema appends what a schema says of a body: its type and description, then
// its members.
func (p *page) schema(n *openapi.Node, at place) {
	s := p.shape(at.doc, n)
	p.raw("<p class=\"type\">")
	p.typeWords(s, at)
	p.raw("</p>\n")
	if d := s.Description; d != "" {
		p.prose(d)
	}
	p.limits(s)
	p.members(s, at)
}

// typeWords appends the type, with links to what has a page.
func (p *page) typeWords(s *apidocs.Shape, at place) {
	p.raw("<span class=\"is\">")
	switch e := p.entryIn(s, at); {
	case e != nil && p.linked(e):
		before, _, _ := strings.Cut(s.Type, e.Title)
		if s.Entry == e {
			before = ""
		}
		p.text(before)
		p.raw("<a href=\"", p.link(e), "\">")
		p.text(e.Title)
		p.raw("</a>")
	default:
		p.text(s.Type)
	}
	if s.Nullable {
		p.raw(" or null")
	}
	p.raw("</span>")
	if s.Format != "" {
		p.raw(" <span class=\"soft\">")
		p.text(s.Format)
		p.raw("</span>")
	}
}

// entryIn is the page of the schema, or of the items of its arrays.
func (p *page) entryIn(s *apidocs.Shape, at place) *apidocs.Entry {
	for range 4 {
		if s.Entry != nil || s.Items == nil {
			return s.Entry
		}
		s = p.shape(at.doc, s.Items)
	}
	return nil
}

func (p *page) linked(e *apidocs.Entry) bool { return e.Path != p.path }

// limits appends constraints, values and defaults.
func (p *page) limits(s *apidocs.Shape) {
	if len(s.Limits) > 0 {
		p.raw("<p class=\"limits\">")
		for i, l := range s.Limits {
			if i > 0 {
				p.raw(", ")
			}
			p.text(l)
		}
		p.raw("</p>\n")
	}
	if len(s.Enum) > 0 {
		p.raw("<p class=\"limits\">One of ")
		for i, v := range s.Enum {
			if i == maxEnum {
				p.raw(" and more")
				break
			}
			if i > 0 {
				p.raw(", ")
			}
			p.el("code", short(v))
		}
		p.raw("</p>\n")
	}
	one := func(label string, v *openapi.Node) {
		if v == nil {
			return
		}
		if text := short(v); text != "" {
			p.raw("<p class=\"limits\">", label, " ")
			p.el("code", text)
			p.raw("</p>\n")
		}
	}
	one("Always", s.Const)
	one("Default", s.Default)
	if len(s.Enum) == 0 && s.Const == nil && s.Example != nil && s.Example.Kind() != openapi.Object && s.Example.Kind() != openapi.Array {
		one("Example", s.Example)
	}
}

// short is a value on one line, "" where it is long.
func short(v *openapi.Node) string {
	switch v.Kind() {
	case openapi.Object, openapi.Array:
		text := string(appendJSON(nil, v, -1, 0))
		if len(text) > 80 {
			return ""
		}
		return text
	case openapi.String:
		if v.Text() == "" {
			return `""`
		}
	}
	text := v.Text()
	if len(text) > 200 {
		text = strings.ToValidUTF8(text[:200], "") + "…"
	}
	return text
}

// members appends what is inside of values: properties, items, alternatives.
func (p *page) members(s *apidocs.Shape, at place) {
	for range 4 { // the items of arrays stand for the array
		if s.Items == nil || len(s.Properties) > 0 {
			break
		}
		at = at.in("items", s.Node)
		at.depth--
		s = p.shape(at.doc, s.Items)
	}
	if len(s.Properties) > 0 {
		p.raw("<ul class=\"members\">\n")
		for i, prop := range s.Properties {
			if p.rows <= 0 {
				p.rest(s, len(s.Properties)-i)
				break
			}
			p.member(prop, at.in(prop.Name, s.Node))
		}
		p.raw("</ul>\n")
	}
	if s.Values != nil {
		p.raw("<ul class=\"members\">\n")
		p.member(apidocs.Property{Name: "*", Schema: s.Values}, at.in("*", s.Node))
		p.raw("</ul>\n")
	}
	for i, v := range s.Variants {
		p.variant(s, i, v, at.in(variantName(i), s.Node))
	}
}

// rest says how many members are not shown, and where they are.
func (p *page) rest(s *apidocs.Shape, n int) {
	p.raw("<li class=\"soft\">", words.Count(n, "more member"))
	if s.Entry != nil && p.linked(s.Entry) {
		p.raw(" in <a href=\"", p.link(s.Entry), "\">")
		p.text(s.Entry.Title)
		p.raw("</a>")
	}
	p.raw("</li>\n")
}

// member appends one property as a row.
func (p *page) member(prop apidocs.Property, at place) {
	p.rows--
	s := p.shape(at.doc, prop.Schema)
	id := p.id(at.id)
	p.raw("<li id=\"", id, "\"><p class=\"row\"><a class=\"key\" href=\"#", id, "\">")
	if prop.Name == "*" {
		p.raw("any name")
	} else {
		p.text(prop.Name)
	}
	p.raw("</a> ")
	p.typeWords(s, at)
	if prop.Required {
		p.raw(" <span class=\"need\">required</span>")
	}
	p.marks(s)
	p.raw("</p>\n")
	p.prose(s.Description)
	p.limits(s)
	p.inner(s, at)
	p.raw("</li>\n")
}

func (p *page) marks(s *apidocs.Shape) {
	if s.ReadOnly {
		p.raw(" <span class=\"soft\">read-only</span>")
	}
	if s.WriteOnly {
		p.raw(" <span class=\"soft\">write-only</span>")
	}
	if s.Deprecated {
		p.raw(" <span class=\"badge warning\">deprecated</span>")
	}
}

// inner appends the members of a member, folded where they are many. What
// leads back to itself, or has a page and stands deep, is left to its link.
func (p *page) inner(s *apidocs.Shape, at place) {
	target := s
	for range 4 {
		if target.Items == nil || len(target.Properties) > 0 {
			break
		}
		target = p.shape(at.doc, target.Items)
	}
	n := len(target.Properties)
	if n == 0 && len(target.Variants) == 0 && target.Values == nil {
		return
	}
	for _, outer := range at.inside {
		if outer == target.Node {
			p.raw("<p class=\"limits\">as above</p>\n")
			return
		}
	}
	if target.Entry != nil && p.linked(target.Entry) && (at.depth > 1 || n > p.rows/4) || at.depth >= maxDepth {
		return
	}
	if n > 0 && n <= alwaysOpen && at.depth < 3 {
		p.members(s, at)
		return
	}
	p.raw("<details><summary>")
	switch {
	case n > 0:
		p.raw(words.Count(n, "member"))
	case len(target.Variants) > 0:
		p.raw(words.Count(len(target.Variants), "alternative"))
	default:
		p.raw("members of any name")
	}
	p.raw("</summary>\n")
	p.members(s, at)
	p.raw("</details>\n")
}

// variant appends one alternative of a schema.
func (p *page) variant(s *apidocs.Shape, i int, v *openapi.Node, at place) {
	if p.rows <= 0 || at.depth > maxDepth {
		return
	}
	p.rows--
	shape := p.shape(at.doc, v)
	p.raw("<div class=\"variant\"><p class=\"row\">")
	switch {
	case i == 0 && s.AnyOf:
		p.raw("Any of ")
	case i == 0:
		p.raw("One of ")
	default:
		p.raw("or ")
	}
	if title := shape.Node.Get("title").Text(); title != "" && shape.Entry == nil {
		p.el("b", title)
		p.raw(" ")
	}
	p.typeWords(shape, at)
	p.raw("</p>\n")
	p.prose(shape.Description)
	p.limits(shape)
	p.inner(shape, at)
	p.raw("</div>\n")
}
