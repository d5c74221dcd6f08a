package openapi

import (
	"math"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Kind is the JSON type of a [Node].
type Kind uint8

// The kinds. The zero Kind is that of a nil node.
const (
	Null Kind = iota + 1
	Bool
	Number
	String
	Array
	Object
)

// String returns the name that JSON Schema gives the kind: "null",
// "boolean", "number", "string", "array" or "object"; "missing" for a nil
// node's.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "boolean"
	case Number:
		return "number"
	case String:
		return "string"
	case Array:
		return "array"
	case Object:
		return "object"
	}
	return "missing"
}

// WithArticle returns the kind as a sentence says it: "an object", "a string",
// "null"; "missing" for a nil node's.
func (k Kind) WithArticle() string {
	switch k {
	case Null, 0:
		return k.String()
	case Array, Object:
		return "an " + k.String()
	}
	return "a " + k.String()
}

// Node is one value of a description. Every method works on a nil Node,
// which stands for a missing value, so that n.Get("a").Get("b") needs no
// checks on the way.
type Node struct {
	src    *Source
	parent *Node
	key    string // member name, where the parent is an object
	text   string // scalars: the string, the numeral, "true", "false", "null"
	kids   []*Node
	byKey  map[string]*Node // only large objects
	start  uint32           // byte range of the value
	end    uint32
	kstart uint32 // byte range of the key
	kend   uint32
	index  int32 // place among the parent's children
	kind   Kind
	role   Role
	refers bool // is among the references of the document
}

// largeObject is the number of members from which an object has a map.
const largeObject = 12

// Kind returns the kind of the value, 0 for nil.
func (n *Node) Kind() Kind {
	if n == nil {
		return 0
	}
	return n.kind
}

// Is reports whether the value has the kind.
func (n *Node) Is(k Kind) bool { return n != nil && n.kind == k }

// Role returns what the value is in the description: an operation, a schema.
func (n *Node) Role() Role {
	if n == nil {
		return 0
	}
	return n.role
}

// Len returns the number of elements or members.
func (n *Node) Len() int {
	if n == nil {
		return 0
	}
	return len(n.kids)
}

// Children returns the elements of an array or the member values of an
// object in source order; a member's name is its [Node.Key]. The slice must
// not be changed.
func (n *Node) Children() []*Node {
	if n == nil {
		return nil
	}
	return n.kids
}

// Get returns the member with the name, nil where there is none or where the
// value is no object.
func (n *Node) Get(key string) *Node {
	if n == nil || n.kind != Object {
		return nil
	}
	if n.byKey != nil {
		return n.byKey[key]
	}
	for _, c := range n.kids {
		if c.key == key {
			return c
		}
	}
	return nil
}

// Has reports whether the value is an object with such a member.
func (n *Node) Has(key string) bool { return n.Get(key) != nil }

// At returns element i of an array, or nil.
func (n *Node) At(i int) *Node {
	if n == nil || n.kind != Array || i < 0 || i >= len(n.kids) {
		return nil
	}
	return n.kids[i]
}

// Find follows a path of member names; elements of arrays are named by their
// decimal index.
func (n *Node) Find(path ...string) *Node {
	for _, p := range path {
		n = n.child(p)
	}
	return n
}

func (n *Node) child(name string) *Node {
	switch n.Kind() {
	case Object:
		return n.Get(name)
	case Array:
		if i, ok := arrayIndex(name); ok {
			return n.At(i)
		}
	}
	return nil
}

// Key returns the member name under which the value stands in its parent,
// "" for elements and roots.
func (n *Node) Key() string {
	if n == nil {
		return ""
	}
	return n.key
}

// Index returns the value's place among its parent's children.
func (n *Node) Index() int {
	if n == nil {
		return 0
	}
	return int(n.index)
}

// Parent returns the enclosing value, nil for a root.
func (n *Node) Parent() *Node {
	if n == nil {
		return nil
	}
	return n.parent
}

// Source returns the source that holds the value.
func (n *Node) Source() *Source {
	if n == nil {
		return nil
	}
	return n.src
}

// Text returns a scalar as text: a string's characters, a number as it is
// written, "true", "false" or "null". It is "" for arrays and objects.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return n.text
}

// Str returns the characters of a string, and whether the value is one.
func (n *Node) Str() (s string, ok bool) {
	if !n.Is(String) {
		return "", false
	}
	return n.text, true
}

// Bool returns a boolean's value, and whether the value is one.
func (n *Node) Bool() (value, ok bool) {
	if !n.Is(Bool) {
		return false, false
	}
	return n.text == "true", true
}

// IsTrue reports whether the value is the boolean true.
func (n *Node) IsTrue() bool { v, ok := n.Bool(); return v && ok }

