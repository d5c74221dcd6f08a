package shape

import (
	"encoding/json"
	"slices"
)

// maxJoins bounds how many objects are joined; past that Any stands in their
// place.
const maxJoins = 20_000

// joiner makes of two uses one that takes the values of both.
type joiner struct {
	made map[[2]*Shape]*Shape
	// object joins two objects, where it is not pair that does.
	object func(a, b *Shape) *Shape
	note   func(Note)
}

func newJoiner(note func(Note)) *joiner {
	j := &joiner{made: map[[2]*Shape]*Shape{}, note: note}
	j.object = j.pair
	return j
}

// use joins two uses.
func (j *joiner) use(a, b Use) Use {
	nullable := a.Nullable || b.Nullable
	switch {
	case a.Shape == b.Shape && a.Const == b.Const:
		return Use{Shape: a.Shape, Nullable: nullable, Const: a.Const}
	case a.Shape.Kind == Null:
		return Use{Shape: b.Shape, Nullable: true, Const: b.Const}
	case b.Shape.Kind == Null:
		return Use{Shape: a.Shape, Nullable: true, Const: a.Const}
	case isWord(a) && isWord(b):
		return Use{Shape: words(a, b), Nullable: nullable}
	}
	return Use{Shape: j.shape(a.Shape, b.Shape), Nullable: nullable}
}

// shape joins two shapes.
func (j *joiner) shape(a, b *Shape) *Shape {
	if a == b {
		return a
	}
	if a.Kind > b.Kind {
		a, b = b, a
	}
	switch {
	case a.Kind == b.Kind && a.Kind == Object:
		return j.object(a, b)
	case a.Kind == b.Kind && (a.Kind == List || a.Kind == Map):
		return j.container(a, b)
	case a.Kind == b.Kind && a.Kind < Enum:
		return scalar(a.Kind, a, b)
	case a.Kind == Any:
		return a
	case a.Kind == Integer && b.Kind == Number:
		return b
	case (a.Kind == String || a.Kind == Integer || a.Kind == Number) && b.Kind == Time:
		return &Shape{Kind: Time, Place: b.Place}
	case a.Kind == String && b.Kind == Enum:
		return b // enums are open: other texts are kept, and told apart by Known
	case a.Kind == Object && b.Kind == Map:
		return j.loose(a)
	}
	return &Shape{Kind: Union, Variants: append(alternatives(a), alternatives(b)...), Place: a.Place}
}

func alternatives(s *Shape) []Variant {
	if s.Kind == Union {
		return slices.Clone(s.Variants)
	}
	return []Variant{{Use: Use{Shape: s}}}
}

// container joins two lists or two maps.
func (j *joiner) container(a, b *Shape) *Shape {
	key := [2]*Shape{a, b}
	if made := j.made[key]; made != nil {
		return made
	}
	s := &Shape{Kind: a.Kind, Place: a.Place}
	j.made[key] = s
	s.Element = j.use(a.Element, b.Element)
	return s
}

// scalar joins two scalars of one kind.
func scalar(k Kind, a, b *Shape) *Shape {
	s := &Shape{Kind: k, Place: a.Place}
	if a.Format == b.Format {
		s.Format = a.Format
	}
	return s
}

// loose returns an object that takes any other member too.
func (j *joiner) loose(s *Shape) *Shape {
	if s.Open {
		return s
	}
	open := *s
	open.Open, open.Payload = true, false
	return &open
}

// pair joins two objects: a member that one of them may lack may be lacking.
func (j *joiner) pair(a, b *Shape) *Shape {
	if made := j.made[[2]*Shape{a, b}]; made != nil {
		return made
	}
	if made := j.made[[2]*Shape{b, a}]; made != nil {
		return made
	}
	if len(j.made) >= maxJoins {
		j.note(Note{a.Place, "objects that no member tells apart hold too much to be one; any value stands in their place"})
		return &Shape{Kind: Any, Place: a.Place}
	}
	s := &Shape{Kind: Object, Place: a.Place}
	j.made[[2]*Shape{a, b}] = s
	j.members(s, []*Shape{a, b})
	return s
}

// members fills an object with the members of others.
func (j *joiner) members(s *Shape, from []*Shape) {
	at := map[string]int{}
	count := map[string]int{}
	for _, o := range from {
		s.Open = s.Open || o.Open
		s.learn(o)
		for _, f := range o.Fields {
			count[f.Name]++
			i, there := at[f.Name]
			if !there {
				at[f.Name] = len(s.Fields)
				s.Fields = append(s.Fields, f)
				continue
			}
			have := &s.Fields[i]
			have.Use = j.use(have.Use, f.Use)
			have.Optional = have.Optional || f.Optional
			have.Deprecated = have.Deprecated && f.Deprecated
			if have.Description == "" {
				have.Description = f.Description
			}
		}
	}
	for i := range s.Fields {
		s.Fields[i].Optional = s.Fields[i].Optional || count[s.Fields[i].Name] < len(from)
	}
}

// isWord reports whether a use is one of words that are known: an enum, or a
// text that is always the same.
func isWord(u Use) bool {
	return u.Shape.Kind == Enum || u.Shape.Kind == String && u.Const != ""
}

// words makes one enum of two uses that isWord is true of. Of texts there is one
// shape for all, which says nothing about the enum.
func words(a, b Use) *Shape {
	s := &Shape{Kind: Enum}
	for _, u := range []Use{a, b} {
		if u.Shape.Kind == Enum {
			s.learn(u.Shape)
			if s.Place == nil {
				s.Place = u.Shape.Place
			}
		}
		for _, v := range known(u) {
			if !slices.Contains(s.Values, v) {
				s.Values = append(s.Values, v)
			}
		}
	}
	return s
}

// known returns the values of a use that isWord is true of.
func known(u Use) []string {
	if u.Shape.Kind == Enum {
		return u.Shape.Values
	}
	var v string
	if json.Unmarshal([]byte(u.Const), &v) != nil {
		return nil
	}
	return []string{v}
}
