package graphql

// TypeRef is the type of a field or an input value: a named type in any
// number of list and non-null wrappers. Equal references of one schema are
// the same pointer.
type TypeRef struct {
	// Name is the named type inside all wrappers.
	Name string
	// Elem is the type of a list's items; nil where the type is no list.
	Elem *TypeRef
	// NonNull says that the type, list or not, ends in !.
	NonNull bool

	text string
	def  *Type
	// The same in one more wrapper, once it was asked for.
	inList, asNonNull *TypeRef
}

// String returns the type as SDL writes it, such as "[Issue!]!".
func (r *TypeRef) String() string { return r.text }

// Type returns the definition of the named type; nil where the schema has
// none of that name.
func (r *TypeRef) Type() *Type { return r.def }

// IsList reports whether the type is a list, null or not.
func (r *TypeRef) IsList() bool { return r.Elem != nil }

// isSubtypeOf reports whether a field of type r may stand where an interface
// has a field of the type s: the same, or stricter, or one of its possible
// types.
func (r *TypeRef) isSubtypeOf(s *TypeRef) bool {
	for {
		switch {
		case r == s:
			return true
		case s.NonNull && !r.NonNull:
			return false
		case (r.Elem == nil) != (s.Elem == nil):
			return false
		case r.Elem != nil:
			r, s = r.Elem, s.Elem
			continue
		case r.Name == s.Name:
			return true
		case r.def == nil || s.def == nil:
			return true // unknown types are found elsewhere
		case s.def.Kind == Interface:
			return r.def.Implements(s.Name)
		case s.def.Kind == Union:
			return s.def.Member(r.Name) != nil
		}
		return false
	}
}

// typeRefs makes the type references of one schema, each only once.
type typeRefs struct {
	byText map[string]*TypeRef
	list   []*TypeRef // every reference, in the order of first use
	slab   []TypeRef
}

func newTypeRefs() *typeRefs { return &typeRefs{byText: map[string]*TypeRef{}} }

// named returns the reference to a nullable type that is no list.
func (t *typeRefs) named(name string) *TypeRef { return t.get(name, name, nil, false) }

// listOf returns the reference to a nullable list.
func (t *typeRefs) listOf(elem *TypeRef) *TypeRef {
	if elem.inList == nil {
		elem.inList = t.get("["+elem.text+"]", elem.Name, elem, false)
	}
	return elem.inList
}

// nonNull returns the reference with a ! at its end.
func (t *typeRefs) nonNull(r *TypeRef) *TypeRef {
	switch {
	case r.NonNull:
		return r
	case r.asNonNull == nil:
		r.asNonNull = t.get(r.text+"!", r.Name, r.Elem, true)
	}
	return r.asNonNull
}

func (t *typeRefs) get(text, name string, elem *TypeRef, nonNull bool) *TypeRef {
	if r := t.byText[text]; r != nil {
		return r
	}
	if len(t.slab) == 0 {
		t.slab = make([]TypeRef, 64)
	}
	r := &t.slab[0]
	t.slab = t.slab[1:]
	*r = TypeRef{Name: name, Elem: elem, NonNull: nonNull, text: text}
	t.byText[text] = r
	t.list = append(t.list, r)
	return r
}
