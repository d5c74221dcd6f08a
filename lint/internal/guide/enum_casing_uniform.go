package guide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var enumCasingUniform = &rule{
	Meta: check.Meta{
		ID:      "enum-casing-uniform",
		Summary: "The values of all enums should be cased alike.",
		Rationale: "Values are part of the language of an API as much as names are. An enum of `IN_PROGRESS` among hundreds of `in_progress` is where clients go wrong. " +
			"Enums of codes (countries, currencies, regions) and of HTTP methods are left alone, and so are those of one-word values that fit.",
		Severity: check.Info, Tags: []string{"openapi", "schemas", "naming", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkEnumCasingUniform,
}

func checkEnumCasingUniform(_ context.Context, p *pass) error {
	type cased struct {
		enum   *openapi.Node
		common casing
	}
	var votes tally[casing]
	var all []cased
	for _, role := range enumRoles {
		all = append(all, slices.Concat(openapi.Gather(p.Subject, p.Rule()+" "+role.String(), openapi.Alone, func(part *openapi.Document) (found []cased) {
			eachEnumOf(part, role, func(enum *openapi.Node) {
				if common, plainWords := enumCasings(enum); plainWords && common != 0 && !isCodes(enum) {
					found = append(found, cased{enum, common})
				}
			})
			return found
		})...)...)
	}
	for _, c := range all {
		if c.common.single() {
			votes.add(c.common, c.enum)
		}
	}
	habit, uses, ok := votes.habit()
	if !ok {
		return nil
	}
	example := votes.first[habit]
	for _, c := range all {
		if c.common&habit == 0 {
			p.Report(check.Finding{
				Location: c.enum.Location(),
				Message:  fmt.Sprintf("values such as %q are %s, where those of %d of %d enums are %s", telling(c.enum), c.common.describe(), uses, votes.places, habit),
				Related:  seeAlso(example.Location(), fmt.Sprintf("%q is %s", telling(example), habit)),
			})
		}
	}
	return nil
}

// isCodes reports whether an enum holds codes rather than words: two or
// three letters each, mostly with digits in them, or HTTP methods.
func isCodes(enum *openapi.Node) bool {
	short, methods := true, true
	digits := 0
	for _, v := range enum.Children() {
		if strings.ContainsAny(v.Text(), "0123456789") {
			digits++
		}
		short = short && len(v.Text()) <= 3
		methods = methods && is(v.Text(), "get", "put", "post", "patch", "delete", "head", "options", "trace", "connect")
	}
	return short || methods || 2*digits >= enum.Len()
}

// telling returns the first value of several words, which shows a casing,
// else the first.
func telling(enum *openapi.Node) string {
	for _, v := range enum.Children() {
		if casingsOf(v.Text()).single() {
			return v.Text()
		}
	}
	return enum.At(0).Text()
}
