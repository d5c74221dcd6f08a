package site

import (
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/internal/words"
)

// field writes the page of a query, mutation or subscription.
func (p *page) field(e *apidocs.Entry) {
	f := e.Field
	p.raw("<article class=\"split\">\n<div class=\"says\">\n")
	p.title(e)
	p.raw("<p class=\"call\"><span class=\"method\">", strings.ToLower(f.Parent().Operation()), "</span> <code>")
	p.text(f.Name)
	p.raw("</code> <span class=\"soft\">returns</span> ")
	p.typeRef(f.Type)
	p.raw("</p>\n")
	p.prose(f.Description)
	p.deprecation(f.Deprecated)
	p.twins(e)
	p.inputs("Arguments", "argument.", f.Args)
	if t := f.Type.Type(); t != nil && len(t.Fields) > 0 {
		p.heading("h2", "Fields of "+t.Name)
		p.fields(t, maxRows-len(f.Args))
	}
	p.raw("</div>\n")
	p.graphSamples(f)
	p.raw("</article>\n")
}

// typeRef appends a GraphQL type with a link to its page.
func (p *page) typeRef(r *graphql.TypeRef) {
	text := r.String()
	before, after, _ := strings.Cut(text, r.Name)
	p.raw("<code class=\"is\">")
	p.text(before)
	if e := p.ref.OfType(r.Type()); e != nil && p.linked(e) {
		p.raw("<a href=\"", p.link(e), "\">")
		p.text(r.Name)
		p.raw("</a>")
	} else {
		p.text(r.Name)
	}
	p.text(after)
	p.raw("</code>")
}

func (p *page) deprecation(d *graphql.Deprecation) {
	if d == nil {
		return
	}
	p.raw("<div class=\"notice warn\"><p><b>Deprecated.</b></p>\n")
	p.prose(d.Reason)
	p.raw("</div>\n")
}

// element begins the row of an argument, a field or a value: its name, its type
// where it has one, and what is said of it.
func (p *page) element(id string, n *graphql.Node, t *graphql.TypeRef, required bool) {
	p.raw("<li id=\"", id, "\"><p class=\"row\"><a class=\"key\" href=\"#", id, "\">")
	p.text(n.Name)
	p.raw("</a>")
	if t != nil {
		p.raw(" ")
		p.typeRef(t)
	}
	if required {
		p.raw(" <span class=\"need\">required</span>")
	}
	if n.Deprecated != nil {
		p.raw(" <span class=\"badge warning\">deprecated</span>")
	}
	p.raw("</p>\n")
	p.prose(n.Description)
	if n.Deprecated != nil {
		p.prose(n.Deprecated.Reason)
	}
}

// linkTo appends a text as a link to the page of an entry; the text alone where
// that is nil.
func (p *page) linkTo(e *apidocs.Entry, text string) {
	if e == nil {
		p.text(text)
		return
	}
	p.raw("<a href=\"", p.link(e), "\">")
	p.text(text)
	p.raw("</a>")
}

