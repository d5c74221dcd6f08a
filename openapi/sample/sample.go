// Package sample makes values that match the schemas of a description, and the
// requests of its operations: for load runs, for tests and for reference
// pages.
//
// A value comes from what its schema says, in this order: its examples, its
// default, its constant or its enum, its format, its pattern, its limits. An
// example that does not match its own schema is not used. The same seed gives
// the same value, whatever was made before. What cannot be made well (a
// pattern that Go cannot run, a schema that contradicts itself) is told by
// notes.
//
// The package sends nothing and draws nothing from chance. It is not made to
// find bugs by strange values: what it makes is as plain as it can be.
package sample

import (
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// Options says which values are made.
type Options struct {
	// Seed decides where there is a choice. The first of everything is chosen
	// with 0.
	Seed uint64
	// Full says that optional members are made too; else only those that are
	// required.
	Full bool
	// Response says that values are those of responses: members that are
	// writeOnly are left out. In requests it is those that are readOnly.
	Response bool
	// MaxValues bounds the number of values in a value; 0 means 5,000. When it
	// is reached, optional members are left out.
	MaxValues int
	// Unverified leaves out the last look at a whole value, by which notes tell
	// that it does not match: for callers that show values and read no notes.
	Unverified bool
}

const defaultMaxValues = 5_000

// Note says where a value may not be what the description means.
type Note struct {
	// Node is the part of the description that it is about.
	Node    *openapi.Node
	Message string
}

// String returns the note with its place.
func (n Note) String() string {
	at := n.Node.Location()
	return fmt.Sprintf("%s:%d:%d: %s", at.File, at.Line, at.Column, n.Message)
}

// Maker makes values and requests of one description. It is not safe for
// concurrent use.
type Maker struct {
	doc      *openapi.Document
	opts     Options
	compiler *jsonschema.Compiler
	dialect  jsonschema.Dialect
	patterns map[string]*pattern
	known    map[*openapi.Node]known
}

// New returns a maker for the schemas of a document.
func New(doc *openapi.Document, o Options) *Maker {
	if o.MaxValues <= 0 {
		o.MaxValues = defaultMaxValues
	}
	d := jsonschema.DialectOf(doc.Version())
	return &Maker{
		doc: doc, opts: o, dialect: d,
		compiler: jsonschema.NewCompiler(d, jsonschema.ForDocument(doc)),
		patterns: map[string]*pattern{},
		known:    map[*openapi.Node]known{},
	}
}

// Value makes a value of a schema. An error says why there is none: the
// schema asks for itself without end, or for more than fits. Notes tell where
// the value may not match.
func (m *Maker) Value(schema *openapi.Node) (*Value, []Note, error) {
	r := m.start(schema)
	v, err := r.make([]*openapi.Node{schema})
	if err != nil {
		return nil, r.notes, err
	}
	if m.opts.Unverified {
		return v, r.notes, nil
	}
	if why := m.misfit(schema, v); why != "" {
		r.note(schema, "no value was found that matches: %s", why)
	}
	return v, r.notes, nil
}

// Mode returns how values of the maker's side are validated.
func (m *Maker) Mode() jsonschema.Mode {
	return jsonschema.Mode{Request: !m.opts.Response, Response: m.opts.Response}
}

// misfit says why a value does not match a schema, "" where it does.
func (m *Maker) misfit(schema *openapi.Node, v *Value) string {
	tree, err := v.node()
	if err != nil {
		return err.Error()
	}
	errs, err := m.compiler.Compile(schema).Validate(tree, m.Mode())
	switch {
	case err != nil:
		return err.Error()
	case len(errs) > 0:
		return errs[len(errs)-1].Message()
	}
	return ""
}

// fits reports whether a value matches all of the schemas.
func (m *Maker) fits(schemas []*openapi.Node, v *Value) bool {
	tree, err := v.node()
	return err == nil && m.allows(schemas, tree)
}

// allows reports whether all of the schemas allow a value of a description.
func (m *Maker) allows(schemas []*openapi.Node, n *openapi.Node) bool {
	for _, s := range schemas {
		if errs, err := m.compiler.Compile(s).Validate(n, m.Mode()); err != nil || len(errs) > 0 {
			return false
		}
	}
	return true
}

// start begins a value at a node, which decides the choices with the seed.
func (m *Maker) start(at *openapi.Node) *run {
	h := fnv.New64a()
	// Writing to a hash does not fail.
	_, _ = h.Write([]byte(at.Pointer()))
	return &run{
		m: m, seed: m.opts.Seed, state: m.opts.Seed ^ h.Sum64(),
		left: m.opts.MaxValues, steps: maxSteps, open: map[*openapi.Node]bool{},
	}
}

// run makes one value.
type run struct {
	m     *Maker
	seed  uint64
	state uint64
	left  int // values that may be made yet
	steps int // work that may be done yet
	open  map[*openapi.Node]bool
	depth int
	path  []string // the place in the value
	// variant tells apart the items of an array that must differ.
	variant int
	notes   []Note
}

// maxSteps bounds the schemas that are looked at for one value, alternatives
// that fail included; maxDepth how deep values nest.
const (
	maxSteps = 50_000
	maxDepth = 200
)

func (r *run) note(n *openapi.Node, format string, args ...any) {
	r.notes = append(r.notes, Note{n, fmt.Sprintf(format, args...)})
}

// pick returns a number below n.
func (r *run) pick(n int) int {
	if n <= 1 {
		return 0
	}
	if r.seed == 0 {
		return r.variant % n
	}
	return int((r.next() + uint64(r.variant)) % uint64(n))
}

// next returns the next number of SplitMix64 (Steele, Lea and Flood, 2014).
func (r *run) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	x := r.state
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fault is why a value cannot be made.
type fault struct {
	at      string // the place in the value
	node    *openapi.Node
	message string
	endless bool
}

// Error says where in the description and where in the value.
func (f *fault) Error() string {
	where := f.node.Location()
	place := f.at
	if place == "" {
		place = "the value"
	}
	return fmt.Sprintf("%s:%d:%d: %s: %s", where.File, where.Line, where.Column, place, f.message)
}

func (r *run) fail(n *openapi.Node, format string, args ...any) error {
	return &fault{at: r.place(), node: n, message: fmt.Sprintf(format, args...)}
}

func (r *run) place() string {
	if len(r.path) == 0 {
		return ""
	}
	return "/" + strings.Join(r.path, "/")
}
