package site

import (
	_ "embed"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
	look "github.com/plumbapi/plumb/report/page"
)

//go:embed assets/reference.css
var style string

//go:embed assets/reference.js
var script string

//go:embed assets/theme.js
var themeScript string

//go:embed assets/reload.js
var reloadScript string

// writeFiles writes what is no page: the look, the search, and what machines
// read.
func (b *builder) writeFiles(pages []task) error {
	for _, f := range []struct{ name, text string }{
		{"assets/site.css", look.Style() + style},
		{"assets/site.js", look.Script() + script},
		{"assets/theme.js", themeScript},
		{"llms.txt", b.llms()},
		{"search.json", string(b.searchJSON())},
		{"assets/theme.css", b.options.Theme},
		{"assets/try.js", tryIf(b.options.Try)},
	} {
		if f.text == "" {
			continue
		}
		if err := b.counted.put(f.name, []byte(f.text)); err != nil {
			return err
		}
	}
	if b.options.Reload != "" {
		text := strings.ReplaceAll(reloadScript, "RELOAD", b.options.Reload)
		if err := b.counted.put("assets/reload.js", []byte(text)); err != nil {
			return err
		}
	}
	if b.options.BaseURL != "" {
		if err := b.counted.put("sitemap.xml", b.siteMap(pages)); err != nil {
			return err
		}
	}
	if err := b.writeDescriptions(); err != nil {
		return err
	}
	return b.writeIndex()
}

// llms is the list of all pages for language models, in the form that
// llmstxt.org describes: each with its twin in Markdown.
func (b *builder) llms() string {
	var out strings.Builder
	out.WriteString("# " + oneLine(b.ref.Title) + "\n\n")
	if d := apidocs.FirstSentence(b.ref.Description); d != "" {
		out.WriteString("> " + d + "\n\n")
	}
	for _, s := range b.ref.Sections {
		for _, g := range s.Groups {
			out.WriteString("## " + s.Title + ": " + oneLine(g.Title) + "\n\n")
			for _, e := range g.Entries {
				out.WriteString("- [" + strings.NewReplacer("[", "(", "]", ")").Replace(oneLine(e.Title)) + "](" + b.options.BaseURL + e.Path + ".md)")
				if e.Kind == apidocs.Operation {
					out.WriteString(": " + e.ID)
				}
				out.WriteString("\n")
			}
			out.WriteString("\n")
		}
	}
	out.WriteString("## Optional\n\n")
	for _, d := range b.descriptions() {
		out.WriteString("- [" + strings.NewReplacer("[", "(", "]", ")").Replace(d.title) + "](" + b.options.BaseURL + d.path + ")\n")
	}
	out.WriteString("- [Index of all pages](" + b.options.BaseURL + "search.json)\n")
	return out.String()
}

func (b *builder) siteMap(pages []task) []byte {
	h := html{}
	h.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n")
	for _, t := range pages {
		h.raw("<url><loc>")
		h.text(b.options.BaseURL + t.path + ".html")
		h.raw("</loc></url>\n")
	}
	h.raw("</urlset>\n")
	return h.b
}
