package spectral

import (
	"strings"
	"sync"

	"github.com/plumbapi/plumb/lint/internal/jsonpath"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// dialects are the words for dialect. Draft 6 is read as draft 7.
var dialects = map[string]jsonschema.Dialect{
	"auto": 0, "draft4": jsonschema.Draft04, "draft6": jsonschema.Draft07, "draft7": jsonschema.Draft07,
	"draft2019-09": jsonschema.Draft201909, "draft2020-12": jsonschema.Draft202012,
}

func newSchema(options, name *openapi.Node) (checker, error) {
	if err := optionsOf(options, name, []string{"schema"}, []string{"dialect", "allErrors", "prepareResults"}); err != nil {
		return nil, err
	}
	schema := options.Get("schema")
	var dialect jsonschema.Dialect
	if n := options.Get("dialect"); n != nil {
		d, ok := dialects[n.Text()]
		if !ok {
			return nil, wrong(n, "%q is no dialect of JSON Schema", n.Text())
		}
		dialect = d
	}
	if dialect == 0 {
		dialect = dialectOf(schema.Get("$schema").Text())
	}
	compiled := sync.OnceValue(func() *jsonschema.Schema {
		return jsonschema.NewCompiler(dialect, jsonschema.Options{ErrorMessage: true, Nullable: true, Root: schema}).Compile(schema)
	})
	all := options.Get("allErrors").IsTrue()
	return func(c *call) ([]problem, error) {
		if c.value == nil {
			return one("must exist"), nil
		}
		var stand func(*openapi.Node) *openapi.Node
		if c.resolved {
			stand = c.doc.unrolled
		}
		errs, err := jsonschema.NewRun(jsonschema.Mode{All: all}, stand).Validate(compiled(), c.value)
		if err != nil {
			return nil, err
		}
		var list []problem
		for i := range errs {
			e := &errs[i]
			p := problem{text: e.Message(), whole: true}
			if e.Instance != nil && e.Instance != c.value {
				p.at, p.route = e.Instance, below(c.value, e.Instance)
			}
			list = append(list, p)
		}
		return list, nil
	}, nil
}

// dialectOf is the dialect that a schema names as its own, draft 7 where it names
// none that is known.
func dialectOf(id string) jsonschema.Dialect {
	switch {
	case strings.Contains(id, "draft-04"):
		return jsonschema.Draft04
	case strings.Contains(id, "2019-09"):
		return jsonschema.Draft201909
	case strings.Contains(id, "2020-12"):
		return jsonschema.Draft202012
	}
	return jsonschema.Draft07
}

// below is the way from a value to one in it, the last name alone where it is
// elsewhere.
func below(value, in *openapi.Node) []string {
	var route []string
	for n := in; n != nil && n != value; n = n.Parent() {
		route = append([]string{jsonpath.NameOf(n)}, route...)
	}
	return route
}
