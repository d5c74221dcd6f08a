package jsonpath

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/openapi"
)

// functions are those that are called alone.
var functions = map[string]func(*scope, any) any{
	"Object.keys":   func(s *scope, v any) any { return s.run.members(v, func(n *openapi.Node) any { return n.Key() }) },
	"Object.values": func(s *scope, v any) any { return s.run.members(v, s.tree.value) },
	"Object.entries": func(s *scope, v any) any {
		return s.run.members(v, func(n *openapi.Node) any { return []any{n.Key(), s.tree.value(n)} })
	},
	"Array.isArray": func(_ *scope, v any) any { return isArray(v) },
	"Number":        func(_ *scope, v any) any { return number(v) },
	"String":        func(_ *scope, v any) any { return text(v) },
	"Boolean":       func(_ *scope, v any) any { return truthy(v) },
	"isNaN":         func(_ *scope, v any) any { return math.IsNaN(number(v)) },
	"parseInt":      func(_ *scope, v any) any { return parseInt(text(v)) },
}

func isArray(v any) bool {
	n, ok := v.(*openapi.Node)
	_, list := v.([]any)
	return list || ok && n.Is(openapi.Array)
}

// members are an object's, as a list, each counted against the work.
func (r *run) members(v any, of func(*openapi.Node) any) any {
	n, _ := v.(*openapi.Node)
	if r.fuel -= n.Len(); r.fuel < 0 {
		return []any{}
	}
	items := make([]any, 0, n.Len())
	for _, c := range n.Children() {
		items = append(items, of(c))
	}
	return items
}

func parseInt(s string) any {
	s = strings.TrimSpace(s)
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && (s[0] == '-' || s[0] == '+')) {
		end++
	}
	n, err := strconv.ParseFloat(s[:end], 64)
	if err != nil {
		return math.NaN()
	}
	return n
}

// method is called on a value.
type method func(s *scope, of any, args []eval) any

// methods are those of strings, arrays and regular expressions. On any other
// value they give undefined, where JavaScript would throw.
var methods = map[string]method{
	"includes":       inList(func(s string, a any) any { return strings.Contains(s, text(a)) }, func(i int) any { return i >= 0 }),
	"indexOf":        inList(func(s string, a any) any { return position(s, strings.Index(s, text(a))) }, func(i int) any { return float64(i) }),
	"lastIndexOf":    onText(func(s string, a any) any { return position(s, strings.LastIndex(s, text(a))) }),
	"startsWith":     onText(func(s string, a any) any { return strings.HasPrefix(s, text(a)) }),
	"endsWith":       onText(func(s string, a any) any { return strings.HasSuffix(s, text(a)) }),
	"toLowerCase":    onText(func(s string, _ any) any { return strings.ToLower(s) }),
	"toUpperCase":    onText(func(s string, _ any) any { return strings.ToUpper(s) }),
	"trim":           onText(func(s string, _ any) any { return strings.TrimSpace(s) }),
	"split":          onText(split),
	"match":          onText(match),
	"search":         onText(func(s string, a any) any { return search(s, a) }),
	"test":           test,
	"toString":       func(_ *scope, of any, _ []eval) any { return text(of) },
	"hasOwnProperty": func(s *scope, of any, args []eval) any { return has(of, arg(s, args)) },
	"join":           join,
	"slice":          sliced,
	"substring":      sliced,
	"some":           until(true),
	"every":          until(false),
	"filter":         filtered,
	"map":            mapped,
	"find":           found,
	"concat":         concat,
}

// arg is the first argument.
func arg(s *scope, args []eval) any {
	if len(args) == 0 {
		return undefined
	}
	return args[0](s)
}

func onText(f func(string, any) any) method {
	return func(s *scope, of any, args []eval) any {
		t, ok := of.(string)
		if !ok {
			return undefined
		}
		return f(t, arg(s, args))
	}
}

// inList is a method that strings have and arrays too, by the index there.
func inList(f func(string, any) any, index func(int) any) method {
	return func(s *scope, of any, args []eval) any {
		if t, ok := of.(string); ok {
			return f(t, arg(s, args))
		}
		if !isArray(of) {
			return undefined
		}
		want := arg(s, args)
		for i, v := range s.run.elements(of) {
			if same(v, want) {
				return index(i)
			}
		}
		return index(-1)
	}
}

