package hook

import "sync/atomic"

// Table holds the members of a generated struct. It is made once for a type
// and safe for concurrent use.
type Table struct {
	name   string
	fields []Field
	layout atomic.Pointer[layout]
}

// NewTable returns the table of a type.
func NewTable(name string, fields ...Field) *Table {
	return &Table{name: name, fields: fields}
}

// Name returns the name of the type.
func (t *Table) Name() string { return t.name }

// Field is one member of a struct.
type Field struct {
	name, token string
	at          func(object any) any
}

// F is a member with the given name in JSON. The function returns the pointer
// to the field of the object that it is called with.
func F(name string, at func(object any) any) Field { return Field{name: name, at: at} }

// Const is a member that always has the same value, given as a JSON token. It is
// written even where the field is zero.
func Const(name, token string, at func(object any) any) Field {
	return Field{name: name, token: token, at: at}
}

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
	at    func(object any) any
	// next is the member that followed when members were last out of order.
	next atomic.Uint32
}

func (t *Table) ready(p Object) *layout {
	if l := t.layout.Load(); l != nil {
		return l
	}
	l := &layout{typeName: t.name, fields: make([]member, len(t.fields))}
	l.required = make([]uint64, (len(t.fields)+63)/64)
	size := uint64(4)
	for size < 2*uint64(len(t.fields)) {
		size *= 2
	}
	l.slots, l.mask = make([]uint16, size), size-1
	for i, f := range t.fields {
		m := &l.fields[i]
		m.name, m.token, m.at = f.name, f.token, f.at
		m.head = string(appendText(nil, f.name)) + ":"
		m.next.Store(uint32(i + 1))
		if c, ok := f.at(p).(presence); !ok || !c.hookCell().optional {
			l.required[i/64] |= 1 << (i % 64)
		}
		slot := hash(f.name) & l.mask
		for l.slots[slot] != 0 {
			slot = (slot + 1) & l.mask
		}
		l.slots[slot] = uint16(i + 1)
	}
	t.layout.CompareAndSwap(nil, l)
	return t.layout.Load()
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
