package redocly

import (
	"fmt"
	"maps"
	"regexp"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
)

var template = regexp.MustCompile(`\{([a-zA-Z0-9_.-]+)\}+`)

// callbackDepth is how deep callbacks are looked at: those of operations, and not
// those of callbacks.
const callbackDepth = 2

// pathParams holds the parameters of a path against its template.
type pathParams struct {
	path        *pathOf
	ofOperation map[string]bool
}

// pathOf is the path that is looked at.
type pathOf struct {
	name     string
	template []string
	defined  map[string]bool
}

func newPathOf(name string) *pathOf {
	p := &pathOf{name: name, defined: map[string]bool{}}
	for _, m := range template.FindAllStringSubmatch(name, -1) {
		if !contains(p.template, m[1]) {
			p.template = append(p.template, m[1])
		}
	}
	return p
}

func pathParametersDefined() *typed.Rule {
	r := &pathParams{}
	return &typed.Rule{Visit: typed.Visitors{"PathItem": {
		Enter: func(c *typed.Context) { r.path = newPathOf(c.Key) },
		Leave: func(*typed.Context) { r.path = nil },
		In: typed.Visitors{
			"Parameter": {Enter: r.ofPathItem},
			"Operation": r.operation(0),
		},
	}}}
}

func (r *pathParams) ofPathItem(c *typed.Context) {
	if name, ok := pathParameter(c); ok && r.path != nil {
		r.path.defined[name] = true
		r.used(c, name)
	}
}

// pathParameter is the name of a parameter in the path.
func pathParameter(c *typed.Context) (name string, ok bool) {
	n := c.Node.Get("name")
	return n.Text(), c.Node.Get("in").Text() == "path" && ecma.Truthy(n)
}

// used reports a parameter that the path does not have.
func (r *pathParams) used(c *typed.Context, name string) {
	if !contains(r.path.template, name) {
		c.Report(c.At().Child("name"), fmt.Sprintf("path parameter %q is not in the path %q", short(name), short(r.path.name)))
	}
}

func (r *pathParams) operation(depth int) typed.Visitor {
	if depth >= callbackDepth {
		return typed.Visitor{Leave: func(c *typed.Context) {
			c.Report(c.At(), "path parameters of callbacks within callbacks of callbacks are not looked at")
		}}
	}
	var outer *pathOf
	var outerNames map[string]bool
	return typed.Visitor{
		Enter: func(*typed.Context) { outerNames, r.ofOperation = r.ofOperation, map[string]bool{} },
		Leave: func(c *typed.Context) {
			r.missing(c)
			r.ofOperation = outerNames
		},
		In: typed.Visitors{
			"Parameter": {Enter: func(c *typed.Context) {
				if name, ok := pathParameter(c); ok {
					r.ofOperation[name] = true
					if r.path != nil {
						r.used(c, name)
					}
				}
			}},
			"Callback": {In: typed.Visitors{"PathItem": {
				Enter: func(c *typed.Context) { outer, r.path = r.path, newPathOf(c.Key) },
				Leave: func(*typed.Context) { r.path = outer },
				In: typed.Visitors{
					"Parameter": {Enter: r.ofPathItem},
					"Operation": r.operation(depth + 1),
				},
			}}},
		},
	}
}

// missing reports what is in the path and is no parameter.
func (r *pathParams) missing(c *typed.Context) {
	if r.path == nil {
		return
	}
	defined := maps.Clone(r.path.defined)
	maps.Copy(defined, r.ofOperation)
	for _, name := range r.path.template {
		if !defined[name] {
			c.Report(c.At().Child("parameters").Key(), fmt.Sprintf("path parameter %q of the path %q is not defined", short(name), short(r.path.name)))
		}
	}
}
