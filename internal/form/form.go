// Package form says what a file that people write may hold: a table of shapes
// against which a file is checked, each problem at its place, and of which
// the JSON Schema for editors is made. It reads nothing into structs.
package form

// Shape says what a value may be.
type Shape struct {
	Kind Kind
	Doc  string // one sentence for editors

	Fields   []Field  // of a mapping
	Required []string // of a mapping: keys that must be there
	Some     []string // of a mapping: keys of which exactly one must be there
	Item     *Shape   // of a list; of a mapping: what every other key holds
	Words    []string // of a text: what it may be; nil means anything
	Pattern  string   // of a text, for the JSON Schema
	Valid    func(text string) string
	// Key says what is wrong with one of the other keys of a mapping, "" where
	// nothing is; KeyPattern is the same for the JSON Schema.
	Key        func(key string) string
	KeyPattern string
	Min, Max   float64 // of a number
	Examples   []string
	// Demand looks at a mapping whose keys are sound and says what is missing
	// in it all the same, "" where nothing is.
	Demand func(get func(key string) string) string
}

// Field is one key of a mapping.
type Field struct {
	Key   string
	Shape *Shape
}

// Kind is the kind of a shape.
type Kind int

// The kinds. Texts is one text or a list of them, Scalar a text, a number or a
// boolean, which is read as its text, and Any is whatever there may be.
const (
	Text Kind = iota + 1
	Texts
	Number
	List
	Mapping
	Bool
	Scalar
	Any
)

// Problem is one thing that is wrong, with its place; lines and columns count
// from 1.
type Problem struct {
	Line, Column int
	Message      string
}

// what says what a shape is, for messages: "expected a list".
func (s *Shape) what() string {
	switch s.Kind {
	case Number:
		return "a number"
	case Bool:
		return "true or false"
	case List:
		return "a list"
	case Mapping:
		return "a mapping"
	case Texts:
		return "text or a list of texts"
	case Scalar:
		return "text or a number"
	}
	return "text"
}

// nullable reports whether the value may be missing behind its key: a list
// of which all may be commented out.
func (s *Shape) nullable() bool {
	return s.Kind == List || s.Kind == Mapping && s.Required == nil && s.Some == nil
}

func (s *Shape) keys() []string {
	keys := make([]string, len(s.Fields))
	for i, f := range s.Fields {
		keys[i] = f.Key
	}
	return keys
}

// Field returns the shape of a key, nil where there is none.
func (s *Shape) Field(key string) *Shape {
	for _, f := range s.Fields {
		if f.Key == key {
			return f.Shape
		}
	}
	return nil
}

// wrongKey says what is wrong with a key that is none of the fields.
func (s *Shape) wrongKey(key string) string {
	if s.Key == nil {
		return ""
	}
	return s.Key(key)
}
