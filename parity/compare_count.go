package parity

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// counted scores a number against a list that it may count: comments_count
// against comments, and open_issues against issues where an argument of that
// takes a value OPEN.
func (c *comparer) counted(p *prop, s *slot, side *typeSide) float64 {
	var rest []int32
	counts, head := false, false
	for _, st := range c.ordered(p.form) {
		switch {
		case c.named(st, s.form):
			head = true
			continue
		case c.names.info[st].marks&manyWord != 0:
			counts = true
			continue
		case !slices.Contains(side.own, st):
			rest = append(rest, st)
		}
		head = false
	}
	for _, st := range s.form.stems {
		if !c.named(st, p.form) && !slices.Contains(side.own, st) {
			return 0
		}
	}
	if !head {
		return 0 // what is counted is another thing
	}
	switch {
	case len(rest) == 0 && counts:
		return 8.5
	case len(rest) == 0:
		return 7.5
	case c.filtered(s.field, rest):
		return 7.5
	}
	return 0
}

// ordered are the stems of a name in the order of its words.
func (c *comparer) ordered(f *fieldName) []int32 {
	out := make([]int32, len(f.words))
	for i, w := range f.words {
		out[i] = c.names.stem(c.p.lex.Text(w))
	}
	return out
}

// named reports whether a name has a word or one that may stand for it.
func (c *comparer) named(st int32, f *fieldName) bool {
	near := c.names.info[st].near
	return slices.ContainsFunc(f.stems, func(t int32) bool { return t == st || near != 0 && c.names.info[t].near == near })
}

// filtered reports whether the arguments of a list take values that say what
// words say of what is counted: of at least half of the words.
func (c *comparer) filtered(f *gql.Field, words []int32) bool {
	found := 0
	for _, w := range words {
		if slices.ContainsFunc(f.Args, func(a *gql.Arg) bool { return c.takes(a, w) }) {
			found++
		}
	}
	return len(words) <= 2*found
}

// takes reports whether an argument is named by a word or has a value that
// is.
func (c *comparer) takes(a *gql.Arg, w int32) bool {
	if slices.Contains(c.names.form(a.Name, a.Words).stems, w) {
		return true
	}
	if a.Type == nil || a.Type.Role != gql.Enum || len(a.Type.Source.EnumValues) > 30 {
		return false
	}
	for _, v := range a.Type.Source.EnumValues {
		for _, text := range word.Split(v.Name) {
			if id, ok := c.names.stems[stem(text)]; ok && id == w {
				return true
			}
		}
	}
	return false
}

// maxCounts bounds the properties of a schema whose examples are compared.
const maxCounts = 64

// sameExample is from which on equal examples of two counts are no chance.
const sameExample = 10

// learnTwins takes note of the properties of a schema whose examples show
// that they count the same, and of those whose examples show that they do
// not, whatever they are elsewhere.
func (c *comparer) learnTwins(twins map[[2]string]bool, s *rest.Schema) {
	type count struct {
		name string
		n    int
	}
	var counts []count
	for _, q := range s.Properties {
		if q.Schema == nil || q.Schema.Kind != rest.Integer || !c.names.form(q.Name, q.Words).has(manyWord) {
			continue
		}
		if n, err := strconv.Atoi(exampleOf(q)); err == nil && len(counts) < maxCounts {
			counts = append(counts, count{q.Name, n})
		}
	}
	for i, a := range counts {
		for _, b := range counts[:i] {
			same, known := twins[[2]string{a.name, b.name}]
			switch {
			case a.n != b.n:
				same, known = false, true
			case !known && a.n >= sameExample:
				same, known = true, true
			}
			if known {
				twins[[2]string{a.name, b.name}], twins[[2]string{b.name, a.name}] = same, same
			}
		}
	}
}

// group puts the properties of a schema that count the same together. What
// examples have shown to differ stays apart, whatever others say.
func (c *comparer) group(props []*prop) {
	for i := range props {
		props[i].twin = i
	}
	for i, p := range props {
		for _, q := range props[:i] {
			if p.twin != q.twin && c.twin(p, q) && !c.apart(props, p.twin, q.twin) {
				from, to := max(p.twin, q.twin), min(p.twin, q.twin)
				for _, o := range props {
					if o.twin == from {
						o.twin = to
					}
				}
			}
		}
	}
}

// apart reports whether examples have shown that members of two groups do not
// count the same.
func (c *comparer) apart(props []*prop, a, b int) bool {
	for _, p := range props {
		for _, q := range props {
			if p.twin != a || q.twin != b {
				continue
			}
			if same, known := c.customs.twins[[2]string{p.property.Name, q.property.Name}]; known && !same {
				return true
			}
		}
	}
	return false
}

// twin reports whether two properties of a schema count the same: they have
// one name but for the word that says so, or examples have shown it.
func (c *comparer) twin(p, q *prop) bool {
	switch {
	case p.value.class != intClass || q.value.class != intClass || p.value.list || q.value.list:
		return false
	case c.customs.twins[[2]string{p.property.Name, q.property.Name}]:
		return true
	}
	return p.form.has(manyWord) != q.form.has(manyWord) && uncounted(p.form.fold) == uncounted(q.form.fold)
}

// uncounted is a folded name without the words that say that it counts.
func uncounted(name string) string {
	for _, prefix := range [...]string{"numberof", "num", "total", "count"} {
		name = strings.TrimPrefix(name, prefix)
	}
	return unplural(strings.TrimSuffix(name, "count"))
}

// twins lets properties that count the same have the field of the one that
// has the best, unless they have a number of their own.
func (c *comparer) twins(props []*prop, best, all []pair) []pair {
	for i, p := range props {
		lead := i
		for j, q := range props {
			if q.twin == p.twin && best[j].slot != nil && (best[lead].slot == nil || best[j].score > best[lead].score) {
				lead = j
			}
		}
		own, other := best[i], best[lead]
		if lead == i || other.score < enough || own.slot != nil && (own.slot == other.slot || own.fit == fits && own.score >= enough) {
			continue
		}
		all = slices.DeleteFunc(all, func(m pair) bool { return m.prop == p })
		m := pair{prop: p, slot: other.slot, score: max(enough, other.score-1)}
		m.fit, m.effect = c.relate(&p.value, &other.slot.value)
		all = append(all, m)
	}
	return all
}
