// Package shape holds the structure of payloads while a model is made of them:
// a graph of shapes as a description or a set of payloads gives them, which is
// then made smaller without losing a value that it takes.
//
// Unify does that: equal structures become one shape, alternatives become
// unions that can be told apart, and objects that say the same but for presence
// become one that is as lenient as each. The package knows neither schemas nor
// names of code.
package shape

import "github.com/plumbapi/plumb/check"

// Kind is what values of a shape are.
type Kind uint8

// The kinds, those of the model and Null, which stands for null alone and does
// not outlast Unify.
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
	Null
)

// Use is a shape in its place: that of a member, an item or a payload.
type Use struct {
	Shape    *Shape
	Nullable bool
	// Const is the one value that stands there, as a JSON token.
	Const string
}

// Shape is a structure. All but Kind and what belongs to it is about the
// structure and no part of it.
type Shape struct {
	Kind    Kind
	Fields  []Field  // of an Object, each name once
	Open    bool     // of an Object
	Values  []string // of an Enum
	Format  string   // of a String, Time, Integer or Number
	Element Use      // of a List or Map
	// Variants are the alternatives of a Union.
	Variants []Variant
	// Discriminator is the member that tells variants apart. Before Unify it is
	// what a description says, which counts if it holds.
	Discriminator string
	// Payload marks what a delivery holds as a whole. It is never one with any
	// other shape.
	Payload bool

	// Component is what a description calls the shape, "" for one without a name.
	Component   string
	Title       string
	Description string
	Deprecated  bool
	Place       Place

	// ID is a hash of the structure, set by Unify: 16 hexadecimal digits.
	ID string
	// Names are all that is in Component of the shapes that became this one.
	Names []string
}

// Place is where something is described.
type Place interface{ Location() check.Location }

// Field is a member of an object.
type Field struct {
	Name string
	Use
	Optional    bool
	Description string
	Deprecated  bool
}

// Variant is an alternative of a union.
type Variant struct {
	Use
	// Tags are values of the discriminator that mean the variant. Before Unify
	// they are what a description says.
	Tags []string
	// Member is a member that only this variant has.
	Member string
}

// Note says what stands in a shape's place, and where.
type Note struct {
	Place   Place
	Message string
}

// Of returns a use of a new shape of a kind.
func Of(k Kind) Use { return Use{Shape: &Shape{Kind: k}} }

// Field returns the member with a name, nil where there is none.
func (s *Shape) Field(name string) *Field {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return &s.Fields[i]
		}
	}
	return nil
}

// uses calls f with every use that the shape holds, in order.
func (s *Shape) uses(f func(u *Use)) {
	for i := range s.Fields {
		f(&s.Fields[i].Use)
	}
	if s.Element.Shape != nil {
		f(&s.Element)
	}
	for i := range s.Variants {
		f(&s.Variants[i].Use)
	}
}
