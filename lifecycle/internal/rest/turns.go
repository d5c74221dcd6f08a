package rest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
)

// turns are changes to a whole schema. Each would show as several changes of
// its keywords, which it explains: they are not reported beside it.
type turns uint8

const (
	// turnedNullable wraps a schema in a oneOf with null, turnedNotNullable
	// takes it out.
	turnedNullable turns = 1 << iota
	turnedNotNullable
	// turnedFalse makes a schema false, or makes it one that is not.
	turnedFalse
	// turnedOneOf makes an object one of several.
	turnedOneOf
	// turnedTypes makes a type a choice of types, or the other way round.
	turnedTypes
	// turnedNullType adds null to the types or takes it away, and nothing else.
	turnedNullType
)

// claims reports whether a change of the kind is explained by a turn other than
// the one that the verb is about.
func (t turns) claims(k Kind, v verb) bool {
	shape := k == Type || k == Structure
	keywords := shape || k == Values || k == Constraints || k == Existence || k == Requiredness
	nullability := v == becameNullable || v == becameNotNullable
	return t&(turnedNullable|turnedNotNullable) != 0 && keywords && !nullability ||
		t&turnedFalse != 0 && keywords && v != becameFalse && v != becameNotFalse ||
		t&turnedOneOf != 0 && shape && v != wrapped && v != wrappedPreserved && v != oneOfAdded ||
		t&turnedTypes != 0 && shape && v != typesWidened && v != typesNarrowed ||
		t&turnedNullType != 0 && k == Type && !nullability
}

func (c *comparison) turnsOf(a, b *schema) (t turns) {
	if a.always != b.always && (a.always == alwaysFalse || b.always == alwaysFalse) {
		t |= turnedFalse
	}
	switch {
	case c.wrapsNullable(a, b, false):
		t |= turnedNullable
	case c.wrapsNullable(b, a, true):
		t |= turnedNotNullable
	}
	if len(moved(a, b)) > 0 {
		t |= turnedOneOf
	}
	if added, removed := typesDiffer(a, b); len(added)+len(removed) > 0 {
		t |= turnedTypes
	}
	if d := typeChangeOf(a, b); d.types && !d.formats && onlyNull(d.added) && onlyNull(d.removed) {
		t |= turnedNullType
	}
	return t
}

func onlyNull(types []string) bool {
	return !slices.ContainsFunc(types, func(t string) bool { return t != "null" })
}

// wrapsNullable reports whether a schema is another one made nullable: a oneOf
// of null and of what allows the same values.
func (c *comparison) wrapsNullable(plain, wrapper *schema, reversed bool) bool {
	branches := wrapper.lists[kwOneOf]
	if len(branches) != 2 || !wrapper.saysOnly(kwOneOf) || plain.acceptsNull() || plain.has.has(kwNot) ||
		plain.lists[kwOneOf] != nil || plain.lists[kwAnyOf] != nil || plain.lists[kwAllOf] != nil {
		return false
	}
	null := slices.IndexFunc(branches, func(u use) bool { return u.isNull() })
	if null < 0 || branches[1-null].isNull() {
		return false
	}
	payload := branches[1-null].schema
	if reversed {
		return c.same(payload, plain, true)
	}
	return c.same(plain, payload, true)
}

// saysOnly reports whether a schema restricts nothing but by the keyword.
func (s *schema) saysOnly(k keyword) bool {
	return s.has&^annotations&^(1<<k) == 0 && len(s.rest) == 0 && s.always != alwaysFalse
}

func (s *schema) isNull() bool {
	return len(s.types) == 1 && s.types[0] == "null" && s.saysOnly(kwType)
}

// saysNothing reports whether a schema allows every value.
func (s *schema) saysNothing() bool {
	return s.always == alwaysTrue ||
		s.always == notConstant && s.has&^annotations == 0 && len(s.rest)+len(s.fields) == 0
}

// moved are the properties of an object that are in the alternatives that took
// its place.
func moved(a, b *schema) []string {
	branches := b.lists[kwOneOf]
	if branches == nil || a.lists[kwOneOf] != nil || a.get(kwProperties).Len() == 0 ||
		b.get(kwProperties).Len() > 0 || len(b.types) > 0 {
		return nil
	}
	var list []string
	for _, n := range a.get(kwProperties).Children() {
		if slices.ContainsFunc(branches, func(u use) bool { return u.get(kwProperties).Has(n.Key()) }) {
			list = append(list, n.Key())
		}
	}
	return list
}

// typesDiffer compares the types of two schemas of which one at least is a
// choice of plain types; nothing differs where one is neither such a choice nor
// of a type.
func typesDiffer(a, b *schema) (added, removed []string) {
	was, list1 := choice(a)
	is, list2 := choice(b)
	if was == nil || is == nil || !list1 && !list2 || len(was) == len(is) && len(absent(is, was)) == 0 {
		return nil, nil
	}
	return absent(is, was), absent(was, is)
}

// choice returns the type of a schema, or the types of the plain schemas that
// it is a choice of; nil where it is neither.
func choice(s *schema) (types []string, list bool) {
	if s.has.has(kwNot) || s.lists[kwAllOf] != nil || s.get(kwProperties).Len()+len(s.fields) > 0 {
		return nil, false
	}
	if len(s.types) > 0 {
		return s.types[:1], false
	}
	for _, k := range []keyword{kwOneOf, kwAnyOf} {
		if types := plainTypes(s.lists[k]); types != nil {
			return types, true
		}
	}
	return nil, false
}

func plainTypes(list []use) []string {
	var types []string
	for _, u := range list {
		if len(u.types) != 1 || u.get(kwProperties).Len() > 0 ||
			u.lists[kwOneOf] != nil || u.lists[kwAnyOf] != nil || u.lists[kwAllOf] != nil {
			return nil
		}
		types = append(types, u.types[0])
	}
	return types
}

// typeNodes are the places of a change of type or format.
func (f *finder) typeNodes(t typeChange) (base, revision *openapi.Node) {
	k := kwType
	if !t.types && t.formats {
		k = kwFormat
	}
	return orElse(f.base.get(k), f.base.node), orElse(f.revision.get(k), f.revision.node)
}

// typeText is a type as messages show it, with its format where that changed.
func typeText(s *schema, t typeChange) string {
	text := strings.Join(s.types, " or ")
	if text == "" {
		text = "any"
	}
	if format := s.text(kwFormat); format != "" && t.formats {
		text += " (" + format + ")"
	}
	return text
}

// namedInList is how many of a list are named.
const namedInList = 8

// join lists names as a sentence does, the first of them where there are many.
func join(list []string) string {
	if more := len(list) - namedInList; more > 1 {
		list = append(list[:namedInList:namedInList], strconv.Itoa(more)+" more")
	}
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}
