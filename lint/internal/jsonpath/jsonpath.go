// Package jsonpath finds values in a description by the JSONPath that rulesets
// are written in: that of JSONPath-Plus (npm), which Spectral runs, with parents
// (^), names of members (~), @property, @parentProperty, @path and filters in
// JavaScript. RFC 9535's paths are nearly all among them.
//
// Filters are a part of JavaScript's expressions, compiled to closures that can
// do nothing but look at the values that they are given. What a filter asks of
// something that is not there is no error: it does not select.
//
// The package reads trees; what a rule makes of a match is not its matter.
package jsonpath

import (
	"fmt"
	"strconv"

	"github.com/plumbapi/plumb/openapi"
)

// Path is a compiled path. It is safe for concurrent use.
type Path struct {
	text  string
	steps []step
}

// MaxText bounds a path, in bytes. Those that people write have some hundred.
const MaxText = 16 << 10

// Error says what is wrong with a path.
type Error struct {
	Path string
	// Offset is where, in bytes from the beginning of the path.
	Offset int
	Text   string
}

// Error returns the path, the place and what is wrong there.
func (e *Error) Error() string {
	return fmt.Sprintf("JSONPath %q: at %d: %s", e.Path, e.Offset+1, e.Text)
}

// Parse compiles a path as Spectral runs those of given: @parent is the value
// above the one that @ is in, as it is in the engine that Spectral has for them.
// The error is an *Error.
func Parse(text string) (*Path, error) { return parse(text, false) }

// ParsePlus compiles a path as JSONPath-Plus runs it, and Spectral those of field:
// @parent is the value that @ is in. The error is an *Error.
func ParsePlus(text string) (*Path, error) { return parse(text, true) }

func parse(text string, plus bool) (*Path, error) {
	if len(text) > MaxText {
		return nil, &Error{Path: text[:40] + "…", Text: fmt.Sprintf("it has %d bytes, and %d are the most", len(text), MaxText)}
	}
	p := &parser{text: text, plus: plus}
	steps, err := p.path()
	if err != nil {
		return nil, err
	}
	setNeeds(steps)
	return &Path{text: text, steps: steps}, nil
}

// String returns the path as it was given to [Parse].
func (p *Path) String() string { return p.text }

// Match is what a path has led to.
type Match struct {
	*Place
	// Name says that the name of the member was asked for (~), not its value.
	Name bool
}

// Place is a value, and how it was reached. A value that references lead to can
// be reached in more ways than one; where the path cannot tell them apart, the
// first is taken.
type Place struct {
	node, holder *openapi.Node
	up           *Place
	depth        int32
}

// Node returns the value, references followed as the [Tree] does.
func (p *Place) Node() *openapi.Node { return p.node }

// Holder returns what stands at the place itself: the value, or the reference
// that leads to it.
func (p *Place) Holder() *openapi.Node { return p.holder }

// Property returns the name or the decimal index under which the value was
// reached, "" for the root.
func (p *Place) Property() string {
	if p == nil || p.up == nil {
		return ""
	}
	return NameOf(p.holder)
}

// Route returns the names and indexes from the root to the place.
func (p *Place) Route() []string {
	n := 0
	for q := p; q.up != nil; q = q.up {
		n++
	}
	route := make([]string, n)
	for q := p; q.up != nil; q = q.up {
		n--
		route[n] = NameOf(q.holder)
	}
	return route
}

// NameOf is the name of a value in its parent, the decimal index of an element.
func NameOf(n *openapi.Node) string {
	if isElement(n) {
		return strconv.Itoa(n.Index())
	}
	return n.Key()
}
