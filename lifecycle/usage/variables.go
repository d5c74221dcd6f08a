package usage

import (
	"bytes"

	"github.com/plumbapi/plumb/graphql"
)

// values goes through the values of variables as a log has them: JSON, or the
// form in which Ruby shows a hash ({"state"=>"opened", "first"=>nil}), which
// GitLab logs. What is neither ends the reading; what was found until then
// counts.
type values struct {
	*queries
	text []byte
	at   int
	hit  func(index int)
}

// maxValueDepth is how deep values may nest.
const maxValueDepth = 100

// variables goes through the object that has the values. It reports by index
// in list which variables have one.
func (v *values) variables(list []variable, given []bool) {
	v.members(0, func(key []byte) bool {
		for i := range list {
			if string(key) == list[i].name {
				given[i] = true
				return v.value(list[i].typ, 1)
			}
		}
		return v.value(nil, 1)
	})
}

// members calls each for the value of every member of an object. It returns
// false where the text ends or cannot be read.
func (v *values) members(depth int, each func(key []byte) bool) bool {
	if depth > maxValueDepth || v.peek() != '{' {
		return false
	}
	v.at++
	for {
		switch v.peek() {
		case '}':
			v.at++
			return true
		case ',':
			v.at++
			continue
		case 0:
			return false
		}
		key, ok := v.word()
		if !ok {
			return false
		}
		switch v.peek() {
		case ':':
			v.at++
		case '=':
			if v.at++; v.at >= len(v.text) || v.text[v.at] != '>' {
				return false
			}
			v.at++
		default:
			return false
		}
		if !each(key) {
			return false
		}
	}
}

// value goes through a value. The type is nil where it does not matter.
func (v *values) value(t *graphql.Type, depth int) bool {
	if !v.deep[t] {
		t = nil
	}
	switch v.peek() {
	case '{':
		return v.members(depth, func(key []byte) bool {
			var f *graphql.InputValue
			if t != nil {
				f = t.InputField(string(key))
			}
			if f == nil {
				return v.value(nil, depth+1)
			}
			v.use(f)
			return v.value(f.Type.Type(), depth+1)
		})
	case '[':
		return v.list(t, depth)
	}
	word, ok := v.word()
	if ok && t != nil && t.Kind == graphql.Enum {
		if e := t.EnumValue(string(word)); e != nil {
			v.use(e)
		}
	}
	return ok
}

func (v *values) list(t *graphql.Type, depth int) bool {
	if depth > maxValueDepth {
		return false
	}
	v.at++
	for {
		switch v.peek() {
		case ']':
			v.at++
			return true
		case ',':
			v.at++
		case 0:
			return false
		default:
			if !v.value(t, depth+1) {
				return false
			}
		}
	}
}

func (v *values) use(e graphql.Element) {
	if index, ok := v.watched[e]; ok {
		v.hit(index)
	}
}

// peek returns the next byte that is no white space, 0 at the end.
func (v *values) peek() byte {
	for ; v.at < len(v.text); v.at++ {
		switch c := v.text[v.at]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// word reads a string, without quotes and with its escapes, or a bare word:
// a number, true, a symbol.
func (v *values) word() ([]byte, bool) {
	if v.peek() == '"' {
		start := v.at + 1
		end := stringEnd(v.text, start)
		if end < 0 {
			return nil, false
		}
		v.at = end + 1
		return v.text[start:end], true
	}
	n := bytes.IndexAny(v.text[v.at:], " \t\r\n,:=[]{}\"")
	switch {
	case n < 0:
		n = len(v.text) - v.at
	case n == 0 && v.text[v.at] == ':': // :symbol
		v.at++
		return v.word()
	}
	v.at += n
	return v.text[v.at-n : v.at], n > 0
}

// stringEnd returns the index of the quote that ends a string whose content
// starts at an index, -1 where none does.
func stringEnd(text []byte, start int) int {
	for i := start; ; {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		escapes := 0
		for j := i - 1; j >= start && text[j] == '\\'; j-- {
			escapes++
		}
		if escapes%2 == 0 {
			return i
		}
		i++
	}
}
