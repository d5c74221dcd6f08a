package match

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// The evidence about a schema and a type.
const (
	typePrior       = iota // what any pair begins with
	typeEqualNames         // + equal names
	typeEqualStems         // + equal but for variant words
	typeSharedNames        // + harmonic mean of the shares of rare words in common
	typeNoShared           // - no word in common
	typeHead               // + both end with the same word
	typeStranger           // - each has a rare word that the other lacks
	typeExtra              // - rarity of the type's words that the schema lacks
	typeLeft               // - rarity of the schema's words that the type lacks
	typeCover              // + rarity-weighted share of the properties that are fields
	typeShared             // + rarity of what is shared, saturating
	typeUncovered          // - rarity of properties that are no fields, saturating
	typeEmpty              // a schema or type without members
	typeNoun               // + paths call it so
	typeNeighbours         // + share of references that lead to matched types
	typeStrangers          // - share of references that lead elsewhere
	typeAbstract           // an interface or a union
	typeEnum               // + shares of an enum's values
	typeField              // + share of the names by which the schema goes that are fields of the type
	typeInput              // - the schema is only sent, never answered
	typeInside             // + the schema's name is the type's with words inserted
	typeBroader            // + the type's name is what the schema's is one of
	typeWeak               // - a word that may be a thing of its own is only in one name
	numTypeEvidence
)

// How likely it may be that a schema has no type where one is chosen, and
// how likely that one must be at least.
const (
	maxNoType   = 0.55
	minBestType = 0.25
)

// typeFor finds the type of one schema.
func (m *matcher) typeFor(th *thing) *Type {
	out := &Type{REST: th.schema, Status: "none", Why: []string{}, Alternatives: []string{}}
	d := m.desk(numTypeEvidence)
	defer m.clear(d)
	list := m.typeCandidates(d, th)
	if m.observe != nil && m.again && th.schema.Name != "" {
		m.observe("type", th.schema.Pointer, list)
	}
	none := settle(list)
	if len(list) == 0 || none > maxNoType || list[0].p < minBestType {
		out.Confidence = none
		return out
	}
	best := list[0]
	out.GraphQL, out.Status, out.Confidence = best.typ, "match", best.p
	out.Why = m.typeWhy(th, m.thing[best.typ], best)
	for _, c := range list[1:min(len(list), 3)] {
		if c.p > 0.02 {
			out.Alternatives = append(out.Alternatives, c.typ.Name)
		}
	}
	return out
}

// compareTypes fills in the evidence about a schema and a type.
func (m *matcher) compareTypes(a, b *thing, e []float64) {
	e[typePrior] = 1
	m.compareNames(a, b, e)
	m.compareUse(a, b, e)
	if b.typ.Role == gql.Enum {
		both := len(common(a.values, b.values))
		e[typeEnum] = float64(both) / float64(len(a.values)+len(b.values)-both)
		return
	}
	if len(b.typ.Possible) > 0 {
		e[typeAbstract] = 1
	}
	if len(a.keys) == 0 || len(b.keys) == 0 {
		e[typeEmpty] = 1
		return
	}
	sum := m.sumShared(a.keys, b.keys)
	e[typeCover] = sum / (sum + (a.sum - sum) + 0.1*(b.sum-sum) + 0.5)
	e[typeShared] = sum / (sum + 8)
	left := a.sum - sum
	e[typeUncovered] = left / (left + 20)
	m.neighbours(a, b, e)
}

// compareUse compares how a schema and a type are used: by which names paths
// and properties call the one, and fields the other.
func (m *matcher) compareUse(a, b *thing, e []float64) {
	if a.sent {
		e[typeInput] = 1
	}
	for _, n := range a.roles {
		for _, t := range m.yields[key(n)] {
			if t == b.typ || contains(t.Possible, b.typ) {
				e[typeField] += 1 / float64(len(a.roles)+1)
				break
			}
		}
	}
}

