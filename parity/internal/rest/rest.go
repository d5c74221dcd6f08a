// Package rest looks at an OpenAPI description the way a comparison needs it:
// operations with their path as segments, what they take and what they
// answer; schemas with all of their properties, compositions resolved. It
// reads the nodes of the description, whatever its version, and judges
// nothing.
package rest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// API is one description.
type API struct {
	Doc *openapi.Document
	// Operations are those of paths, by path and method.
	Operations []*Operation
	// Schemas are the named ones (components), by name.
	Schemas []*Schema

	lex    *word.Lexicon
	byNode map[*openapi.Node]*Schema
}

// Build looks at a description. Names become words of the lexicon.
func Build(doc *openapi.Document, lex *word.Lexicon) *API {
	a := &API{Doc: doc, lex: lex, byNode: map[*openapi.Node]*Schema{}}
	for _, n := range doc.Root().Find("components", "schemas").Children() {
		a.component(n)
	}
	for _, n := range doc.Root().Get("definitions").Children() {
		a.component(n)
	}
	slices.SortFunc(a.Schemas, func(s, t *Schema) int { return strings.Compare(s.Name, t.Name) })
	for _, op := range doc.Operations() {
		if op.Origin == openapi.FromPath && op.Method != "HEAD" && op.Method != "OPTIONS" && op.Method != "TRACE" {
			a.Operations = append(a.Operations, a.operation(op))
		}
	}
	slices.SortStableFunc(a.Operations, func(o, p *Operation) int {
		return cmp.Or(strings.Compare(o.Path, p.Path), strings.Compare(o.Method, p.Method))
	})
	a.segments()
	return a
}

// component adds a named schema. A name that is only a reference to another
// is not a schema of its own.
func (a *API) component(n *openapi.Node) {
	s := a.Schema(n)
	if s == nil || s.Name != "" {
		return
	}
	s.Name = n.Key()
	s.Words = a.lex.Name(s.Name)
	s.Pointer = "#" + n.Pointer()
	a.Schemas = append(a.Schemas, s)
}

// segments splits the paths of all operations, less what all of them begin
// with (/api/v4).
func (a *API) segments() {
	all := make([][]string, len(a.Operations))
	for i, op := range a.Operations {
		for _, text := range strings.Split(op.Path, "/") {
			if text != "" {
				all[i] = append(all[i], text)
			}
		}
	}
	shared := sharedPrefix(all)
	for i, op := range a.Operations {
		for _, text := range all[i][shared:] {
			op.Segments = append(op.Segments, a.segment(text))
		}
	}
}

// sharedPrefix counts the literal segments that nearly all paths begin with.
// Paths that do not (a health check beside /api/v1) keep theirs.
func sharedPrefix(all [][]string) int {
	for n := 0; ; n++ {
		if len(all) < 2 || len(all[0]) <= n+1 {
			return n
		}
		text := all[0][n]
		if strings.ContainsAny(text, "{:*") {
			return n
		}
		for _, s := range all {
			if len(s) <= n+1 || s[n] != text {
				return n
			}
		}
	}
}
