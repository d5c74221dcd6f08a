package redocly

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// mimeType is a rule that media types are among those allowed. Field is what names
// them in OpenAPI 2.0; since 3.0 they stand in what is sent and what is asked for,
// which are the other way round in callbacks and webhooks.
func mimeType(field, kind, turned string) func(Options) *typed.Rule {
	return func(o Options) *typed.Rule {
		allowed, ok := o.list("allowedValues")
		if !ok {
			return &typed.Rule{}
		}
		listed := func(c *typed.Context) {
			if c.Walk.Doc.Version() != openapi.V20 {
				return
			}
			for i, m := range c.Node.Get(field).Children() {
				if !contains(allowed, m.Text()) {
					c.Report(c.At().Item(i).Key(), fmt.Sprintf("media type %s is not allowed", quoted(m)))
				}
			}
		}
		content := func(c *typed.Context) {
			for _, m := range c.Node.Get("content").Children() {
				if !contains(allowed, m.Key()) {
					c.Report(typed.At(m).Key(), fmt.Sprintf("media type %q is not allowed", short(m.Key())))
				}
			}
		}
		return &typed.Rule{Visit: typed.Visitors{
			"Root":      {Enter: listed},
			"Operation": {Leave: listed},
			"Paths": {In: typed.Visitors{
				kind: {Leave: content},
				"Callback": {In: typed.Visitors{
					kind:   {Enter: func(*typed.Context) {}},
					turned: {Leave: content},
				}},
			}},
			"WebhooksMap": {In: typed.Visitors{turned: {Leave: content}}},
		}}
	}
}

func responseContainsHeader(o Options) *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{"Operation": {In: typed.Visitors{"Response": {Enter: func(c *typed.Context) {
		have := keys(c.Node.Get("headers"))
		for _, want := range o.byStatus("names", c.Key) {
			if !containsFold(have, want) {
				c.Report(c.At().Child("headers").Key(), fmt.Sprintf("the response has no header %q", short(want)))
			}
		}
	}}}}}}
}

func responseContainsProperty(o Options) *typed.Rule {
	status := ""
	schema := typed.Visitor{Enter: func(c *typed.Context) {
		if c.Node.Get("type").Text() != "object" {
			return
		}
		for _, want := range o.byStatus("names", status) {
			if !ecma.Truthy(c.Node.Get("properties").Get(want)) {
				c.Report(c.At().Child("properties").Key(), fmt.Sprintf("the response has no property %q", short(want)))
			}
		}
	}}
	in := typed.Visitors{"Schema": {Enter: func(c *typed.Context) {
		if c.Walk.Doc.Version() == openapi.V20 {
			schema.Enter(c)
		}
	}}}
	in["MediaType"] = typed.Visitor{In: typed.Visitors{"Schema": schema}}
	return &typed.Rule{Visit: typed.Visitors{"Operation": {In: typed.Visitors{"Response": {
		Skip:  func(c *typed.Context) bool { return c.Key == "204" },
		Enter: func(c *typed.Context) { status = c.Key },
		In:    in,
	}}}}}
}

var status4xx = regexp.MustCompile(`4[Xx0-9]{2}`)

// problemJSON is the media type of errors in RFC 7807 and RFC 9457.
const problemJSON = "application/problem+json"

func operation4xxProblemDetails() *typed.Rule {
	return &typed.Rule{Visit: typed.Visitors{"Response": {
		Skip: func(c *typed.Context) bool { return !status4xx.MatchString(c.Key) },
		Enter: func(c *typed.Context) {
			if !ecma.Truthy(c.Node.Get("content").Get(problemJSON)) {
				c.Report(c.At().Key(), "the response "+c.Key+" is not of the media type "+problemJSON)
			}
		},
		In: typed.Visitors{"MediaType": {
			Skip: func(c *typed.Context) bool { return c.Key != problemJSON },
			Enter: func(c *typed.Context) {
				filled(c, "schema")
				schema := c.Walk.Resolve(c.Node.Get("schema")).Node
				if !ecma.Truthy(schema) {
					return
				}
				for _, name := range []string{"type", "title"} {
					p := properties{w: c.Walk, name: name}
					if p.has(c.Node.Get("schema"), map[*openapi.Node]bool{}) {
						continue
					}
					at := typed.At(schema).Key()
					if ecma.Truthy(schema.Get("properties")) {
						at = typed.At(schema).Child("properties", name).Key()
					}
					c.Report(at, fmt.Sprintf("the problem has no property %q", name))
				}
			},
		}},
	}}}
}

func specNoInvalidEncodingCombinations() *typed.Rule {
	return leaving("MediaType", func(c *typed.Context) {
		if c.Node.Has("encoding") && (c.Node.Has("prefixEncoding") || c.Node.Has("itemEncoding")) {
			c.Report(c.At().Child("encoding").Key(), "encoding stands beside prefixEncoding or itemEncoding")
		}
	})
}

func noExampleValueAndExternalValue() *typed.Rule {
	return rule("Example", func(c *typed.Context) {
		if ecma.Truthy(c.Node.Get("value")) && ecma.Truthy(c.Node.Get("externalValue")) {
			c.Report(c.At().Child("value").Key(), "the example has both value and externalValue")
		}
	})
}

func specExampleValues() *typed.Rule {
	return rule("Example", func(c *typed.Context) {
		both := func(a, b string) bool { return c.Node.Has(a) && c.Node.Has(b) }
		for _, name := range []string{"value", "serializedValue"} {
			if both(name, "externalValue") {
				c.Report(c.At(), "the example has both "+name+" and externalValue")
			}
		}
		for _, name := range []string{"dataValue", "serializedValue"} {
			if both("value", name) {
				c.Report(c.At().Child("value").Key(), "the example has both value and "+name)
			}
		}
	})
}

func specQuerystringParameters() *typed.Rule {
	type state struct{ query, whole bool }
	var ofPath, ofOperation state
	pathCount := 0
	count := func(n *openapi.Node) int {
		sum := 0
		for _, p := range n.Get("parameters").Children() {
			if !p.Has("$ref") && p.Get("in").Text() == "querystring" {
				sum++
			}
		}
		return sum
	}
	several := func(c *typed.Context, n int) {
		if n > 1 {
			c.Report(c.At().Child("parameters"), fmt.Sprintf("%d parameters are the whole query string", n))
		}
	}
	mixed := func(c *typed.Context, s *state) {
		switch c.Node.Get("in").Text() {
		case "query":
			if s.whole {
				c.Report(c.At(), "a parameter of the query stands beside one that is the whole query string")
			}
			s.query = true
		case "querystring":
			if s.query {
				c.Report(c.At(), "a parameter that is the whole query string stands beside one of the query")
			}
			s.whole = true
		}
	}
	return &typed.Rule{Visit: typed.Visitors{"PathItem": {
		Enter: func(c *typed.Context) {
			ofPath, ofOperation, pathCount = state{}, state{}, 0
			several(c, count(c.Node))
		},
		In: typed.Visitors{
			"Parameter": {Enter: func(c *typed.Context) {
				mixed(c, &ofPath)
				if c.Node.Get("in").Text() == "querystring" {
					pathCount++
				}
			}},
			"Operation": {
				Enter: func(c *typed.Context) {
					ofOperation = ofPath
					several(c, pathCount+count(c.Node))
				},
				In: typed.Visitors{"Parameter": {Enter: func(c *typed.Context) { mixed(c, &ofOperation) }}},
			},
		},
	}}}
}

func containsFold(list []string, text string) bool {
	for _, s := range list {
		if strings.EqualFold(s, text) {
			return true
		}
	}
	return false
}
