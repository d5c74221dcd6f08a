package oas

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/edit"
)

// mend reports a finding with a fix, which may be nil.
func mend(p *pass, at check.Location, fix *check.Fix, format string, args ...any) {
	p.Report(check.Finding{Location: at, Message: fmt.Sprintf(format, args...), Fix: fix})
}

// withoutSlash is the fix that takes the slashes off the end of a text.
func withoutSlash(e *edit.Editor, v *openapi.Node) *check.Fix {
	text := strings.TrimRight(v.Text(), "/")
	if text == "" {
		return nil
	}
	return edit.Fix("Leave out the slash at the end", e.Replace(v, text))
}

// declareTag is the fix that adds a tag to those of the document.
func declareTag(e *edit.Editor, doc *openapi.Document, name string) *check.Fix {
	tag := edit.Object{{Key: "name", Value: name}}
	title := fmt.Sprintf("Add %q to the tags of the document", name)
	return edit.Fix(title, e.Add(doc.Root(), "tags", tag))
}

// declareParameter is the fix that declares a parameter of a path, of which
// nothing is known but that a path is a text.
func declareParameter(e *edit.Editor, doc *openapi.Document, operation *openapi.Node, name string) *check.Fix {
	param := edit.Object{{Key: "name", Value: name}, {Key: "in", Value: "path"}, {Key: "required", Value: true}}
	kind := edit.Object{{Key: "type", Value: "string"}}
	if doc.Version() == openapi.V20 {
		param = append(param, kind...)
	} else {
		param = append(param, edit.Member{Key: "schema", Value: kind})
	}
	title := fmt.Sprintf("Declare the parameter %q as a string", name)
	if !operation.Is(openapi.Object) {
		return nil
	}
	return edit.Fix(title, e.Add(operation, "parameters", param))
}

// requireParameter is the fix that says that a parameter is required.
func requireParameter(e *edit.Editor, param *openapi.Node) *check.Fix {
	const title = "Say that the parameter is required"
	if v := param.Get("required"); v != nil {
		return edit.Fix(title, e.Replace(v, true))
	}
	return edit.Fix(title, e.Set(param, "required", true))
}

// sortTags is the fix that puts tags in the order that the rule asks for.
func sortTags(e *edit.Editor, tags *openapi.Node, after func(i, j int) bool) *check.Fix {
	order := make([]int, tags.Len())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case after(i, j):
			return 1
		case after(j, i):
			return -1
		}
		return 0
	})
	return edit.Fix("Sort the tags", e.Reorder(tags, order))
}

// attributeNode is the fix that writes what attribute: true says as OpenAPI 3.2
// does.
func attributeNode(e *edit.Editor, xml *openapi.Node) *check.Fix {
	attribute := xml.Get("attribute")
	if attribute == nil || xml.Has("nodeType") {
		return nil
	}
	name, value := e.Rename(attribute, "nodeType"), e.Replace(attribute, "attribute")
	if name == nil || value == nil {
		return nil
	}
	return edit.Fix("Write nodeType: attribute", append(name, value...))
}

// validID is the fix that puts an underscore in place of what a URL cannot
// hold, where no other operation has that name.
func validID(e *edit.Editor, doc *openapi.Document, v *openapi.Node) *check.Fix {
	words := strings.FieldsFunc(v.Text(), invalidInURL)
	id := strings.Join(words, "_")
	if id == "" {
		return nil
	}
	for _, op := range doc.Operations() {
		if op.Node.Get("operationId").Text() == id {
			return nil
		}
	}
	return edit.Unsafe(fmt.Sprintf("Name the operation %q", id), e.Replace(v, id))
}
