package shape

import (
	"encoding/binary"
	"encoding/json"
	"slices"
)

// maxJoins bounds how many objects are joined; past that Any stands in their
// place.
const maxJoins = 20_000

// joiner makes of uses one that takes the values of all.
type joiner struct {
	made   map[string]*Shape
	number map[*Shape]int
	// class returns what stands for a shape that has become one with others.
	class func(*Shape) *Shape
	note  func(Note)
}

func newJoiner(note func(Note)) *joiner {
	return &joiner{
		made: map[string]*Shape{}, number: map[*Shape]int{}, note: note,
		class: func(s *Shape) *Shape { return s },
	}
}

// all joins uses, objects, lists and maps among them at once and not two by two.
func (j *joiner) all(uses []Use) Use {
	var one *Use
	add := func(u Use) {
		if one == nil {
			one = &u
			return
		}
		joined := j.use(*one, u)
		one = &joined
	}
	var many [3][]*Shape
	nullable := false
	for _, u := range uses {
		nullable = nullable || u.Nullable
		switch u.Shape.Kind {
		case Object:
			many[0] = append(many[0], u.Shape)
		case List:
			many[1] = append(many[1], u.Shape)
		case Map:
			many[2] = append(many[2], u.Shape)
		default:
			add(u)
		}
	}
	for _, shapes := range many {
		if len(shapes) > 0 {
			add(Use{Shape: j.many(shapes)})
		}
	}
	one.Nullable = one.Nullable || nullable
	return *one
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
	case a.Kind == b.Kind && (a.Kind == Object || a.Kind == List || a.Kind == Map):
		return j.many([]*Shape{a, b})
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

// many joins objects, lists or maps: a member that one object may lack may be
// lacking, and what lists and maps hold is joined.
func (j *joiner) many(shapes []*Shape) *Shape {
	var distinct []*Shape
	seen := map[*Shape]bool{}
	for _, s := range shapes {
		if s = j.class(s); !seen[s] {
			seen[s] = true
			distinct = append(distinct, s)
		}
	}
	first := distinct[0]
	if len(distinct) == 1 {
		return first
	}
	key := j.key(distinct)
	if made := j.made[key]; made != nil {
		return made
	}
	if len(j.made) >= maxJoins {
		j.note(Note{first.Place, "objects that no member tells apart hold too much to be one; any value stands in their place"})
		return &Shape{Kind: Any, Place: first.Place}
	}
	s := &Shape{Kind: first.Kind, Place: first.Place}
	j.made[key] = s
	if first.Kind == Object {
		j.members(s, distinct)
		return s
	}
	elements := make([]Use, len(distinct))
	for i, d := range distinct {
		elements[i] = d.Element
	}
	s.Element = j.all(elements)
	return s
}

// key names a set of shapes.
func (j *joiner) key(shapes []*Shape) string {
	ids := make([]int, len(shapes))
	for i, s := range shapes {
		id, ok := j.number[s]
		if !ok {
			id = len(j.number)
			j.number[s] = id
		}
		ids[i] = id
	}
	slices.Sort(ids)
	var b []byte
	for _, id := range ids {
		b = binary.AppendUvarint(b, uint64(id))
	}
	return string(b)
}

func alternatives(s *Shape) []Variant {
	if s.Kind == Union {
		return slices.Clone(s.Variants)
	}
	return []Variant{{Use: Use{Shape: s}}}
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

// members fills an object with the members of others.
func (j *joiner) members(s *Shape, from []*Shape) {
	at := map[string]int{}
	var uses [][]Use
	for _, o := range from {
		s.Open = s.Open || o.Open
		s.learn(o)
		for _, f := range o.Fields {
			i, there := at[f.Name]
			if !there {
				i = len(s.Fields)
				at[f.Name] = i
				s.Fields = append(s.Fields, f)
				uses = append(uses, nil)
			}
			uses[i] = append(uses[i], f.Use)
			have := &s.Fields[i]
			have.Optional = have.Optional || f.Optional
			have.Deprecated = have.Deprecated && f.Deprecated
			if have.Description == "" {
				have.Description = f.Description
			}
		}
	}
	for i := range s.Fields {
		s.Fields[i].Use = j.all(uses[i])
		s.Fields[i].Optional = s.Fields[i].Optional || len(uses[i]) < len(from)
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
