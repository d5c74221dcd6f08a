package redocly

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

// usableTypes are the kinds whose components are looked for.
var usableTypes = []string{"Schema", "Header", "Parameter", "Response", "Example", "RequestBody", "MediaType"}

// components are the maps of components by the kind that is in them.
var components = [...]struct{ list, kind, name string }{
	{"NamedSchemas", "Schema", "schemas"},
	{"NamedParameters", "Parameter", "parameters"},
	{"NamedResponses", "Response", "responses"},
	{"NamedExamples", "Example", "examples"},
	{"NamedRequestBodies", "RequestBody", "requestBodies"},
	{"NamedHeaders", "Header", "headers"},
	{"NamedSecuritySchemes", "SecurityScheme", "securitySchemes"},
	{"NamedLinks", "Link", "links"},
	{"NamedCallbacks", "Callback", "callbacks"},
	{"NamedMediaTypes", "MediaType", "mediaTypes"},
}

// component is one that may be unused.
type component struct {
	name       string
	at         *openapi.Node
	used, kept bool // kept for the discriminator of what it extends
}

func noUnusedComponents() *typed.Rule {
	found := map[*openapi.Node]*component{}
	var order []*component
	schemes := map[string]*openapi.Node{}
	var schemeNames []string
	usedSchemes := map[string]bool{}
	add := func(n *openapi.Node) *component {
		c := found[n]
		if c == nil {
			c = &component{}
			found[n] = c
			order = append(order, c)
		}
		return c
	}
	r := &typed.Rule{
		Ref: func(c *typed.Context, to typed.Resolved) {
			if to.Node != nil && contains(usableTypes, c.Type.Name) {
				add(to.Node).used = true
			}
		},
		Visit: typed.Visitors{
			"Root": {Leave: func(c *typed.Context) {
				for _, u := range order {
					if !u.used && !u.kept {
						c.Report(typed.At(u.at).Key(), fmt.Sprintf("component %q is never used", short(u.name)))
					}
				}
				for _, name := range schemeNames {
					if !usedSchemes[name] {
						c.Report(typed.At(schemes[name]).Key(), fmt.Sprintf("security scheme %q is never used", short(name)))
					}
				}
			}},
			"NamedSecuritySchemes": {In: typed.Visitors{"SecurityScheme": {Enter: func(c *typed.Context) {
				if schemes[c.Key] == nil {
					schemeNames = append(schemeNames, c.Key)
				}
				schemes[c.Key] = c.Raw
			}}}},
			"SecurityRequirement": {Enter: func(c *typed.Context) {
				for _, name := range keys(c.Node) {
					usedSchemes[name] = true
				}
			}},
		},
	}
	for _, k := range components {
		if !contains(usableTypes, k.kind) {
			continue
		}
		r.Visit[k.list] = typed.Visitor{In: typed.Visitors{k.kind: {Enter: func(c *typed.Context) {
			u := add(c.Node)
			u.name, u.at = c.Key, c.Node
			u.kept = slices.ContainsFunc(c.Node.Get("allOf").Children(), func(s *openapi.Node) bool {
				return typed.IsRef(s) && ecma.Truthy(c.Walk.Resolve(s).Node.Get("discriminator"))
			})
		}}}}
	}
	return r
}

var componentName = regexp.MustCompile(`^[a-zA-Z0-9.\-_]+$`)

func specComponentsInvalidMapName() *typed.Rule {
	visit := typed.Visitors{}
	for _, k := range components {
		if k.name == "mediaTypes" {
			continue
		}
		visit[k.list] = typed.Visitor{In: typed.Visitors{k.kind: {Enter: func(c *typed.Context) {
			if !componentName.MatchString(c.Key) {
				c.Report(c.At().Key(), fmt.Sprintf("name %q in %s has characters other than letters, digits, dots, hyphens and underscores", short(c.Key), k.name))
			}
		}}}}
	}
	return &typed.Rule{Visit: visit}
}
