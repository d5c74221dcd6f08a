package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
)

// restClass sets apart what only REST has by its nature.
func (c *comparer) restClass(found assignment, p *prop) Class {
	f := p.form
	switch {
	case p.role == apiURL, strings.HasPrefix(p.property.Name, "_") && p.value.class >= objectClass, f.last&urlWord != 0 && p.value.class >= objectClass:
		return Hypermedia
	case p.role == localID, p.role == globalID, c.ownID(p, found.side), c.foreignID(found, p):
		return Identity
	case c.isViewer(f, p.value.class, p.property.Description):
		return ViewerOnly
	}
	return ""
}

// foreignID reports whether a property is the ID of what another property or
// a field is.
func (c *comparer) foreignID(found assignment, p *prop) bool {
	if p.form.last&idWord == 0 || len(p.form.words) < 2 {
		return false
	}
	stems := slices.DeleteFunc(slices.Clone(p.form.stems), func(s int32) bool { return c.names.info[s].marks&idWord != 0 })
	for _, s := range found.side.slots {
		if s.value.class == objectClass && slices.Equal(s.form.stems, stems) {
			return true
		}
	}
	for _, m := range found.pairs {
		if m.prop.value.class == objectClass && slices.Equal(m.prop.form.stems, stems) {
			return true
		}
	}
	return false
}

// graphqlClass sets apart what only GraphQL has by its nature.
func (c *comparer) graphqlClass(t *gql.Type, s *slot) Class {
	switch f := s.form; {
	case c.isViewer(f, s.value.class, s.field.Source.Description):
		return ViewerOnly
	case f.last&pathWord != 0 && len(f.stems) > 1 && (s.value.class == urlClass || f.has(webWord) || strings.Contains(strings.ToLower(s.field.Source.Description), "relative path")):
		return ResourcePath
	case s.value.class == idClass && f.fold == "id", c.inner(s) && f.has(idWord):
		return Identity
	case c.isBelow(t, s):
		return SubResource
	}
	return ""
}

// isViewer reports whether a value depends on who asks.
func (c *comparer) isViewer(f *fieldName, k valueClass, description string) bool {
	if c.viewers(f) {
		return true
	}
	if k == boolClass && len(f.words) > 1 && c.p.lex.Text(f.words[0]) == "can" {
		return true
	}
	d := strings.ToLower(description)
	return strings.Contains(d, "current user") || strings.Contains(d, "the viewer") || strings.Contains(d, "authenticated user") || strings.Contains(d, "logged in user")
}

// isBelow reports whether REST has an operation for what a field yields,
// below the path of the object.
func (c *comparer) isBelow(t *gql.Type, s *slot) bool {
	if c.below == nil {
		c.findBelow()
	}
	own := c.side(t).own
	return slices.ContainsFunc(c.below[t], func(b below) bool {
		return b.field == s.field || b.form != nil && c.names.alike(b.form, s.form, own, manyWord) >= 0.8
	})
}

// below is a part of a path below that of an object, or a field that an
// operation was matched to.
type below struct {
	form  *fieldName
	field *gql.Field
}

// findBelow looks for the operations below the paths of objects.
func (c *comparer) findBelow() {
	c.below = map[*gql.Type][]below{}
	for _, link := range c.p.operations {
		if link.op.Method == "GET" {
			t := link.field.Parent
			c.below[t] = append(c.below[t], below{field: link.field})
		}
	}
	items := map[string]*gql.Type{}
	for _, op := range c.p.rest.Operations {
		if op.Method == "GET" && !op.List && op.Item != nil {
			if t := c.target(op.Item); t != nil {
				items[op.Path] = t
			}
		}
	}
	seen := map[*gql.Type]map[*fieldName]bool{}
	for _, op := range c.p.rest.Operations {
		for i := 1; i < len(op.Path); i++ {
			if op.Path[i] != '/' {
				continue
			}
			t := items[op.Path[:i]]
			part, _, _ := strings.Cut(op.Path[i+1:], "/")
			if t == nil || part == "" || strings.ContainsAny(part, "{:*") {
				continue
			}
			f := c.names.form(part, c.p.lex.Name(part))
			if seen[t] == nil {
				seen[t] = map[*fieldName]bool{}
			}
			if !seen[t][f] {
				seen[t][f] = true
				c.below[t] = append(c.below[t], below{form: f})
			}
		}
	}
}
