package oas

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var oas3ServerVariables = &rule{
	Meta: check.Meta{
		ID:      "oas3-server-variables",
		Summary: "Server variables must be defined, used and give valid URLs.",
		Rationale: "The URL of a server may hold variables in braces, and each needs an entry in `variables` with a " +
			"`default`, else no client can build the URL. Entries that the URL does not use are mostly misspelt. A " +
			"default outside the `enum`, or a value that makes the URL invalid, leads every client that trusts it to " +
			"an address that does not exist.",
		Severity: check.Error, Tags: []string{"openapi", "oas3", "servers", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkOas3ServerVariables,
}

func checkOas3ServerVariables(_ context.Context, p *pass) error {
	c := serverVariables{doc: p.Subject, report: once{p: p}}
	root := c.doc.Root()
	c.servers(member(c.doc, root, "servers"))
	for _, item := range member(c.doc, root, "paths").Children() {
		c.servers(member(c.doc, item, "servers"))
	}
	for _, o := range uniqueOperations(c.doc) {
		c.servers(member(c.doc, o.node, "servers"))
	}
	if c.doc.Version() == openapi.V20 {
		return nil // no links
	}
	c.links(member(c.doc, root, "components", "links"))
	for _, response := range member(c.doc, root, "components", "responses").Children() {
		c.links(member(c.doc, response, "links"))
	}
	for _, o := range uniqueOperations(c.doc) {
		for _, response := range member(c.doc, o.node, "responses").Children() {
			c.links(member(c.doc, response, "links"))
		}
	}
	return nil
}

type serverVariables struct {
	doc    *openapi.Document
	report once
}

func (c *serverVariables) servers(list *openapi.Node) {
	for _, server := range list.Children() {
		c.server(server)
	}
}

func (c *serverVariables) links(links *openapi.Node) {
	for _, link := range links.Children() {
		if server := resolved(c.doc, link).Get("server"); server != nil {
			c.server(server)
		}
	}
}

var urlVariable = regexp.MustCompile(`\{(.+?)\}`)

func (c *serverVariables) server(at *openapi.Node) {
	node := resolved(c.doc, at)
	if problem := c.malformed(node); problem != "" {
		c.report.Report(written(c.doc, at), "", problem)
		return
	}
	url := member(c.doc, node, "url").Text()
	var used []string
	for _, m := range urlVariable.FindAllStringSubmatch(url, -1) {
		used = append(used, m[1])
	}
	variables, place := field(c.doc, at, "variables")
	var missing []string
	for _, name := range used {
		if !variables.Has(name) {
			missing = append(missing, strconv.Quote(name))
		}
	}
	var found []*openapi.Node
	for _, v := range variables.Children() {
		if !slices.Contains(used, v.Key()) {
			c.report.Report(written(c.doc, v), v.Key(), fmt.Sprintf("variable %q is not in the server URL %q", v.Key(), url))
			continue
		}
		found = append(found, v)
	}
	if len(missing) > 0 {
		c.report.Report(place, "missing", fmt.Sprintf("the server URL %q has variables that are not defined: %s", url, strings.Join(missing, ", ")))
	}
	for _, v := range found {
		c.variable(v)
	}
	if bad := c.invalidURLs(url, found); len(bad) > 0 {
		c.report.Report(place, "url", fmt.Sprintf("values of the variables give invalid URLs: %s", strings.Join(bad, ", ")))
	}
}

// variable reports a variable that has no default, or one outside its enum.
func (c *serverVariables) variable(at *openapi.Node) {
	node := resolved(c.doc, at)
	values, def := member(c.doc, node, "enum"), member(c.doc, node, "default")
	if def == nil {
		c.report.Report(written(c.doc, at), "default", fmt.Sprintf("variable %q has no default", at.Key()))
		return
	}
	if values != nil && !slices.ContainsFunc(values.Children(), func(v *openapi.Node) bool {
		return resolved(c.doc, v).Text() == def.Text()
	}) {
		c.report.Report(writtenMember(c.doc, at, "default"), "", fmt.Sprintf("the default %q of variable %q is not in its enum", def.Text(), at.Key()))
	}
}
