package redocly

import (
	"strings"

	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// examples holds examples against schemas.
type examples struct {
	closed   bool // members that no schema speaks of are wrong
	compiler *jsonschema.Compiler
	runs     map[jsonschema.Mode]*jsonschema.Run
	reported map[reportedExample]bool
}

type reportedExample struct {
	at      *openapi.Node
	message string
}

func newExamples(o Options) *examples {
	return &examples{
		closed:   !o.flag("allowAdditionalProperties"),
		runs:     map[jsonschema.Mode]*jsonschema.Run{},
		reported: map[reportedExample]bool{},
	}
}

// hold reports where a value is not what the schema says. At is the place of the
// value, which says where it is used.
func (e *examples) hold(c *typed.Context, value, schema *openapi.Node, mode jsonschema.Mode) {
	if !schema.Is(openapi.Object) {
		return
	}
	if e.compiler == nil {
		opts := jsonschema.ForDocument(c.Walk.Doc)
		opts.Discriminator, opts.Closed, opts.RefSiblings = true, e.closed, true
		e.compiler = jsonschema.NewCompiler(jsonschema.DialectOf(c.Walk.Doc.Version()), opts)
	}
	s := e.compiler.Compile(schema)
	survey := s.Survey()
	broken := func(why string) { c.Report(c.At().Child("schema"), "the example cannot be checked: "+why) }
	switch {
	case survey.Fatal != nil && survey.Fatal.Lone:
		return // what a discriminator of nothing means is not known
	case survey.Fatal != nil:
		broken(survey.Fatal.Message)
		return
	case survey.Unusable != nil:
		broken(survey.Unusable.Message)
		return
	case survey.Dangling != nil:
		broken("a reference of its schema leads nowhere")
		return
	}
	mode.All, mode.Forbid = true, true
	run := e.runs[mode]
	if run == nil {
		run = jsonschema.NewRun(mode, nil)
		e.runs[mode] = run
	}
	errs, err := run.Validate(s, value)
	if err != nil {
		broken("its schema asks for too much work")
		return
	}
	for i := range errs {
		at := typed.At(errs[i].Instance)
		if k := errs[i].Keyword; k == "additionalProperties" || k == "unevaluatedProperties" {
			at = at.Child(errs[i].Property).Key()
		}
		message := "example does not match the schema: " + errs[i].Message()
		seen := reportedExample{at.Node, strings.Join(at.Below, "/") + "\n" + message}
		if !e.reported[seen] {
			e.reported[seen] = true
			c.Report(at, message)
		}
	}
}

func noInvalidSchemaExamples(o Options) *typed.Rule {
	e := newExamples(o)
	return leaving("Schema", func(c *typed.Context) {
		for _, v := range c.Node.Get("examples").Children() {
			if c.Node.Get("examples").Is(openapi.Array) {
				e.hold(c, v, c.Node, jsonschema.Mode{})
			}
		}
		v := c.Node.Get("example")
		nullable := v.Is(openapi.Null) && c.Node.Get("nullable").IsTrue() && c.Node.Has("type")
		if v != nil && !nullable {
			e.hold(c, v, c.Node, jsonschema.Mode{})
		}
	})
}

func noInvalidParameterExamples(o Options) *typed.Rule {
	e := newExamples(o)
	mode := jsonschema.Mode{Request: true}
	return leaving("Parameter", func(c *typed.Context) {
		schema := c.Node.Get("schema")
		if v := c.Node.Get("example"); v != nil {
			e.hold(c, v, schema, mode)
		}
		if list := c.Node.Get("examples"); list.Is(openapi.Object) {
			for _, example := range list.Children() {
				if v := exampleValue(example); v != nil {
					e.hold(c, v, schema, mode)
				}
			}
		}
	})
}

// exampleValue is the value of an example object, nil where it has none.
func exampleValue(n *openapi.Node) *openapi.Node {
	if v := n.Get("dataValue"); v != nil {
		return v
	}
	return n.Get("value")
}

func noInvalidMediaTypeExamples(o Options) *typed.Rule {
	e := newExamples(o)
	media := func(mode jsonschema.Mode) typed.Visitor {
		return typed.Visitor{In: typed.Visitors{"MediaType": {
			Skip: func(c *typed.Context) bool { return !c.Node.Has("schema") },
			Leave: func(c *typed.Context) {
				schema := c.Node.Get("schema")
				if v := c.Node.Get("example"); v != nil {
					if v = c.Walk.Resolve(v).Node; v != nil {
						e.hold(c, v, schema, mode)
					}
					return
				}
				if list := c.Node.Get("examples"); list.Is(openapi.Object) {
					for _, example := range list.Children() {
						if v := exampleValue(c.Walk.Resolve(example).Node); v != nil {
							e.hold(c, v, schema, mode)
						}
					}
				}
			},
		}}}
	}
	request, response := jsonschema.Mode{Request: true}, jsonschema.Mode{Response: true}
	return &typed.Rule{Visit: typed.Visitors{
		"Parameter": media(request), "RequestBody": media(request), "Response": media(response),
	}}
}
