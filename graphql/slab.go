package graphql

// slabs hand out elements of arrays that are allocated many at once: a large
// schema has tens of thousands of elements.
type slabs struct {
	fields    []Field
	fieldPtrs []*Field
	inputs    []InputValue
	inputPtrs []*InputValue
	values    []EnumValue
	valuePtrs []*EnumValue
}

const slabSize = 128

// list returns n new elements from a slab, each with its pointer.
func list[T any](slab *[]T, ptrs *[]*T, n int) []*T {
	if n == 0 {
		return nil
	}
	if n > len(*slab) {
		*slab = make([]T, max(n, slabSize))
	}
	if n > len(*ptrs) {
		*ptrs = make([]*T, max(n, slabSize))
	}
	elements, result := (*slab)[:n:n], (*ptrs)[:n:n]
	*slab, *ptrs = (*slab)[n:], (*ptrs)[n:]
	for i := range elements {
		result[i] = &elements[i]
	}
	return result
}

// one returns a new element from a slab.
func one[T any](slab *[]T) *T {
	if len(*slab) == 0 {
		*slab = make([]T, slabSize)
	}
	e := &(*slab)[0]
	*slab = (*slab)[1:]
	return e
}
