package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/rest"
)

// custom is what a property is by the customs of its API.
type custom uint8

const (
	noRole   custom = iota
	globalID        // good in the whole API
	localID         // "id"; where the API has global ones, it is not one
	apiURL          // leads to the API
	webURL          // leads to a page for people
)

// customs are what an API as a whole does.
type customs struct {
	globalIDs bool               // objects have global IDs beside their own
	apiURLs   bool               // "url" leads to the API, since pages have another
	twins     map[[2]string]bool // pairs of names whose examples show that they count the same
	base      string             // host and path of the API, "" where they do not tell it from a site
}

// learn finds out the customs of the REST side.
func (c *comparer) learn() customs {
	k := customs{base: c.base(), twins: map[[2]string]bool{}}
	for _, link := range c.p.types {
		var web, plain bool
		for _, q := range link.schema.Properties {
			f := c.names.form(q.Name, q.Words)
			k.globalIDs = k.globalIDs || c.isGlobalID(q, f)
			web = web || isWebURL(f)
			plain = plain || f.fold == "url"
		}
		k.apiURLs = k.apiURLs || web && plain
		c.learnTwins(k.twins, link.schema)
	}
	return k
}

// base returns host and path of the first server, where that has a path or a
// host that is the API's own.
func (c *comparer) base() string {
	root := c.p.rest.Doc.Root()
	base := root.Find("servers", "0", "url").Text()
	if host := root.Get("host").Text(); host != "" {
		base = host + root.Get("basePath").Text()
	}
	if _, rest, ok := strings.Cut(base, "://"); ok {
		base = rest
	}
	base = strings.TrimRight(base, "/")
	if strings.Contains(base, "{") || !strings.Contains(base, "/") && !strings.HasPrefix(base, "api.") {
		return ""
	}
	return base
}

func (c *comparer) isGlobalID(q *rest.Property, f *fieldName) bool {
	return f.last&idWord != 0 && f.has(globalWord) && len(f.stems) == 2 && q.Schema != nil && q.Schema.Kind == rest.String
}

func isWebURL(f *fieldName) bool {
	return f.fold == "permalink" || f.last&urlWord != 0 && f.has(webWord) && len(f.stems) == 2 && !f.urls
}

// roles says what the properties of one schema are by custom.
func (c *comparer) roles(props []*prop) {
	web := slices.ContainsFunc(props, func(p *prop) bool { return isWebURL(p.form) })
	for _, p := range props {
		switch f := p.form; {
		case c.isGlobalID(p.property, f):
			p.role = globalID
		case f.fold == "id":
			p.role = localID
		case isWebURL(f):
			p.role = webURL
		case f.last&urlWord == 0 || p.value.class != stringClass && p.value.class != urlClass:
		case c.leadsToAPI(p.property):
			p.role = apiURL
		case f.fold == "url" || f.fold == "href" || f.fold == "selfurl":
			if web || c.customs.apiURLs {
				p.role = apiURL
			}
		case c.customs.apiURLs && !f.has(mediaWord) && p.property.Schema.Node.Get("example") == nil:
			p.role = apiURL
		}
	}
}

// leadsToAPI reports whether the example of a URL is one of the API.
func (c *comparer) leadsToAPI(q *rest.Property) bool {
	if c.customs.base == "" || q.Schema == nil {
		return false
	}
	_, example, ok := strings.Cut(exampleOf(q), "://")
	return ok && strings.HasPrefix(example, c.customs.base)
}

// exampleOf returns the first example of a property as text.
func exampleOf(q *rest.Property) string {
	for _, n := range [...]interface{ Text() string }{q.Node.Get("example"), q.Schema.Node.Get("example"), q.Schema.Node.Get("examples").At(0)} {
		if text := n.Text(); text != "" {
			return text
		}
	}
	return ""
}

// byRole scores a property and a field by what they are by custom. Where the
// second result is false, names and types decide.
func (c *comparer) byRole(p *prop, s *slot, side *typeSide) (score float64, decided bool) {
	isID := s.form.fold == "id" && s.value.class == idClass
	switch p.role {
	case globalID:
		if isID {
			return 9.5, true
		}
	case localID:
		if isID {
			blind := c.customs.globalIDs && (side.typ.ByID || p.value.class == intClass)
			return 0, blind
		}
		if s.form.has(idWord) && c.inner(s) {
			score = 8.5
			if s.field.Deprecated {
				score -= 0.5
			}
			return score, true
		}
	case apiURL:
		if s.form.last&urlWord != 0 || s.value.class == urlClass {
			return 0, true
		}
	case webURL:
		switch {
		case s.form.fold == p.form.fold || s.value.class != urlClass && s.value.class != stringClass:
		case s.form.fold == "url", isWebURL(s.form):
			return 9, true
		case s.form.last&pathWord != 0 && s.form.has(webWord) && len(s.form.stems) == 2:
			return 6.5, true
		case s.form.fold == "path" && strings.Contains(s.field.Source.Description, " page"):
			return 5.6, true
		}
	case noRole:
		if p.form.fold == "url" && isWebURL(s.form) {
			return 8, true
		}
	}
	return 0, isID && p.form.fold != "id" && !c.ownID(p, side)
}

// inner reports whether a field is the ID that a database has: a number, and
// all its words say so.
func (c *comparer) inner(s *slot) bool {
	if s.value.class != intClass || s.value.list {
		return false
	}
	for _, st := range s.form.stems {
		if c.names.info[st].marks&(idWord|innerWord) == 0 {
			return false
		}
	}
	return true
}

// ownID reports whether a property is the ID of the type by its full name.
func (c *comparer) ownID(p *prop, side *typeSide) bool {
	for _, st := range p.form.stems {
		if c.names.info[st].marks&idWord == 0 && !slices.Contains(side.own, st) {
			return false
		}
	}
	return p.form.last&idWord != 0 && (len(p.form.stems) == 1 || slices.Contains(p.form.stems, side.head))
}
