package parity

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
)

// compareFields pairs the properties of matched schemas with the fields of
// their types. A type that several schemas were matched to lacks what none of
// them has, and its row names the schema that shares most with it.
func compareFields(p *pairing) []*Field {
	c := newComparer(p)
	var out []*Field
	paired := map[*gql.Type]map[*gql.Field]bool{}
	main := map[*gql.Type]mainSchema{}
	var order []*gql.Type
	for _, link := range p.types {
		found := c.assign(link)
		seen := paired[link.typ]
		if seen == nil {
			seen = map[*gql.Field]bool{}
			paired[link.typ] = seen
			order = append(order, link.typ)
		}
		n := 0
		for _, m := range found.pairs {
			if m.slot != nil {
				seen[m.slot.field] = true
				n++
			}
			out = append(out, c.row(link, found, m))
		}
		if best, ok := main[link.typ]; !ok || n > best.pairs {
			main[link.typ] = mainSchema{link.schema, n}
		}
	}
	p.overruled = c.overruled
	for _, typ := range order {
		for _, f := range typ.Fields {
			if !paired[typ][f] {
				out = append(out, c.graphqlOnly(main[typ].schema, typ, f))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *Field) int {
		if (a.REST == "") != (b.REST == "") {
			return strings.Compare(b.REST, a.REST) // what REST has comes first
		}
		return cmp.Or(strings.Compare(a.REST, b.REST), strings.Compare(a.GraphQL, b.GraphQL), strings.Compare(a.Schema, b.Schema))
	})
	return out
}

// mainSchema is the schema that shares most with a type.
type mainSchema struct {
	schema *rest.Schema
	pairs  int
}

// comparer compares what matched. What it knows of a type, a schema or a name
// it works out once.
type comparer struct {
	p       *pairing
	names   *naming
	targets map[*rest.Schema]*gql.Type
	sides   map[*gql.Type]*typeSide
	customs customs
	below   map[*gql.Type][]below
	// overruled are the pairs of the lock that the matcher would not make.
	overruled []Decision
}

func newComparer(p *pairing) *comparer {
	c := &comparer{p: p, names: p.names(), targets: map[*rest.Schema]*gql.Type{}, sides: map[*gql.Type]*typeSide{}}
	c.customs = c.learn()
	return c
}

// names returns the names of both sides with how much their words say. They
// are read once.
func (p *pairing) names() *naming {
	if p.naming != nil {
		return p.naming
	}
	n := newNaming(p.lex)
	p.naming = n
	counted := map[*fieldName]bool{}
	once := func(f *fieldName) {
		if !counted[f] {
			counted[f] = true
			n.count(f)
		}
	}
	for _, f := range p.gql.Fields {
		once(n.form(f.Name, f.Words))
	}
	for _, link := range p.types {
		for _, q := range link.schema.Properties {
			once(n.form(q.Name, q.Words))
		}
	}
	n.weigh()
	return n
}

// typeSide is a type with what its fields have, worked out once.
type typeSide struct {
	typ    *gql.Type
	own    []int32 // stems of the type's name
	head   int32   // that of its last word, -1 for none
	slots  []*slot
	byFold map[string]int
	byStem map[int32][]int
	byNear map[int32][]int
	byDoer map[int32][]int
	byID   []int // those that are IDs, addresses or have a class of whole names
}

// slot is a field that a property may correspond to.
type slot struct {
	field  *gql.Field
	form   *fieldName
	value  fieldValue
	index  int
	lookup bool // has arguments that must be given
	lent   bool // of a possible type, not of the type itself
}

// maxSharing bounds how many fields are looked at since they share a word: one
// that more have says nothing.
const maxSharing = 256

// maxPossible bounds the types whose fields an interface or union lends.
const maxPossible = 16

func (c *comparer) side(t *gql.Type) *typeSide {
	if s, ok := c.sides[t]; ok {
		return s
	}
	s := &typeSide{typ: t, byFold: map[string]int{}, byStem: map[int32][]int{}, byNear: map[int32][]int{}, byDoer: map[int32][]int{}}
	s.own, s.head = c.names.form(t.Name, t.Words).stems, -1
	if n := len(t.Words.Words); n > 0 {
		s.head = c.names.stem(c.p.lex.Text(t.Words.Words[n-1]))
	}
	for _, f := range t.Fields {
		c.slot(s, f, false)
	}
	if len(t.Possible) <= maxPossible {
		for _, u := range t.Possible {
			for _, f := range u.Fields {
				c.slot(s, f, true)
			}
		}
	}
	c.sides[t] = s
	return s
}

// newSlot makes what is known of a field.
func (c *comparer) newSlot(f *gql.Field) *slot {
	sl := &slot{field: f, form: c.names.form(f.Name, f.Words)}
	sl.value = c.gqlValue(f.Target, f.Scalar, f.List, f.Source.Type.String())
	for _, a := range f.Source.Args {
		sl.lookup = sl.lookup || a.Required()
	}
	return sl
}

// slot adds a field to a type, unless it has one of that name.
func (c *comparer) slot(s *typeSide, f *gql.Field, lent bool) {
	fm := c.names.form(f.Name, f.Words)
	if _, ok := s.byFold[fm.fold]; ok {
		return
	}
	sl := c.newSlot(f)
	sl.index, sl.lent = len(s.slots), lent
	s.slots = append(s.slots, sl)
	s.byFold[fm.fold] = sl.index
	for _, st := range fm.stems {
		if len(s.byStem[st]) < maxSharing {
			s.byStem[st] = append(s.byStem[st], sl.index)
		}
		if near := c.names.info[st].near; near != 0 && len(s.byNear[near]) < maxSharing {
			s.byNear[near] = append(s.byNear[near], sl.index)
		}
	}
	if fm.agent >= 0 {
		s.byDoer[fm.agent] = append(s.byDoer[fm.agent], sl.index)
	}
	if sl.value.class == idClass || fm.has(idWord|urlWord|pathWord) || fm.whole != 0 {
		s.byID = append(s.byID, sl.index)
	}
}
