package hook

// List is an array of values.
type List[T any] []T

// list is a pointer to a List, with one method for all that the runtime does.
type list interface {
	// hookList does one thing: it returns the length (-1 for a nil list), the
	// pointer to item n, a zero item that it adds, or makes the list empty with
	// room for n items, or nil.
	hookList(do listOp, n int) (int, any)
}

type listOp uint8

const (
	listLen listOp = iota
	listItem
	listAdd
	listMake
	listDrop
)

func (l *List[T]) hookList(do listOp, n int) (int, any) {
	switch do {
	case listLen:
		if *l == nil {
			return -1, nil
		}
	case listItem:
		return 0, &(*l)[n]
	case listAdd:
		var zero T
		*l = append(*l, zero)
		return 0, &(*l)[len(*l)-1]
	case listMake:
		*l = make(List[T], 0, n)
	case listDrop:
		*l = nil
	}
	return len(*l), nil
}

// Map is an object whose names are data.
type Map[T any] map[string]T

// dictionary is a pointer to a Map, with one method for all that the runtime
// does.
type dictionary interface {
	// hookMap does one thing: it returns the names (nil for a nil map), a pointer
	// to a copy of the value of a name, nil where there is none, a pointer to a
	// zero value, or makes what such a pointer points to the value of a name and
	// that zero, or makes the map empty, or nil.
	hookMap(do mapOp, name string, room any) (names []string, value any)
}

type mapOp uint8

const (
	mapNames mapOp = iota
	mapGet
	mapRoom
	mapPut
	mapMake
	mapDrop
)

func (m *Map[T]) hookMap(do mapOp, name string, room any) (names []string, value any) {
	switch do {
	case mapNames:
		if *m == nil {
			return nil, nil
		}
		names = make([]string, 0, len(*m))
		for name := range *m {
			names = append(names, name)
		}
	case mapGet:
		if v, ok := (*m)[name]; ok {
			return nil, &v
		}
	case mapRoom:
		return nil, new(T)
	case mapPut:
		if v, ok := room.(*T); ok {
			var zero T
			(*m)[name], *v = *v, zero
		}
	case mapMake:
		*m = Map[T]{}
	case mapDrop:
		*m = nil
	}
	return names, nil
}
