package site

import (
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	"github.com/plumbapi/plumb/openapi"
)

// described is a description that the site hands on whole.
type described struct {
	path, title string
	text        func() []byte
}

// descriptions are the descriptions that the site is made of, as files of it.
func (b *builder) descriptions() []described {
	var out []described
	taken := map[string]bool{}
	for _, doc := range b.ref.Documents() {
		title := oneLine(doc.Root().Find("info", "title").Text())
		name := "openapi"
		if len(b.ref.Documents()) > 1 && title != "" {
			name = apidocs.Slug(title)
		}
		path := "descriptions/" + name
		for n := 2; taken[path]; n++ {
			path = "descriptions/" + name + "-" + strconv.Itoa(n)
		}
		taken[path] = true
		kind := "OpenAPI " + doc.VersionString()
		if title != "" {
			kind = title + ", " + kind
		}
		out = append(out, described{path + ".json", kind, func() []byte { return apidocs.Bundle(doc) }})
	}
	if s := b.ref.GraphQL(); s != nil {
		out = append(out, described{"descriptions/schema.graphql", "GraphQL schema", func() []byte { return []byte(s.SDL()) }})
	}
	return out
}

// machines links to what programs read rather than people.
func (p *page) machines() {
	if p.single {
		return
	}
	p.heading("h2", "For programs")
	p.raw("<ul class=\"uses\">\n")
	for _, d := range p.descriptions() {
		p.raw("<li><a href=\"", p.root, d.path, "\">")
		p.text(d.title)
		p.raw("</a></li>\n")
	}
	p.raw("<li><a href=\"", p.root, "llms.txt\">All pages as Markdown</a></li>\n<li><a href=\"", p.root, "search.json\">Index of all pages</a></li>\n</ul>\n")
}

// writeDescriptions writes the descriptions, whole.
func (b *builder) writeDescriptions() error {
	for _, d := range b.descriptions() {
		if err := b.counted.put(d.path, d.text()); err != nil {
			return err
		}
	}
	return nil
}

// indexVersion is that of the form of search.json.
const indexVersion = 1

// searchJSON lists every entry, a line each, for programs that search or link
// to the reference.
func (b *builder) searchJSON() []byte {
	out := []byte("{\"version\":" + strconv.Itoa(indexVersion) + ",\"title\":")
	out = append(appendQuoted(out, b.ref.Title), ",\"base_url\":"...)
	out = append(appendQuoted(out, b.options.BaseURL), ",\"entries\":["...)
	for i, e := range b.ref.Entries {
		if i > 0 {
			out = append(out, ',')
		}
		member := func(name, value string) {
			out = append(append(out, ",\""+name+"\":"...), appendQuoted(nil, value)...)
		}
		out = append(appendQuoted(append(out, "\n{\"path\":"...), e.Path+".html"), ",\"markdown\":"...)
		out = appendQuoted(out, e.Path+".md")
		member("area", string(e.Group.Area))
		member("group", e.Group.Title)
		member("kind", strings.ToLower(kindName(e)))
		member("id", e.ID)
		if e.Operation != nil {
			member("operation_id", e.Operation.Node.Get("operationId").Text())
		}
		member("title", e.Title)
		member("summary", e.Summary)
		out = append(strconv.AppendBool(append(out, ",\"deprecated\":"...), e.Deprecated), '}')
	}
	return append(out, "\n]}\n"...)
}

// kindName is what search.json calls the kinds of entries.
func kindName(e *apidocs.Entry) string {
	if e.Kind == apidocs.Operation {
		return "operation"
	}
	return kindOf(e)
}

// sourceOf is the description that a node stands in.
func sourceOf(docs []*openapi.Document, n *openapi.Node) *openapi.Document {
	for _, d := range docs {
		for _, s := range d.Sources() {
			if n.Source() == s {
				return d
			}
		}
	}
	return docs[0]
}
