package edit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Object is an object to be written, with its members in order. A value to be
// written is an Object, a List, a string, an int, a bool or nil.
type Object []Member

// Member is a member of an [Object].
type Member struct {
	Key   string
	Value any
}

// List is a list to be written.
type List []any

// writer writes values in one style.
type writer struct {
	yaml  bool
	eol   string
	unit  int    // spaces of one level
	tab   string // what one level is in JSON, where that is no number of spaces
	colon string // between a key and its value
	quote byte   // for keys, 0 where they have none that need none
	lists bool   // lists are indented below their key
}

// flow writes a value on one line.
func (w *writer) flow(v any) (string, bool) {
	switch v := v.(type) {
	case Object:
		parts := make([]string, len(v))
		for i, m := range v {
			key, ok := w.key(m.Key)
			value, ok2 := w.flow(m.Value)
			if !ok || !ok2 {
				return "", false
			}
			parts[i] = key + w.colon + value
		}
		return "{" + strings.Join(parts, ", ") + "}", true
	case List:
		parts := make([]string, len(v))
		for i, item := range v {
			text, ok := w.flow(item)
			if !ok {
				return "", false
			}
			parts[i] = text
		}
		return "[" + strings.Join(parts, ", ") + "]", true
	}
	return w.scalar(v)
}

// lines writes a value over several lines, as JSON; the first has no
// indentation.
func (w *writer) lines(v any, indent string) (string, bool) {
	var parts []string
	open, end := "{", "}"
	inner := indent + w.tab
	switch v := v.(type) {
	case Object:
		for _, m := range v {
			key, ok := w.key(m.Key)
			value, ok2 := w.lines(m.Value, inner)
			if !ok || !ok2 {
				return "", false
			}
			parts = append(parts, key+w.colon+value)
		}
	case List:
		open, end = "[", "]"
		for _, item := range v {
			text, ok := w.lines(item, inner)
			if !ok {
				return "", false
			}
			parts = append(parts, text)
		}
	default:
		return w.scalar(v)
	}
	if len(parts) == 0 {
		return open + end, true
	}
	return open + w.eol + inner + strings.Join(parts, ","+w.eol+inner) + w.eol + indent + end, true
}

// block writes what stands behind the colon of a key, or behind a dash, in
// block style; its first byte is white space. Indent is the column of the key
// or the dash.
func (w *writer) block(v any, indent int, dash bool) (string, bool) {
	var b strings.Builder
	switch v := v.(type) {
	case Object:
		if len(v) == 0 {
			return " {}", true
		}
		inner := indent + w.unit
		if dash {
			inner = indent + 2
		}
		for i, m := range v {
			key, ok := w.key(m.Key)
			value, ok2 := w.block(m.Value, inner, false)
			if !ok || !ok2 {
				return "", false
			}
			if i == 0 && dash {
				b.WriteString(" ")
			} else {
				b.WriteString(w.eol + strings.Repeat(" ", inner))
			}
			b.WriteString(key + ":" + value)
		}
		return b.String(), true
	case List:
		if len(v) == 0 {
			return " []", true
		}
		inner := indent
		if w.lists || dash {
			inner = indent + w.unit
		}
		for _, item := range v {
			text, ok := w.block(item, inner, true)
			if !ok {
				return "", false
			}
			b.WriteString(w.eol + strings.Repeat(" ", inner) + "-" + text)
		}
		return b.String(), true
	}
	text, ok := w.scalar(v)
	return " " + text, ok
}

// key writes a key in the style of those around it.
func (w *writer) key(key string) (string, bool) {
	if len(key) > maxKey {
		return "", false
	}
	if w.yaml && w.quote == '\'' && simple(key) {
		return "'" + key + "'", true
	}
	if w.yaml && w.quote == 0 {
		return w.scalar(key)
	}
	return quoted(key, w.yaml)
}

// maxKey is how long keys may be, in bytes, that are written. YAML wants keys
// on one line within 1,024 characters.
const maxKey = 300

// scalar writes a value that has no parts.
func (w *writer) scalar(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "null", true
	case bool:
		return strconv.FormatBool(v), true
	case int:
		return strconv.Itoa(v), true
	case string:
		if w.yaml && simple(v) {
			return v, true
		}
		return quoted(v, w.yaml)
	}
	return "", false
}

// simple reports whether a text is read as itself wherever YAML has a plain
// scalar.
func simple(s string) bool {
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	return len(s) <= 200 && plain.MatchString(s)
}

var plain = regexp.MustCompile(`^[A-Za-z/](([A-Za-z0-9_./ -]|:[A-Za-z0-9/])*[A-Za-z0-9_/])?$`)

// quoted writes a text in double quotes, as JSON and YAML both read them.
func quoted(s string, yaml bool) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return "", false
	}
	text := strings.TrimSuffix(buf.String(), "\n")
	if !yaml {
		return text, true
	}
	var b strings.Builder
	for _, r := range text {
		if r == '\ufeff' || r == '\ufffe' || r == '\uffff' || unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String(), true
}
