package schema

import (
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// object makes a shape an object, or a map where no members are named.
func (r *Reader) object(s *shape.Shape, parts []part) {
	s.Kind = shape.Object
	var names []string
	schemas := map[string][]*openapi.Node{}
	required := map[string]bool{}
	var values, patterns []*openapi.Node
	closed := false
	for _, p := range parts {
		for _, n := range p.Get("properties").Children() {
			if schemas[n.Key()] == nil {
				names = append(names, n.Key())
			}
			schemas[n.Key()] = append(schemas[n.Key()], n)
		}
		for _, n := range p.Get("required").Children() {
			required[n.Text()] = true
		}
		patterns = append(patterns, p.Get("patternProperties").Children()...)
		for _, key := range []string{"additionalProperties", "unevaluatedProperties"} {
			switch more := p.Get(key); more.Kind() {
			case openapi.Bool:
				closed = closed || !more.IsTrue()
			case openapi.Object:
				values = append(values, more)
			}
		}
	}
	if len(names) == 0 && (!closed || len(patterns) > 0) {
		s.Kind = shape.Map
		s.Element = r.read(values)
		if len(patterns) > 0 {
			s.Element = r.oneOf(s, append(patterns, values...))
		}
		return
	}
	s.Open = !closed || len(patterns) > 0
	for _, name := range names {
		f := shape.Field{Name: name, Use: r.read(schemas[name]), Optional: !required[name]}
		for _, n := range schemas[name] {
			if f.Description == "" {
				f.Description = n.Get("description").Text()
			}
			f.Deprecated = f.Deprecated || n.Get("deprecated").IsTrue()
		}
		s.Fields = append(s.Fields, f)
	}
}

// oneOf returns a use of whatever one of the schemas says.
func (r *Reader) oneOf(in *shape.Shape, schemas []*openapi.Node) shape.Use {
	if len(schemas) == 1 {
		return r.read(schemas)
	}
	u := &shape.Shape{Kind: shape.Union, Place: in.Place}
	for _, n := range schemas {
		u.Variants = append(u.Variants, shape.Variant{Use: r.read([]*openapi.Node{n})})
	}
	return shape.Use{Shape: u}
}

// alternatives makes a shape a union where a part has oneOf or anyOf, each
// alternative joined with what the parts say beside it. It reports whether
// there is such a part.
func (r *Reader) alternatives(s *shape.Shape, parts []part, only string) bool {
	for i, p := range parts {
		for _, key := range []string{"oneOf", "anyOf"} {
			skip := p.noOne
			if key == "anyOf" {
				skip = p.noAny
			}
			list := p.Get(key).Children()
			if skip || len(list) == 0 || !r.substantial(list) {
				continue
			}
			base := append([]part{}, parts...)
			if key == "oneOf" {
				base[i].noOne = true
			} else {
				base[i].noAny = true
			}
			if bare(base[i]) {
				base = append(base[:i], base[i+1:]...)
			}
			s.Kind = shape.Union
			s.Discriminator = p.Get("discriminator").Get("propertyName").Text()
			for _, n := range list {
				s.Variants = append(s.Variants, r.alternative(n, base, only, p.Get("discriminator")))
			}
			return true
		}
	}
	return false
}

// alternative reads one alternative together with what holds for all.
func (r *Reader) alternative(n *openapi.Node, base []part, only string, discriminator *openapi.Node) shape.Variant {
	c := &conjunction{seen: map[*openapi.Node]bool{}}
	r.gather(c, n)
	parts := c.parts
	for _, p := range base {
		if !c.seen[p.Node] || p.noOne || p.noAny {
			parts = append(parts, p)
		}
	}
	if len(parts) > maxParts {
		parts = parts[:maxParts]
	}
	v := shape.Variant{Use: r.readParts(parts, only)}
	v.Nullable = v.Nullable || c.nullable || nullable(c.parts)
	if n.Is(openapi.Object) && discriminator != nil {
		v.Tags = r.tags(n, discriminator)
	}
	return v
}

// tags returns the values of a discriminator that a description maps to an
// alternative; that is the name of its component where it maps none.
func (r *Reader) tags(n, discriminator *openapi.Node) []string {
	var tags []string
	target := r.Resolve(n)
	for _, m := range discriminator.Get("mapping").Children() {
		ref := n.Get("$ref").Text()
		if ref != "" && (m.Text() == ref || target != nil && m.Text() == component(target)) {
			tags = append(tags, m.Key())
		}
	}
	if tags == nil && target != nil && component(target) != "" {
		tags = []string{component(target)}
	}
	return tags
}

// bare reports whether a part says nothing but what is left aside.
func bare(p part) bool {
	for _, key := range structural {
		if p.Has(key) && !(key == "oneOf" && p.noOne) && !(key == "anyOf" && p.noAny) {
			if key == "type" && p.Get("type").Text() == "object" {
				continue
			}
			return false
		}
	}
	return true
}

// substantial reports whether alternatives say something about structure: those
// that only choose which members must be there do not.
func (r *Reader) substantial(list []*openapi.Node) bool {
	for _, n := range list {
		for _, key := range []string{"$ref", "type", "properties", "enum", "const", "allOf", "oneOf", "anyOf", "items", "additionalProperties"} {
			if n.Has(key) {
				return true
			}
		}
	}
	return false
}
