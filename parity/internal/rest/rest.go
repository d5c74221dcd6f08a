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

// Build looks at a description. Names become words of the lexicon. Everything
// is read by name and never in the order of the description, on which nothing
// depends therefore, not even the numbers of words.
func Build(doc *openapi.Document, lex *word.Lexicon) *API {
	a := &API{Doc: doc, lex: lex, byNode: map[*openapi.Node]*Schema{}}
	a.components(byKey(doc.Root().Find("components", "schemas").Children()))
	a.components(byKey(doc.Root().Get("definitions").Children()))
	slices.SortFunc(a.Schemas, func(s, t *Schema) int { return strings.Compare(s.Name, t.Name) })
	operations := slices.Clone(doc.Operations())
	slices.SortStableFunc(operations, func(o, p *openapi.Operation) int {
		return cmp.Or(strings.Compare(o.Path, p.Path), strings.Compare(strings.ToUpper(o.Method), strings.ToUpper(p.Method)))
	})
	for _, op := range operations {
		if op.Origin == openapi.FromPath && op.Method != "HEAD" && op.Method != "OPTIONS" && op.Method != "TRACE" {
			a.Operations = append(a.Operations, a.operation(op))
		}
	}
	a.segments()
	return a
}

// byKey returns the members of an object by name.
func byKey(members []*openapi.Node) []*openapi.Node {
	order := func(m, n *openapi.Node) int { return strings.Compare(m.Key(), n.Key()) }
	if slices.IsSortedFunc(members, order) {
		return members
	}
	members = slices.Clone(members)
	slices.SortStableFunc(members, order)
	return members
}

// components adds named schemas: those that are written there, then those that
// stand elsewhere.
func (a *API) components(list []*openapi.Node) {
	for _, elsewhere := range [...]bool{false, true} {
		for _, n := range list {
			if n.Has("$ref") == elsewhere {
				a.component(n)
			}
		}
	}
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
		segments := trim(all[i], shared)
		for _, text := range segments[:min(len(segments), maxSegments)] {
			op.Segments = append(op.Segments, a.segment(text))
		}
	}
}

// maxSegments is how deep a path is looked at: what is deeper is noise.
const maxSegments = 40

// sharedPrefix returns the segments that nearly all paths begin with.
func sharedPrefix(all [][]string) []string {
	var prefix []string
	for {
		n := len(prefix)
		counts := map[string]int{}
		best := ""
		for _, s := range all {
			if len(s) > n+1 && slices.Equal(s[:n], prefix) {
				counts[s[n]]++
				if c := counts[s[n]]; c > counts[best] || c == counts[best] && s[n] < best {
					best = s[n]
				}
			}
		}
		const nearly = 0.9
		if len(all) < 5 || float64(counts[best]) < nearly*float64(len(all)) {
			return prefix
		}
		prefix = append(prefix, best)
	}
}

// trim takes off a path what nearly all begin with, and what only names the
// API and its version.
func trim(path, shared []string) []string {
	if len(path) > len(shared) && slices.Equal(path[:len(shared)], shared) {
		path = path[len(shared):]
	}
	for len(path) > 1 && isVersion(path[0]) {
		path = path[1:]
	}
	return path
}

// isVersion reports whether a segment is api, rest or a version such as v2.
func isVersion(text string) bool {
	switch text {
	case "api", "rest":
		return true
	}
	return len(text) > 1 && text[0] == 'v' && strings.Trim(text[1:], "0123456789.") == ""
}