// Float returns a number's value, and whether the value is a number.
func (n *Node) Float() (value float64, ok bool) {
	if !n.Is(Number) {
		return 0, false
	}
	return parseNumber(n.text)
}

// Int returns a number's value as an integer, and whether the value is a
// number without a fraction that fits.
func (n *Node) Int() (value int64, ok bool) {
	f, ok := n.Float()
	if !ok || f != math.Trunc(f) || math.Abs(f) > 1<<63-1024 {
		return 0, false
	}
	if i, err := strconv.ParseInt(n.text, 10, 64); err == nil {
		return i, true
	}
	return int64(f), true
}

// Value returns the value as plain Go data: nil, bool, float64, string,
// []any or map[string]any. Two calls share nothing.
func (n *Node) Value() any {
	switch n.Kind() {
	case Bool:
		return n.text == "true"
	case Number:
		f, _ := parseNumber(n.text)
		return f
	case String:
		return n.text
	case Array:
		out := make([]any, len(n.kids))
		for i, c := range n.kids {
			out[i] = c.Value()
		}
		return out
	case Object:
		out := make(map[string]any, len(n.kids))
		for _, c := range n.kids {
			out[c.key] = c.Value()
		}
		return out
	}
	return nil
}

// Location returns the place of the value, with its JSON Pointer as the
// element. For the place of a member's name see [Node.KeyLocation].
func (n *Node) Location() check.Location {
	if n == nil {
		return check.Location{}
	}
	return n.src.location(n.start, n.end, n.Pointer())
}

// KeyLocation returns the place of the member name, with the JSON Pointer of
// the member as the element; for elements and roots it is the value's place.
func (n *Node) KeyLocation() check.Location {
	if n == nil {
		return check.Location{}
	}
	if n.kend == 0 {
		return n.Location()
	}
	return n.src.location(n.kstart, n.kend, n.Pointer())
}

// Before reports whether a value is written before another: in a source with a
// lesser name, or further up in the same.
func (n *Node) Before(o *Node) bool {
	if n.src != o.src {
		return n.src.name < o.src.name
	}
	return n.start < o.start
}

// Offsets returns the byte range of the value in its source, end exclusive.
func (n *Node) Offsets() (start, end int) {
	if n == nil {
		return 0, 0
	}
	return int(n.start), int(n.end)
}

// KeyOffsets returns the byte range of the member name in its source, quotes
// included; both are 0 where there is no name.
func (n *Node) KeyOffsets() (start, end int) {
	if n == nil {
		return 0, 0
	}
	return int(n.kstart), int(n.kend)
}

// Pointer returns the JSON Pointer (RFC 6901) of the value within its source.
func (n *Node) Pointer() string {
	if n == nil || n.parent == nil {
		return ""
	}
	size := 0
	for s := n; s.parent != nil; s = s.parent {
		if s.parent.kind == Array {
			size += 11 // a slash and the longest int32
		} else {
			size += 1 + len(s.key) + escapes(s.key)
		}
	}
	// From the last token to the first, as the parents lead.
	b := make([]byte, size)
	at := size
	var digits [10]byte
	for s := n; s.parent != nil; s = s.parent {
		if s.parent.kind == Array {
			text := strconv.AppendInt(digits[:0], int64(s.index), 10)
			at -= len(text)
			copy(b[at:], text)
		} else {
			at = putEscaped(b, at, s.key)
		}
		at--
		b[at] = '/'
	}
	return string(b[at:])
}

// parseNumber reads a JSON numeral and what YAML's core schema adds to it:
// octal and hexadecimal integers, underscores, .inf and .nan. A numeral with a
// leading zero is octal, as YAML 1.1 has it and parsers still read it.
func parseNumber(s string) (float64, bool) {
	if !leadingZero(s) {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f, true
		}
	}
	clean := strings.ReplaceAll(s, "_", "")
	if i, err := strconv.ParseInt(clean, 0, 64); err == nil {
		return float64(i), true
	}
	if u, err := strconv.ParseUint(strings.TrimPrefix(clean, "+"), 0, 64); err == nil {
		return float64(u), true
	}
	switch strings.ToLower(strings.TrimPrefix(clean, "+")) {
	case ".inf":
		return math.Inf(1), true
	case "-.inf":
		return math.Inf(-1), true
	case ".nan":
		return math.NaN(), true
	}
	f, err := strconv.ParseFloat(clean, 64)
	return f, err == nil
}

// leadingZero reports whether a numeral has a zero before another digit.
func leadingZero(s string) bool {
	s = strings.TrimLeft(s, "+-")
	return len(s) > 1 && s[0] == '0' && s[1] >= '0' && s[1] <= '9'
}
