package jsonschema

import (
	"strconv"
	"unicode/utf8"

	"github.com/plumbapi/plumb/internal/jsonscan"
)

// textRun is one pass over a text.
type textRun struct {
	s     string
	steps int
}

// maxTextDepth bounds how deep schemas are applied within one another.
const maxTextDepth = 1000

// value applies a schema to the value at an offset. The end counts only with
// yes: it is where the value ends.
func (r *textRun) value(t *textSchema, i, depth int) (end int, v verdict) {
	if r.steps--; r.steps < 0 || depth > maxTextDepth || i >= len(r.s) {
		return i, unknown
	}
	switch {
	case t.always:
		return r.skip(i, depth)
	case t.verdict != yes:
		return i, t.verdict
	case t.types != 0 && !t.types.begins(r.s[i]):
		return i, no
	}
	end = -1
	if t.all != nil || t.anyOf != nil || t.oneOf != nil {
		if end, v = r.combined(t, i, depth); v != yes {
			return i, v
		}
	}
	switch r.s[i] {
	case '"':
		return r.string(t, i)
	case '{':
		if t.object != nil {
			end, v = r.object(t.object, i, depth)
		}
	case '[':
		if t.array != nil {
			end, v = r.array(t.array, i, depth)
		}
	case 't', 'f', 'n':
		return r.word(t, i)
	default:
		return r.number(t, i)
	}
	switch {
	case v != yes:
		return i, v
	case t.values != nil:
		return i, no // objects and arrays are not among them
	case end < 0:
		return r.skip(i, depth)
	}
	return end, yes
}

func (r *textRun) skip(i, depth int) (end int, v verdict) {
	end, ok := jsonscan.Value(r.s, i, depth)
	if !ok {
		return i, unknown
	}
	return end, yes
}

// begins reports whether a value that begins with the character can be of one
// of the types.
func (t typeSet) begins(c byte) bool {
	switch c {
	case '"':
		return t&(typeString|typeFile) != 0
	case '{':
		return t&(typeObject|typeFile) != 0
	case '[':
		return t&(typeArray|typeFile) != 0
	case 't', 'f':
		return t&(typeBoolean|typeFile) != 0
	case 'n':
		return t&(typeNull|typeFile) != 0
	}
	return t&(typeNumber|typeInteger|typeFile) != 0
}

// combined applies allOf, anyOf and oneOf, each to the same text again.
func (r *textRun) combined(t *textSchema, i, depth int) (end int, v verdict) {
	end = -1
	for _, sub := range t.all {
		if end, v = r.value(sub, i, depth+1); v != yes {
			return i, v
		}
	}
	if t.anyOf != nil {
		v = no
		for _, sub := range t.anyOf {
			e, w := r.value(sub, i, depth+1)
			if w == yes {
				end, v = e, yes
				break
			}
			v = max(v, w)
		}
		if v != yes {
			return i, v
		}
	}
	if t.oneOf != nil {
		count := 0
		for _, sub := range t.oneOf {
			switch e, w := r.value(sub, i, depth+1); w {
			case yes:
				end = e
				count++
			case unknown:
				return i, unknown
			}
		}
		if count != 1 {
			return i, no
		}
	}
	return end, yes
}

func (r *textRun) string(t *textSchema, i int) (end int, v verdict) {
	end, plain, ok := jsonscan.String(r.s, i)
	if !ok {
		return i, unknown
	}
	if t.values == nil && t.text == nil {
		return end, yes
	}
	text := r.s[i+1 : end-1]
	if !plain {
		text = jsonscan.Unquote(r.s[i:end])
	}
	if t.values != nil && !t.values.strings[text] || t.text != nil && !t.text.take(text) {
		return i, no
	}
	return end, yes
}

// take reports whether a text keeps the rules.
func (t *stringRules) take(text string) bool {
	if t.maxLength >= 0 && len(text) > t.maxLength || t.minLength > 0 {
		n := utf8.RuneCountInString(text)
		if t.maxLength >= 0 && n > t.maxLength || n < t.minLength {
			return false
		}
	}
	return (t.pattern == nil || t.pattern.matches(text)) && (t.format == nil || t.format.text(text))
}

func (r *textRun) word(t *textSchema, i int) (end int, v verdict) {
	end, ok := jsonscan.Word(r.s, i)
	if !ok {
		return i, unknown
	}
	if t.values != nil {
		for _, w := range t.values.words {
			if w == r.s[i:end] {
				return end, yes
			}
		}
		return i, no
	}
	return end, yes
}

