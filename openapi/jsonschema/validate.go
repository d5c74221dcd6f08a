package jsonschema

import (
	"errors"

	"github.com/plumbapi/plumb/openapi"
)

// Mode says how a value is checked.
type Mode struct {
	// All is set to get every error. Without it checking ends with the first
	// keyword that fails; where that is a oneOf or anyOf, the errors of its
	// alternatives are among those returned.
	All bool
	// Request and Response relax required: of a property that is readOnly in
	// a request, and writeOnly in a response.
	Request, Response bool
	// Forbid makes a value wrong whose schema is readOnly in a request, or
	// writeOnly in a response.
	Forbid bool
	// MaxSteps bounds the work of a run, for all its values together, roughly
	// in schemas applied to values; 0 means DefaultMaxSteps.
	MaxSteps int
}

// DefaultMaxSteps is twenty times what the largest descriptions known take,
// and is reached in about a second.
const DefaultMaxSteps = 20_000_000

// maxErrors bounds the errors of one value, in number; they take 112 bytes
// each.
const maxErrors = 1 << 20

// ErrTooMuchWork says that checking was given up: the schema multiplies with
// every reference, nests too deep, or finds a million errors.
var ErrTooMuchWork = errors.New("check against schema: too much work")

// Validate returns the errors of a value, nil where it matches. The error is
// ErrTooMuchWork or nil.
func (s *Schema) Validate(v *openapi.Node, m Mode) ([]Error, error) {
	return NewRun(m, nil).Validate(s, v)
}

// Run checks many values with one store of errors.
type Run struct {
	mode Mode
	// stand returns what a value stands for; nil where values stand for
	// themselves.
	stand func(v *openapi.Node) *openapi.Node
	errs  []Error
	quiet int // only the answer counts, not the errors
	inNot int
	steps int
	depth int
	spent bool
	// refs are the references that are being followed, to see circles that
	// do not get on.
	refs  []application
	scope []*resource

	// What is applied next is named by a reference, or is one of allOf; loose is
	// set below anyOf and the like, up to the next reference. They are for schemas
	// that are closed.
	named, variant, loose bool
	refVariant            bool
}

type application struct {
	schema *Schema
	value  *openapi.Node
}

// NewRun returns a run in the mode. Stand, if it is not nil, says what an
// object with the member $ref stands for in a value, itself where it stands
// for nothing else.
func NewRun(m Mode, stand func(v *openapi.Node) *openapi.Node) *Run {
	r := &Run{mode: m, stand: stand, steps: m.MaxSteps}
	if r.steps == 0 {
		r.steps = DefaultMaxSteps
	}
	return r
}

// Validate returns the errors of a value, nil where it matches. They are the
// run's until its next call. The error is ErrTooMuchWork or nil.
func (r *Run) Validate(s *Schema, v *openapi.Node) ([]Error, error) {
	r.errs, r.refs, r.scope = r.errs[:0], r.refs[:0], r.scope[:0]
	r.quiet, r.inNot, r.depth, r.spent = 0, 0, 0, false
	r.named, r.variant, r.loose = true, false, false
	ok := r.schema(s, v, false, nil)
	switch {
	case r.spent:
		return nil, ErrTooMuchWork
	case ok:
		return nil, nil
	}
	return r.errs, nil
}

// maxDepth bounds how deep schemas are applied within one another.
const maxDepth = 10_000

// report records an error. It returns false, for the answer.
func (r *Run) report(e Error) bool {
	if r.quiet == 0 {
		r.errs = append(r.errs, e)
		r.spent = r.spent || len(r.errs) > maxErrors
	}
	return false
}

// charge counts work that grows with the size of a value or of a keyword.
func (r *Run) charge(n int) { r.steps -= n }

// stops reports whether an error ends the check of the value.
func (r *Run) stops() bool { return !r.mode.All || r.quiet > 0 }

// schema applies a schema to a value. Composite is set below oneOf, anyOf and
// the like, where errors of several schemas are gathered in any mode. What is
// evaluated of the value goes to seen, if that is not nil.
func (r *Run) schema(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	named, variant := r.named, r.variant
	r.named, r.variant = false, false
	switch {
	case s.always:
		return true
	case s.never:
		return r.report(Error{Keyword: "false schema", Instance: v, Schema: s.node})
	}
	if r.stand != nil && v.Kind() == openapi.Object && v.Has("$ref") {
		v = r.stand(v)
	}
	r.steps--
	if r.steps < 0 || r.depth > maxDepth || r.spent {
		r.spent = true
		return true
	}
	r.depth++
	defer func() { r.depth-- }()
	if n := len(r.scope); s.resource != nil && (n == 0 || r.scope[n-1] != s.resource) {
		r.scope = append(r.scope, s.resource)
		defer func() { r.scope = r.scope[:n] }()
	}
	r.refVariant = variant
	if s.refAlone {
		return r.reference(s, v, composite, seen)
	}
	closed := s.closed && !variant && (named || !r.loose) && v.Is(openapi.Object)
	mark := len(r.errs)
	own := seen
	if closed || s.object != nil && s.object.unevaluated != nil || s.array != nil && s.array.unevaluated != nil {
		own = &evaluated{}
	}
	ok := r.keywords(s, v, composite, own)
	if closed && (ok || !r.stops()) {
		ok = r.nothingMore(s, v, own) && ok
	}
	if own != seen && seen != nil {
		seen.merge(own)
	}
	if !ok && s.message != "" && r.quiet == 0 {
		r.errs = append(r.errs[:mark], Error{Keyword: "errorMessage", Instance: v, Schema: s.node, Text: s.message})
	}
	return ok
}

