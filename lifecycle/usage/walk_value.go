package usage

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// value reads a value of a named type, nil where it does not matter. Lists do
// not matter either: a value may stand for the list that has it alone. A
// constant holds no variables.
func (w *walker) value(t *graphql.Type, constant bool) {
	if !w.deep[t] {
		t = nil
	}
	switch c := w.peek(); {
	case c == '$' && !constant:
		w.at++
		w.name()
	case c == '"':
		w.string()
	case c == '[':
		w.at++
		w.items(']', func() { w.value(t, constant) })
	case c == '{':
		w.at++
		w.items('}', func() {
			name := w.name()
			w.expect(':')
			var of *graphql.Type
			if t != nil {
				if f := t.InputField(name); f != nil {
					w.hit(f)
					of = f.Type.Type()
				}
			}
			w.value(of, constant)
		})
	case c == '-' || c >= '0' && c <= '9':
		w.number()
	case isNameStart(c):
		name := w.name()
		if t != nil && name != "true" && name != "false" && name != "null" {
			if e := t.EnumValue(name); e != nil {
				w.hit(e)
			}
		}
	default:
		w.bad = true
	}
}

// items reads what stands up to a closing bracket.
func (w *walker) items(end byte, item func()) {
	if !w.enter() {
		return
	}
	for !w.bad && !w.take(end) {
		item()
	}
	w.depth--
}

func (w *walker) number() {
	start := w.at
	for w.at < len(w.text) && strings.IndexByte("+-.0123456789eE", w.text[w.at]) >= 0 {
		w.at++
	}
	w.bad = w.bad || w.at == start
}

// string reads a string or a block string.
func (w *walker) string() {
	rest := w.text[w.at:]
	if block, ok := strings.CutPrefix(rest, `"""`); ok {
		for {
			i := strings.Index(block, `"""`)
			if i < 0 {
				w.bad = true
				return
			}
			escaped := i > 0 && block[i-1] == '\\'
			block = block[i+3:]
			if !escaped {
				// Of more than three quotes the last three end it.
				w.at = len(w.text) - len(strings.TrimLeft(block, `"`))
				return
			}
		}
	}
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			w.at += i + 1
			return
		case '\n', '\r':
			w.bad = true
			return
		}
	}
	w.bad = true
}

// peek passes what does not matter and returns the next byte, 0 at the end.
func (w *walker) peek() byte {
	for w.at < len(w.text) {
		switch c := w.text[w.at]; c {
		case ' ', '\t', '\n', '\r', ',':
			w.at++
		case '#':
			n := strings.IndexAny(w.text[w.at:], "\n\r")
			if n < 0 {
				n = len(w.text) - w.at
			}
			w.at += n
		case 0xef: // a byte order mark
			if !strings.HasPrefix(w.text[w.at:], "\ufeff") {
				return c
			}
			w.at += len("\ufeff")
		default:
			return c
		}
	}
	return 0
}

// take reads a punctuator where it is next.
func (w *walker) take(c byte) bool {
	if w.bad || w.peek() != c {
		return false
	}
	w.at++
	return true
}

// expect reads a punctuator that must be next.
func (w *walker) expect(c byte) {
	if !w.take(c) {
		w.bad = true
	}
}

// name reads a name, "" where none is next.
func (w *walker) name() string {
	if !isNameStart(w.peek()) {
		w.bad = true
		return ""
	}
	start := w.at
	for w.at < len(w.text) && (isNameStart(w.text[w.at]) || w.text[w.at] >= '0' && w.text[w.at] <= '9') {
		w.at++
	}
	return w.text[start:w.at]
}

func isNameStart(c byte) bool { return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
