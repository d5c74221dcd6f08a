package redocly

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// structure holds every object against its kind: which members there are, and of
// which type.
func structure() *typed.Rule { return &typed.Rule{Any: holdAgainst} }

func holdAgainst(c *typed.Context) {
	n, t := c.Node, c.Type
	if t.Items != nil {
		if !n.Is(openapi.Array) {
			c.Report(c.At(), fmt.Sprintf("%s is %s, not a list", spoken(t.Name)[len("the "):], typeOf(n)))
			c.Ignore()
		}
		return
	}
	if !n.Is(openapi.Object) {
		if t != typed.Extension {
			c.Report(c.At(), fmt.Sprintf("%s is %s, not an object", spoken(t.Name)[len("the "):], typeOf(n)))
		}
		c.Ignore()
		return
	}
	members(c)
	for _, m := range n.Children() {
		s := t.Of(m.Key(), m)
		switch {
		case s == nil:
			if !strings.HasPrefix(m.Key(), "x-") {
				c.Report(typed.At(m).Key(), fmt.Sprintf("%q is not expected in %s%s", short(m.Key()), spoken(t.Name), meant(m.Key(), t)))
			}
		case s.Type != nil || s.Any:
		default:
			holdMember(c, m, s)
		}
	}
}

// meant names the member that was meant, where one is close.
func meant(name string, t *typed.Type) string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	if len(name) > longest {
		return ""
	}
	if close := check.Closest(name, names); close != "" {
		return fmt.Sprintf("; %q is", close)
	}
	return ""
}

// members reports which members are missing, and which are not allowed beside the
// others.
func members(c *typed.Context) {
	n, t := c.Node, c.Type
	if t.Required != nil {
		for _, name := range t.Required(n) {
			if !n.Has(name) {
				c.Report(c.At().Key(), fmt.Sprintf("%s has no %s", spoken(t.Name), name))
			}
		}
	}
	if t.Allowed != nil {
		allowed := t.Allowed(n)
		for _, m := range n.Children() {
			if name := m.Key(); !slices.Contains(allowed, name) && !strings.HasPrefix(name, "x-") && t.Field(name) != nil {
				c.Report(typed.At(m).Key(), fmt.Sprintf("%q is not allowed in %s of this type", name, spoken(t.Name)))
			}
		}
	}
	if len(t.Some) > 0 && !slices.ContainsFunc(t.Some, n.Has) {
		c.Report(c.At().Key(), fmt.Sprintf("%s has none of %s", spoken(t.Name), strings.Join(t.Some, ", ")))
	}
}

// holdMember holds a member against a shape that is no kind of object.
func holdMember(c *typed.Context, m *openapi.Node, s *typed.Shape) {
	v := m
	if !s.Verbatim && typed.IsRef(m) {
		v = c.Walk.Resolve(m).Node
	}
	at := typed.At(m)
	if s.Item != nil && s.Item.Enum != nil {
		for i, item := range v.Children() {
			if v.Is(openapi.Array) {
				oneOf(c, at.Item(i), m.Key(), item, s.Item.Enum)
			}
		}
	}
	switch {
	case s.Enum != nil:
		oneOf(c, at, m.Key(), v, s.Enum)
	case s.Kind != "" && !isOfType(v, s.Kind, false):
		c.Report(at, fmt.Sprintf("%q is %s, not of the type %s", m.Key(), typeOf(v), s.Kind))
		c.Ignore()
	case v.Is(openapi.Array) && s.Item != nil && s.Item.Kind != "":
		for i, item := range v.Children() {
			if !isOfType(item, s.Item.Kind, false) {
				c.Report(at.Item(i), fmt.Sprintf("an item of %q is %s, not of the type %s", m.Key(), typeOf(item), s.Item.Kind))
			}
		}
	}
	if s.NotNegative {
		if f, ok := m.Float(); ok && f < 0 {
			c.Report(at, fmt.Sprintf("%q is %s, less than 0", m.Key(), m.Text()))
		}
	}
}

func oneOf(c *typed.Context, at typed.Place, name string, v *openapi.Node, enum []string) {
	if text, ok := v.Str(); !ok || !slices.Contains(enum, text) {
		c.Report(at, fmt.Sprintf("%q is %s, none of %s", name, quoted(v), strings.Join(enum, ", ")))
	}
}
