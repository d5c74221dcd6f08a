package redocly

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/lint/internal/ecma"
	"github.com/plumbapi/plumb/lint/internal/typed"
	"github.com/plumbapi/plumb/openapi"
)

func noEmptyServers() *typed.Rule {
	return rule("Root", func(c *typed.Context) {
		switch servers := c.Node.Get("servers"); {
		case servers == nil:
			c.Report(c.At().Child("openapi").Key(), "the description has no servers")
		case !servers.Is(openapi.Array) || servers.Len() == 0:
			c.Report(c.At().Child("servers").Key(), "servers is no list with something in it")
		}
	})
}

var exampleServer = regexp.MustCompile(`^(.*[/.])?(example\.com|localhost)([/:?].*|$)`)

func noServerExample() *typed.Rule {
	return rule("Server", func(c *typed.Context) {
		if url := c.Node.Get("url"); exampleServer.MatchString(url.Text()) {
			c.Report(c.At().Child("url"), fmt.Sprintf("server %s is example.com or localhost", quoted(url)))
		}
	})
}

func noServerTrailingSlash() *typed.Rule {
	return rule("Server", func(c *typed.Context) {
		if url := c.Node.Get("url"); strings.HasSuffix(url.Text(), "/") && url.Text() != "/" {
			c.Report(c.At().Child("url"), fmt.Sprintf("server %s ends with a slash", quoted(url)))
		}
	})
}

func noServerVariablesEmptyEnum() *typed.Rule {
	return rule("Root", func(c *typed.Context) {
		servers := c.Node.Get("servers")
		list := servers.Children()
		if servers.Is(openapi.Object) {
			list = []*openapi.Node{servers}
		}
		at := c.At().Child("servers").Key()
		for _, server := range list {
			for _, v := range server.Get("variables").Children() {
				enum, def := v.Get("enum"), v.Get("default")
				if !ecma.Truthy(enum) {
					continue
				}
				if enum.Is(openapi.Array) && enum.Len() == 0 {
					c.Report(at, fmt.Sprintf("enum of the server variable %q is empty", short(v.Key())))
				}
				if ecma.Truthy(def) && !among(enum, def) {
					c.Report(at, fmt.Sprintf("default %s of the server variable %q is not in its enum", quoted(def), short(v.Key())))
				}
			}
		}
	})
}

// among reports whether a list has a value.
func among(list, v *openapi.Node) bool {
	for _, c := range list.Children() {
		if equal(c, v) {
			return true
		}
	}
	return false
}

var urlVariable = regexp.MustCompile(`\{[^}]+\}`)

func noUndefinedServerVariable() *typed.Rule {
	return rule("Server", func(c *typed.Context) {
		url := c.Node.Get("url")
		if !ecma.Truthy(url) {
			return
		}
		var used []string
		defined := c.Node.Get("variables")
		for _, v := range urlVariable.FindAllString(url.Text(), -1) {
			name := v[1 : len(v)-1]
			used = append(used, name)
			if !defined.Has(name) {
				c.Report(c.At().Child("url"), fmt.Sprintf("server variable %q is not defined", short(name)))
			}
		}
		for _, name := range keys(defined) {
			if !contains(used, name) {
				c.Report(c.At().Child("variables", name).Key(), fmt.Sprintf("server variable %q is not in the url", short(name)))
			}
		}
	})
}
