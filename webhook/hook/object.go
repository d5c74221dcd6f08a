package hook

// Object is what every generated type of a JSON object is. Its fields are
// handed out as pointers, all at once: a function for each field, as a table of
// accessors has, makes a package of GitHub's size four times slower to build
// (13 s of CPU against 3.5 s) and twice as long.
//
//	func (v *User) HookFields(dst []any) []any { return append(dst, &v.Login, &v.ID) }
type Object interface {
	// HookTable says what the members are called, in the order of HookFields.
	HookTable() *Table
	// HookFields appends a pointer to each field, such as *string, *Opt[int64]
	// or *User, to dst.
	HookFields(dst []any) []any
}

// Table are the names of an object's members and what is fixed about them. It
// is made once and not changed afterwards.
type Table struct {
	name    string
	members []string
	consts  map[string]string
}

// NewTable returns the table of the type with the name; the members are in the
// order of HookFields.
func NewTable(name string, members ...string) *Table {
	return &Table{name: name, members: members}
}

// Const says that a member has one value, a JSON token that the encoder writes
// where the field is zero. It returns t.
func (t *Table) Const(member, token string) *Table {
	if t.consts == nil {
		t.consts = map[string]string{}
	}
	t.consts[member] = token
	return t
}

// UnionValue is what every generated union is: a struct with one field, Value,
// of a sealed interface. The interface holds pointers.
//
//	type Target struct{ Value TargetValue }
//	type TargetText string // a variant that is no object
//
//	var tableTarget = hook.NewUnion("Target", "type",
//		hook.Variant{Kind: hook.ObjectVariant, Tags: []string{"user"}},
//		hook.Variant{Kind: hook.StringVariant})
type UnionValue interface {
	HookUnion() *Union
	// HookNew makes a new value of variant i the union's, or of the unknown
	// one, for i = -1, and returns a pointer to decode into: *User, *string,
	// *Raw.
	HookNew(i int) any
	// HookGet returns the pointer that HookNew has returned, or one like it; nil
	// where the union is empty.
	HookGet() any
}

// VariantKind is what a variant is in JSON.
type VariantKind uint8

// The kinds of variants.
const (
	ObjectVariant VariantKind = iota
	ListVariant
	StringVariant
	IntegerVariant
	NumberVariant
	BooleanVariant
)

// Variant says how an alternative of a union is told from the others: by its
// kind, then by the discriminator's value being one of Tags, or by having
// Member.
type Variant struct {
	Kind   VariantKind
	Tags   []string
	Member string
}

// Union is how the variants of a union are told apart. It is made once and not
// changed afterwards.
type Union struct {
	name, discriminator string
	variants            []Variant
}

// NewUnion returns the union with the name. The discriminator is the member
// whose value is compared with Tags, "" where there is none.
func NewUnion(name, discriminator string, variants ...Variant) *Union {
	return &Union{name: name, discriminator: discriminator, variants: variants}
}
