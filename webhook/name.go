package webhook

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/webhook/internal/ident"
	"github.com/plumbapi/plumb/webhook/internal/shape"
)

// naming gives shapes their names.
type naming struct {
	events map[*draftEvent]string
	types  map[*shape.Shape]string
	// order are the shapes with a name of the structure's own, as the payloads
	// hold them; hints say where each is used.
	order []*shape.Shape
	hints map[*shape.Shape]*hints
	taken *ident.Set
	vals  map[*shape.Shape][]Value
	// payloads are the events that shapes are the payloads of.
	payloads map[*shape.Shape]*draftEvent
}

// hints are the places where a shape is used.
type hints struct {
	// names are the members that hold it, with how often.
	names map[string]int
	// parent holds it first, and member is what it is called there.
	parent *shape.Shape
	member string
	// parents counts the shapes that hold it.
	parents int
	count   int
}

// reserved are names that generated code has for other things.
var reserved = []string{"Mux", "NewMux", "Decode", "New", "Routing"}

func nameShapes(events []*draftEvent, lock *Lock) (*naming, error) {
	n := &naming{
		events: map[*draftEvent]string{}, types: map[*shape.Shape]string{}, hints: map[*shape.Shape]*hints{},
		taken: ident.NewSet(reserved...), vals: map[*shape.Shape][]Value{},
		payloads: map[*shape.Shape]*draftEvent{},
	}
	for _, e := range events {
		n.payloads[e.payload.Shape] = e
	}
	n.collect(events)
	locked, err := n.fromLock(events, lock)
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		if n.events[e] == "" {
			n.events[e] = n.taken.Free("Event", ident.Name(e.name, e.action))
		}
		n.types[e.payload.Shape] = n.events[e]
		n.reserve(e.payload.Shape, n.events[e])
	}
	for _, s := range locked {
		n.reserve(s, n.types[s])
	}
	n.fromComponents()
	n.fromMembers()
	for _, s := range n.order {
		if n.types[s] == "" {
			n.give(s, n.qualified(s)...)
		}
	}
	return n, nil
}

// collect walks over what payloads hold, nearest first.
func (n *naming) collect(events []*draftEvent) {
	seen := map[*shape.Shape]bool{}
	var queue []*shape.Shape
	for _, e := range events {
		seen[e.payload.Shape] = true
		queue = append(queue, e.payload.Shape)
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		hold := func(u shape.Use, member string) {
			t := u.Shape
			for hop := 0; (t.Kind == shape.List || t.Kind == shape.Map) && hop < 100; hop++ {
				t, member = t.Element.Shape, singular(member)
			}
			if t.Kind != shape.Object && t.Kind != shape.Enum && t.Kind != shape.Union {
				return
			}
			h := n.hints[t]
			if h == nil {
				h = &hints{names: map[string]int{}, parent: s, member: member}
				n.hints[t] = h
			}
			h.names[member]++
			h.count++
			h.parents++
			if !seen[t] {
				seen[t] = true
				queue = append(queue, t)
				n.order = append(n.order, t)
			}
		}
		for _, f := range s.Fields {
			hold(f.Use, f.Name)
		}
		for _, v := range s.Variants {
			member := ""
			if len(v.Tags) > 0 {
				member = v.Tags[0]
			} else if v.Member != "" {
				member = v.Member
			} else if h := n.hints[s]; h != nil {
				member = h.member
			}
			hold(v.Use, member)
		}
	}
}

// singular makes the last word of a name one of many.
func singular(name string) string {
	words := ident.Words(name)
	if len(words) == 0 {
		return name
	}
	words[len(words)-1] = ident.Singular(words[len(words)-1])
	return strings.Join(words, "_")
}

// noise are words of components that say nothing about the structure.
var noise = []string{"webhook", "webhooks", "nullable", "schema", "schemas"}

// componentNames makes names of what a description calls a shape: without noise
// and the numbers that copies have, then with all its words.
func componentNames(component string) (short, long string) {
	words := ident.Words(component)
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(noise, w) })
	for len(kept) > 1 && strings.Trim(kept[len(kept)-1], "0123456789") == "" {
		kept = kept[:len(kept)-1]
	}
	if len(kept) == 0 {
		kept = words
	}
	return ident.Join(kept), ident.Join(words)
}

// fromComponents names the shapes that a description has a name for, the short
// names first. What would be called as another is already keeps all the words of
// its own, unless these end in a number.
func (n *naming) fromComponents() {
	type candidate struct {
		short, long string
		s           *shape.Shape
	}
	var all []candidate
	for _, s := range n.order {
		if n.types[s] != "" || len(s.Names) == 0 {
			continue
		}
		best := candidate{s: s}
		for _, c := range slices.Sorted(slices.Values(s.Names)) {
			if short, long := componentNames(c); best.short == "" || short != "" && len(short) < len(best.short) {
				best.short, best.long = short, long
			}
		}
		all = append(all, best)
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(len(a.short), len(b.short)), cmp.Compare(a.short, b.short), cmp.Compare(n.hints[b.s].count, n.hints[a.s].count))
	})
	for _, c := range all {
		for _, name := range []string{c.short, c.long} {
			if name != "" && !n.taken.Has(name) && (name == c.short || !endsInDigit(name)) {
				n.give(c.s, name)
				break
			}
		}
	}
}

