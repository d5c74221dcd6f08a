package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/apidocs"
)

// TemplatesVersion is that of the slots and of what they are given. It rises
// when one of them goes or means something else, not when one is added.
const TemplatesVersion = 1

// The slots: places of a page that a product may fill.
const (
	slotHead    = "head"    // in the head: links and meta elements
	slotHeader  = "header"  // in the bar at the top, after the names of the APIs
	slotLanding = "landing" // on the first page, below what the product is
	slotBefore  = "before"  // above the content of every other page
	slotAfter   = "after"   // below it
	slotFooter  = "footer"  // in place of the line at the end
)

// Slots are the names of the slots, in the order of a page.
func Slots() []string {
	return []string{slotHead, slotHeader, slotLanding, slotBefore, slotAfter, slotFooter}
}

// Templates fill slots of pages. What they write is the product's own: it goes
// into pages as html/template makes it, and the policy of pages still lets
// nothing run that is written into them.
type Templates struct{ slots map[string]*template.Template }

// PageData is what a template is given.
type PageData struct {
	// Title and Version are the product's.
	Title, Version string
	// Language is that of the site.
	Language string
	// Root leads to the root of the site: "../../", "" from there.
	Root string
	// Page is the page that is written.
	Page PageOf
}

// PageOf says which page a template is on.
type PageOf struct {
	// Path is where the page is, without an extension: "rest/issues/list-issues".
	Path, Title string
	// Kind is "operation", "webhook", "schema", "field" or "type", and "" for
	// pages that are about none. ID names what it is about as reports do, Area
	// and Group where it stands; Deprecated says that it is.
	Kind, ID, Area, Group string
	Deprecated            bool
}

// maxTemplate bounds a template, in bytes.
const maxTemplate = 256 << 10

// ParseTemplates reads the templates of a folder: "version", which holds
// [TemplatesVersion], and SLOT.html for each slot that is filled. The error says
// what is wrong with which file.
func ParseTemplates(fsys fs.FS) (*Templates, error) {
	version, err := fs.ReadFile(fsys, "version")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %q; write the version of the slots into it, %d", "version", TemplatesVersion)
	}
	if err != nil {
		return nil, err
	}
	if got := strings.TrimSpace(string(version)); got != fmt.Sprint(TemplatesVersion) {
		return nil, fmt.Errorf("version: %q is not a version of the slots that this plumb knows, which is %d", got[:min(len(got), 20)], TemplatesVersion)
	}
	files, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, err
	}
	t := &Templates{slots: map[string]*template.Template{}}
	for _, f := range files {
		if f.Name() == "version" || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		name := strings.TrimSuffix(f.Name(), ".html")
		if f.IsDir() || path.Ext(f.Name()) != ".html" || !slices.Contains(Slots(), name) {
			return nil, fmt.Errorf("%s is no slot; the files are %s.html", f.Name(), strings.Join(Slots(), ".html, "))
		}
		text, err := fs.ReadFile(fsys, f.Name())
		if err != nil {
			return nil, err
		}
		if t.slots[name], err = parseSlot(f.Name(), text); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// parseSlot reads one template, and tries it with a page of every kind of data.
func parseSlot(name string, text []byte) (*template.Template, error) {
	if len(text) > maxTemplate {
		return nil, fmt.Errorf("%s is longer than %d KiB", name, maxTemplate>>10)
	}
	t, err := template.New(name).Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, errors.New(strings.TrimPrefix(err.Error(), "template: "))
	}
	for _, d := range []PageData{{}, {Title: "T", Version: "1", Root: "../", Page: PageOf{Path: "rest/x/y", Title: "Y", Kind: "operation", ID: "GET /y", Area: "rest", Group: "x", Deprecated: true}}} {
		var out bytes.Buffer
		if err := t.Execute(&out, d); err != nil {
			return nil, errors.New(strings.TrimPrefix(strings.TrimPrefix(err.Error(), "html/"), "template: "))
		}
		if lower := strings.ToLower(out.String()); strings.Contains(lower, "<script") && !strings.Contains(lower, "src=") {
			return nil, fmt.Errorf("%s: a script that is written into a page does not run there; put it into a file", name)
		}
	}
	return t, nil
}

// slot appends what fills a slot, and reports whether something does.
func (p *page) slot(name string) bool {
	if p.options.Templates == nil {
		return false
	}
	t := p.options.Templates.slots[name]
	if t == nil {
		return false
	}
	var out bytes.Buffer
	if err := t.Execute(&out, p.data()); err != nil {
		p.fail(fmt.Errorf("template %s: %w", t.Name(), err))
		return true
	}
	p.raw(out.String())
	return true
}

func (p *page) data() PageData {
	d := PageData{
		Title: p.ref.Title, Version: p.ref.Version, Language: p.options.Language, Root: p.root,
		Page: PageOf{Path: p.task.path, Title: p.task.title},
	}
	if e := p.task.entry; e != nil {
		d.Page.Kind = map[apidocs.Kind]string{apidocs.Operation: "operation", apidocs.Webhook: "webhook", apidocs.Schema: "schema", apidocs.Field: "field", apidocs.Type: "type"}[e.Kind]
		d.Page.ID, d.Page.Area, d.Page.Group, d.Page.Deprecated = e.ID, string(e.Group.Area), e.Group.Title, e.Deprecated
	}
	return d
}
