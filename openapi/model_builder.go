package openapi

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/getkin/kin-openapi/openapi3"
)

// modelBuilder turns nodes into the structs of kin-openapi as its loader has
// them before references are resolved. Its methods take a node and return a
// value; what is wrong is kept in err, the first place only, and building goes
// on, so that no caller needs to ask.
type modelBuilder struct {
	err *Error
	// rounded counts the enclosing objects that kin-openapi reads by way of a
	// generic map, in which every number is a float64.
	rounded int
	// tuple is set where a 2.0 document has a list of schemas under items.
	tuple bool
	// share is set where references are to name a table of their targets.
	share *sharedTargets

	// Slabs of what a description has by the thousand.
	schemas    pool[openapi3.Schema]
	schemaRefs pool[openapi3.SchemaRef]
	types      pool[singleType]
	floats     pool[float64]
	uints      pool[uint64]
	bools      pool[bool]
	strs       pool[string]
}

// singleType is a schema's type with room for the one name that it has in
// nearly every schema.
type singleType struct {
	types openapi3.Types
	name  [1]string
}

func newModelBuilder() *modelBuilder { return &modelBuilder{} }

// pool hands out zero values from blocks.
type pool[T any] struct{ free []T }

const poolBlock = 32

func (p *pool[T]) new() *T {
	if len(p.free) == 0 {
		p.free = make([]T, poolBlock)
	}
	v := &p.free[0]
	p.free = p.free[1:]
	return v
}

func (p *pool[T]) of(v T) *T {
	at := p.new()
	*at = v
	return at
}

// members gives every member of an object to set, which returns false for a
// name that it does not know. The members that are left are returned as
// extensions, nil where there are none.
//
// kin-openapi matches names regardless of case where the exact name is not a
// member's, and keeps such a member among the extensions too.
func (b *modelBuilder) members(n *Node, what string, set func(key string, v *Node) bool) map[string]any {
	if n.kind != Object {
		b.wrongKind(n, what, "an object")
		return nil
	}
	var extensions map[string]any
	for _, v := range n.kids {
		if set(v.key, v) {
			continue
		}
		if extensions == nil {
			extensions = make(map[string]any)
		}
		extensions[v.key] = b.any(v)
		if name := modelNames[foldName(v.key)]; name != "" && name != v.key {
			set(name, v)
		}
	}
	return extensions
}

// any returns a value as encoding/json would decode it into an any.
func (b *modelBuilder) any(n *Node) any {
	switch n.kind {
	case String:
		return n.text
	case Number:
		return b.number(n)
	case Bool:
		return n.text == "true"
	case Array:
		return b.anys(n)
	case Object:
		return b.anyMap(n)
	}
	return nil
}

func (b *modelBuilder) number(n *Node) float64 {
	f, ok := parseNumber(n.text)
	if !ok || math.IsInf(f, 0) || math.IsNaN(f) {
		b.fail(n, "%s is no number that fits: %q", named(n), n.text)
	}
	return f
}

// str returns a string. A number or a boolean, such as a version that YAML
// takes for a number, is what it is written as: lint says that it ought to be
// quoted, and all else can go on.
func (b *modelBuilder) str(n *Node) string {
	switch n.kind {
	case Null:
		return ""
	case Array, Object:
		b.wrongKind(n, named(n), "a string")
	}
	return n.text
}

func (b *modelBuilder) strPtr(n *Node) *string {
	if n.kind == Null {
		return nil
	}
	return b.strs.of(b.str(n))
}

func (b *modelBuilder) bool(n *Node) bool {
	if n.kind != Bool && n.kind != Null {
		b.wrongKind(n, named(n), "a boolean")
	}
	return n.kind == Bool && n.text == "true"
}

func (b *modelBuilder) boolPtr(n *Node) *bool {
	if n.kind == Null {
		return nil
	}
	return b.bools.of(b.bool(n))
}

func (b *modelBuilder) floatPtr(n *Node) *float64 {
	if n.kind == Null {
		return nil
	}
	if n.kind != Number {
		b.wrongKind(n, named(n), "a number")
		return nil
	}
	return b.floats.of(b.number(n))
}

func (b *modelBuilder) uintPtr(n *Node) *uint64 {
	if n.kind == Null {
		return nil
	}
	return b.uints.of(b.uint(n))
}

