package golang

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/webhook"
)

// A plan is what the printers go by: every name decided, every type in its
// file.
type plan struct {
	model *webhook.Model
	pkg   string
	// top are the identifiers of the package.
	top scope
	// types are all named types that something leads to, in the order of the
	// model; those it does not list come last.
	types []*webhook.Type
	names map[*webhook.Type]string
	// fields are the names of an object's fields, in order; "" for a member that
	// stands there twice.
	fields map[*webhook.Type][]string
	// pointers are the fields that hold a pointer: values would have no end, or
	// no reasonable size.
	pointers map[*webhook.Field]bool
	// unions have the names that go with a union.
	unions map[*webhook.Type]*unionNames
	// constants are the values of enums, each once.
	constants map[*webhook.Type][]constant
	// variants are the unions that a type is a variant of.
	variants map[*webhook.Type][]*webhook.Type
	events   []*event
	// eventConstants and anyMethods are the constant of each event's name, and
	// what takes its deliveries whatever their action; actions are all actions.
	eventConstants, anyMethods map[string]string
	actions                    []constant
	// payloads are types that are declared with their event.
	payloads map[*webhook.Type]bool
	// held are types that some field points to.
	held map[*webhook.Type]bool
	// home is the file that a type is declared in.
	home map[*webhook.Type]string
}

// An event is one payload with its names.
type event struct {
	*webhook.Event
	// typeName is the payload's, method what its handler is registered with.
	typeName, method string
	// wraps is set where the payload's type has another name, or serves another
	// event too, so that this one needs a type of its own.
	wraps bool
	file  string
}

func newPlan(m *webhook.Model, pkg string) *plan {
	p := &plan{
		model: m, pkg: pkg,
		top:            newScope(append(fieldNames(), "Mux", "NewMux", "Decode", "New", "Routing")...),
		names:          map[*webhook.Type]string{},
		fields:         map[*webhook.Type][]string{},
		pointers:       map[*webhook.Field]bool{},
		unions:         map[*webhook.Type]*unionNames{},
		constants:      map[*webhook.Type][]constant{},
		variants:       map[*webhook.Type][]*webhook.Type{},
		eventConstants: map[string]string{},
		anyMethods:     map[string]string{},
		payloads:       map[*webhook.Type]bool{},
		held:           map[*webhook.Type]bool{},
		home:           map[*webhook.Type]string{},
	}
	p.collect()
	p.nameTypes()
	p.nameEvents()
	p.nameFields()
	p.nameUnions()
	p.nameConstants()
	p.nameConstantsOfEvents()
	p.breakCycles()
	p.place()
	return p
}

// collect finds every named type.
func (p *plan) collect() {
	seen := map[*webhook.Type]bool{}
	var queue []*webhook.Type
	add := func(t *webhook.Type) {
		if t != nil && !seen[t] {
			seen[t] = true
			queue = append(queue, t)
		}
	}
	for _, t := range p.model.Types {
		add(t)
	}
	for _, e := range p.model.Events {
		add(e.Payload)
	}
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		if named(t) {
			p.types = append(p.types, t)
		}
		for next := range parts(t) {
			add(next)
		}
	}
}

// named reports whether values of the type are declared under a name.
func named(t *webhook.Type) bool {
	return t.Kind == webhook.Object || t.Kind == webhook.Enum || t.Kind == webhook.Union
}

// parts yields the types that a type is made of, not those of its parts.
func parts(t *webhook.Type) func(yield func(*webhook.Type) bool) {
	return func(yield func(*webhook.Type) bool) {
		switch t.Kind {
		case webhook.Object:
			for _, f := range t.Fields {
				if f.Type != nil && !yield(f.Type) {
					return
				}
			}
		case webhook.List, webhook.Map:
			if t.Element != nil {
				yield(t.Element)
			}
		case webhook.Union:
			for _, v := range t.Variants {
				if v.Type != nil && !yield(v.Type) {
					return
				}
			}
		}
	}
}

func (p *plan) nameTypes() {
	for _, t := range p.types {
		p.names[t] = p.top.take(t.Name, maxName)
	}
}

// nameEvents decides which type is whose payload. A type that is one event's
// alone carries that event itself.
func (p *plan) nameEvents() {
	uses := map[*webhook.Type]int{}
	for _, e := range p.model.Events {
		uses[e.Payload]++
	}
	methods := newScope(muxMethods()...)
	files := newScope()
	fileOf := map[string]string{}
	events := slices.Clone(p.model.Events)
	slices.SortStableFunc(events, func(a, b *webhook.Event) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Action, b.Action))
	})
	for _, e := range events {
		out := &event{Event: e}
		if e.Payload == nil || !named(e.Payload) || e.Payload.Kind == webhook.Enum {
			// A payload that is neither object nor union is an object of which
			// nothing is known.
			out.Event = &webhook.Event{}
			*out.Event = *e
			out.Payload = &webhook.Type{Kind: webhook.Object, Name: e.GoName, Open: true, Description: e.Description, Location: e.Location}
			p.types = append(p.types, out.Payload)
			p.names[out.Payload] = p.top.take(e.GoName, maxName)
			uses[out.Payload] = 1
		}
		out.typeName = p.names[out.Payload]
		if out.wraps = uses[out.Payload] > 1; out.wraps {
			out.typeName = p.top.take(e.GoName, maxName)
		}
		p.payloads[out.Payload] = !out.wraps
		out.method = methods.take("On"+out.typeName, maxName+2)
		file, ok := fileOf[e.Name]
		if !ok {
			base := fileName(e.Name)
			file = base
			for n := 2; files[file]; n++ {
				file = base + "_" + strconv.Itoa(n)
			}
			files[file] = true
			fileOf[e.Name] = file
		}
		out.file = file + "_event.go"
		p.events = append(p.events, out)
	}
}

// fieldNames are what every generated struct has besides its fields. A type that
// is embedded is a field too.
func fieldNames() []string {
	return []string{
		"Extra", "HookTable", "HookExtra", "HookEvent", "HookNew", "HookPick", "HookValue", "HookFields", "HookInner",
		"MarshalJSON", "UnmarshalJSON",
	}
}

func (p *plan) nameFields() {
	for _, t := range p.types {
		if t.Kind != webhook.Object {
			continue
		}
		taken := newScope(fieldNames()...)
		members := map[string]bool{}
		names := make([]string, len(t.Fields))
		for i, f := range t.Fields {
			if !members[f.Name] {
				members[f.Name] = true
				names[i] = taken.take(f.GoName, maxName)
			}
		}
		p.fields[t] = names
	}
}

// place decides the file of each type: that of the event which alone leads to
// it, else one for all.
func (p *plan) place() {
	const shared = "types.go"
	for _, e := range p.events {
		seen := map[*webhook.Type]bool{}
		queue := []*webhook.Type{e.Payload}
		for len(queue) > 0 {
			t := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			if seen[t] {
				continue
			}
			seen[t] = true
			if file, ok := p.home[t]; !ok {
				p.home[t] = e.file
			} else if file != e.file {
				p.home[t] = shared
			}
			for next := range parts(t) {
				queue = append(queue, next)
			}
		}
	}
	for _, t := range p.types {
		if p.home[t] == "" || p.home[t] == shared {
			p.home[t] = sharedFile(t)
		}
	}
	slices.SortStableFunc(p.types, func(a, b *webhook.Type) int { return strings.Compare(p.names[a], p.names[b]) })
}

func sharedFile(t *webhook.Type) string {
	switch t.Kind {
	case webhook.Enum:
		return "enums.go"
	case webhook.Union:
		return "unions.go"
	}
	return "types.go"
}
