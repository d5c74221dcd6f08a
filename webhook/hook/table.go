package hook

import "sync/atomic"

// Table holds the names of an object's members and what is fixed about them. It
// is made once for a type, and safe for concurrent use when it is made.
type Table struct {
	name    string
	members []string
	consts  []constant
	layout  atomic.Pointer[layout]
}

type constant struct{ member, token string }

// NewTable returns the table of the type with the name; the members are in the
// order of HookFields.
//
//go:noinline
func NewTable(name string, members ...string) *Table {
	return &Table{name: name, members: members}
}

// Const says that a member has one value, a JSON token that is written even
// where the field is zero. It returns t.
//
//go:noinline
func (t *Table) Const(member, token string) *Table {
	t.consts = append(t.consts, constant{member, token})
	return t
}

// Name returns the name of the type.
func (t *Table) Name() string { return t.name }

// layout is what a table is used by: made when its type is first met.
type layout struct {
	typeName string
	fields   []member
	required []uint64 // a bit each member
	slots    []uint16 // 1 + the index of a member; 0 is empty
	mask     uint64
}

type member struct {
	name  string
	head  string // the name as JSON, and the colon
	token string // of a constant
	kind  placeKind
	inner placeKind // of what is in a presence
	// next is the member that followed when members were last out of order.
	next atomic.Uint32
}

// ready returns the layout of the type of p.
func (t *Table) ready(p Object) *layout {
	if l := t.layout.Load(); l != nil {
		return l
	}
	places := p.HookFields(nil)
	n := min(len(t.members), len(places))
	l := &layout{typeName: t.name, fields: make([]member, n), required: make([]uint64, (n+63)/64)}
	size := uint64(4)
	for size < 2*uint64(n) {
		size *= 2
	}
	l.slots, l.mask = make([]uint16, size), size-1
	for i, name := range t.members[:n] {
		m := &l.fields[i]
		m.name = name
		m.head = string(appendText(nil, name)) + ":"
		m.next.Store(uint32(i + 1))
		for _, c := range t.consts {
			if c.member == name {
				m.token = c.token
			}
		}
		m.kind = kindOfPlace(places[i])
		optional := false
		if c, ok := places[i].(presence); ok {
			at := c.hookPlace(placeValue)
			optional, m.inner = at.optional, kindOfPlace(at.inner)
		}
		if !optional {
			l.required[i/64] |= 1 << (i % 64)
		}
		slot := hash(name) & l.mask
		for l.slots[slot] != 0 {
			slot = (slot + 1) & l.mask
		}
		l.slots[slot] = uint16(i + 1)
	}
	t.layout.CompareAndSwap(nil, l)
	return t.layout.Load()
}

// placeKind is what the pointer to a field is, so that it need not be found out
// for each value.
type placeKind uint8

const (
	otherPlace placeKind = iota
	textPlace
	wholePlace
	boolPlace
	timePlace
	objectPlace
	listPlace
	enumPlace
	optTextPlace
	nullTextPlace
	optNullTextPlace
	presencePlace
)

func kindOfPlace(p any) placeKind {
	switch p.(type) {
	case *string:
		return textPlace
	case *int64:
		return wholePlace
	case *bool:
		return boolPlace
	case *Time:
		return timePlace
	case *Opt[string]:
		return optTextPlace
	case *Null[string]:
		return nullTextPlace
	case *OptNull[string]:
		return optNullTextPlace
	case Object:
		return objectPlace
	case presence:
		return presencePlace
	case list:
		return listPlace
	case Enum:
		return enumPlace
	}
	return otherPlace
}

// find returns the index of the member with a name, -1 where there is none.
func (l *layout) find(name string) int {
	for slot := hash(name) & l.mask; l.slots[slot] != 0; slot = (slot + 1) & l.mask {
		if i := int(l.slots[slot]) - 1; l.fields[i].name == name {
			return i
		}
	}
	return -1
}

// hash tells names of one object apart by their length and both ends: names
// of a description, of which hostile ones cost time but nothing else.
func hash(s string) uint64 {
	n := len(s)
	if n == 0 {
		return 0
	}
	h := uint64(n)
	if n >= 4 {
		h ^= uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[n-1])<<32 | uint64(s[n-2])<<40 | uint64(s[n-3])<<48 | uint64(s[n/2])<<56
	} else {
		h ^= uint64(s[0])<<8 | uint64(s[n-1])<<32 | uint64(s[n/2])<<16
	}
	h *= 0x9E3779B97F4A7C15
	return h ^ h>>29
}
