package webhook

import "github.com/plumbapi/plumb/check"

// Model is what is known of the webhooks of one product. It is complete,
// deterministic, and independent of the language that code is generated in,
// but for names, which are fit for Go and TypeScript both.
type Model struct {
	// Name is the product in one lowercase word, fit for a package: "github".
	Name string
	// Title and Description are what the description says of itself.
	Title, Description string
	// Routing says how a delivery tells which event it is.
	Routing Routing
	// Events are all events, sorted by name, then action.
	Events []*Event
	// Types are all types with a name, payloads of events included, sorted by
	// name. No two have the same structure, but for payloads of events.
	Types []*Type
	// Notes say what was not understood and what stands in its place.
	Notes []Note

	lock *Lock
}

// Routing says where a delivery has the name of its event. The first place
// that says something counts.
type Routing struct {
	// EventHeader is the header with the event's name: "X-GitHub-Event".
	EventHeader string
	// EventPointers and ActionPointers are JSON Pointers into the payload:
	// "/object_kind", "/action", "/object_attributes/action".
	EventPointers, ActionPointers []string
	// DeliveryHeader is the header with the id that all attempts of one
	// delivery share: "X-GitHub-Delivery", "webhook-id".
	DeliveryHeader string
	// DeliveryPointers are JSON Pointers to the id, for senders that have it in
	// the payload: "/event_id".
	DeliveryPointers []string
}

// Event is one thing that a product tells: an event, and where payloads
// differ by action, one action of it.
type Event struct {
	// Name and Action are as deliveries have them: "issues", "opened". Action
	// is "" where the event has none.
	Name, Action string
	// Guessed says that Name is what the description calls the webhook, and that
	// no header or member is known to say it in a delivery.
	Guessed bool
	// GoName is the name of the payload's type, and what functions for the
	// event are called after: "IssuesOpened".
	GoName string
	// Payload is the type of the payload: an Object, or a Union.
	Payload *Type
	// Summary and Description are the description's, as they are written
	// (Markdown, untrusted).
	Summary, Description string
	Deprecated           bool
	// Examples are payloads that the description gives, as JSON.
	Examples []Example
	// Location is where the event is described.
	Location check.Location
}

// Example is a payload that stands in a description or was read from a file.
type Example struct {
	Name     string
	JSON     []byte
	Location check.Location
}

// Kind is what values of a type are in JSON.
type Kind uint8

// The kinds of types. Any is any value: what has no schema, several types that
// no union tells apart, or a schema that is too deep.
const (
	Any Kind = iota
	String
	Integer
	Number
	Boolean
	Time
	Enum
	Object
	List
	Map
	Union
)

// Type is a type of the model. Two equal structures are one *Type, but for
// payloads of events.
type Type struct {
	Kind Kind
	// Name is the name of an Object, Enum or Union in Go and TypeScript, at
	// most 40 characters, unique in the model; "" for other kinds.
	Name        string
	Description string
	Deprecated  bool
	// Fields are the members of an Object, in the order of the description.
	Fields []*Field
	// Open says that an Object takes members that are not in Fields. Unknown
	// members are kept in any case.
	Open bool
	// Values are what an Enum is known to be; values of the wire, strings.
	Values []Value
	// Element is the type of what a List or Map holds; ElementNullable says
	// that null may stand in its place.
	Element         *Type
	ElementNullable bool
	// Variants are the alternatives of a Union, at least two, and
	// Discriminator the member that tells them apart where one does.
	Variants      []*Variant
	Discriminator string
	// Format is the format that the description gives a String or number
	// ("uri", "email", "int64"); it is for documentation.
	Format string
	// Location is the first place where the structure is described.
	Location check.Location
}

// Field is one member of an object.
type Field struct {
	// Name is the member's name in JSON; GoName what it is called in Go, unique
	// in the type, never that of a method of generated types.
	Name, GoName string
	Type         *Type
	// Optional says that the member may be absent, Nullable that it may be null.
	Optional, Nullable bool
	// Const is the one value that the member has, as a JSON token; "" where
	// it has no such.
	Const       string
	Description string
	Deprecated  bool
	// Recursive says that the type leads back to the object by values alone, so
	// that the field must be a pointer.
	Recursive bool
}

// Value is one value of an enum.
type Value struct {
	// Text is the value on the wire; GoName the constant's name without the
	// type's, unique in the enum: "Opened".
	Text, GoName string
}

// Variant is one alternative of a union.
type Variant struct {
	Type *Type
	// Tags are the values of the discriminator that mean this variant; empty
	// where JSON's own type or a member tells.
	Tags []string
	// Member is a member that only this variant has, "" where that is not what
	// tells it apart.
	Member string
}

// Note says what of a description was not understood, and what stands in its
// place.
type Note struct {
	Location check.Location
	About    NoteKind
	Message  string
}

// NoteKind is what a note is about.
type NoteKind string

// The kinds of notes. NoteRouting: no delivery is known to say which event it
// is. NotePayload: a webhook has no payload, or one that is no object.
// NoteSchema: a schema leads nowhere, contradicts itself, has alternatives that
// nothing tells apart, or is too deep.
const (
	NoteRouting NoteKind = "routing"
	NotePayload NoteKind = "payload"
	NoteSchema  NoteKind = "schema"
)
