package jsonpath

import (
	"math"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

// The values of an expression are undefined, nil for null, bool, float64, string,
// []any, *openapi.Node for an array or an object of the description,
// *ecma.Regexp, and function.

type missing struct{}

// undefined is what is not there.
var undefined = missing{}

// function is an arrow function of one parameter.
type function func(any) any

// value is a value of the description.
func (t *Tree) value(n *openapi.Node) any {
	n = t.resolve(n)
	switch n.Kind() {
	case openapi.Null:
		return nil
	case openapi.Bool:
		b, _ := n.Bool()
		return b
	case openapi.Number:
		f, _ := n.Float()
		return f
	case openapi.String:
		s, _ := n.Str()
		return s
	case openapi.Array, openapi.Object:
		return n
	}
	return undefined
}

// value is a value of the description. Reading a long number is work.
func (s *scope) value(n *openapi.Node) any {
	if n = s.tree.resolve(n); n.Is(openapi.Number) && !s.run.pay(len(n.Text())) {
		return undefined
	}
	return s.tree.value(n)
}

// get is the member of a value.
func (s *scope) get(v any, name string) any {
	switch v := v.(type) {
	case *openapi.Node:
		if v.Is(openapi.Object) {
			return s.value(v.Get(name))
		}
		if name == "length" {
			return float64(v.Len())
		}
		if i, ok := index(name); ok {
			return s.value(v.At(i))
		}
	case []any:
		if name == "length" {
			return float64(len(v))
		}
		if i, ok := index(name); ok && i < len(v) {
			return v[i]
		}
	case string:
		switch i, ok := index(name); {
		case name == "length":
			if s.run.pay(len(v)) {
				return float64(ecma.Length(v))
			}
		case ok:
			if s.run.pay(len(v)) && i < len([]rune(v)) {
				return string([]rune(v)[i])
			}
		case methods[name] != nil: // looked at and not called: is it there?
			return function(func(any) any { return undefined })
		}
	}
	return undefined
}

// index is a name that is an index.
func index(name string) (int, bool) {
	if !isIndex(name) { // most are not, and an error takes time
		return 0, false
	}
	i, err := strconv.Atoi(name)
	return i, err == nil
}

// has is JavaScript's in.
func (r *run) has(v, key any) bool {
	switch v := v.(type) {
	case *openapi.Node:
		if v.Is(openapi.Object) {
			return v.Has(r.text(key))
		}
		i := number(key)
		return i >= 0 && i < float64(v.Len())
	case []any:
		i := number(key)
		return i >= 0 && i < float64(len(v))
	}
	return false
}

func values(s *scope, items []eval) []any {
	list := make([]any, len(items))
	for i, e := range items {
		list[i] = e(s)
	}
	return list
}

// list is an array's elements, nil for all else.
func (s *scope) list(v any) []any {
	switch v := v.(type) {
	case []any:
		return v
	case *openapi.Node:
		if !v.Is(openapi.Array) {
			return nil
		}
		items := make([]any, v.Len())
		for i, c := range v.Children() {
			items[i] = s.value(c)
		}
		return items
	}
	return nil
}

func truthy(v any) bool {
	switch v := v.(type) {
	case missing, nil:
		return false
	case bool:
		return v
	case float64:
		return v != 0 && !math.IsNaN(v)
	case string:
		return v != ""
	}
	return true
}

func typeOf(v any) string {
	switch v.(type) {
	case missing:
		return "undefined"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case function:
		return "function"
	}
	return "object"
}

// number is a value as a number, by ECMA-262's ToNumber.
func number(v any) float64 {
	switch v := v.(type) {
	case nil:
		return 0
	case bool:
		if v {
			return 1
		}
		return 0
	case float64:
		return v
	case string:
		s := strings.TrimSpace(v)
		if s == "" {
			return 0
		}
		if f, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "_nNpP") {
			return f
		}
	}
	return math.NaN()
}

// text is a value as a string. A list may hold another many times.
func (r *run) text(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case missing:
		return "undefined"
	case bool:
		return strconv.FormatBool(v)
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1e21 {
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
		return strconv.FormatFloat(v, 'g', -1, 64)
	case string:
		return v
	case []any:
		if !r.pay(placeCost * len(v)) {
			return ""
		}
		parts := make([]string, len(v))
		for i, e := range v {
			if e != nil && e != undefined {
				parts[i] = r.text(e)
			}
		}
		joined, _ := r.spend(strings.Join(parts, ",")).(string)
		return joined
	case *ecma.Regexp:
		return "/" + v.String() + "/"
	}
	return "[object Object]"
}

// same is ===.
func same(a, b any) bool {
	switch a := a.(type) {
	case []any, function:
		return false // each is an object of its own
	case *openapi.Node:
		n, ok := b.(*openapi.Node)
		return ok && n == a
	}
	switch b.(type) {
	case []any, function:
		return false
	}
	return a == b
}

// alike is ==.
func alike(a, b any) bool {
	none := func(v any) bool { return v == nil || v == undefined }
	switch a.(type) {
	case []any, function, *ecma.Regexp, *openapi.Node:
		return same(a, b)
	}
	switch b.(type) {
	case []any, function, *ecma.Regexp, *openapi.Node:
		return false
	}
	switch {
	case none(a) || none(b):
		return none(a) && none(b)
	case typeOf(a) == typeOf(b):
		return a == b
	}
	return number(a) == number(b)
}

func ordered(op string, a, b any) bool {
	x, y := 0.0, 0.0
	s, okS := a.(string)
	u, okU := b.(string)
	if okS && okU {
		x = float64(strings.Compare(s, u))
	} else {
		x, y = number(a), number(b)
	}
	switch op {
	case "<":
		return x < y
	case ">":
		return x > y
	case "<=":
		return x <= y
	}
	return x >= y
}

func (r *run) add(a, b any) any {
	plain := func(v any) bool {
		switch v.(type) {
		case missing, nil, bool, float64:
			return true
		}
		return false
	}
	if plain(a) && plain(b) {
		return number(a) + number(b)
	}
	return r.text(a) + r.text(b)
}
