package redocly

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// operationField is a rule that a member of operations is there and not empty.
func operationField(field string) func(Options) *typed.Rule {
	return func(Options) *typed.Rule {
		return rule("Operation", func(c *typed.Context) { filled(c, field) })
	}
}

func operationOperationID() *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{"Root": {In: typed.Visitors{"PathItem": {In: typed.Visitors{
		"Operation": {Enter: func(c *typed.Context) { filled(c, "operationId") }},
	}}}}}}
}

func operationOperationIDUnique() *typed.Rule {
	seen := map[string]bool{}
	return rule("Operation", func(c *typed.Context) {
		id := c.Node.Get("operationId")
		if !ecma.Truthy(id) {
			return
		}
		if seen[id.Text()] {
			at := c.At()
			at.Below = []string{id.Text()}
			if member := c.Node.Get(id.Text()); member != nil {
				at = typed.At(member)
			}
			c.Report(at, fmt.Sprintf("operationId %s is that of another operation too", quoted(id)))
		}
		seen[id.Text()] = true
	})
}

var urlSafe = regexp.MustCompile(`^[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]*$`)

func operationOperationIDURLSafe() *typed.Rule {
	return rule("Operation", func(c *typed.Context) {
		if id := c.Node.Get("operationId"); ecma.Truthy(id) && !urlSafe.MatchString(id.Text()) {
			c.Report(c.At().Child("operationId"), fmt.Sprintf("operationId %s has characters that a URL cannot have", quoted(id)))
		}
	})
}

func operationSingularTag() *typed.Rule {
	return rule("Operation", func(c *typed.Context) {
		if n := c.Node.Get("tags").Len(); n > 1 {
			c.Report(c.At().Child("tags").Key(), fmt.Sprintf("the operation has %d tags", n))
		}
	})
}

func operationTagDefined() *typed.Rule {
	defined := map[string]bool{}
	return &typed.Rule{Visit: typed.Visitors{
		"Root": {Enter: func(c *typed.Context) {
			for _, tag := range c.Node.Get("tags").Children() {
				defined[tag.Get("name").Text()] = true
			}
		}},
		"Operation": {Enter: func(c *typed.Context) {
			tags := c.Node.Get("tags")
			if !ecma.Truthy(tags) {
				c.Report(c.At().Key(), "the operation has no tags")
				return
			}
			for i, tag := range tags.Children() {
				if !defined[tag.Text()] {
					c.Report(c.At().Child("tags").Item(i), fmt.Sprintf("tag %s is not among the tags of the description", quoted(tag)))
				}
			}
		}},
	}}
}

// responseCode is a rule that operations have a response of a range.
func responseCode(digit byte) func(Options) *typed.Rule {
	code := regexp.MustCompile("^" + string(digit) + "[0-9Xx]{2}$")
	return func(o Options) *typed.Rule {
		byDefault := digit == '2' && !o.flag("disallowDefault")
		look := func(c *typed.Context) {
			for _, key := range keys(c.Node) {
				if byDefault && key == "default" || code.MatchString(key) {
					return
				}
			}
			c.Report(c.At().Key(), fmt.Sprintf("no response has a status of %cXX", digit))
		}
		within := typed.Visitor{In: typed.Visitors{"Responses": {Enter: look}}}
		visit := typed.Visitors{"Paths": within}
		if o.flag("validateWebhooks") {
			visit["WebhooksMap"] = within
		}
		return &typed.Rule{Visit: visit}
	}
}

func operationParametersUnique() *typed.Rule {
	var ofPath, ofOperation map[string]bool
	name := func(n *openapi.Node) string {
		return n.Get("in").Text() + "___" + n.Get("name").Text()
	}
	report := func(c *typed.Context, above string) {
		at := typed.At(c.Above(above)).Child("parameters", c.Key)
		c.Report(at, fmt.Sprintf("parameter %s in %s is there twice", quoted(c.Node.Get("name")), quoted(c.Node.Get("in"))))
	}
	return &typed.Rule{Visit: typed.Visitors{"PathItem": {
		Enter: func(*typed.Context) { ofPath = map[string]bool{} },
		In: typed.Visitors{
			"Parameter": {Enter: func(c *typed.Context) {
				if ofPath[name(c.Node)] {
					report(c, "PathItem")
				}
				ofPath[name(c.Node)] = true
			}},
			"Operation": {
				Enter: func(*typed.Context) { ofOperation = map[string]bool{} },
				In: typed.Visitors{"Parameter": {Enter: func(c *typed.Context) {
					if ofOperation[name(c.Node)] {
						report(c, "Operation")
					}
					ofOperation[name(c.Node)] = true
				}}},
			},
		},
	}}}
}

func parameterDescription() *typed.Rule {
	return rule("Parameter", func(c *typed.Context) {
		switch d := c.Node.Get("description"); {
		case d == nil:
			c.Report(c.At().Key(), fmt.Sprintf("parameter %s has no description", quoted(c.Node.Get("name"))))
		case !ecma.Truthy(d):
			c.Report(c.At().Child("description"), fmt.Sprintf("description of the parameter %s is empty", quoted(c.Node.Get("name"))))
		}
	})
}

func arrayParameterSerialization(o Options) *typed.Rule {
	in, limited := o.list("in")
	return leaving("Parameter", func(c *typed.Context) {
		schema := c.Walk.Resolve(c.Node.Get("schema")).Node
		list := schema.Get("type").Text() == "array" || ecma.Truthy(schema.Get("items")) || ecma.Truthy(schema.Get("prefixItems"))
		if !list || c.Node.Has("style") && c.Node.Has("explode") {
			return
		}
		if limited && !contains(in, c.Node.Get("in").Text()) {
			return
		}
		c.Report(c.At(), fmt.Sprintf("parameter %s is a list without style and explode", quoted(c.Node.Get("name"))))
	})
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

func booleanParameterPrefixes(o Options) *typed.Rule {
	prefixes, ok := o.list("prefixes")
	if !ok {
		prefixes = []string{"is", "has"}
	}
	pattern, err := ecma.Compile("^("+strings.Join(prefixes, "|")+")[A-Z-_]", "")
	if err != nil {
		return &typed.Rule{}
	}
	look := func(c *typed.Context, parameter *openapi.Node) {
		name := parameter.Get("name")
		if found, err := pattern.Match(name.Text(), nil); !found && err == nil {
			c.Report(typed.At(parameter).Child("name"), fmt.Sprintf("boolean parameter %s does not begin with %s", quoted(name), strings.Join(prefixes, " or ")))
		}
	}
	return &typed.Rule{Visit: typed.Visitors{"Parameter": {
		Enter: func(c *typed.Context) {
			if c.Walk.Doc.Version() == openapi.V20 && c.Node.Get("type").Text() == "boolean" {
				look(c, c.Node)
			}
		},
		In: typed.Visitors{"Schema": {Enter: func(c *typed.Context) {
			if c.Walk.Doc.Version() != openapi.V20 && c.Node.Get("type").Text() == "boolean" {
				look(c, c.Above("Parameter"))
			}
		}}},
	}}}
}
