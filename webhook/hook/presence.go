package hook

// Generated packages have hundreds of these types, and every method is compiled
// for each of them: they have few, and one for the runtime.

// Opt is a value that may be absent. The zero Opt is absent.
type Opt[T any] struct {
	value T
	state state
}

// Some returns a value that is there.
func Some[T any](v T) Opt[T] { return Opt[T]{v, present} }

// Get returns the value, zero where it is absent, and whether it is there.
func (o *Opt[T]) Get() (T, bool) { return o.value, o.state == present }

// Or returns the value, or d where it is absent.
func (o *Opt[T]) Or(d T) T {
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
func (o *Opt[T]) Set(v T) { o.value, o.state = v, present }

// Clear makes the value absent.
func (o *Opt[T]) Clear() { *o = Opt[T]{} }

// MarshalJSON returns the value, null where it is absent.
func (o Opt[T]) MarshalJSON() ([]byte, error) { return Marshal(&o) }

// UnmarshalJSON reads the value.
func (o *Opt[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, o) }

func (o *Opt[T]) hookPlace(do placeOp) place {
	var zero T
	at := place{&o.value, &o.state, true, false}
	switch do {
	case placeClear:
		*o = Opt[T]{}
	case placeFresh:
		o.value, _ = fresh(zero).(T)
		fallthrough
	case placeTarget:
		at.inner = target(o.value, zero)
	}
	return at
}

// Null is a value that may be null. The zero Null is null.
type Null[T any] struct {
	value T
	state state
}

// Value returns a value that is not null.
func Value[T any](v T) Null[T] { return Null[T]{v, present} }

// Get returns the value, zero where it is null, and whether it is not.
func (n *Null[T]) Get() (T, bool) { return n.value, n.state == present }

// Or returns the value, or d where it is null.
func (n *Null[T]) Or(d T) T {
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
func (n *Null[T]) Set(v T) { n.value, n.state = v, present }

// SetNull makes the value null, and written where it was missing.
func (n *Null[T]) SetNull() { *n = Null[T]{state: null} }

// MarshalJSON returns the value or null.
func (n Null[T]) MarshalJSON() ([]byte, error) { return Marshal(&n) }

// UnmarshalJSON reads the value or null.
func (n *Null[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, n) }

func (n *Null[T]) hookPlace(do placeOp) place {
	var zero T
	at := place{&n.value, &n.state, false, true}
	switch do {
	case placeClear:
		*n = Null[T]{}
	case placeFresh:
		n.value, _ = fresh(zero).(T)
		fallthrough
	case placeTarget:
		at.inner = target(n.value, zero)
	}
	return at
}

// OptNull is a value that may be absent, or null. The zero OptNull is absent.
type OptNull[T any] struct {
	value T
	state state
}

// SomeValue returns a value that is there and not null.
func SomeValue[T any](v T) OptNull[T] { return OptNull[T]{v, present} }

// SomeNull returns null, which is there.
func SomeNull[T any]() OptNull[T] { return OptNull[T]{state: null} }

// Get returns the value, zero where it is absent or null, and whether there is
// one.
func (o *OptNull[T]) Get() (T, bool) { return o.value, o.state == present }

// Or returns the value, or d where it is absent or null.
func (o *OptNull[T]) Or(d T) T {
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

// IsNull reports whether null is there.
func (o *OptNull[T]) IsNull() bool { return o.state == null }

// Set makes v the value.
func (o *OptNull[T]) Set(v T) { o.value, o.state = v, present }

// SetNull makes the value null.
func (o *OptNull[T]) SetNull() { *o = OptNull[T]{state: null} }

// Clear makes the value absent.
func (o *OptNull[T]) Clear() { *o = OptNull[T]{} }

// MarshalJSON returns the value, null where it is null or absent.
func (o OptNull[T]) MarshalJSON() ([]byte, error) { return Marshal(&o) }

// UnmarshalJSON reads the value or null.
func (o *OptNull[T]) UnmarshalJSON(b []byte) error { return Unmarshal(b, o) }

func (o *OptNull[T]) hookPlace(do placeOp) place {
	var zero T
	at := place{&o.value, &o.state, true, true}
	switch do {
	case placeClear:
		*o = OptNull[T]{}
	case placeFresh:
		o.value, _ = fresh(zero).(T)
		fallthrough
	case placeTarget:
		at.inner = target(o.value, zero)
	}
	return at
}

type state uint8

const (
	unset state = iota
	null
	present
)

// presence is a pointer to a value that may be absent or null. The value is zero
// where it is.
type presence interface {
	// hookPlace returns where the value is, and does one thing more.
	hookPlace(do placeOp) place
}

type placeOp uint8

const (
	placeValue  placeOp = iota // a pointer to the value
	placeTarget                // the value, where that is a pointer to an object
	placeFresh                 // the same, made new
	placeClear                 // a pointer to the value, made absent
)

// place is where a value that may be absent or null is.
type place struct {
	inner              any // nil where there is none
	state              *state
	optional, nullable bool
}

type maker interface{ HookNew() any }

// fresh returns a new object where zero is a pointer to one.
func fresh(zero any) any {
	if m, ok := zero.(maker); ok {
		return m.HookNew()
	}
	return nil
}

// target returns v where it is a pointer to an object.
func target(v, zero any) any {
	if _, ok := v.(maker); !ok || v == zero {
		return nil
	}
	return v
}
