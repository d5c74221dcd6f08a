package oas

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

var pathParams = &rule{
	Meta: check.Meta{
		ID:      "path-params",
		Summary: "Path parameters must be defined, used, required and unique.",
		Rationale: "A path template and its parameters are two halves of one thing: every name in braces needs a parameter " +
			"with `in: path` and `required: true`, and every such parameter needs its braces. Otherwise clients build " +
			"URLs that no server knows. Two templates that differ only in the names of their parameters match the " +
			"same requests, and which of them answers is left to chance.",
		Fix:      "Declares the parameter as a string, or says `required: true` of one that is declared.",
		Severity: check.Error, Tags: []string{"openapi", "oas2", "oas3", "paths", "spectral:oas"}, Since: "0.1.0",
	},
	Check: checkPathParams,
}

func checkPathParams(_ context.Context, p *pass) error {
	c := templates{doc: p.Subject, report: once{p: p}, first: map[string]string{}}
	for _, item := range member(c.doc, c.doc.Root(), "paths").Children() {
		if container(resolved(c.doc, item)) {
			c.path(item)
		}
	}
	return nil
}

type templates struct {
	doc    *openapi.Document
	report once
	edits  edit.Editor
	first  map[string]string // a path with its parameters made alike → the first such path
}

var templateParam = regexp.MustCompile(`\{;?\??[a-zA-Z0-9_-]+\*?\}`)

func (c *templates) path(item *openapi.Node) {
	path := item.Key()
	at := written(c.doc, item)
	normal := templateParam.ReplaceAllLiteralString(path, "%")
	if first, known := c.first[normal]; known {
		c.report.Report(at, path, fmt.Sprintf("path %q is equivalent to %q", path, first))
	} else {
		c.first[normal] = path
	}
	var names []string
	for _, m := range templateParam.FindAllString(path, -1) {
		name := strings.Trim(m, "{}?*;")
		if slices.Contains(names, name) {
			c.report.Report(at, path+" "+name, fmt.Sprintf("path %q has the parameter %q twice", path, name))
		} else {
			names = append(names, name)
		}
	}
	node := resolved(c.doc, item)
	shared := c.params(member(c.doc, node, "parameters"))
	for _, op := range node.Children() {
		if v := resolved(c.doc, op); isMethod(op.Key()) && container(v) {
			own := c.params(member(c.doc, v, "parameters"))
			c.operation(path, names, written(c.doc, op), own, shared)
		}
	}
}

// pathParam is a parameter with in: path.
type pathParam struct {
	name string
	at   *openapi.Node
}

// params returns the path parameters of a list, each name once.
func (c *templates) params(list *openapi.Node) []pathParam {
	if !list.Is(openapi.Array) {
		return nil
	}
	var out []pathParam
	for _, item := range list.Children() {
		node := resolved(c.doc, item)
		name := member(c.doc, node, "name")
		if in, _ := member(c.doc, node, "in").Str(); in != "path" || name == nil {
			continue
		}
		param := pathParam{jsString(name), written(c.doc, item)}
		if !member(c.doc, node, "required").IsTrue() {
			c.report.Mend(param.at, "required "+param.name, fmt.Sprintf("path parameter %q is not required", param.name),
				func() *check.Fix { return requireParameter(&c.edits, node) })
		}
		if find(out, param.name) != nil {
			c.report.Report(param.at, "unique "+param.name, fmt.Sprintf("path parameter %q is defined twice", param.name))
			continue
		}
		out = append(out, param)
	}
	return out
}

func (c *templates) operation(path string, names []string, at *openapi.Node, own, shared []pathParam) {
	for i, param := range slices.Concat(own, shared) {
		if i >= len(own) && find(own, param.name) != nil || slices.Contains(names, param.name) {
			continue
		}
		c.report.Report(param.at, path+" "+param.name, fmt.Sprintf("path parameter %q is not in the path %q", param.name, path))
	}
	for _, name := range names {
		if find(own, name) == nil && find(shared, name) == nil {
			c.report.Mend(at, path+" "+name, fmt.Sprintf("parameter %q of the path %q is not defined", name, path),
				func() *check.Fix { return declareParameter(&c.edits, c.doc, resolved(c.doc, at), name) })
		}
	}
}

func find(params []pathParam, name string) *pathParam {
	for i := range params {
		if params[i].name == name {
			return &params[i]
		}
	}
	return nil
}