func endsInDigit(name string) bool {
	last := name[len(name)-1]
	return last >= '0' && last <= '9'
}

// fromMembers names shapes after the member that holds them most often: of
// those that would be called the same, the one that is used most.
func (n *naming) fromMembers() {
	best := map[string]*shape.Shape{}
	var names []string
	for _, s := range n.order {
		if n.types[s] != "" {
			continue
		}
		h := n.hints[s]
		if s.Kind == shape.Enum && h.parents == 1 || scalarUnion(s) != "" {
			continue // better called after its object too, or after what it holds
		}
		name := ident.Name(h.name())
		if name == "" || n.taken.Has(name) {
			continue
		}
		if have := best[name]; have == nil {
			names = append(names, name)
			best[name] = s
		} else if h.count > n.hints[have].count {
			best[name] = s
		}
	}
	for _, name := range names {
		n.give(best[name], name)
	}
}

// name returns the member that holds the shape most often.
func (h *hints) name() string {
	best := h.member
	for _, name := range slices.Sorted(maps.Keys(h.names)) {
		if h.names[name] > h.names[best] {
			best = name
		}
	}
	return best
}

// qualified returns names for a shape after what holds it.
func (n *naming) qualified(s *shape.Shape) []string {
	if name := scalarUnion(s); name != "" {
		return []string{name}
	}
	h := n.hints[s]
	member, parent := h.name(), n.types[h.parent]
	if parent == ident.Name(member) {
		member = kindNames[s.Kind]
	}
	return []string{after(parent, member), ident.Name(member)}
}

var kindNames = map[shape.Kind]string{shape.Object: "object", shape.Enum: "value", shape.Union: "choice"}

// after joins the name of a type and a member of it, with as many words of the
// type's name as fit.
func after(parent, member string) string {
	member = ident.Name(member)
	words := ident.Words(parent)
	for ; len(words) > 0; words = words[:len(words)-1] {
		if name := ident.Join(words) + member; len([]rune(name)) <= ident.Max {
			return name
		}
	}
	return member
}

// scalarUnion names a union of plain values after them: "IntegerOrString".
func scalarUnion(s *shape.Shape) string {
	if s.Kind != shape.Union {
		return ""
	}
	var words []string
	for _, v := range s.Variants {
		word := kindWords[v.Shape.Kind]
		if word == "" {
			return ""
		}
		words = append(words, word)
	}
	slices.Sort(words)
	return strings.Join(words, "Or")
}

var kindWords = map[shape.Kind]string{
	shape.String: "String", shape.Integer: "Integer", shape.Number: "Number", shape.Boolean: "Boolean", shape.Time: "Time",
}

// give takes the first name that is free for a shape.
func (n *naming) give(s *shape.Shape, candidates ...string) {
	fallback := "Value"
	if s.Kind == shape.Object {
		fallback = "Object"
	}
	name := n.taken.Free(fallback, candidates...)
	n.types[s] = name
	n.reserve(s, name)
}

// reserve takes the names that go with that of a type: those of the constants
// of an enum, and of what a union holds.
func (n *naming) reserve(s *shape.Shape, name string) {
	switch s.Kind {
	case shape.Enum:
		own := ident.NewSet()
		for _, v := range s.Values {
			word := cmp.Or(ident.Name(v), valueWord(v))
			c := own.Free(word, word)
			for !n.taken.Take(name + c) {
				c = own.Free(word, word)
			}
			n.vals[s] = append(n.vals[s], Value{Text: v, GoName: c})
		}
	case shape.Union:
		n.taken.Take(name + "Value")
		n.taken.Take(name + "Unknown")
		n.taken.Take("Unknown" + name)
	}
}

// valueWord names a value without a letter or digit.
func valueWord(v string) string {
	switch v {
	case "":
		return "Empty"
	case "*":
		return "All"
	}
	return "Value"
}

// memberNames are names that members cannot have in Go: those of methods of
// generated types, and of what is embedded in them.
var memberNames = []string{
	"Extra", "HookTable", "HookExtra", "HookEvent", "HookNew", "HookPick", "HookValue", "HookFields", "HookInner",
	"MarshalJSON", "UnmarshalJSON", "Unknown", "UnknownNames", "SetUnknown", "DropUnknown", "Forget", "Drift", "String",
}

// fields returns what the members of a shape are called.
func (n *naming) fields(s *shape.Shape) []string {
	used := ident.NewSet()
	out := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		name := ident.Name(f.Name)
		if slices.Contains(memberNames, name) {
			name = ident.With(name, "Member")
		}
		out[i] = used.Free("Member", name)
	}
	return out
}
