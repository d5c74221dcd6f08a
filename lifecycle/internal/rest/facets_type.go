package rest

import "slices"

// typeChange is what changed of type and format.
type typeChange struct {
	was, is             []string
	added, removed      []string
	wasFormat, isFormat string
	types, formats      bool
}

func typeChangeOf(a, b *schema) typeChange {
	t := typeChange{
		was: a.types, is: b.types, added: absent(b.types, a.types), removed: absent(a.types, b.types),
		wasFormat: a.text(kwFormat), isFormat: b.text(kwFormat),
	}
	t.types = len(t.added)+len(t.removed) > 0
	t.formats = t.wasFormat != t.isFormat
	return t
}

// reversed is the change as those see it who receive what others send.
func (t typeChange) reversed() typeChange {
	return typeChange{
		was: t.is, is: t.was, added: t.removed, removed: t.added,
		wasFormat: t.isFormat, isFormat: t.wasFormat, types: t.types, formats: t.formats,
	}
}

// widened reports whether every type from before is allowed still.
func (t typeChange) widened() bool { return t.types && within(t.was, t.is) }

// breaks reports whether values from before may not fit any more. In strict
// formats, such as JSON, a number is no string.
func (t typeChange) breaks(strict bool) bool {
	if t.widened() {
		t.types = false
	}
	if t.types && len(t.is) == 0 {
		return false // any type will do
	}
	return t.breaksAtAll(strict)
}

// breaksAtAll is breaks for what is text on the wire whatever it is called,
// where losing the type is not judged apart.
func (t typeChange) breaksAtAll(strict bool) bool {
	return t.types && !t.typesFit(strict) || t.formats && !t.formatFits()
}

func (t typeChange) typesFit(strict bool) bool {
	if len(t.added) == 1 && len(t.removed) == 1 && covers(t.added[0], t.removed[0]) {
		return true
	}
	return !strict && (len(t.added) == 0 || len(t.added) == 1 && t.added[0] == "string")
}

// wider are the formats that hold what another holds too, by type.
var wider = map[[3]string]bool{
	{"number", "float", "double"}:  true,
	{"integer", "int32", "int64"}:  true,
	{"integer", "int32", "bigint"}: true,
	{"integer", "int64", "bigint"}: true,
}

func (t typeChange) formatFits() bool {
	if t.isFormat == "" {
		return true
	}
	return len(t.is) == 1 && wider[[3]string{t.is[0], t.wasFormat, t.isFormat}]
}

// swapped reports whether one type took the place of another, neither of which
// holds the other.
func (t typeChange) swapped() bool {
	return t.types && len(t.was) > 0 && len(t.is) > 0 && !within(t.was, t.is)
}

// covers reports whether a type has all values of another.
func covers(super, sub string) bool { return super == sub || super == "number" && sub == "integer" }

func within(sub, super []string) bool {
	for _, s := range sub {
		if !slices.ContainsFunc(super, func(t string) bool { return covers(t, s) }) {
			return false
		}
	}
	return len(sub) > 0
}

// forRequest names the change where it is sent.
func (t typeChange) forRequest(strict bool) verb {
	switch {
	case t.breaks(strict):
		return typeChanged
	case t.swapped():
		return typeCompatible
	}
	return typeGeneralized
}

// forResponse names the change where it is received.
func (t typeChange) forResponse(strict bool) verb {
	back := t.reversed()
	switch {
	case back.breaks(strict) && t.widened():
		return typeGeneralized
	case back.breaks(strict):
		return typeChanged
	case back.swapped():
		return typeCompatible
	}
	return typeSpecialized
}

// forMember names the change of a property in a parameter: how an object is
// written there is not known.
func (t typeChange) forMember() verb {
	strict, loose := t.breaksAtAll(true), t.breaksAtAll(false)
	switch {
	case strict != loose:
		return typeChanged
	case strict:
		return typeSpecialized
	}
	return typeGeneralized
}

// forParameter names the change of a parameter itself.
func (t typeChange) forParameter() verb {
	if t.breaksAtAll(false) {
		return typeChanged
	}
	return typeGeneralized
}

func (f *finder) types() {
	f.nullable()
	f.listOfTypes()
	t := typeChangeOf(f.base, f.revision)
	if !t.types && !t.formats {
		return
	}
	at := fact{from: typeText(f.base, t), to: typeText(f.revision, t)}
	at.base, at.revision = f.typeNodes(t)
	for _, strict := range []bool{true, false} {
		f.typed(t.forRequest(strict), setOf(requestBody, requestProperty), strict, at)
		f.typed(t.forResponse(strict), setOf(responseBody, responseProperty), strict, at)
	}
	f.typed(t.forResponse(false), setOf(responseHeader), false, at)
	f.typed(t.forMember(), setOf(parameterProperty), false, at)
	f.typed(t.forParameter(), setOf(parameter), false, at)
}

// typed notes a fact that holds in one kind of format only.
func (f *finder) typed(v verb, sites siteSet, strict bool, x fact) {
	before := len(f.facts)
	f.add(v, sites, x)
	if len(f.facts) == before {
		return
	}
	if strict {
		f.facts[before].loose = 0
	} else {
		f.facts[before].strict = 0
	}
}

// nullable finds what may be null, or may not any more: by the keyword, by the
// type, or by a oneOf around it all.
func (f *finder) nullable() {
	x, y := f.base.get(kwNullable), f.revision.get(kwNullable)
	at := fact{base: x, revision: y}
	t := typeChangeOf(f.base, f.revision)
	v := becameNullable
	switch {
	case x != nil && y != nil, x == nil && y == nil && !t.types && f.turns&turnedNullable == 0:
		return
	case x != nil:
		v = becameNotNullable
	case y != nil:
	default:
		if at.base, at.revision = f.typeNodes(t); !t.types {
			at.base, at.revision = f.base.node, f.revision.node
		}
		switch {
		case slices.Contains(t.removed, "null") && len(t.is) > 0, f.turns&turnedNotNullable != 0:
			v = becameNotNullable
		case slices.Contains(t.added, "null") && len(t.was) > 0, f.turns&turnedNullable != 0:
		default:
			return
		}
	}
	f.add(v, all, at)
}

// listOfTypes finds a change between one type and a choice of types.
func (f *finder) listOfTypes() {
	if f.turns&turnedTypes == 0 {
		return
	}
	added, removed := typesDiffer(f.base, f.revision)
	note := func(v verb, sites siteSet, list []string) {
		at := fact{key: join(list), base: f.base.node, revision: f.revision.node, caps: uncapped}
		f.add(v, sites, at)
	}
	requests := setOf(requestBody, requestProperty, parameter, parameterProperty)
	responses := setOf(responseBody, responseProperty)
	if len(removed) > 0 {
		note(typesNarrowed, requests, removed)
	} else {
		note(typesWidened, requests, added)
	}
	if len(added) > 0 {
		note(typesWidened, responses, added)
	} else {
		note(typesNarrowed, responses, removed)
	}
}