func (m *matcher) compareNames(a, b *thing, e []float64) {
	shared := common(a.name.Set, b.name.Set)
	switch {
	case slices.Equal(a.full.Set, b.full.Set):
		e[typeEqualNames] = 1
		e[typeEqualStems] = 1
	case slices.Equal(a.name.Set, b.name.Set):
		e[typeEqualStems] = 1
	case len(shared) == 0:
		e[typeNoShared] = 1
	default:
		sum := m.sum(shared)
		all, typ := m.sum(a.name.Set), m.sum(b.name.Set)
		ca, cb := sum/all, sum/typ
		e[typeSharedNames] = 2 * ca * cb / (ca + cb)
		e[typeExtra] = min(1, (typ-sum)/8)
		e[typeLeft] = min(1, (all-sum)/8)
		if ca < 1 && cb < 1 {
			e[typeStranger] = 1
		}
		if last(a.name) == last(b.name) {
			e[typeHead] = 1
			if len(shared) == len(b.name.Set) && len(b.name.Set) > 1 && a.name.Words[0] == b.name.Words[0] {
				e[typeInside] = 1
			}
		}
	}
	if len(common(a.broader, b.name.Set)) > 0 {
		e[typeBroader] = 1
	}
	if len(minus(a.weak, b.full.Set)) > 0 {
		e[typeWeak] = 1
	}
	for _, n := range a.nouns {
		if slices.Equal(n.Set, b.name.Set) || slices.Equal(n.Set, b.full.Set) {
			e[typeNoun] = 1
		}
	}
}

func last(n word.Name) word.ID {
	if len(n.Words) == 0 {
		return -1
	}
	return n.Words[len(n.Words)-1]
}

// neighbours compares what properties and fields of equal names refer to,
// once types are known.
func (m *matcher) neighbours(a, b *thing, e []float64) {
	if len(m.typeOf) == 0 {
		return
	}
	agree, differ := 0, 0
	for _, p := range a.schema.Properties {
		s := p.Schema
		if s != nil && s.Items != nil {
			s = s.Items
		}
		t := m.typeOf[s]
		if t == nil || t.GraphQL == nil || t.Confidence < 0.7 {
			continue
		}
		for _, f := range b.typ.Fields {
			if f.Target == nil || !slices.Equal(f.Words.Set, p.Words.Set) {
				continue
			}
			if f.Target.Is(t.GraphQL) || t.GraphQL.Is(f.Target) {
				agree++
			} else {
				differ++
			}
		}
	}
	if n := float64(agree + differ); n > 0 {
		e[typeNeighbours] = float64(agree) / (n + 1)
		e[typeStrangers] = float64(differ) / (n + 1)
	}
}

// typeWhy says in words what speaks for a type.
func (m *matcher) typeWhy(a, b *thing, o *option) []string {
	var why []string
	if o.evidence[typeEqualStems] == 1 {
		why = append(why, fmt.Sprintf("both are called %s", m.text(b.name)))
	} else if shared := common(a.name.Set, b.name.Set); len(shared) > 0 {
		why = append(why, fmt.Sprintf("%s and %s share %s", m.text(a.name), m.text(b.name), m.words(shared)))
	}
	if o.evidence[typeNoun] == 1 {
		why = append(why, fmt.Sprintf("paths that answer it call it %s", m.text(b.name)))
	}
	if shared := common(a.keys, b.keys); len(shared) > 0 {
		why = append(why, fmt.Sprintf("%d of %d properties are fields of %s%s", len(shared), len(a.keys), b.typ.Name, m.rarest(a, shared)))
	}
	if len(a.values) > 0 {
		why = append(why, fmt.Sprintf("%d of %d values are values of %s", len(common(a.values, b.values)), len(a.values), b.typ.Name))
	}
	if o.evidence[typeNeighbours] > 0 {
		why = append(why, "what both refer to corresponds")
	}
	return why
}

// rarest names the properties among shared keys that fewest things have.
func (m *matcher) rarest(a *thing, shared []int) string {
	type prop struct {
		name   string
		rarity float64
	}
	var props []prop
	for i, p := range a.schema.Properties {
		if k := a.props[i]; slices.Contains(shared, k) {
			props = append(props, prop{p.Name, m.rarityOfKey(k)})
		}
	}
	slices.SortStableFunc(props, func(x, y prop) int {
		switch {
		case x.rarity > y.rarity:
			return -1
		case x.rarity < y.rarity:
			return 1
		}
		return strings.Compare(x.name, y.name)
	})
	var names []string
	for _, p := range props[:min(3, len(props))] {
		names = append(names, p.name)
	}
	if len(names) == 0 {
		return ""
	}
	return ", among them " + strings.Join(names, ", ")
}

// text writes a name as words.
func (m *matcher) text(n word.Name) string { return m.words(n.Words) }

func (m *matcher) words(ids []word.ID) string {
	parts := make([]string, len(ids))
	for i, w := range ids {
		parts[i] = m.lex.Text(w)
	}
	return `"` + strings.Join(parts, " ") + `"`
}
