package view

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/report/page"
)

//go:embed changelog.tmpl
var changelogSource string

var changelogTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("changelog").Funcs(template.FuncMap{
		"n": words.Number, "line": safe.Line, "join": strings.Join,
	}).Parse(changelogSource))
})

// ChangelogHTML writes a changelog as one page that needs nothing else. It can
// be read without JavaScript; with it each section can be searched, and the
// view is in the address.
func ChangelogHTML(w io.Writer, l *lifecycle.Changelog, o ChangelogOptions) error {
	c := newChangelog(l, o)
	var body strings.Builder
	if err := changelogTemplate().Execute(&body, c); err != nil {
		return fmt.Errorf("write HTML: %w", err)
	}
	p := page.Page{
		Title: safe.Line(c.Title + ": " + c.Base + " → " + c.Revision), Lead: c.Lead,
		Body: template.HTML(body.String()),
	}
	switch {
	case l.Count(lifecycle.Breaking) > 0:
		p.Status = "error"
	case l.Count(lifecycle.Retired)+l.Count(lifecycle.Risky) > 0:
		p.Status = "warning"
	default:
		p.Status = "good"
	}
	for _, s := range c.Sections {
		if s.ID != string(lifecycle.Editorial) {
			p.Numbers = append(p.Numbers, page.Number{Value: words.Number(s.Count), Label: strings.ToLower(s.Title), Status: s.Status})
		}
	}
	return page.Write(w, p)
}

// Tall reports whether a section is long enough to be searched.
func (s section) Tall() bool { return s.Rows > 12 }

// First is the section before which notices stand: the first that is not
// about what breaks.
func (c *changelog) First() int {
	for i, s := range c.Sections {
		if s.ID != string(lifecycle.Breaking) {
			return i
		}
	}
	return len(c.Sections)
}
