package match

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// place is a prefix of paths: what stands there, and of which type it may be.
type place struct {
	parent *place
	depth  int // segments from the root
	// segment is that of the first operation; variables of others may be
	// called otherwise.
	segment  rest.Segment
	children map[string]*place
	get      *rest.Operation
	// types are the types of the things at the place, of the items where it
	// is a collection, the likeliest first.
	types []likely
	// list says that the place is a collection.
	list bool
}

// likely is a type with its probability.
type likely struct {
	typ *gql.Type
	p   float64
}

// tree puts the paths of all operations together and finds the types of
// their places from the root on.
func (m *matcher) tree() {
	m.root = &place{children: map[string]*place{}}
	m.placeOf = map[*rest.Operation]*place{}
	m.opsAt = map[*place][]*rest.Operation{}
	for _, op := range m.rest.Operations {
		at := m.root
		for _, s := range op.Segments {
			at = at.child(s)
		}
		m.placeOf[op] = at
		m.opsAt[at] = append(m.opsAt[at], op)
		if op.Method == "GET" {
			at.get = op
		}
	}
	m.signature = map[string][]likely{}
	m.typePlaces(m.root)
	m.signPlaces(m.root)
}

// signPlaces gives a place that ends with variables the types of another
// place that ends with the same ones and says what is there: {owner}/{repo}
// is the same thing wherever it stands.
func (m *matcher) signPlaces(at *place) {
	for _, k := range sortedKeys(at.children) {
		c := at.children[k]
		if sign := c.sign(); sign != "" && c.get == nil {
			for _, l := range m.signature[sign] {
				if !slices.ContainsFunc(c.types, func(have likely) bool { return have.typ == l.typ }) {
					c.types = append(c.types, likely{l.typ, l.p * 0.8})
				}
			}
			c.sort()
		}
		m.signPlaces(c)
	}
}

// sign names the variables with which a place ends; "" where they are too
// common to tell a thing by.
func (p *place) sign() string {
	if !p.segment.Param {
		return ""
	}
	var names []string
	for at := p; at.segment.Param; at = at.parent {
		names = append(names, at.segment.Name...)
	}
	if len(names) == 1 {
		switch strings.ToLower(names[0]) {
		case "id", "key", "name", "slug", "number", "path", "uuid", "code":
			return ""
		}
	}
	return strings.Join(names, "/")
}

