package redocly

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

func securityDefined(o Options) *typed.Rule {
	defined := map[string]bool{}
	var used, open []typed.Place
	path := ""
	return &typed.Rule{Visit: typed.Visitors{
		"Root": {Leave: func(c *typed.Context) {
			for _, at := range used {
				if name := at.Node.Key(); !defined[name] {
					c.Report(at.Key(), fmt.Sprintf("security scheme %q is not defined", short(name)))
				}
			}
			if ecma.Truthy(c.Node.Get("security")) {
				return
			}
			for _, at := range open {
				c.Report(at.Key(), "the operation has no security, nor has the description")
			}
		}},
		"SecurityScheme": {Enter: func(c *typed.Context) { defined[c.Key] = true }},
		"SecurityRequirement": {Enter: func(c *typed.Context) {
			for _, m := range c.Node.Children() {
				used = append(used, typed.At(m))
			}
		}},
		"PathItem": {
			Enter: func(c *typed.Context) { path = c.Key },
			In: typed.Visitors{"Operation": {Enter: func(c *typed.Context) {
				if !ecma.Truthy(c.Node.Get("security")) && !exception(o, path, c.Key) {
					open = append(open, c.At())
				}
			}}},
		},
	}}
}

// exception reports whether the options name an operation.
func exception(o Options, path, method string) bool {
	for _, e := range o.Node.Get("exceptions").Children() {
		if e.Get("path").Text() != path {
			continue
		}
		methods := e.Get("methods")
		if methods == nil {
			return true
		}
		for _, m := range methods.Children() {
			if strings.ToLower(m.Text()) == method {
				return true
			}
		}
	}
	return false
}

func securityScopesDefined(o Options) *typed.Rule {
	type scheme struct {
		oauth  bool
		scopes []string
	}
	schemes := map[string]scheme{}
	var used []*openapi.Node
	return &typed.Rule{Visit: typed.Visitors{
		"Root": {Leave: func(c *typed.Context) {
			for _, m := range used {
				s := schemes[m.Key()]
				if !s.oauth {
					continue
				}
				if o.flag("requireScopes") && m.Len() == 0 {
					c.Report(typed.At(m).Key(), fmt.Sprintf("security scheme %q is used without scopes", short(m.Key())))
					continue
				}
				for _, scope := range m.Children() {
					if !contains(s.scopes, scope.Text()) {
						c.Report(typed.At(scope), fmt.Sprintf("scope %s is not one of the security scheme %q", quoted(scope), short(m.Key())))
					}
				}
			}
		}},
		"SecurityScheme": {Enter: func(c *typed.Context) {
			s := scheme{oauth: c.Node.Get("type").Text() == "oauth2"}
			if s.oauth {
				s.scopes = scopesOf(c)
			}
			schemes[c.Key] = s
		}},
		"SecurityRequirement": {Enter: func(c *typed.Context) { used = append(used, c.Node.Children()...) }},
	}}
}

// scopesOf are the scopes that a scheme has, in all its flows.
func scopesOf(c *typed.Context) []string {
	if !ecma.Truthy(c.Node.Get("flows")) {
		return keys(c.Node.Get("scopes"))
	}
	var list []string
	for _, flow := range c.Walk.Resolve(c.Node.Get("flows")).Node.Children() {
		list = append(list, keys(c.Walk.Resolve(flow).Node.Get("scopes"))...)
	}
	return list
}
