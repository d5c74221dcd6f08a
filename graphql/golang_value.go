package graphql

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	gographql "github.com/graphql-go/graphql"
)

// goValue turns a Go value, which graphql-go has as a default, into the
// constant that SDL writes for a type. A value that goes deeper than
// [MaxDepth], as one that contains itself does, is cut off with null.
func goValue(value any, typ gographql.Type, depth int) *Value {
	if n, ok := typ.(*gographql.NonNull); ok {
		typ = n.OfType
	}
	v := reflect.ValueOf(value)
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
		if depth++; depth > MaxDepth {
			break
		}
	}
	if !v.IsValid() || depth > MaxDepth {
		return &Value{Kind: NullValue, Text: "null"}
	}
	switch typ := typ.(type) {
	case *gographql.List:
		if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
			return goValue(v.Interface(), typ.OfType, depth+1)
		}
		list := &Value{Kind: ListValue}
		for i := range v.Len() {
			list.Items = append(list.Items, goValue(v.Index(i).Interface(), typ.OfType, depth+1))
		}
		return list
	case *gographql.Enum:
		return goEnum(v.Interface(), typ)
	case *gographql.InputObject:
		return goObject(v, typ.Fields(), depth)
	case *gographql.Scalar:
		return goScalar(v, typ, depth)
	}
	return goPlain(v, depth)
}

// goEnum finds the name under which an enum has a Go value.
func goEnum(value any, enum *gographql.Enum) *Value {
	name := fmt.Sprint(value)
	for _, def := range enum.Values() {
		if reflect.DeepEqual(def.Value, value) {
			name = def.Name
			break
		}
	}
	if !isName(name) {
		return &Value{Kind: StringValue, Text: name}
	}
	return &Value{Kind: EnumLiteral, Text: name}
}

func goObject(v reflect.Value, fields gographql.InputObjectFieldMap, depth int) *Value {
	object := &Value{Kind: ObjectValue}
	if v.Kind() != reflect.Map || v.Type().Key().Kind() != reflect.String {
		return goPlain(v, depth)
	}
	for _, key := range sortedKeys(v) {
		name := key.String()
		if !isName(name) {
			continue
		}
		var typ gographql.Type
		if f := fields[name]; f != nil {
			typ = f.Type
		}
		object.Fields = append(object.Fields, ValueField{name, goValue(v.MapIndex(key).Interface(), typ, depth+1)})
	}
	return object
}

func sortedKeys(m reflect.Value) []reflect.Value {
	return slices.SortedFunc(slices.Values(m.MapKeys()), func(a, b reflect.Value) int {
		return strings.Compare(a.String(), b.String())
	})
}

// goScalar converts a scalar, in the form that clients see.
func goScalar(v reflect.Value, typ *gographql.Scalar, depth int) *Value {
	if serialized := typ.Serialize(v.Interface()); serialized != nil {
		v = reflect.ValueOf(serialized)
	}
	plain := goPlain(v, depth)
	if typ.Name() == "String" || typ.Name() == "ID" {
		plain.Kind = StringValue
	}
	return plain
}

// goPlain converts a value by its Go type alone.
func goPlain(v reflect.Value, depth int) *Value {
	switch v.Kind() {
	case reflect.Bool:
		return &Value{Kind: BooleanValue, Text: strconv.FormatBool(v.Bool())}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &Value{Kind: IntValue, Text: strconv.FormatInt(v.Int(), 10)}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &Value{Kind: IntValue, Text: strconv.FormatUint(v.Uint(), 10)}
	case reflect.Float32:
		return goFloat(v.Float(), 32)
	case reflect.Float64:
		return goFloat(v.Float(), 64)
	case reflect.Slice, reflect.Array:
		list := &Value{Kind: ListValue}
		for i := range v.Len() {
			list.Items = append(list.Items, goValue(v.Index(i).Interface(), nil, depth+1))
		}
		return list
	case reflect.Map:
		if v.Type().Key().Kind() == reflect.String {
			return goObject(v, nil, depth)
		}
	case reflect.String:
		return &Value{Kind: StringValue, Text: v.String()}
	}
	return &Value{Kind: StringValue, Text: fmt.Sprint(v.Interface())}
}

// goFloat converts a float; one that is no number has no form in SDL.
func goFloat(f float64, bits int) *Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return &Value{Kind: NullValue, Text: "null"}
	}
	text := strconv.FormatFloat(f, 'g', -1, bits)
	if !strings.ContainsAny(text, ".e") {
		return &Value{Kind: IntValue, Text: text}
	}
	return &Value{Kind: FloatValue, Text: text}
}
