package rest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// presence are keywords whose schema may come or go.
var presence = []struct {
	word           keyword
	added, removed verb
}{
	{kwIf, ifAdded, ifRemoved},
	{kwThen, thenAdded, thenRemoved},
	{kwElse, elseAdded, elseRemoved},
	{kwContains, containsAdded, containsRemoved},
	{kwPropertyNames, propertyNamesAdded, propertyNamesRemoved},
	{kwUnevaluatedItems, unevaluatedItemsAdded, unevaluatedItemsRemoved},
	{kwUnevaluatedProperties, unevaluatedPropertiesAdded, unevaluatedPropertiesRemoved},
	{kwContentSchema, contentSchemaAdded, contentSchemaRemoved},
}

func (f *finder) structure() {
	for _, t := range presence {
		x, y := f.base.get(t.word), f.revision.get(t.word)
		was, is := isSchema(t.word, x), isSchema(t.word, y)
		switch {
		case !was && is:
			f.add(t.added, all, fact{revision: y})
		case was && !is:
			f.add(t.removed, all, fact{base: x})
		}
	}
	f.keys(kwPatternProperties, patternPropertyAdded, patternPropertyRemoved)
	f.keys(kwDependentSchemas, dependentSchemaAdded, dependentSchemaRemoved)
	f.dependents()
	f.discriminator()
}

// keys notes what came and went of a member that holds schemas by name.
func (f *finder) keys(k keyword, added, removed verb) {
	x, y := f.base.get(k), f.revision.get(k)
	for _, n := range y.Children() {
		if !x.Has(n.Key()) {
			f.add(added, all, fact{key: quote(n.Key()), revision: n})
		}
	}
	for _, n := range x.Children() {
		if !y.Has(n.Key()) {
			f.add(removed, all, fact{key: quote(n.Key()), base: n})
		}
	}
}

func (f *finder) dependents() {
	x, y := f.base.get(kwDependentRequired), f.revision.get(kwDependentRequired)
	for _, n := range y.Children() {
		m := x.Get(n.Key())
		at := fact{key: quote(n.Key()), from: join(words(m)), to: join(words(n)), base: m, revision: n}
		switch {
		case m == nil:
			f.add(dependentRequiredAdded, all, at)
		case !sameSet(words(m), words(n)):
			f.add(dependentRequiredChanged, all, at)
		}
	}
	for _, m := range x.Children() {
		if !y.Has(m.Key()) {
			f.add(dependentRequiredRemoved, all, fact{key: quote(m.Key()), from: join(words(m)), base: m})
		}
	}
}

func (f *finder) discriminator() {
	x, y := f.base.get(kwDiscriminator), f.revision.get(kwDiscriminator)
	switch {
	case x == nil && y == nil:
		return
	case x == nil:
		f.add(discriminatorAdded, all, fact{revision: y})
		return
	case y == nil:
		f.add(discriminatorRemoved, all, fact{base: x})
		return
	}
	if was, is := discriminatorName(x), discriminatorName(y); was.Text() != is.Text() {
		f.add(discriminatorNameChanged, all, fact{
			from: shown(was), to: shown(is), base: cmp.Or(was, x), revision: cmp.Or(is, y),
		})
	}
	f.mappings(x, y)
}

// discriminatorName returns the name of the property; in 2.0 it is the
// discriminator itself.
func discriminatorName(n *openapi.Node) *openapi.Node {
	if n.Is(openapi.String) {
		return n
	}
	return n.Get("propertyName")
}

func (f *finder) mappings(x, y *openapi.Node) {
	m, n := x.Get("mapping"), y.Get("mapping")
	if added := keysMissing(n, m); len(added) > 0 {
		f.add(mappingAdded, all, fact{key: join(added), base: x, revision: n})
	}
	if deleted := keysMissing(m, n); len(deleted) > 0 {
		f.add(mappingDeleted, all, fact{key: join(deleted), base: m, revision: y})
	}
	for _, was := range m.Children() {
		if is := n.Get(was.Key()); is != nil && was.Text() != is.Text() {
			f.add(mappingChanged, all, fact{key: quote(was.Key()), from: shown(was), to: shown(is), base: was, revision: is})
		}
	}
}