func (r *textRun) number(t *textSchema, i int) (end int, v verdict) {
	end, whole, ok := jsonscan.Number(r.s, i)
	if !ok {
		return i, unknown
	}
	integer := t.types != 0 && t.types&(typeNumber|typeFile) == 0
	if t.values == nil && t.number == nil && (!integer || whole) {
		return end, yes
	}
	f, ok := float(r.s[i:end], whole)
	switch {
	case !ok:
		return i, unknown
	case integer && !whole && !isWhole(f):
		return i, no
	case t.values != nil && !t.values.has(f), t.number != nil && !t.number.take(f):
		return i, no
	}
	return end, yes
}

// float reads a number; short whole ones at once.
func float(text string, whole bool) (f float64, ok bool) {
	if whole && len(text) <= 15 {
		digits, negative := text, text[0] == '-'
		if negative {
			digits = text[1:]
		}
		var n int64
		for i := range len(digits) {
			n = 10*n + int64(digits[i]-'0')
		}
		if negative {
			n = -n
		}
		return float64(n), true
	}
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil
}

func (v *textValues) has(f float64) bool {
	for _, n := range v.numbers {
		if n == f {
			return true
		}
	}
	return false
}

// take reports whether a number keeps the rules.
func (n *numberRules) take(f float64) bool {
	return (n.maximum == nil || f <= n.maximum.value) && (n.minimum == nil || f >= n.minimum.value) &&
		(n.below == nil || f < n.below.value) && (n.above == nil || f > n.above.value) &&
		(n.multipleOf == nil || isMultiple(f, n.multipleOf.value)) && (n.format == nil || n.format.number(f))
}

func (r *textRun) array(a *textArray, i, depth int) (end int, v verdict) {
	i = jsonscan.Space(r.s, i+1)
	count := 0
	var items [maxUnique][2]int
	if i < len(r.s) && r.s[i] == ']' {
		i++
	} else {
		for {
			e, v := r.item(a, count, i, depth)
			if v != yes {
				return i, v
			}
			if a.unique {
				if count >= maxUnique || r.s[i] != '"' {
					return i, unknown
				}
				items[count] = [2]int{i, e}
			}
			count++
			next, more, ok := jsonscan.Next(r.s, e, ']')
			if !ok {
				return i, unknown
			}
			if i = next; !more {
				break
			}
		}
	}
	if count < a.minItems || a.maxItems >= 0 && count > a.maxItems {
		return i, no
	}
	if a.unique && !r.differ(items[:count]) {
		return i, unknown
	}
	return i, yes
}

// maxUnique is how many items of a list that must differ are compared.
const maxUnique = 24

// differ reports whether strings differ for sure: as they are written, none
// with escapes.
func (r *textRun) differ(items [][2]int) bool {
	for i := range items {
		text := r.s[items[i][0]:items[i][1]]
		if _, plain, _ := jsonscan.String(text, 0); !plain {
			return false
		}
		for j := range i {
			if r.s[items[j][0]:items[j][1]] == text {
				return false
			}
		}
	}
	return true
}

func (r *textRun) item(a *textArray, k, i, depth int) (end int, v verdict) {
	switch {
	case k < len(a.prefix):
		return r.value(a.prefix[k], i, depth+1)
	case a.rest != nil:
		return r.value(a.rest, i, depth+1)
	}
	return r.skip(i, depth+1)
}

func (r *textRun) object(o *textObject, i, depth int) (end int, v verdict) {
	i = jsonscan.Space(r.s, i+1)
	var seen uint64
	count := 0
	if i < len(r.s) && r.s[i] == '}' {
		i++
	} else {
		next := 0 // the property that is likely to come
		for more := true; more; count++ {
			end, plain, ok := jsonscan.String(r.s, i)
			if !ok {
				return i, unknown
			}
			name := r.s[i+1 : end-1]
			if !plain {
				name = jsonscan.Unquote(r.s[i:end])
			}
			if i = jsonscan.Space(r.s, end); i >= len(r.s) || r.s[i] != ':' {
				return i, unknown
			}
			i = jsonscan.Space(r.s, i+1)
			k := o.find(name, next)
			if k >= 0 {
				p := &o.properties[k]
				seen |= p.bit
				next = k + 1
				i, v = r.value(p.schema, i, depth+1)
			} else {
				i, v = r.other(o, i, depth+1)
			}
			if v != yes {
				return i, v
			}
			if i, more, ok = jsonscan.Next(r.s, i, '}'); !ok {
				return i, unknown
			}
		}
	}
	if seen != o.required || count < o.min || o.max >= 0 && count > o.max {
		return i, no
	}
	return i, yes
}

// find returns the property of a name, −1 where there is none. Most objects
// have their members in the order of the schema.
func (o *textObject) find(name string, next int) int {
	if next < len(o.properties) && o.properties[next].name == name {
		return next
	}
	if k, ok := o.byName[name]; ok {
		return k
	}
	return -1
}

func (r *textRun) other(o *textObject, i, depth int) (end int, v verdict) {
	if o.additional == nil {
		return r.skip(i, depth)
	}
	return r.value(o.additional, i, depth)
}
