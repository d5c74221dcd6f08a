package hook

// List is an array of values.
type List[T any] []T

// list is a pointer to a List.
type list interface {
	hookLen() int
	hookNil() bool
	hookItem(i int) any
	// hookMake makes the list empty, with room for n items.
	hookMake(n int)
	// hookAdd adds a zero item and returns the pointer to it.
	hookAdd() any
	hookDrop()
}

func (l *List[T]) hookLen() int       { return len(*l) }
func (l *List[T]) hookNil() bool      { return *l == nil }
func (l *List[T]) hookItem(i int) any { return &(*l)[i] }
func (l *List[T]) hookMake(n int)     { *l = make(List[T], 0, n) }
func (l *List[T]) hookDrop()          { *l = nil }

func (l *List[T]) hookAdd() any {
	var zero T
	*l = append(*l, zero)
	return &(*l)[len(*l)-1]
}

// Map is an object whose names are data.
type Map[T any] map[string]T

// dictionary is a pointer to a Map.
type dictionary interface {
	hookNames() []string
	hookNil() bool
	// hookGet returns a pointer to a copy of the value.
	hookGet(name string) any
	hookHas(name string) bool
	hookMake()
	// hookPut makes what a pointer from hookRoom points to the value, and that
	// zero.
	hookPut(name string, room any)
	hookRoom() any
	hookDrop()
}

func (m *Map[T]) hookNil() bool { return *m == nil }
func (m *Map[T]) hookMake()     { *m = Map[T]{} }
func (m *Map[T]) hookRoom() any { return new(T) }
func (m *Map[T]) hookDrop()     { *m = nil }

func (m *Map[T]) hookNames() []string {
	names := make([]string, 0, len(*m))
	for name := range *m {
		names = append(names, name)
	}
	return names
}

func (m *Map[T]) hookGet(name string) any {
	v := (*m)[name]
	return &v
}

func (m *Map[T]) hookHas(name string) bool {
	_, ok := (*m)[name]
	return ok
}

func (m *Map[T]) hookPut(name string, room any) {
	if v, ok := room.(*T); ok {
		var zero T
		(*m)[name], *v = *v, zero
	}
}
