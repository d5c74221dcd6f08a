package oas

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var typedEnum = &rule{
	Meta: check.Meta{
		ID:      "typed-enum",
		Summary: "The values of an enum must be of the type that stands beside it.",
		Rationale: "A value of another type can never be valid: the schema promises something that no request can fulfil. " +
			"Often a number has lost its quotes, or YAML has read `on` as what it looks like. Mend the value or the " +
			"type; in OpenAPI 3.0 `null` needs `nullable: true` as well.",
		Fix:      "Writes numbers and booleans in an enum of strings as strings; unsafe, for another value is allowed then.",
		Severity: check.Warning, Tags: []string{"openapi", "oas2", "oas3", "schemas", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkTypedEnum,
}

func checkTypedEnum(_ context.Context, p *pass) error {
	doc := p.Subject
	nullable := map[openapi.Version]string{openapi.V20: "x-nullable", openapi.V30: "nullable"}[doc.Version()]
	report, e := once{p: p}, &edit.Editor{}
	everywhere(doc, func(n *openapi.Node) {
		enum := n.Get("enum")
		if enum == nil {
			return
		}
		values, types := resolved(doc, enum), typeNames(member(doc, n, "type"))
		if !values.Is(openapi.Array) || types == nil {
			return
		}
		wanted := strings.Join(types, " or ")
		integers := slices.Contains(types, "integer")
		mayBeNull := nullable != "" && member(doc, n, nullable).IsTrue()
		for _, c := range values.Children() {
			v := resolved(doc, c)
			kind := v.Kind().String()
			if f, ok := v.Float(); ok && integers && f == math.Trunc(f) && !math.IsInf(f, 0) {
				kind = "integer"
			}
			if !slices.Contains(types, kind) && !(mayBeNull && v.Is(openapi.Null)) {
				report.Mend(written(doc, c), wanted, fmt.Sprintf("enum value %s is %s, not of type %s", quoted(v), kindOf(v), wanted), func() *check.Fix {
					if wanted != "string" || !v.Is(openapi.Number) && !v.Is(openapi.Bool) {
						return nil
					}
					return edit.Unsafe(fmt.Sprintf("Write it as the string %q", v.Text()), e.Replace(v, v.Text()))
				})
			}
		}
	})
	return nil
}

// typeNames returns the types that a schema's type names, nil where it names
// none.
func typeNames(t *openapi.Node) []string {
	if s, ok := t.Str(); ok && s != "" {
		return []string{s}
	}
	if !t.Is(openapi.Array) {
		return nil
	}
	names := make([]string, 0, t.Len())
	for _, c := range t.Children() {
		s, ok := c.Str()
		if !ok {
			return nil
		}
		names = append(names, s)
	}
	return names
}
