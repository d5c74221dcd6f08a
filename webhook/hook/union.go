package hook

// Union is a pointer to a generated struct that holds one of several types.
type Union interface {
	// HookPick chooses the variant for the value that is looked at, makes it
	// the union's value, and returns it. It chooses the unknown one for the zero
	// Peek, of which nothing can be told.
	HookPick(p Peek) any
	// HookValue returns the value: a pointer to a variant, or nil.
	HookValue() any
}

// Pick puts a variant into its place in the union, and returns it.
func Pick[V any](place *V, variant V) any {
	*place = variant
	return variant
}

// Hold is a variant of a union that is no object.
type Hold[T any] struct{ Value T }

// HookInner is for the runtime.
func (h *Hold[T]) HookInner() any { return &h.Value }

// Unknown is the variant of a union for what no other variant fits.
type Unknown struct{ Raw Raw }

// HookInner is for the runtime.
func (u *Unknown) HookInner() any { return &u.Raw }

func (u *Unknown) hookUnknown() {}

type holder interface{ HookInner() any }

type unknown interface{ hookUnknown() }

// JSONKind is a kind of JSON value.
type JSONKind uint8

// The kinds of JSON values.
const (
	JSONNone JSONKind = iota
	JSONNull
	JSONBool
	JSONNumber
	JSONString
	JSONArray
	JSONObject
)

func (k JSONKind) String() string {
	return [...]string{"nothing", "null", "boolean", "number", "string", "array", "object"}[k]
}

// Peek is a look at a value that is not decoded yet.
type Peek struct {
	b  []byte
	at int
}

// Kind returns which kind of value it is.
func (p Peek) Kind() JSONKind {
	if p.at >= len(p.b) {
		return JSONNone
	}
	return kindOf(p.b[p.at])
}

// Has reports whether the value is an object with a member of that name.
func (p Peek) Has(member string) bool {
	_, ok := p.find(member)
	return ok
}

// Text returns a member of the value: the text of a string, or the token of
// another scalar; "" where it is no object or has no such member.
func (p Peek) Text(member string) string {
	i, ok := p.find(member)
	if !ok {
		return ""
	}
	switch kindOf(p.b[i]) {
	case JSONString:
		end := stringEnd(p.b, i)
		return unquote(p.b[i:end])
	case JSONArray, JSONObject:
		return ""
	}
	return string(p.b[i:scalarEnd(p.b, i)])
}

// find returns where the value of a member stands.
func (p Peek) find(name string) (at int, found bool) {
	if p.Kind() != JSONObject {
		return 0, false
	}
	w := walker{b: p.b, at: p.at + 1}
	for w.name() {
		if w.is(name) {
			return w.at, true
		}
		w.skip()
	}
	return 0, false
}

func kindOf(c byte) JSONKind {
	switch c {
	case '{':
		return JSONObject
	case '[':
		return JSONArray
	case '"':
		return JSONString
	case 't', 'f':
		return JSONBool
	case 'n':
		return JSONNull
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return JSONNumber
	}
	return JSONNone
}
