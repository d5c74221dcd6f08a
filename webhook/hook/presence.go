package hook

// cell is a value and whether it is there. The value is zero where it is not.
type cell[T any] struct {
	value T
	state state
}

type state uint8

const (
	unset state = iota
	null
	present
)

// presence is a pointer to a value that may be absent or null. It has as few
// methods as can be: each is compiled for every type that a package of
// generated code has in Opt, Null or OptNull.
type presence interface {
	// hookCell returns the state, what else it may be than present, and the
	// pointer to the value.
	hookCell() cellState
	// hookDo does one of the things below.
	hookDo(what cellAction) any
}

type cellState struct {
	state              *state
	inner              any
	optional, nullable bool
}

type cellAction uint8

const (
	// cellFresh makes a new value where the value is a pointer to an object,
	// and returns it; nil where it is none.
	cellFresh cellAction = iota
	// cellTarget returns the value where it is a pointer to an object.
	cellTarget
	// cellClear makes it as it was before it was set.
	cellClear
)

func act[T any](c *cell[T], what cellAction) any {
	switch what {
	case cellTarget:
		return c.value
	case cellClear:
		*c = cell[T]{}
		return nil
	}
	maker, ok := any(c.value).(interface{ HookNew() any })
	if !ok {
		return nil
	}
	fresh := maker.HookNew()
	if c.value, ok = fresh.(T); !ok {
		return nil
	}
	return fresh
}

// Opt is a value that may be absent. The zero Opt is absent.
type Opt[T any] struct{ cell[T] }

// Some returns a value that is there.
func Some[T any](v T) Opt[T] { return Opt[T]{cell[T]{v, present}} }

// Get returns the value and whether it is there.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == present }

// Or returns the value, or d where it is absent.
func (o Opt[T]) Or(d T) T {
	if o.state == present {
		return o.value
	}
	return d
}

// Ptr returns a pointer to the value in its place, nil where it is absent.
func (o *Opt[T]) Ptr() *T {
	if o.state == present {
		return &o.value
	}
	return nil
}

// Set makes v the value.
func (o *Opt[T]) Set(v T) { *o = Some(v) }

// Clear makes the value absent.
func (o *Opt[T]) Clear() { *o = Opt[T]{} }

// IsZero reports whether the value is absent.
func (o Opt[T]) IsZero() bool { return o.state != present }

// MarshalJSON returns the value, null where it is absent.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return Marshal(&o) }

// UnmarshalJSON reads the value.
func (o *Opt[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, o) }

func (o *Opt[T]) hookCell() cellState { return cellState{&o.state, &o.value, true, false} }

func (o *Opt[T]) hookDo(what cellAction) any { return act(&o.cell, what) }

// Null is a value that may be null. The zero Null is null.
type Null[T any] struct{ cell[T] }

// Value returns a value that is not null.
func Value[T any](v T) Null[T] { return Null[T]{cell[T]{v, present}} }

// Get returns the value and whether it is there.
func (n Null[T]) Get() (T, bool) { return n.value, n.state == present }

// Or returns the value, or d where it is null.
func (n Null[T]) Or(d T) T {
	if n.state == present {
		return n.value
	}
	return d
}

// Ptr returns a pointer to the value in its place, nil where it is null.
func (n *Null[T]) Ptr() *T {
	if n.state == present {
		return &n.value
	}
	return nil
}

// Set makes v the value.
func (n *Null[T]) Set(v T) { *n = Value(v) }

// SetNull makes the value null, and written where it was missing.
func (n *Null[T]) SetNull() { *n = Null[T]{cell[T]{state: null}} }

// IsNull reports whether the value is null.
func (n Null[T]) IsNull() bool { return n.state != present }

// IsZero reports whether the value is null.
func (n Null[T]) IsZero() bool { return n.state != present }

// MarshalJSON returns the value or null.
func (n Null[T]) MarshalJSON() ([]byte, error) { return Marshal(&n) }

// UnmarshalJSON reads the value or null.
func (n *Null[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, n) }

func (n *Null[T]) hookCell() cellState { return cellState{&n.state, &n.value, false, true} }

func (n *Null[T]) hookDo(what cellAction) any { return act(&n.cell, what) }

// OptNull is a value that may be absent, or null. The zero OptNull is absent.
type OptNull[T any] struct{ cell[T] }

// SomeValue returns a value that is there and not null.
func SomeValue[T any](v T) OptNull[T] { return OptNull[T]{cell[T]{v, present}} }

// SomeNull returns null, which is there.
func SomeNull[T any]() OptNull[T] { return OptNull[T]{cell[T]{state: null}} }

// Get returns the value and whether there is one.
func (o OptNull[T]) Get() (T, bool) { return o.value, o.state == present }

// Or returns the value, or d where it is absent or null.
func (o OptNull[T]) Or(d T) T {
	if o.state == present {
		return o.value
	}
	return d
}

// Ptr returns a pointer to the value in its place, nil where there is none.
func (o *OptNull[T]) Ptr() *T {
	if o.state == present {
		return &o.value
	}
	return nil
}

// Set makes v the value.
func (o *OptNull[T]) Set(v T) { *o = SomeValue(v) }

// SetNull makes the value null.
func (o *OptNull[T]) SetNull() { *o = SomeNull[T]() }

// Clear makes the value absent.
func (o *OptNull[T]) Clear() { *o = OptNull[T]{} }

// IsNull reports whether the value is null, and not absent.
func (o OptNull[T]) IsNull() bool { return o.state == null }

// IsZero reports whether the value is absent.
func (o OptNull[T]) IsZero() bool { return o.state == unset }

// MarshalJSON returns the value, null where it is null or absent.
func (o OptNull[T]) MarshalJSON() ([]byte, error) { return Marshal(&o) }

// UnmarshalJSON reads the value or null.
func (o *OptNull[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, o) }

func (o *OptNull[T]) hookCell() cellState { return cellState{&o.state, &o.value, true, true} }

func (o *OptNull[T]) hookDo(what cellAction) any { return act(&o.cell, what) }