// uint returns a number of characters or elements.
func (b *modelBuilder) uint(n *Node) uint64 {
	if n.kind == Null {
		return 0
	}
	if n.kind != Number {
		b.wrongKind(n, named(n), "a number")
		return 0
	}
	if b.rounded == 0 {
		if u, err := strconv.ParseUint(n.text, 10, 64); err == nil {
			return u
		}
	}
	// The shortest decimals of a float64 are what kin-openapi reads then.
	u, err := strconv.ParseUint(strconv.FormatFloat(b.number(n), 'f', -1, 64), 10, 64)
	if err != nil {
		b.fail(n, "%s must be a whole number that is not negative: %q", named(n), n.text)
	}
	return u
}

func (b *modelBuilder) strings(n *Node) []string {
	if !b.isArray(n) {
		return nil
	}
	out := make([]string, len(n.kids))
	for i, c := range n.kids {
		out[i] = b.str(c)
	}
	return out
}

func (b *modelBuilder) anys(n *Node) []any {
	if !b.isArray(n) {
		return nil
	}
	out := make([]any, len(n.kids))
	for i, c := range n.kids {
		out[i] = b.any(c)
	}
	return out
}

func (b *modelBuilder) stringMap(n *Node) map[string]string {
	if !b.isObject(n) {
		return nil
	}
	out := make(map[string]string, len(n.kids))
	for _, c := range n.kids {
		out[c.key] = b.str(c)
	}
	return out
}

func (b *modelBuilder) stringsMap(n *Node) map[string][]string {
	if !b.isObject(n) {
		return nil
	}
	out := make(map[string][]string, len(n.kids))
	for _, c := range n.kids {
		out[c.key] = b.strings(c)
	}
	return out
}

func (b *modelBuilder) anyMap(n *Node) map[string]any {
	if !b.isObject(n) {
		return nil
	}
	out := make(map[string]any, len(n.kids))
	for _, c := range n.kids {
		out[c.key] = b.any(c)
	}
	return out
}

// optional builds what stands behind a pointer: nothing for null.
func optional[T any](n *Node, build func(*Node) *T) *T {
	if n.kind == Null {
		return nil
	}
	return build(n)
}

func listOf[T any](b *modelBuilder, n *Node, build func(*Node) *T) []*T {
	if !b.isArray(n) {
		return nil
	}
	out := make([]*T, len(n.kids))
	for i, c := range n.kids {
		out[i] = optional(c, build)
	}
	return out
}

func mapOf[T any](b *modelBuilder, n *Node, build func(*Node) *T) map[string]*T {
	if !b.isObject(n) {
		return nil
	}
	out := make(map[string]*T, len(n.kids))
	for _, c := range n.kids {
		out[c.key] = optional(c, build)
	}
	return out
}

// isArray reports whether a value is an array; what is neither that nor null
// is an error.
func (b *modelBuilder) isArray(n *Node) bool {
	if n.kind != Array && n.kind != Null {
		b.wrongKind(n, named(n), "an array")
	}
	return n.kind == Array
}

func (b *modelBuilder) isObject(n *Node) bool {
	if n.kind != Object && n.kind != Null {
		b.wrongKind(n, named(n), "an object")
	}
	return n.kind == Object
}

// decode has kin-openapi read a value itself: the few that set fields which
// only its own package can set.
func (b *modelBuilder) decode(n *Node, into json.Unmarshaler) {
	if err := contain(func() error { return into.UnmarshalJSON(n.appendJSON(nil)) }); err != nil {
		b.fail(n, "%s cannot be read: %s", named(n), err)
	}
}

func (b *modelBuilder) wrongKind(n *Node, what, want string) {
	b.fail(n, "%s must be %s, not %s", what, want, n.kind.WithArticle())
}

func (b *modelBuilder) fail(n *Node, format string, args ...any) {
	if b.err == nil {
		b.err = fail(ruleModel, n.Location(), nil, format, args...)
	}
}

// named says which value a message is about.
func named(n *Node) string {
	switch {
	case n.key != "":
		return strconv.Quote(n.key)
	case n.parent != nil && n.parent.key != "":
		return "element " + strconv.Itoa(int(n.index)) + " of " + strconv.Quote(n.parent.key)
	}
	return "the value"
}
