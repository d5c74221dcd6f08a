package oas

import (
	"context"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3ExamplesValueOrExternalValue = &rule{
	Meta: check.Meta{
		ID:      "oas3-examples-value-or-externalValue",
		Summary: "An example must have either a value or an externalValue.",
		Rationale: "An example without `value` and `externalValue` shows nothing; one with both leaves open which of them " +
			"holds. Often the value was written straight into the example, without the member `value` around it. Keep " +
			"exactly one of the two.",
		Severity: check.Warning, Tags: []string{"openapi", "oas3", "examples", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3ExamplesValueOrExternalValue,
}

func checkOas3ExamplesValueOrExternalValue(_ context.Context, p *pass) error {
	doc := p.Subject
	if doc.Version() == openapi.V20 {
		return nil
	}
	c := namedExamples{doc: doc, report: once{p: p}, targets: map[*openapi.Node]bool{}}
	for _, r := range doc.Refs() {
		c.targets[r.Target] = false
	}
	components := member(doc, doc.Root(), "components")
	c.examples(member(doc, components, "examples"))
	c.holders(member(doc, components, "parameters"))
	c.holders(member(doc, components, "headers"))
	for _, item := range member(doc, doc.Root(), "paths").Children() {
		for _, child := range resolved(doc, item).Children() {
			c.reach(child)
		}
	}
	return nil
}

type namedExamples struct {
	doc     *openapi.Document
	report  once
	targets map[*openapi.Node]bool // what references name, and whether it was reached
}

// reach looks for examples in everything that a value leads to.
func (c *namedExamples) reach(n *openapi.Node) {
	if reached, target := c.targets[n]; reached {
		return
	} else if target {
		c.targets[n] = true
	}
	if n.Has("$ref") {
		if r := c.doc.Ref(n); r != nil && r.Target != nil {
			c.reach(r.Target)
			return
		}
	}
	for _, child := range n.Children() {
		switch child.Key() {
		case "content", "parameters", "headers":
			c.holders(resolved(c.doc, child))
		}
		if child.Len() > 0 {
			c.reach(child)
		}
	}
}

// holders looks at the examples of each member of a map or list.
func (c *namedExamples) holders(n *openapi.Node) {
	for _, holder := range n.Children() {
		c.examples(member(c.doc, holder, "examples"))
	}
}

func (c *namedExamples) examples(n *openapi.Node) {
	for _, child := range n.Children() {
		example := resolved(c.doc, child)
		if !example.Is(openapi.Object) {
			continue
		}
		value, external := example.Has("value"), example.Has("externalValue")
		switch {
		case value && external:
			c.report.Report(written(c.doc, child), "", "the example has both value and externalValue")
		case !value && !external:
			c.report.Report(written(c.doc, child), "", "the example has neither value nor externalValue")
		}
	}
}