func sortedKeys(children map[string]*place) []string {
	keys := make([]string, 0, len(children))
	for k := range children {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (p *place) sort() {
	slices.SortStableFunc(p.types, func(a, b likely) int {
		return cmp.Or(cmp.Compare(b.p, a.p), strings.Compare(a.typ.Name, b.typ.Name))
	})
	if len(p.types) > 6 {
		p.types = p.types[:6]
	}
}

// child returns the place one segment on. Variables are one place whatever
// they are called.
func (p *place) child(s rest.Segment) *place {
	key := strings.ToLower(s.Text)
	if s.Param {
		key = "{}" + literalPart(s.Text)
	}
	c := p.children[key]
	if c == nil {
		c = &place{parent: p, depth: p.depth + 1, segment: s, children: map[string]*place{}}
		p.children[key] = c
	}
	return c
}

// literalPart is what a segment with variables has beside them: "key=" of
// key={key}.
func literalPart(text string) string {
	var b strings.Builder
	depth := 0
	for _, c := range text {
		switch {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case depth == 0:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func (m *matcher) typePlaces(at *place) {
	for _, k := range sortedKeys(at.children) {
		c := at.children[k]
		m.typePlace(c)
		m.typePlaces(c)
	}
}

// typePlace finds the types of a place: from what GET answers there, from
// the field of the context that has its name, from a type that does.
func (m *matcher) typePlace(at *place) {
	add := func(t *gql.Type, p float64) {
		if t == nil || t.Role == gql.Enum || p <= 0 {
			return
		}
		for i := range at.types {
			if at.types[i].typ == t {
				at.types[i].p = 1 - (1-at.types[i].p)*(1-p*0.7)
				return
			}
		}
		at.types = append(at.types, likely{t, p})
	}
	if at.get != nil {
		at.list = at.get.List
		for _, l := range m.schemaTypes(at.get.Item, at.noun()) {
			add(l.typ, l.p)
		}
	}
	if at.segment.Param {
		for _, l := range at.parent.types {
			add(l.typ, l.p*0.9)
		}
	} else {
		m.typesByName(at, add)
		at.list = at.list || at.hasParam()
	}
	at.sort()
	if sign := at.sign(); sign != "" && at.get != nil && len(at.types) > 0 && m.signature[sign] == nil {
		m.signature[sign] = at.types
	}
}

// typesByName finds types by the words of a literal segment.
func (m *matcher) typesByName(at *place, add func(*gql.Type, float64)) {
	words := at.segment.Words
	if len(words.Words) == 0 {
		return
	}
	inContext := false
	for context := at.parent; context != nil; context = context.parent {
		for _, l := range context.types[:min(2, len(context.types))] {
			for _, f := range l.typ.Fields {
				if f.Target != nil && slices.Equal(f.Words.Set, words.Set) {
					add(f.Target, 0.8*l.p)
				}
			}
		}
		if len(context.types) > 0 {
			inContext = true
			break
		}
	}
	if !inContext && m.lex.Verb(words.Words[0]) != word.Read {
		for _, f := range m.gql.Queries {
			if f.Target != nil && slices.Equal(f.Words.Set, words.Set) {
				add(f.Target, 0.75)
			}
		}
	}
	for _, t := range m.byStem[key(words)] {
		add(t.typ, 0.7)
	}
	for _, t := range m.byStem[key(m.broadened(words))] {
		add(t.typ, 0.6)
	}
	for context := at.parent; context != nil; context = context.parent {
		for _, l := range context.types[:min(1, len(context.types))] {
			for _, t := range m.byStem[key(word.Join(m.thing[l.typ].stemOr(l.typ), words))] {
				add(t.typ, 0.75*l.p)
			}
		}
	}
}

// broadened is a name with broader words where there are any, reference for
// branch; no name where there are none.
func (m *matcher) broadened(n word.Name) word.Name {
	words, found := slices.Clone(n.Words), false
	for i, w := range words {
		if b, ok := m.lex.Broader(w); ok {
			words[i], found = b, true
		}
	}
	if !found {
		return word.Name{}
	}
	return word.Of(words...)
}

func (t *thing) stemOr(typ *gql.Type) word.Name {
	if t == nil {
		return typ.Words
	}
	return t.name
}

// key is a name as a key of a map, whatever the order of its words.
func key(n word.Name) string {
	b := make([]byte, 0, 4*len(n.Set))
	for _, w := range n.Set {
		b = binary.BigEndian.AppendUint32(b, uint32(w))
	}
	return string(b)
}

// hasParam reports whether a variable follows.
func (p *place) hasParam() bool {
	for k := range p.children {
		if strings.HasPrefix(k, "{}") {
			return true
		}
	}
	return false
}

// noun is the last literal segment of a place.
func (p *place) noun() word.Name {
	for at := p; at != nil; at = at.parent {
		if !at.segment.Param {
			return at.segment.Words
		}
	}
	return word.Name{}
}

// has returns the probability that things at the place are of the type,
// directly or through an interface or union of theirs.
func (p *place) has(t *gql.Type) float64 {
	best := 0.0
	for i, l := range p.types {
		switch {
		case l.typ == t:
			best = max(best, l.p)
		case slices.Contains(t.Possible, l.typ):
			best = max(best, l.p*0.75)
		case i == 0 && len(l.typ.Possible) < 6 && slices.Contains(l.typ.Possible, t):
			best = max(best, l.p*0.85)
		}
	}
	return best
}