// position turns a byte offset into JavaScript's.
func position(s string, i int) any {
	if i <= 0 {
		return float64(i)
	}
	return float64(ecma.Length(s[:i]))
}

func split(s string, sep any) any {
	if sep == undefined {
		return []any{s}
	}
	var list []any
	for part := range strings.SplitSeq(s, text(sep)) {
		list = append(list, part)
	}
	return list
}

// pattern is a regular expression, or a text that is one; nil where it is none.
func pattern(v any) *ecma.Regexp {
	if re, ok := v.(*ecma.Regexp); ok {
		return re
	}
	re, _ := ecma.Compile(text(v), "")
	return re
}

// match is null where nothing matches, or where it took too long.
func match(s string, v any) any {
	re := pattern(v)
	if re == nil {
		return nil
	}
	groups, err := re.Find(s)
	if err != nil || groups == nil {
		return nil
	}
	list := make([]any, len(groups))
	for i, g := range groups {
		list[i] = g
	}
	return list
}

func search(s string, v any) any {
	groups, _ := match(s, v).([]any)
	if groups == nil {
		return -1.0
	}
	first, _ := groups[0].(string)
	return position(s, strings.Index(s, first))
}

func test(s *scope, of any, args []eval) any {
	re, ok := of.(*ecma.Regexp)
	if !ok {
		return undefined
	}
	found, err := re.Match(text(arg(s, args)))
	return found && err == nil
}

func join(s *scope, of any, args []eval) any {
	if !isArray(of) {
		return undefined
	}
	sep := ","
	if len(args) > 0 {
		sep = text(args[0](s))
	}
	parts := []string{}
	for _, v := range s.run.elements(of) {
		parts = append(parts, text(v))
	}
	return s.run.spend(strings.Join(parts, sep))
}

// sliced is slice, and substring where nothing is negative.
func sliced(s *scope, of any, args []eval) any {
	var list []any
	runes, isText := []rune(nil), false
	if t, ok := of.(string); ok {
		runes, isText = []rune(t), true
	} else if list = s.run.elements(of); list == nil {
		return undefined
	}
	n := max(len(runes), len(list))
	from, to := 0, n
	for i, into := range []*int{&from, &to} {
		if i >= len(args) {
			break
		}
		f := number(args[i](s))
		if math.IsNaN(f) {
			f = 0
		}
		*into = clip(int(max(-1<<30, min(f, 1<<30))), n, 1)
	}
	to = max(from, to)
	if isText {
		return string(runes[from:to])
	}
	return list[from:to]
}

// until calls a function on each element until one gives the answer, which is
// then the method's: true for some, false for every.
func until(answer bool) method {
	return func(s *scope, of any, args []eval) any {
		f, ok := arg(s, args).(function)
		if !ok || !isArray(of) {
			return undefined
		}
		for _, v := range s.run.elements(of) {
			if truthy(f(v)) == answer {
				return answer
			}
		}
		return !answer
	}
}

func filtered(s *scope, of any, args []eval) any {
	f, ok := arg(s, args).(function)
	if !ok || !isArray(of) {
		return undefined
	}
	list := []any{}
	for _, v := range s.run.elements(of) {
		if truthy(f(v)) {
			list = append(list, v)
		}
	}
	return list
}

func mapped(s *scope, of any, args []eval) any {
	f, ok := arg(s, args).(function)
	if !ok || !isArray(of) {
		return undefined
	}
	list := []any{}
	for _, v := range s.run.elements(of) {
		list = append(list, f(v))
	}
	return list
}

func found(s *scope, of any, args []eval) any {
	list, _ := filtered(s, of, args).([]any)
	if len(list) == 0 {
		return undefined
	}
	return list[0]
}

func concat(s *scope, of any, args []eval) any {
	if t, ok := of.(string); ok {
		return s.run.spend(t + text(arg(s, args)))
	}
	if !isArray(of) {
		return undefined
	}
	list := slices.Clone(s.run.elements(of))
	if v := arg(s, args); isArray(v) {
		return append(list, s.run.elements(v)...)
	}
	return append(list, arg(s, args))
}
