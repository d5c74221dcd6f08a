package guide

import (
	"context"
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var enumCasingConsistent = &rule{
	Meta: check.Meta{
		ID:      "enum-casing-consistent",
		Summary: "The values of one enum must be cased alike.",
		Rationale: "`[open, Closed, IN_PROGRESS]` makes every client look up every value, and compare them by accident without case. " +
			"Enums with values that are no plain words (`us-east-1`, `issues.opened`, `A+`) are left alone, and so are codes, which have a casing of their own.",
		Severity: check.Warning, Tags: []string{"openapi", "schemas", "naming", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkEnumCasingConsistent,
}

func checkEnumCasingConsistent(_ context.Context, p *pass) error {
	eachEnum(p.Subject, func(enum *openapi.Node) {
		values := enum.Children()
		common, plainWords := enumCasings(enum)
		if !plainWords || common != 0 {
			return
		}
		// The first value that has no casing in common with those before it.
		so := ^casing(0)
		for i, v := range values {
			c := casingsOf(v.Text())
			if c == 0 {
				continue
			}
			if so&c == 0 {
				p.Report(check.Finding{
					Location: v.Location(),
					Message:  fmt.Sprintf("value %q is %s, beside %q", v.Text(), c.describe(), otherCasing(values[:i], c)),
				})
				return
			}
			so &= c
		}
	})
	return nil
}

// otherCasing returns the first value that has no casing in common with c,
// else the first.
func otherCasing(values []*openapi.Node, c casing) string {
	for _, v := range values {
		if o := casingsOf(v.Text()); o != 0 && o&c == 0 {
			return v.Text()
		}
	}
	return values[0].Text()
}

// eachEnum calls f with every enum of two strings or more, once where it is
// written.
func eachEnum(d *openapi.Document, f func(enum *openapi.Node)) {
	for _, role := range enumRoles {
		eachEnumOf(d, role, f)
	}
}

// enumRoles are what has enums.
var enumRoles = [...]openapi.Role{openapi.SchemaRole, openapi.ParameterRole}

func eachEnumOf(d *openapi.Document, role openapi.Role, f func(enum *openapi.Node)) {
	for _, n := range d.Nodes(role) {
		if enum := n.Get("enum"); enum.Len() > 1 && enum.Is(openapi.Array) {
			f(enum)
		}
	}
}

// enumCasings returns the casings that all values of an enum fit, and
// whether all are plain words; null and the empty string are no values.
func enumCasings(enum *openapi.Node) (common casing, plainWords bool) {
	common = ^casing(0)
	words := 0
	for _, v := range enum.Children() {
		if v.Is(openapi.Null) || v.Is(openapi.String) && v.Text() == "" {
			continue
		}
		c := casingsOf(v.Text())
		if !v.Is(openapi.String) || c == 0 || len(v.Text()) < 2 {
			return 0, false
		}
		words++
		common &= c
	}
	return common, words > 0
}
