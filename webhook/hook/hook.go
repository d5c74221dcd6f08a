// Package hook is what generated payload types stand on at run time: values
// that may be absent or null, members that nobody described, what did not fit
// its type, decoding and encoding without loss, and the way from a delivery
// to the handler for its event.
//
// Decoding never fails for what a payload holds, only where it is no JSON.
// Nothing is lost: decoded and encoded again, a payload says the same, and where
// nothing was changed it is the same bytes.
//
// # What generated code looks like
//
// An object is a struct that holds an [Extra] and has a [Table]. The Extra may be
// embedded, but then its methods are compiled again for every type:
//
//	type User struct {
//		Login string
//		Email hook.OptNull[string]
//		Extra hook.Extra
//	}
//
//	var userTable = hook.NewTable("User", "login", "email")
//
//	func (*User) HookTable() *hook.Table         { return userTable }
//	func (v *User) HookExtra() *hook.Extra      { return &v.Extra }
//	func (v *User) HookFields(dst []any) []any  { return append(dst, &v.Login, &v.Email) }
//	func (v User) MarshalJSON() ([]byte, error)  { return hook.Marshal(&v) }
//	func (v *User) UnmarshalJSON(b []byte) error { return hook.Unmarshal(b, v) }
//
// The fields are handed out all at once: a function for each of them makes a
// package of 9,000 fields four times slower to build. A field is a string, int64, float64, bool, [Number], [Time], [Raw], an enum
// ([Enum]), an object ([Object]), a union ([Union]), a [List] or [Map] of
// those, or one of them in [Opt], [Null] or [OptNull]. What is in none of these
// three is required and not null. A type that leads back to itself is held as
// Opt[*User], Null[*User] or OptNull[*User]; it has a method more, as payloads
// have for [Handle]:
//
//	func (*User) HookNew() any { return new(User) }
//
// An enum is a string type:
//
//	type State string
//
//	func (s State) Known() bool      { return s == "open" || s == "closed" }
//	func (s *State) HookText() *string { return (*string)(s) }
//
// A union is a struct with a sealed interface, and chooses its variant from
// what [Peek] sees. It ends in a variant that embeds [Unknown]; what is no
// object is a struct that embeds [Hold]:
//
//	type Owner struct{ Value OwnerValue }
//
//	type OwnerValue interface{ isOwner() }
//
//	type OwnerText struct{ hook.Hold[string] }
//	type OwnerUnknown struct{ hook.Unknown }
//
//	func (*User) isOwner()         {}
//	func (*OwnerText) isOwner()    {}
//	func (*OwnerUnknown) isOwner() {}
//
//	func (u *Owner) HookPick(p hook.Peek) any {
//		switch {
//		case p.Text("type") == "User", p.Has("login"):
//			return hook.Pick[OwnerValue](&u.Value, new(User))
//		case p.Kind() == hook.JSONString:
//			return hook.Pick[OwnerValue](&u.Value, new(OwnerText))
//		}
//		return hook.Pick[OwnerValue](&u.Value, new(OwnerUnknown))
//	}
//
//	func (u *Owner) HookValue() any                { return u.Value }
//	func (v Owner) MarshalJSON() ([]byte, error)   { return hook.Marshal(&v) }
//	func (v *Owner) UnmarshalJSON(b []byte) error { return hook.Unmarshal(b, v) }
//
// A payload has its event, too, so that it can be sent:
//
//	func (*IssuesOpened) HookEvent() (event, action string) { return "issues", "opened" }
//
// The names Extra, HookTable, HookFields, HookExtra, HookEvent, HookNew, HookPick,
// HookValue, MarshalJSON and UnmarshalJSON are taken in every generated type.
//
// # What it does not do
//
// The package neither listens, verifies nor sends, and imports no HTTP.
package hook

import "fmt"

// Object is a pointer to a generated struct.
type Object interface {
	// HookTable says what the members are called, in the order of HookFields; it
	// is called on nil, too.
	HookTable() *Table
	// HookFields appends a pointer to each field, such as *string, *Opt[int64]
	// or *User, to dst.
	HookFields(dst []any) []any
	// HookExtra returns the Extra that the struct holds.
	HookExtra() *Extra
}

// Event is a payload, an object or a union, that knows which event it is of.
type Event interface{ HookEvent() (event, action string) }

// Enum is a pointer to a string type with known values.
type Enum interface {
	// Known reports whether the value is one that the description has.
	Known() bool
	// HookText returns the value's place.
	HookText() *string
}

// Decode reads a payload into p, a pointer to a generated type or to any other
// type of a field, which should be zero. It returns where the payload is not as
// the type says, in the order of the payload, at most [MaxDrifts]. The error is
// a *[SyntaxError] where the body is no JSON; p is of no use then.
//
// The strings of p share one copy of the body: who keeps one of them for long
// should clone it.
func Decode(p any, body []byte) ([]Drift, error) {
	d := newDecoder(body)
	defer d.free()
	if err := d.document(p); err != nil {
		return nil, err
	}
	return d.told(), nil
}

// Append appends p as JSON. Members have the order of the description, then
// come those that it does not know. What cannot be said in JSON (a Raw or a
// part of one that is none, values nested without end) becomes null; [Marshal]
// tells it as an error.
func Append(dst []byte, p any) []byte {
	e := encoder{b: dst}
	e.value(p)
	return e.b
}

// Marshal returns p as JSON. It is what MarshalJSON of generated types calls.
func Marshal(p any) ([]byte, error) {
	e := encoder{}
	e.value(p)
	return e.b, e.err
}

// Unmarshal reads JSON into p, which is made zero first, and leaves drift
// untold. It is what UnmarshalJSON of generated types calls.
func Unmarshal(body []byte, p any) error {
	reset(p)
	_, err := Decode(p, body)
	return err
}

// Encode returns p, which was decoded from the body of d, as JSON: the very
// bytes of the body where nothing in p was changed, else what Marshal returns.
func Encode[T any](d *Delivery, p *T) ([]byte, error) {
	now, err := Marshal(p)
	if err != nil {
		return nil, err
	}
	fresh := new(T)
	if _, err := Decode(fresh, d.Body); err == nil && string(Append(nil, fresh)) == string(now) {
		return d.Body, nil
	}
	return now, nil
}

// SyntaxError says where a body is no JSON.
type SyntaxError struct {
	// Offset counts bytes from the start of the body.
	Offset int
	// Problem is what stands there, or what is not there.
	Problem string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("no JSON: %s at byte %d", e.Problem, e.Offset)
}
