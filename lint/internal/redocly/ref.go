package redocly

import (
	"fmt"

	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

func noUnresolvedRefs() *typed.Rule {
	var schemas *openapi.Node
	problem := func(text, why string) string {
		return fmt.Sprintf("reference %q leads nowhere: %s", short(text), why)
	}
	return &typed.Rule{
		RefLeave: func(c *typed.Context, to typed.Resolved) {
			if to.Node == nil {
				text := c.Raw.Text()
				if c.Raw.Is(openapi.Object) {
					text = c.Raw.Get("$ref").Text()
				}
				c.Report(c.RawAt(), problem(text, to.Problem))
			}
		},
		Visit: typed.Visitors{
			"Root": {Enter: func(c *typed.Context) { schemas = c.Node.Find("components", "schemas") }},
			"DiscriminatorMapping": {Enter: func(c *typed.Context) {
				for _, m := range c.Node.Children() {
					if name := m.Text(); !typed.IsMappingRef(name) && !schemas.Has(name) {
						c.Report(typed.At(m), fmt.Sprintf("%s of the mapping is no schema", quoted(m)))
					}
				}
			}},
		},
	}
}

func specRefSiblings() *typed.Rule {
	return &typed.Rule{RefLeave: func(c *typed.Context, _ typed.Resolved) {
		v := c.Walk.Doc.Version()
		modern := v == openapi.V31 || v == openapi.V32
		if c.Type.Name == "PathItem" || modern && c.Type.Name == "Schema" || !c.Raw.Is(openapi.Object) {
			return
		}
		for _, m := range c.Raw.Children() {
			if m.Key() == "$ref" || modern && (m.Key() == "summary" || m.Key() == "description") {
				continue
			}
			c.Report(typed.At(m).Key(), fmt.Sprintf("%q stands beside $ref", short(m.Key())))
		}
	}}
}

// refersAt are the kinds in whose place a reference may stand.
var refersAt = []string{"Schema", "Response", "Parameter", "RequestBody", "Example", "Header", "SecurityScheme", "Link", "Callback", "PathItem", "MediaType"}

func specStrictRefs() *typed.Rule {
	return &typed.Rule{Any: func(c *typed.Context) {
		if typed.IsRef(c.Raw) && !contains(refersAt, c.Type.Name) {
			c.Report(c.RawAt().Child("$ref").Key(), fmt.Sprintf("a reference stands where %s is to be written", spoken(c.Type.Name)))
		}
	}}
}
