package match

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// thing is a type or a schema as its name and its members.
type thing struct {
	typ    *gql.Type
	schema *rest.Schema
	full   word.Name
	name   word.Name // less variant words
	keys   []int     // of fields or properties, sorted
	props  []int     // of the schema's properties, in their order
	sum    float64   // of the rarities of keys
	// broader are the words for what words of a schema's name are one of,
	// weak those of its words that may be things.
	broader, weak []word.ID
	// values are those of an enum, plain and sorted.
	values []string
	// nouns are what paths call what the schema describes, roles what paths
	// and properties do.
	nouns, roles []word.Name
	// sent says that the schema is in requests only.
	sent bool
}

// types finds the type of every named schema, in two rounds: the second
// knows the types of what properties refer to.
func (m *matcher) types(ctx context.Context) error {
	schemas := m.index()
	m.usage()
	for round := range 2 {
		m.again = round == 1
		next := make(map[*rest.Schema]*Type, len(schemas))
		found := make([]*Type, len(schemas))
		if m.observe != nil {
			for i, th := range schemas {
				found[i] = m.typeFor(th)
			}
		} else {
			parallel(ctx, len(schemas), func(i int) { found[i] = m.typeFor(schemas[i]) })
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i, s := range m.rest.Schemas {
			next[s] = found[i]
		}
		m.result.Types, m.typeOf = found, next
	}
	return nil
}

// index makes things of types and schemas and counts their words and keys.
func (m *matcher) index() []*thing {
	for _, t := range m.gql.Types {
		if t.Role != gql.Thing && t.Role != gql.Enum {
			continue
		}
		th := &thing{typ: t, full: t.Words, name: m.stem(t.Words)}
		for _, f := range t.Fields {
			th.keys = append(th.keys, m.key(f.Words))
		}
		if t.Role == gql.Enum {
			th.values = enumValues(t)
		}
		m.thingIndex[t] = int32(len(m.things))
		m.things = append(m.things, th)
		m.thing[t] = th
		m.byStem[key(th.name)] = append(m.byStem[key(th.name)], th)
		if k := key(th.full); k != key(th.name) {
			m.byStem[k] = append(m.byStem[k], th)
		}
	}
	m.findPrefix()
	schemas := make([]*thing, len(m.rest.Schemas))
	for i, s := range m.rest.Schemas {
		schemas[i] = m.schemaThing(s, s.Words)
	}
	m.count(schemas)
	m.postings()
	return schemas
}

func (m *matcher) schemaThing(s *rest.Schema, name word.Name) *thing {
	name = name.Without(func(w word.ID) bool { return m.prefix[w] })
	th := &thing{schema: s, full: name, name: m.stem(name)}
	for _, w := range th.name.Set {
		if b, ok := m.lex.Broader(w); ok {
			th.broader = append(th.broader, b)
		}
	}
	slices.Sort(th.broader)
	for _, w := range th.full.Set {
		if m.lex.Weak(w) {
			th.weak = append(th.weak, w)
		}
	}
	th.props = make([]int, len(s.Properties))
	for i, p := range s.Properties {
		th.props[i] = m.key(p.Words)
	}
	th.keys = slices.Clone(th.props)
	if s.Kind != rest.Object {
		for _, v := range s.Enum {
			th.values = append(th.values, plainValue(v))
		}
		slices.Sort(th.values)
	}
	m.schemaThings[s] = th
	return th
}

// count computes rarities, and the sums of things.
func (m *matcher) count(schemas []*thing) {
	words := make([]int, m.lex.Len())
	keys := make([]int, len(m.keys))
	total := len(m.things) + len(schemas)
	for _, list := range [][]*thing{m.things, schemas} {
		for _, th := range list {
			slices.Sort(th.keys)
			th.keys = slices.Compact(th.keys)
			for _, w := range th.name.Set {
				words[w]++
			}
			for _, k := range th.keys {
				keys[k]++
			}
		}
	}
	m.rarity = make([]float64, len(words))
	for w, n := range words {
		m.rarity[w] = rare(n, total)
	}
	m.keyRarity = make([]float64, len(keys))
	for k, n := range keys {
		m.keyRarity[k] = rare(n, total)
	}
	for _, list := range [][]*thing{m.things, schemas} {
		for _, th := range list {
			th.sum = m.sumKeys(th.keys)
		}
	}
}

func (m *matcher) sumKeys(keys []int) float64 {
	sum := 0.0
	for _, k := range keys {
		sum += m.rarityOfKey(k)
	}
	return sum
}

// sumShared is the sum of the rarities of the keys that two sorted lists
// share.
func (m *matcher) sumShared(a, b []int) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			sum += m.rarityOfKey(a[i])
			i++
			j++
		}
	}
	return sum
}

// postings lists the things that have a word or a key, so that only those
// that share one are compared.
func (m *matcher) postings() {
	m.withWord = make([][]int32, m.lex.Len())
	m.withKey = make([][]int32, len(m.keys))
	m.withValue = map[string][]int32{}
	for i, th := range m.things {
		for _, w := range th.name.Set {
			m.withWord[w] = append(m.withWord[w], int32(i))
		}
		for _, k := range th.keys {
			m.withKey[k] = append(m.withKey[k], int32(i))
		}
		for _, v := range th.values {
			m.withValue[v] = append(m.withValue[v], int32(i))
		}
	}
}

