package shape

import (
	"slices"
)

// settleUnions makes of every union one that can be told apart, or what it is
// in truth: a nullable shape, an enum, one object with the members of all. It
// reports whether there was anything to do.
func settleUnions(all []*Shape, roots []*Use, j *joiner) bool {
	become := map[*Shape]Use{}
	for _, s := range all {
		if s.Kind != Union {
			continue
		}
		if u := settleUnion(s, j); u.Shape != s || u.Nullable || u.Const != "" {
			become[s] = u
		}
	}
	if len(become) == 0 {
		return false
	}
	replace := func(u *Use) {
		for range len(become) + 1 {
			to, ok := become[u.Shape]
			if !ok || to.Shape == u.Shape && to.Nullable == u.Nullable {
				break
			}
			u.Shape, u.Nullable = to.Shape, u.Nullable || to.Nullable
			if u.Const == "" {
				u.Const = to.Const
			}
		}
	}
	seen := map[*Shape]bool{}
	var walk func(u *Use)
	walk = func(u *Use) {
		replace(u)
		if !seen[u.Shape] {
			seen[u.Shape] = true
			u.Shape.uses(walk)
		}
	}
	for _, r := range roots {
		walk(r)
	}
	return true
}

// settleUnion returns what a union is.
func settleUnion(s *Shape, j *joiner) Use {
	p := &parts{joiner: j, union: s}
	p.add(s, nil, map[*Shape]bool{s: true})
	if p.any {
		return Use{Shape: &Shape{Kind: Any, Place: s.Place, Description: s.Description}}
	}
	variants, discriminator := p.variants()
	switch len(variants) {
	case 0:
		return Use{Shape: &Shape{Kind: Null, Place: s.Place}}
	case 1:
		return Use{Shape: variants[0].Shape, Nullable: p.null || variants[0].Nullable, Const: variants[0].Const}
	}
	if !slices.EqualFunc(variants, s.Variants, sameVariant) || discriminator != s.Discriminator {
		s.Variants, s.Discriminator = variants, discriminator
	}
	return Use{Shape: s, Nullable: p.null}
}

func sameVariant(a, b Variant) bool {
	return a.Use == b.Use && a.Member == b.Member && slices.Equal(a.Tags, b.Tags)
}

// parts are the alternatives of a union by what they are in JSON.
type parts struct {
	*joiner
	union *Shape

	any, null bool
	// scalars are at most one use each of what is a string, a number, a boolean
	// and a list in JSON.
	scalars [4]*Use
	objects []Variant
	maps    *Use
}

// add takes the alternatives of a union, and those of unions among them.
func (p *parts) add(s *Shape, tags []string, seen map[*Shape]bool) {
	for _, v := range s.Variants {
		if tags != nil {
			v.Tags = tags
		}
		p.null = p.null || v.Nullable
		v.Nullable = false
		switch v.Shape.Kind {
		case Union:
			if !seen[v.Shape] {
				seen[v.Shape] = true
				p.add(v.Shape, v.Tags, seen)
			}
		case Null:
			p.null = true
		case Any:
			p.any = true
		case String, Enum:
			p.scalar(0, v.Use)
		case Integer, Number:
			p.scalar(1, v.Use)
		case Time:
			p.time(v.Use)
		case Boolean:
			p.scalar(2, v.Use)
		case List:
			p.scalar(3, v.Use)
		case Map:
			p.maps = p.with(p.maps, v.Use)
		case Object:
			p.objectVariant(v)
		}
	}
}

// time adds a time, which is a string or a number, and takes in what there is of
// these.
func (p *parts) time(u Use) {
	k := 0
	if u.Shape.Format == "unix-time" {
		k = 1
	}
	p.scalar(k, u)
	a, b := p.scalars[0], p.scalars[1]
	if a != nil && b != nil && (a.Shape.Kind == Time || b.Shape.Kind == Time) && a.Shape.Kind != Enum {
		p.scalars[0] = &Use{Shape: &Shape{Kind: Time, Place: p.union.Place}}
		p.scalars[1] = nil
	}
}

func (p *parts) scalar(k int, u Use) {
	other := p.scalars[1-k%2]
	if k < 2 && other != nil && (other.Shape.Kind == Time && u.Shape.Kind != Enum) {
		// A time and a number, or a text that is none, are a time of any kind.
		p.scalars[1-k] = &Use{Shape: &Shape{Kind: Time, Place: p.union.Place}}
		return
	}
	if have := p.scalars[k]; have != nil && have.Shape.Kind == Enum && u.Shape.Kind == String && u.Const == "" {
		return // enums are open
	} else if have != nil && u.Shape.Kind == Enum && have.Shape.Kind == String && have.Const == "" {
		p.scalars[k] = &u
		return
	}
	p.scalars[k] = p.with(p.scalars[k], u)
}

func (p *parts) with(have *Use, u Use) *Use {
	if have == nil {
		return &u
	}
	joined := p.use(*have, u)
	return &joined
}

func (p *parts) objectVariant(v Variant) {
	for i, o := range p.objects {
		if o.Shape == v.Shape {
			for _, t := range v.Tags {
				if !slices.Contains(o.Tags, t) {
					p.objects[i].Tags = append(slices.Clip(p.objects[i].Tags), t)
				}
			}
			return
		}
	}
	p.objects = append(p.objects, v)
}

// variants returns what is left of the alternatives, and the discriminator of
// the objects among them.
func (p *parts) variants() ([]Variant, string) {
	var out []Variant
	for _, u := range p.scalars {
		if u != nil {
			u.Nullable = false
			out = append(out, Variant{Use: *u})
		}
	}
	objects, discriminator := p.tell()
	out = append(out, objects...)
	if p.maps != nil {
		if len(objects) == 0 {
			out = append(out, Variant{Use: *p.maps})
		} else if len(objects) == 1 {
			out[len(out)-1].Shape = p.loose(objects[0].Shape)
		}
	}
	return out, discriminator
}

// tell finds what tells the objects apart; where nothing does they become one.
func (p *parts) tell() ([]Variant, string) {
	if len(p.objects) < 2 {
		for i := range p.objects {
			p.objects[i].Tags, p.objects[i].Member = nil, ""
		}
		return p.objects, ""
	}
	if name, tags := discriminate(p.objects, p.union.Discriminator); name != "" {
		for i := range p.objects {
			p.objects[i].Tags, p.objects[i].Member = tags[i], ""
		}
		return p.objects, name
	}
	if members := distinguish(p.objects); members != nil {
		for i := range p.objects {
			p.objects[i].Tags, p.objects[i].Member = nil, members[i]
		}
		return p.objects, ""
	}
	shapes := make([]*Shape, len(p.objects))
	for i, o := range p.objects {
		shapes[i] = o.Shape
	}
	return []Variant{{Use: Use{Shape: p.many(shapes)}}}, ""
}