// keywords applies the keywords in the order of ajv: the type, what holds for
// any value, then what holds for the type of this one.
func (r *Run) keywords(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	ok := true
	if s.typeFirst && !s.types.allows(v) {
		ok = r.typeError(s, v)
		if r.stops() {
			if composite && r.quiet == 0 {
				r.anyValue(s, v, composite, seen)
			}
			return false
		}
	}
	if !r.anyValue(s, v, composite, seen) {
		if ok = false; r.stops() {
			return false
		}
	}
	// A lone type is checked where the keywords of its values have their turn:
	// numbers, strings, arrays, objects.
	kind := v.Kind()
	mistyped := s.lone != 0 && s.lone != kind
	if mistyped && s.lone < kind {
		if ok = r.typeError(s, v); r.stops() {
			return false
		}
	}
	if !r.ofKind(kind, s, v, composite, seen) {
		if ok = false; r.stops() {
			return false
		}
	}
	if mistyped && s.lone > kind {
		ok = r.typeError(s, v)
	}
	return ok
}

// ofKind applies the keywords that hold for values of the kind.
func (r *Run) ofKind(kind openapi.Kind, s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	switch kind {
	case openapi.Number:
		return s.number == nil || r.number(s, v)
	case openapi.String:
		return s.text == nil || r.string(s, v, v.Text(), "")
	case openapi.Array:
		return s.array == nil || r.array(s, v, composite, seen)
	case openapi.Object:
		ok := s.object == nil || r.object(s, v, composite, seen)
		if s.discriminator != nil && (ok || !r.stops()) {
			ok = r.discriminate(s, v, composite, seen) && ok
		}
		return ok
	}
	return true
}

// forbidden is the error of a value that must not be there at all.
func (r *Run) forbidden(s *Schema, v *openapi.Node) Error {
	if r.mode.Request {
		return Error{Keyword: "readOnly", Instance: v, Schema: s.node, Text: "value is readOnly, so no part of a request"}
	}
	return Error{Keyword: "writeOnly", Instance: v, Schema: s.node, Text: "value is writeOnly, so no part of a response"}
}

func (r *Run) typeError(s *Schema, v *openapi.Node) bool {
	return r.report(Error{Keyword: "type", Instance: v, Schema: s.node, Text: s.typeText})
}

// anyValue applies the keywords that hold for values of any type.
func (r *Run) anyValue(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	ok := true
	fail := func(good bool) bool {
		ok = ok && good
		return !good && r.stops()
	}
	if s.ref != nil && fail(r.reference(s, v, composite, seen)) {
		return false
	}
	if r.mode.Forbid && (s.readOnly && r.mode.Request || s.writeOnly && r.mode.Response) && fail(r.report(r.forbidden(s, v))) {
		return false
	}
	if s.constant != nil && !equal(s.constant, v) &&
		fail(r.report(Error{Keyword: "const", Instance: v, Schema: s.node})) {
		return false
	}
	if s.enum != nil && !r.among(s.enum, v) &&
		fail(r.report(Error{Keyword: "enum", Instance: v, Schema: s.node})) {
		return false
	}
	if s.not != nil && fail(r.negation(s, v)) {
		return false
	}
	if s.anyOf != nil && s.discriminator == nil && fail(r.alternatives(s, v, seen)) {
		return false
	}
	if s.oneOf != nil && s.discriminator == nil && fail(r.exactlyOne(s, v, seen)) {
		return false
	}
	for _, sub := range s.allOf {
		r.variant = true
		if fail(r.schema(sub, v, composite, seen)) {
			return false
		}
	}
	if s.test != nil && (s.then != nil || s.other != nil || seen != nil) && fail(r.condition(s, v, composite, seen)) {
		return false
	}
	return ok
}

// among reports whether a value is one of an enum's.
func (r *Run) among(e *enum, v *openapi.Node) bool {
	r.charge(len(e.others) / 16)
	return e.has(v)
}

// refsAStep is how many references that are being followed are looked at in
// the time of one step.
const refsAStep = 64

// reference follows a $ref or $dynamicRef.
func (r *Run) reference(s *Schema, v *openapi.Node, composite bool, seen *evaluated) bool {
	target := s.ref
	if target == nil {
		return true
	}
	if s.dynamic != "" {
		for _, res := range r.scope {
			if t := res.dynamic[s.dynamic]; t != nil {
				target = t
				break
			}
		}
	}
	for i := len(r.refs) - 1; i >= 0 && r.refs[i].value == v; i-- {
		if (len(r.refs)-i)%refsAStep == 0 {
			r.charge(1)
		}
		if r.refs[i].schema == target {
			// The schema stands for itself, and says nothing of the value.
			return true
		}
	}
	r.refs = append(r.refs, application{target, v})
	loose := r.loose
	r.named, r.variant, r.loose = true, r.refVariant, false
	ok := r.schema(target, v, composite, seen)
	r.loose = loose
	r.refs = r.refs[:len(r.refs)-1]
	return ok
}