// stem is a name less the words that only tell variants apart.
func (m *matcher) stem(n word.Name) word.Name {
	s := n.Without(func(w word.ID) bool { return m.lex.Variant(w) || m.lex.Weak(w) })
	if len(s.Words) == 0 {
		return n
	}
	return s
}

// findPrefix finds the words with which most schema names begin.
func (m *matcher) findPrefix() {
	m.prefix = map[word.ID]bool{}
	for at := range 3 {
		counts := map[word.ID]int{}
		for _, s := range m.rest.Schemas {
			if len(s.Words.Words) > at+1 {
				counts[s.Words.Words[at]]++
			}
		}
		found := false
		for w, n := range counts {
			if n*2 > len(m.rest.Schemas) && len(m.rest.Schemas) >= 10 {
				m.prefix[w], found = true, true
			}
		}
		if !found {
			break
		}
	}
}

// usage notes what paths and properties call the things that a schema
// describes: GET /users/{id} says that what it answers is a user.
func (m *matcher) usage() {
	answered := map[*rest.Schema]bool{}
	for _, op := range m.rest.Operations {
		m.reach(op.Response, answered)
		if op.Method != "GET" || op.Item == nil {
			continue
		}
		th := m.schemaThings[op.Item]
		if th == nil {
			continue
		}
		for i := len(op.Segments) - 1; i >= 0; i-- {
			if s := op.Segments[i]; !s.Param {
				th.nouns = with(th.nouns, s.Words)
				th.roles = with(th.roles, s.Words)
				break
			}
		}
	}
	sent := map[*rest.Schema]bool{}
	for _, op := range m.rest.Operations {
		m.reach(op.Body, sent)
	}
	for _, s := range m.rest.Schemas {
		m.schemaThings[s].sent = sent[s] && !answered[s]
		for _, p := range s.Properties {
			v := p.Schema
			if v != nil && v.Items != nil {
				v = v.Items
			}
			if th := m.schemaThings[v]; th != nil && len(th.roles) < 12 {
				th.roles = with(th.roles, p.Words)
			}
		}
	}
	m.yields = map[string][]*gql.Type{}
	for _, f := range m.gql.Fields {
		if f.Target == nil || f.Parent.Role != gql.Thing && f.Parent.Role != gql.Root {
			continue
		}
		k := key(f.Words)
		if !slices.Contains(m.yields[k], f.Target) {
			m.yields[k] = append(m.yields[k], f.Target)
		}
	}
}

// with adds a name to a list that does not have it.
func with(list []word.Name, n word.Name) []word.Name {
	if len(n.Words) == 0 || slices.ContainsFunc(list, func(o word.Name) bool { return slices.Equal(o.Set, n.Set) }) {
		return list
	}
	return append(list, n)
}

// reach marks the schemas that a body is made of.
func (m *matcher) reach(s *rest.Schema, seen map[*rest.Schema]bool) {
	if s == nil || seen[s] {
		return
	}
	seen[s] = true
	m.reach(s.Items, seen)
	for _, p := range s.Properties {
		m.reach(p.Schema, seen)
	}
}

// key numbers the name of a property or field, whatever the order of its
// words; is and has say nothing.
func (m *matcher) key(n word.Name) int {
	parts := make([]string, 0, len(n.Set))
	for _, w := range n.Set {
		switch text := m.lex.Text(w); text {
		case "is", "has":
		default:
			parts = append(parts, text)
		}
	}
	slices.Sort(parts)
	text := strings.Join(parts, " ")
	k, ok := m.keys[text]
	if !ok {
		k = len(m.keys)
		m.keys[text] = k
	}
	return k
}

func enumValues(t *gql.Type) []string {
	values := make([]string, len(t.Source.EnumValues))
	for i, v := range t.Source.EnumValues {
		values[i] = plainValue(v.Name)
	}
	slices.Sort(values)
	return values
}

// plainValue is a value of an enum in whatever casing.
func plainValue(v string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '_', '-', ' ', '.':
			return -1
		}
		return unicode.ToLower(r)
	}, v)
}

// schemaTypes returns the types that what a schema describes may have. One
// that is written in place has the name that its path gives it.
func (m *matcher) schemaTypes(s *rest.Schema, noun word.Name) []likely {
	if s == nil || s.Kind != rest.Object {
		return nil
	}
	if t := m.typeOf[s]; t != nil {
		if t.GraphQL == nil {
			return nil
		}
		out := []likely{{t.GraphQL, t.Confidence}}
		for _, name := range t.Alternatives {
			if alt := m.gql.Type(name); alt != nil {
				out = append(out, likely{alt, (1 - t.Confidence) * 0.5})
			}
		}
		return out
	}
	if len(s.Properties) == 0 {
		return nil
	}
	th := m.schemaThings[s]
	if th == nil {
		th = m.schemaThing(s, noun)
		slices.Sort(th.keys)
		th.keys = slices.Compact(th.keys)
		th.sum = m.sumKeys(th.keys)
	}
	t := m.typeFor(th)
	m.typeOf[s] = t
	return m.schemaTypes(s, noun)
}