func keysMissing(from, in *openapi.Node) []string {
	var list []string
	for _, n := range from.Children() {
		if !in.Has(n.Key()) {
			list = append(list, quote(n.Key()))
		}
	}
	return list
}

func (f *finder) lists() {
	f.allOf()
	f.choices(kwAnyOf, anyOfAdded, anyOfRemoved)
	f.choices(kwOneOf, oneOfAdded, oneOfRemoved)
	f.prefixItems()
	if f.turns&turnedOneOf != 0 {
		v := wrapped
		if slices.ContainsFunc(f.revision.lists[kwOneOf], func(u use) bool { return f.same(f.base, u.schema, true) }) {
			v = wrappedPreserved
		}
		f.add(v, all, fact{base: f.base.node, revision: f.revision.get(kwOneOf)})
	}
}

func (f *finder) choices(k keyword, added, removed verb) {
	m := f.match(f.base.lists[k], f.revision.lists[k])
	f.listed(added, f.revision.lists[k], m.added, false)
	f.listed(removed, f.base.lists[k], m.removed, true)
}

func (f *finder) allOf() {
	a, b := f.base.lists[kwAllOf], f.revision.lists[kwAllOf]
	m := f.match(a, b)
	split := func(list []use, at []int) (means, describes []int) {
		for _, i := range at {
			if list[i].saysNothing() {
				describes = append(describes, i)
			} else {
				means = append(means, i)
			}
		}
		return means, describes
	}
	means, describes := split(b, m.added)
	f.listed(allOfAdded, b, means, false)
	f.listed(allOfAddedAnnotation, b, describes, false)
	means, describes = split(a, m.removed)
	f.listed(allOfRemoved, a, means, true)
	f.listed(allOfRemovedAnnotation, a, describes, true)
}

// listed notes one fact for all entries of a list that came, or went.
func (f *finder) listed(v verb, list []use, at []int, base bool) {
	if len(at) == 0 {
		return
	}
	names := make([]string, len(at))
	for i, j := range at {
		names[i] = list[j].name(j)
	}
	x := fact{key: join(names)}
	if base {
		x.base = list[at[0]].at
	} else {
		x.revision = list[at[0]].at
	}
	f.add(v, all, x)
}

// name is how a schema in a list is called: by its reference, its title or its
// place.
func (u use) name(i int) string {
	switch {
	case !u.inline():
		return u.ref[strings.LastIndexByte(u.ref, '/')+1:]
	case u.text(kwTitle) != "":
		return quote(u.text(kwTitle))
	}
	return "#" + strconv.Itoa(i+1)
}

// prefixItems compares by place: entry i is about item i.
func (f *finder) prefixItems() {
	a, b := f.base.lists[kwPrefixItems], f.revision.lists[kwPrefixItems]
	if len(a) == len(b) || f.sameItems(a, b) {
		return
	}
	span := func(from, to int) []int {
		var list []int
		for ; from < to; from++ {
			list = append(list, from)
		}
		return list
	}
	f.listed(prefixItemsAdded, b, span(len(a), len(b)), false)
	f.listed(prefixItemsRemoved, a, span(len(b), len(a)), true)
}

// sameItems reports whether every item must match the same as before, those
// after the lists by items.
func (f *finder) sameItems(a, b []use) bool {
	at := func(list []use, side *side, s *schema, i int) *schema {
		if i < len(list) {
			return list[i].schema
		}
		return side.use(s.get(kwItems)).schema
	}
	for i := range max(len(a), len(b)) {
		if !f.same(at(a, f.left, f.base, i), at(b, f.right, f.revision, i), true) {
			return false
		}
	}
	return true
}
