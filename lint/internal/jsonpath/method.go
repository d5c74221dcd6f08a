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
	"Object.values": func(s *scope, v any) any { return s.run.members(v, s.value) },
	"Object.entries": func(s *scope, v any) any {
		return s.run.members(v, func(n *openapi.Node) any { return []any{n.Key(), s.value(n)} })
	},
	"Array.isArray": func(_ *scope, v any) any { return isArray(v) },
	"Number":        func(_ *scope, v any) any { return number(v) },
	"String":        func(s *scope, v any) any { return s.run.text(v) },
	"Boolean":       func(_ *scope, v any) any { return truthy(v) },
	"isNaN":         func(_ *scope, v any) any { return math.IsNaN(number(v)) },
	"parseInt":      func(s *scope, v any) any { return parseInt(s.run.text(v)) },
}

func isArray(v any) bool {
	n, ok := v.(*openapi.Node)
	_, list := v.([]any)
	return list || ok && n.Is(openapi.Array)
}

// members are an object's, as a list, each counted against the work.
func (r *run) members(v any, of func(*openapi.Node) any) any {
	n, _ := v.(*openapi.Node)
	if !r.pay(placeCost * n.Len()) {
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
	"includes":       inList(func(s, a string) any { return strings.Contains(s, a) }, func(i int) any { return i >= 0 }),
	"indexOf":        inList(func(s, a string) any { return position(s, strings.Index(s, a)) }, func(i int) any { return float64(i) }),
	"lastIndexOf":    onText(func(s, a string) any { return position(s, strings.LastIndex(s, a)) }),
	"startsWith":     onText(func(s, a string) any { return strings.HasPrefix(s, a) }),
	"endsWith":       onText(func(s, a string) any { return strings.HasSuffix(s, a) }),
	"toLowerCase":    onText(func(s, _ string) any { return strings.ToLower(s) }),
	"toUpperCase":    onText(func(s, _ string) any { return strings.ToUpper(s) }),
	"trim":           onText(func(s, _ string) any { return strings.TrimSpace(s) }),
	"split":          split,
	"match":          match,
	"search":         search,
	"test":           test,
	"toString":       func(s *scope, of any, _ []eval) any { return s.run.text(of) },
	"hasOwnProperty": func(s *scope, of any, args []eval) any { return s.run.has(of, arg(s, args)) },
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

// onText is a method of strings with one argument that is one too.
func onText(f func(s, arg string) any) method {
	return func(s *scope, of any, args []eval) any {
		t, ok := of.(string)
		if !ok {
			return undefined
		}
		a := s.run.text(arg(s, args))
		if !s.run.pay(len(t) + len(a)) {
			return undefined
		}
		return f(t, a)
	}
}

// inList is a method that strings have and arrays too, by the index there.
func inList(f func(s, arg string) any, index func(int) any) method {
	text := onText(f)
	return func(s *scope, of any, args []eval) any {
		if _, ok := of.(string); ok {
			return text(s, of, args)
		}
		if !isArray(of) {
			return undefined
		}
		want := arg(s, args)
		for i, v := range s.elements(of) {
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

func split(s *scope, of any, args []eval) any {
	t, ok := of.(string)
	if !ok {
		return undefined
	}
	sep := arg(s, args)
	if sep == undefined {
		return []any{t}
	}
	by := s.run.text(sep)
	if !s.run.pay(len(t) + placeCost*strings.Count(t, by)) {
		return undefined
	}
	var list []any
	for part := range strings.SplitSeq(t, by) {
		list = append(list, part)
	}
	return list
}

// maxPatterns bounds how many texts that are patterns one Select remembers.
const maxPatterns = 100

// pattern is a regular expression, or a text that is one; nil where it is none.
func (r *run) pattern(v any) *ecma.Regexp {
	if re, ok := v.(*ecma.Regexp); ok {
		return re
	}
	word := r.text(v)
	re, known := r.patterns[word]
	if !known && r.pay(len(word)*compileCost) {
		re, _ = ecma.Compile(word, "")
		if r.patterns == nil || len(r.patterns) >= maxPatterns {
			r.patterns = map[string]*ecma.Regexp{}
		}
		r.patterns[word] = re
	}
	return re
}

// groups are the first match and its groups, nil where there is none. A match
// that takes too long ends the run.
func (r *run) groups(s string, v any) []string {
	re := r.pattern(v)
	if re == nil || r.fuel < 0 {
		return nil
	}
	groups, err := re.Find(s, &r.fuel)
	r.fail(err)
	return groups
}

// matched reports whether a text matches.
func (r *run) matched(re *ecma.Regexp, s string) bool {
	if r.fuel < 0 {
		return false
	}
	ok, err := re.Match(s, &r.fuel)
	r.fail(err)
	return ok && err == nil
}

// match is null where nothing matches.
func match(s *scope, of any, args []eval) any {
	t, ok := of.(string)
	if !ok {
		return undefined
	}
	groups := s.run.groups(t, arg(s, args))
	if groups == nil {
		return nil
	}
	list := make([]any, len(groups))
	for i, g := range groups {
		list[i] = g
	}
	return list
}

func search(s *scope, of any, args []eval) any {
	t, ok := of.(string)
	if !ok {
		return undefined
	}
	groups := s.run.groups(t, arg(s, args))
	if groups == nil {
		return -1.0
	}
	return position(t, strings.Index(t, groups[0]))
}

func test(s *scope, of any, args []eval) any {
	re, ok := of.(*ecma.Regexp)
	if !ok {
		return undefined
	}
	return s.run.matched(re, s.run.text(arg(s, args)))
}

func join(s *scope, of any, args []eval) any {
	if !isArray(of) {
		return undefined
	}
	sep := ","
	if len(args) > 0 {
		sep = s.run.text(args[0](s))
	}
	list := s.elements(of)
	if !s.run.pay(len(list) * len(sep)) {
		return undefined
	}
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = s.run.text(v)
	}
	return s.run.spend(strings.Join(parts, sep))
}

// sliced is slice, and substring where nothing is negative.
func sliced(s *scope, of any, args []eval) any {
	var list []any
	runes, isText := []rune(nil), false
	if t, ok := of.(string); ok {
		if !s.run.pay(len(t)) {
			return undefined
		}
		runes, isText = []rune(t), true
	} else if list = s.elements(of); list == nil {
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
		for _, v := range s.elements(of) {
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
	for _, v := range s.elements(of) {
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
	for _, v := range s.elements(of) {
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
		return s.run.spend(t + s.run.text(arg(s, args)))
	}
	if !isArray(of) {
		return undefined
	}
	list := slices.Clone(s.elements(of))
	v := arg(s, args)
	if isArray(v) {
		return append(list, s.elements(v)...)
	}
	return append(list, v)
}
