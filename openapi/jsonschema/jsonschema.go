// Package jsonschema checks the values of a description against JSON Schemas
// that are values of a description themselves, or of any JSON or YAML text.
//
// A [Compiler] turns a schema, an [openapi.Node], into a [Schema], once for
// each node; [Schema.Validate] checks an instance, another node. Errors name
// the nodes on both sides, so that every one of them has a place.
//
// Which errors there are, and in which order, is what the validator ajv says
// of the same schema and value, whose behaviour many tools of OpenAPI show:
// in the mode All every error, failed alternatives of oneOf and anyOf
// included; else those of the first keyword that fails.
//
// Two things are left out. Patterns are read as ECMA-262 and run by Go's
// regexp package in linear time; lookaround and backreferences, which it
// cannot run so, are not asserted. Formats are asserted as the package
// ajv-formats does; unknown ones are not.
//
// The package decides nothing about style. It says whether a value matches.
package jsonschema

import (
	"github.com/plumbapi/plumb/openapi"
)

// Dialect is a version of JSON Schema, or what a version of OpenAPI makes of
// one.
type Dialect uint8

// The dialects. OpenAPI 2.0 and 3.0 have draft 04 with nullable; 3.1 and 3.2
// have 2020-12, where this package knows nullable too. Of 2019-09, $recursiveRef is
// not known.
const (
	Draft04 Dialect = iota + 1
	Draft07
	Draft201909
	Draft202012
	OpenAPI20
	OpenAPI30
	OpenAPI31
)

// DialectOf returns the dialect of the schemas in descriptions of a version.
func DialectOf(v openapi.Version) Dialect {
	switch v {
	case openapi.V20:
		return OpenAPI20
	case openapi.V30:
		return OpenAPI30
	}
	return OpenAPI31
}

// draft04 reports whether the keywords are those of draft 04, in which a
// schema is always an object and an exclusive limit a boolean.
func (d Dialect) draft04() bool { return d == Draft04 || d == OpenAPI20 || d == OpenAPI30 }

// modern reports whether the keywords are those of 2019-09 or 2020-12, in which
// a $ref may have siblings.
func (d Dialect) modern() bool { return d == Draft201909 || d == Draft202012 || d == OpenAPI31 }

// tuples reports whether items may be an array, followed by additionalItems.
func (d Dialect) tuples() bool { return !d.modern() || d == Draft201909 }

// openAPI reports whether the dialect is one of OpenAPI, with its nullable.
func (d Dialect) openAPI() bool { return d >= OpenAPI20 }

// Options says how a [Compiler] follows references and what else it knows.
type Options struct {
	// Follow returns what a schema with a $ref names, one step on, nil where
	// it leads nowhere. Without it references are resolved as JSON Schema
	// says: against $id, $anchor and the resources.
	Follow func(schema *openapi.Node) *openapi.Node
	// Resources are schemas that references may name by an absolute URI
	// without a fragment.
	Resources map[string]*openapi.Node
	// ErrorMessage makes the keyword errorMessage known, a string: where its
	// schema fails, one error with that text takes the place of all others.
	ErrorMessage bool
	// Closed makes every member wrong that no schema speaks of, as if each schema
	// with properties said unevaluatedProperties: false, but for those of allOf,
	// anyOf and oneOf, of which what they are a part of says so.
	Closed bool
	// Discriminator makes the keyword discriminator choose among oneOf or anyOf.
	Discriminator bool
	// RefSiblings applies what stands beside a $ref in every dialect.
	RefSiblings bool
	// Nullable makes OpenAPI's nullable known in JSON Schema's own dialects too.
	Nullable bool
	// Root is the schema that # means, where it stands within a larger text.
	Root *openapi.Node
}

// ForDocument returns the options with which the schemas of a description are
// compiled: references are those of the document.
func ForDocument(doc *openapi.Document) Options {
	return Options{Follow: func(n *openapi.Node) *openapi.Node {
		if r := doc.Ref(n); r != nil {
			return r.Target
		}
		target, err := doc.Lookup(n, n.Get("$ref").Text())
		if err != nil {
			return nil
		}
		return target
	}}
}

// Compiler compiles schemas and remembers them. It is not safe for concurrent
// use; the schemas that it returns are, once it compiles no more.
type Compiler struct {
	dialect  Dialect
	opts     Options
	schemas  map[*openapi.Node]*Schema
	queue    []*Schema
	patterns map[string]*pattern
	trees    map[*openapi.Node]*tree // by root
	treeList []*tree
	anchors  map[string]bool // what $dynamicRef looks for
}

// NewCompiler returns a compiler for schemas of the dialect.
func NewCompiler(d Dialect, opts Options) *Compiler {
	return &Compiler{
		dialect: d, opts: opts,
		schemas:  map[*openapi.Node]*Schema{},
		patterns: map[string]*pattern{},
		trees:    map[*openapi.Node]*tree{},
		anchors:  map[string]bool{},
	}
}

// Compile returns the compiled schema of a node, and everything that it
// refers to with it. It never fails: a keyword whose value makes no sense is
// left out and stands in [Schema.Survey].
func (c *Compiler) Compile(n *openapi.Node) *Schema {
	if s := c.schemas[n]; s != nil {
		return s
	}
	s := c.schema(n)
	for len(c.queue) > 0 {
		next := c.queue[len(c.queue)-1]
		c.queue = c.queue[:len(c.queue)-1]
		c.fill(next)
		if len(c.queue) == 0 {
			c.dynamicSchemas()
		}
	}
	return s
}

// schema returns the schema of a node, which may be filled only later: what
// references reach waits in the queue, so that long chains of them take no
// deep stack.
func (c *Compiler) schema(n *openapi.Node) *Schema {
	s := c.schemas[n]
	if s == nil {
		s = &Schema{node: n}
		c.schemas[n] = s
		c.queue = append(c.queue, s)
	}
	return s
}

// Survey is what can be said of a schema and all that it refers to without a
// value.
type Survey struct {
	// Problem is the first keyword whose value makes no sense; nil where all
	// do. It is left out when values are checked.
	Problem *Problem
	// Fatal is the first thing that makes the whole schema useless: a pattern
	// that is no regular expression, nullable without a type.
	Fatal *Problem
	// Unusable is the first keyword with a value of a type that it cannot have, or
	// a type that is none of JSON Schema.
	Unusable *Problem
	// Recursive is set where the schema reaches one that holds itself.
	Recursive bool
	// Dangling is a schema whose $ref leads nowhere; nil where none is.
	Dangling *openapi.Node
}

// Problem is what makes no sense in a schema: {"type": 5}.
type Problem struct {
	// Node is the keyword's value.
	Node *openapi.Node
	// Message says what is wrong with it.
	Message string
	// Lone is set for a discriminator that has nothing to choose from.
	Lone bool
}
