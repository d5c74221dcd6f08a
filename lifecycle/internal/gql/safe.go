package gql

import (
	"strconv"

	"github.com/plumbapi/plumb/graphql"
)

// safeOutput reports whether a field may change its type without harm to who
// reads it: what was never null stays so, and the rest is the same.
func safeOutput(old, new *graphql.TypeRef) bool {
	for {
		switch {
		case old.NonNull && !new.NonNull, old.IsList() != new.IsList():
			return false
		case !old.IsList():
			return old.Name == new.Name
		}
		old, new = old.Elem, new.Elem
	}
}

// safeInput reports whether an argument or an input field may change its type
// without harm to who sends it: what could be null still can, and the rest is
// the same.
func safeInput(old, new *graphql.TypeRef) bool { return safeOutput(new, old) }

// sameDefault reports whether two default values mean the same, each for its
// type: 1 and [1] do for a list, 1 and 1.0 for a number, 1 and "1" for an ID.
func sameDefault(oldType *graphql.TypeRef, old *graphql.Value, newType *graphql.TypeRef, new *graphql.Value) bool {
	if old == nil || new == nil {
		return old == new
	}
	if old.Kind == graphql.NullValue || new.Kind == graphql.NullValue {
		return old.Kind == new.Kind
	}
	oldItems, newItems := items(oldType, old), items(newType, new)
	switch {
	case (oldItems == nil) != (newItems == nil):
		return false
	case oldItems != nil:
		if len(oldItems) != len(newItems) {
			return false
		}
		for i := range oldItems {
			if !sameDefault(elem(oldType), oldItems[i], elem(newType), newItems[i]) {
				return false
			}
		}
		return true
	case old.Kind == graphql.ObjectValue && new.Kind == graphql.ObjectValue:
		return sameObject(oldType, old, newType, new)
	case isNumber(old) && isNumber(new):
		return sameNumber(old.Text, new.Text)
	case oldType.Name == "ID" && newType.Name == "ID":
		return old.Text == new.Text
	}
	return old.Kind == new.Kind && old.Text == new.Text
}

func sameObject(oldType *graphql.TypeRef, old *graphql.Value, newType *graphql.TypeRef, new *graphql.Value) bool {
	if len(old.Fields) != len(new.Fields) {
		return false
	}
	values := make(map[string]*graphql.Value, len(new.Fields))
	for _, f := range new.Fields {
		values[f.Name] = f.Value
	}
	for _, f := range old.Fields {
		v, ok := values[f.Name]
		if !ok || !sameDefault(fieldType(oldType, f.Name), f.Value, fieldType(newType, f.Name), v) {
			return false
		}
	}
	return true
}

// untyped stands for a type that the schema does not have.
var untyped = &graphql.TypeRef{}

func fieldType(t *graphql.TypeRef, name string) *graphql.TypeRef {
	if def := t.Type(); def != nil && !t.IsList() {
		if f := def.InputField(name); f != nil {
			return f.Type
		}
	}
	return untyped
}

// items returns the items of a value for a list, where one value stands for a
// list of it; nil where neither the type nor the value is a list.
func items(t *graphql.TypeRef, v *graphql.Value) []*graphql.Value {
	switch {
	case v.Kind == graphql.ListValue:
		return append([]*graphql.Value{}, v.Items...)
	case t.IsList():
		return []*graphql.Value{v}
	}
	return nil
}

func elem(t *graphql.TypeRef) *graphql.TypeRef {
	if t.IsList() {
		return t.Elem
	}
	return untyped
}

func isNumber(v *graphql.Value) bool {
	return v.Kind == graphql.IntValue || v.Kind == graphql.FloatValue
}

func sameNumber(a, b string) bool {
	if a == b {
		return true
	}
	x, err := strconv.ParseFloat(a, 64)
	y, err2 := strconv.ParseFloat(b, 64)
	return err == nil && err2 == nil && x == y
}
