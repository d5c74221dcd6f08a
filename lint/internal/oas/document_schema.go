package oas

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/openapi/jsonschema"
)

// checkDocumentSchema checks the root source, as it is written, against the
// published schema of its version.
func checkDocumentSchema(p *pass) error {
	root := p.Subject.Root()
	schema := published(p.Subject.Version())
	if schema == nil {
		return fmt.Errorf("no schema of version %s", p.Subject.Version())
	}
	errs, err := schema.Validate(root, jsonschema.Mode{All: true})
	if err != nil {
		return fmt.Errorf("check the description: %w", err)
	}
	for _, m := range mistakes(errs) {
		p.Report(check.Finding{Location: Place(m.at), Key: m.key, Message: m.message()})
	}
	return nil
}

// mistake is what the schema finds at one place, once: the alternatives of a
// oneOf often say the same.
type mistake struct {
	at    *openapi.Node
	key   string
	err   *jsonschema.Error
	names []string // the properties that the keyword is about
}

// mistakes sums up errors in their order.
func mistakes(errs []jsonschema.Error) []*mistake {
	type place struct {
		at  *openapi.Node
		key string
	}
	var out []*mistake
	seen := map[place]*mistake{}
	for i := range errs {
		e := &errs[i]
		if e.Keyword == "if" {
			continue // then and else have said it
		}
		at := e.Instance
		if e.Keyword == "additionalProperties" {
			at = at.Get(e.Property)
		}
		m := seen[place{at, mistakeKey(e)}]
		if m == nil {
			m = &mistake{at: at, key: mistakeKey(e), err: e}
			seen[place{at, m.key}] = m
			out = append(out, m)
		}
		m.names = append(m.names, e.Property)
	}
	return out
}

// mistakeKey tells errors at one place apart. Errors that differ only in a
// name or a constant are one mistake.
func mistakeKey(e *jsonschema.Error) string {
	switch e.Keyword {
	case "const", "not", "false schema", "oneOf", "anyOf", "unevaluatedProperties", "propertyNames", "uniqueItems", "additionalProperties":
		return e.Keyword
	case "required":
		return "required " + e.Property
	case "type", "errorMessage":
		return e.Keyword + " " + e.Text
	case "dependencies", "dependentRequired":
		return e.Keyword + " " + e.Text
	case "enum":
		return "enum " + canonicalKey(e.Schema.Get("enum"))
	}
	return e.Keyword + " " + e.Schema.Get(e.Keyword).Text()
}

// canonicalKey writes the values of an enum, in order.
func canonicalKey(n *openapi.Node) string {
	var b strings.Builder
	for _, c := range n.Children() {
		b.WriteString(quoted(c) + ",")
	}
	return b.String()
}

func (m *mistake) message() string {
	switch m.err.Keyword {
	case "unevaluatedProperties":
		if len(m.names) > 1 {
			return "properties " + quotedNames(m.names) + " are not expected here"
		}
	case "propertyNames":
		if len(m.names) > 1 {
			return "property names " + quotedNames(m.names) + " are not allowed"
		}
	case "enum":
		return m.err.Message() + closest(m.err)
	}
	return m.err.Message()
}

// closest names the value of an enum that is most like the one that is none
// of them.
func closest(e *jsonschema.Error) string {
	text, ok := e.Instance.Str()
	values := e.Schema.Get("enum")
	if !ok || values.Len() < 2 {
		return ""
	}
	var names []string
	for _, c := range values.Children() {
		if s, ok := c.Str(); ok {
			names = append(names, s)
		}
	}
	if name := check.Closest(text, names); name != "" {
		return "; the closest is " + strconv.Quote(name)
	}
	return ""
}

// mostNames is how many names a message lists.
const mostNames = 8

func quotedNames(names []string) string {
	var out []string
	for i, name := range names {
		if i == mostNames {
			out = append(out, fmt.Sprintf("%d more", len(names)-i))
			break
		}
		out = append(out, strconv.Quote(name))
	}
	return strings.Join(out, ", ")
}
