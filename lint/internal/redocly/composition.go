package redocly

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// understood are the keywords with which schemas can be compared.
var understood = setOf("type format enum const nullable properties required additionalProperties discriminator " +
	"$ref $id $schema $anchor $comment title description default example examples deprecated readOnly writeOnly externalDocs xml")

func setOf(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		set[word] = true
	}
	return set
}

// noIllogicalComposition looks for allOf, anyOf and oneOf that cannot do what they
// are for: of one schema, of equal ones, and oneOf of schemas that the same values
// match.
func noIllogicalComposition() *typed.Rule {
	list := func(keyword string, more func(m *composed)) typed.Visitor {
		return typed.Visitor{Enter: func(c *typed.Context) {
			if c.Parent == nil || !c.Node.Is(openapi.Array) {
				return
			}
			m := &composed{Context: c, keyword: keyword, schemas: c.Node.Children()}
			m.discriminator = c.Parent.Get("discriminator")
			if !m.discriminator.Is(openapi.Object) {
				m.discriminator = nil
			}
			more(m)
		}}
	}
	few := func(m *composed) {
		if len(m.schemas) < 2 && m.discriminator == nil {
			m.single()
		}
		m.compare()
		if m.discriminator != nil {
			m.inline()
		}
	}
	return &typed.Rule{Visit: typed.Visitors{
		"AllOf": list("allOf", func(m *composed) {
			n := len(m.schemas)
			if n == 0 || n == 1 && m.Parent.Len() == 1 && !m.extends(m.schemas[0]) {
				m.single()
			}
			m.compare()
		}),
		"AnyOf": list("anyOf", few),
		"OneOf": list("oneOf", func(m *composed) {
			few(m)
			if allowsNull(m.Parent) {
				m.nullTwice()
			}
			m.ambiguous()
		}),
	}}
}

// composed is one allOf, anyOf or oneOf.
type composed struct {
	*typed.Context
	keyword       string
	schemas       []*openapi.Node
	discriminator *openapi.Node
}

func (m *composed) single() {
	m.Report(m.At().Key(), fmt.Sprintf("%s has fewer than two schemas", m.keyword))
}

// extends reports whether a schema is one that others are told apart by.
func (m *composed) extends(n *openapi.Node) bool {
	return m.Walk.Resolve(n).Node.Get("discriminator").Is(openapi.Object)
}

// compare reports schemas that are empty, or the same as one before.
func (m *composed) compare() {
	for i, s := range m.schemas {
		if s.Is(openapi.Object) && s.Len() == 0 {
			m.Report(m.At().Item(i), fmt.Sprintf("schema %d of %s is empty", i+1, m.keyword))
		}
	}
	for i, s := range m.schemas[:min(len(m.schemas), maxCompared)] {
		for j := range i {
			if equal(m.schemas[j], s) {
				m.Report(m.At().Item(i), fmt.Sprintf("schema %d of %s is the same as schema %d", i+1, m.keyword, j+1))
				break
			}
		}
	}
}

func (m *composed) inline() {
	for i, s := range m.schemas {
		if !typed.IsRef(s) && !s.Has("$id") {
			m.Report(m.At().Item(i), fmt.Sprintf("schema %d of %s has no name by which the discriminator could choose it", i+1, m.keyword))
		}
	}
}

func (m *composed) nullTwice() {
	for _, s := range m.schemas {
		if to := m.resolve(s); to != nil && allowsNull(to) {
			m.Report(m.At().Key(), "null matches the schema and one of its oneOf")
			return
		}
	}
}

// resolve is a schema that is an object, nil for any other.
func (m *composed) resolve(n *openapi.Node) *openapi.Node {
	if to := m.Walk.Resolve(n).Node; to.Is(openapi.Object) {
		return to
	}
	return nil
}

// maxPairs bounds how many schemas of one oneOf are compared with each other.
const maxPairs = 300

func (m *composed) ambiguous() {
	list := m.schemas[:min(len(m.schemas), maxPairs)]
	for i, a := range list {
		left := m.resolve(a)
		if left == nil {
			continue
		}
		for j := i + 1; j < len(list); j++ {
			right := m.resolve(list[j])
			if right == nil || equal(a, list[j]) {
				continue
			}
			if why := m.overlap(left, right); why != "" {
				m.Report(m.At().Key(), fmt.Sprintf("schemas %d and %d of oneOf can match the same value: %s", i+1, j+1, why))
			}
		}
	}
}

// overlap says why a value may match both schemas, "" where none may or nothing can
// be said.
func (m *composed) overlap(left, right *openapi.Node) string {
	if incomparable(left) || incomparable(right) || exclusive(left, right) {
		return ""
	}
	if allowsNull(left) && allowsNull(right) {
		return "both allow null"
	}
	if values(left) != nil && values(right) != nil {
		return "both allow the same values"
	}
	if m.discriminator != nil {
		return m.gap(left, right)
	}
	if why := m.shared(left, right); why != "" {
		return why
	}
	if !ecma.Truthy(left.Get("properties")) && !ecma.Truthy(right.Get("properties")) {
		if both, known := sharedTypes(left, right); known && len(both) > 0 {
			return "both allow " + strings.Join(both, ", ")
		}
	}
	return ""
}

// gap says why the discriminator may be missing. Since OpenAPI 3.2 it may.
func (m *composed) gap(left, right *openapi.Node) string {
	property, ok := m.discriminator.Get("propertyName").Str()
	if m.Walk.Doc.Version() == openapi.V32 || !ok {
		return ""
	}
	if contains(texts(left.Get("required")), property) && contains(texts(right.Get("required")), property) {
		return ""
	}
	return fmt.Sprintf("%q, by which they are told apart, is not required in both", short(property))
}

// shared says which properties both schemas have that do not tell them apart.
func (m *composed) shared(left, right *openapi.Node) string {
	lp, rp := left.Get("properties"), right.Get("properties")
	if !ecma.Truthy(lp) || !ecma.Truthy(rp) {
		return ""
	}
	lr, rr := texts(left.Get("required")), texts(right.Get("required"))
	if forbids(left, lp, rr) || forbids(right, rp, lr) {
		return ""
	}
	if alone(lr, rr, rp) && alone(rr, lr, lp) {
		return ""
	}
	var optional, same []string
	for _, p := range lp.Children() {
		other := rp.Get(p.Key())
		if !ecma.Truthy(other) {
			continue
		}
		a, b := m.resolve(p), m.resolve(other)
		if a == nil || b == nil || incomparable(a) || incomparable(b) {
			continue
		}
		if !exclusive(a, b) {
			same = append(same, p.Key())
			continue
		}
		if contains(lr, p.Key()) && contains(rr, p.Key()) {
			return ""
		}
		optional = append(optional, p.Key())
	}
	switch {
	case len(optional) > 0:
		return fmt.Sprintf("%q, which would tell them apart, is not required in both", short(optional[0]))
	case len(same) > 0:
		return fmt.Sprintf("both have %q", short(strings.Join(same, ", ")))
	}
	return ""
}

// alone reports whether one of the required properties is unknown to the other
// schema.
func alone(required, others []string, properties *openapi.Node) bool {
	for _, name := range required {
		if !ecma.Truthy(properties.Get(name)) && !contains(others, name) {
			return true
		}
	}
	return false
}

// forbids reports whether a schema does not allow what another requires.
func forbids(n, properties *openapi.Node, required []string) bool {
	if v, ok := n.Get("additionalProperties").Bool(); !ok || v {
		return false
	}
	for _, name := range required {
		if !ecma.Truthy(properties.Get(name)) {
			return true
		}
	}
	return false
}
