package hook

// Extra is what a payload held of an object beyond what its type says: members
// that the description does not know, values that did not fit their field, and
// which required members were missing. Generated structs embed it.
//
// A copy of an object shares what its Extra holds; the methods that change it
// give the changed one its own.
type Extra struct {
	_    [0]func() // not to be compared: the compiler writes a function for each type that can be
	held *held
}

type held struct {
	unknown []unknownMember
	kept    []kept
	missing []int32
	items   map[string]*item // by their path below the object
	self    Raw              // what stood in the place of the whole object
}

type unknownMember struct {
	name  string
	value Raw
}

// kept is the token that stood for a field and did not fit.
type kept struct {
	field int
	token Raw
}

// item is the token of an item of a list or map that did not fit.
type item struct {
	token Raw
	of    int // length of the list, to know it again by
}

// HookExtra is for the runtime.
func (e *Extra) HookExtra() *Extra { return e }

func hold(e *Extra) *held {
	if e.held == nil {
		e.held = new(held)
	}
	return e.held
}

// Unknown returns the value of a member that the description does not know, and
// whether there is one; the last, where there are several.
//
//go:noinline
func (e *Extra) Unknown(name string) (Raw, bool) {
	if e.held != nil {
		for i := len(e.held.unknown) - 1; i >= 0; i-- {
			if m := e.held.unknown[i]; m.name == name {
				return m.value, true
			}
		}
	}
	return "", false
}

// UnknownNames returns the names of the members that the description does not
// know, in the order of the payload.
//
//go:noinline
func (e *Extra) UnknownNames() []string {
	if e.held == nil {
		return nil
	}
	var names []string
	for _, m := range e.held.unknown {
		names = append(names, m.name)
	}
	return names
}

// SetUnknown adds a member that the description does not know, or gives it
// another value.
//
//go:noinline
func (e *Extra) SetUnknown(name string, value Raw) {
	e.DropUnknown(name)
	e.held.unknown = append(e.held.unknown, unknownMember{name, value})
}

// DropUnknown removes the members of a name that the description does not know.
//
//go:noinline
func (e *Extra) DropUnknown(name string) {
	own := held{}
	if e.held != nil {
		own = *e.held
	}
	var left []unknownMember
	for _, m := range own.unknown {
		if m.name != name {
			left = append(left, m)
		}
	}
	own.unknown = left
	e.held = &own
}

// Forget drops everything that is held: nothing but the fields is written.
//
//go:noinline
func (e *Extra) Forget() { e.held = nil }

func (h *held) token(field int) (Raw, bool) {
	for _, k := range h.kept {
		if k.field == field {
			return k.token, true
		}
	}
	return "", false
}

func (h *held) lacks(field int) bool {
	for _, m := range h.missing {
		if int(m) == field {
			return true
		}
	}
	return false
}
