package guide

import (
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// webhooksOf returns the operations that are webhooks, those of the extension
// x-webhooks too, in source order.
func webhooksOf(d *openapi.Document) []*openapi.Operation {
	var out []*openapi.Operation
	for _, op := range d.Operations() {
		if op.Origin == openapi.FromWebhook {
			out = append(out, op)
		}
	}
	for _, item := range d.Root().Get("x-webhooks").Children() {
		for _, method := range [...]string{"post", "put", "patch"} {
			if op := item.Get(method); op.Is(openapi.Object) {
				out = append(out, &openapi.Operation{Method: strings.ToUpper(method), Path: item.Key(), Origin: openapi.FromWebhook, Node: op, PathItem: item})
			}
		}
	}
	return out
}

// sentOperations returns the operations that the API sends requests for: its
// webhooks and callbacks.
func sentOperations(d *openapi.Document) []*openapi.Operation {
	out := webhooksOf(d)
	for _, op := range d.Operations() {
		if op.Origin == openapi.FromCallback {
			out = append(out, op)
		}
	}
	return out
}

// webhooksKey is where a description has its webhooks.
func webhooksKey(d *openapi.Document) *openapi.Node {
	if n := d.Root().Get("webhooks"); n.Len() > 0 {
		return n
	}
	return d.Root().Get("x-webhooks")
}

// sentName says which webhook or callback an operation is.
func sentName(op *openapi.Operation) string {
	if op.Origin == openapi.FromCallback {
		return fmt.Sprintf("callback %q", op.Path)
	}
	return fmt.Sprintf("webhook %q", op.Path)
}

// payloads returns the bodies of a webhook that are JSON and have a schema.
func payloads(d *openapi.Document, op *openapi.Operation) []body {
	var out []body
	for _, b := range bodies(d, d.Resolve(op.Node.Get("requestBody"))) {
		if b.schema != nil && isJSON(b.mediaType) {
			out = append(out, b)
		}
	}
	return out
}

// headerParameters returns the header parameters of an operation.
func headerParameters(d *openapi.Document, op *openapi.Operation) []*openapi.Node {
	var out []*openapi.Node
	for _, p := range d.Parameters(op) {
		if p.Get("in").Text() == "header" {
			out = append(out, p)
		}
	}
	return out
}

// reportLacking reports the webhooks that lack what has tells of: once where all
// lack it, else each.
func reportLacking(p *pass, what string, has func(*openapi.Operation) bool) {
	all := webhooksOf(p.Subject)
	var lacking []*openapi.Operation
	for _, op := range all {
		if !has(op) {
			lacking = append(lacking, op)
		}
	}
	if len(lacking) == len(all) && len(all) > 1 {
		p.Report(check.Finding{Location: webhooksKey(p.Subject).KeyLocation(), Message: "no webhook " + what})
		return
	}
	for _, op := range lacking {
		p.Reportf(op.Node.KeyLocation(), "%s %s", sentName(op), strings.Replace(what, "says", "does not say", 1))
	}
}

// prose reports whether one of the texts that describe webhooks, or the API as a
// whole, has one of the words, in any case; or an extension of theirs is called
// so.
func prose(d *openapi.Document, words ...string) bool {
	says := func(n *openapi.Node) bool {
		for _, c := range n.Children() {
			text := ""
			switch key := c.Key(); {
			case key == "description" || key == "summary":
				text = c.Text()
			case strings.HasPrefix(key, "x-") && key != "x-webhooks":
				text = key
			}
			text = strings.ToLower(text)
			for _, w := range words {
				if text != "" && strings.Contains(text, w) {
					return true
				}
			}
		}
		return false
	}
	root := d.Root()
	if says(root) || says(root.Get("info")) || says(webhooksKey(d)) {
		return true
	}
	for _, tag := range root.Get("tags").Children() {
		if says(tag) {
			return true
		}
	}
	for _, op := range webhooksOf(d) {
		if says(op.Node) || says(op.PathItem) {
			return true
		}
		for _, a := range answers(d, op) {
			if says(a.node) {
				return true
			}
		}
	}
	return false
}
