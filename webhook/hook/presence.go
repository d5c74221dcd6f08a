package hook

// Opt is a value that may be absent.
type Opt[T any] struct {
	value T
	set   bool
}

// Some returns a value that is there.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, set: true} }

// Get returns the value and whether it is there.
func (o Opt[T]) Get() (T, bool) { return o.value, o.set }

// Or returns the value, or d where it is absent.
func (o Opt[T]) Or(d T) T {
	if o.set {
		return o.value
	}
	return d
}

// Ptr returns a pointer to the value in its place, nil where it is absent.
func (o *Opt[T]) Ptr() *T {
	if !o.set {
		return nil
	}
	return &o.value
}

// Set makes v the value.
func (o *Opt[T]) Set(v T) { o.value, o.set = v, true }

// Clear makes the value absent.
func (o *Opt[T]) Clear() { *o = Opt[T]{} }

// IsZero reports whether the value is absent.
func (o Opt[T]) IsZero() bool { return !o.set }