// inputs appends arguments or input fields.
func (p *page) inputs(title, prefix string, all []*graphql.InputValue) {
	if len(all) == 0 {
		return
	}
	if title != "" {
		p.heading("h2", title)
	}
	p.raw("<ul class=\"members\">\n")
	for _, v := range all {
		id := p.id(prefix + v.Name)
		p.element(id, &v.Node, v.Type, v.Required())
		if v.Default != nil {
			p.raw("<p class=\"limits\">Default ")
			p.el("code", v.Default.String())
			p.raw("</p>\n")
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

// fields appends the fields of a type, at most so many rows.
func (p *page) fields(t *graphql.Type, most int) {
	p.raw("<ul class=\"members\">\n")
	for i, f := range t.Fields {
		if i >= most {
			p.raw("<li class=\"soft\">", words.Count(len(t.Fields)-i, "more field"))
			if e := p.ref.OfType(t); e != nil && p.linked(e) {
				p.raw(" of <a href=\"", p.link(e), "\">")
				p.text(t.Name)
				p.raw("</a>")
			}
			p.raw("</li>\n")
			break
		}
		id := p.id(f.Name)
		p.element(id, &f.Node, f.Type, false)
		if len(f.Args) > 0 {
			p.raw("<details><summary>", words.Count(len(f.Args), "argument"), "</summary>\n")
			p.inputs("", id+".", f.Args)
			p.raw("</details>\n")
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

// typePage writes the page of a GraphQL type.
func (p *page) typePage(e *apidocs.Entry) {
	t := e.Type
	p.raw("<article>\n<div class=\"says\">\n")
	p.title(e)
	p.raw("<p class=\"call\"><span class=\"method\">", t.Kind.Keyword(), "</span> <code>")
	p.text(t.Name)
	p.raw("</code>")
	p.named(" <span class=\"soft\">implements</span> ", t.Interfaces)
	p.raw("</p>\n")
	p.prose(t.Description)
	p.deprecation(t.Deprecated)
	if t.SpecifiedBy != "" && isWeb(t.SpecifiedBy) {
		p.raw("<p><a rel=\"nofollow noreferrer\" href=\"")
		p.text(t.SpecifiedBy)
		p.raw("\">Specification</a></p>\n")
	}
	if len(t.Fields) > 0 {
		p.heading("h2", "Fields")
		p.fields(t, len(t.Fields))
	}
	if t.OneOf {
		p.raw("<p>Exactly one of these must be given.</p>\n")
	}
	p.inputs("Input fields", "", t.InputFields)
	if len(t.EnumValues) > 0 {
		p.heading("h2", "Values")
		p.raw("<ul class=\"members\">\n")
		for _, v := range t.EnumValues {
			id := p.id(v.Name)
			p.element(id, &v.Node, nil, false)
			p.raw("</li>\n")
		}
		p.raw("</ul>\n")
	}
	p.types("Members", t.Kind == graphql.Union, t.PossibleTypes())
	p.types("Implemented by", t.Kind == graphql.Interface, t.Implementors())
	p.graphUses(t)
	p.raw("</div>\n</article>\n")
}

func (p *page) named(before string, all []*graphql.Reference) {
	for i, r := range all {
		if i == 0 {
			p.raw(before)
		} else {
			p.raw(", ")
		}
		p.linkTo(p.ref.OfType(r.Type()), r.Name)
	}
}

func (p *page) types(title string, shown bool, all []*graphql.Type) {
	if !shown || len(all) == 0 {
		return
	}
	p.heading("h2", title)
	p.raw("<ul class=\"uses\">\n")
	for _, t := range all {
		p.raw("<li>")
		p.linkTo(p.ref.OfType(t), t.Name)
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

// graphUses links to the fields and arguments that have a type.
func (p *page) graphUses(t *graphql.Type) {
	all := t.UsedBy()
	if len(all) == 0 {
		return
	}
	p.heading("h2", "Used by")
	p.raw("<ul class=\"uses\">\n")
	for i, u := range all {
		if i == maxUses {
			p.raw("<li class=\"soft\">and ", words.Number(len(all)-i), " more</li>\n")
			break
		}
		p.raw("<li>")
		if e := p.entryOf(u); e != nil && p.linked(e) {
			p.raw("<a href=\"", p.link(e), "\">")
			p.text(u.Coordinate())
			p.raw("</a>")
		} else {
			p.text(u.Coordinate())
		}
		p.raw("</li>\n")
	}
	p.raw("</ul>\n")
}

// entryOf is the page that an element of a schema is on.
func (p *page) entryOf(u graphql.Element) *apidocs.Entry {
	switch u := u.(type) {
	case *graphql.Field:
		if e := p.ref.OfField(u); e != nil {
			return e
		}
		return p.ref.OfType(u.Parent())
	case *graphql.InputValue:
		return p.entryOf(u.Parent())
	case *graphql.Type:
		return p.ref.OfType(u)
	}
	return nil
}
