package gather

import (
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/snapshot"
)

// docs counts what is described. What counts as one element:
//
//   - REST and webhooks: an operation by its summary or description; a parameter;
//     a schema of the components; a property of any schema, once where it is
//     written. A property that only refers to a schema that is described is
//     described.
//   - GraphQL: a root field is an operation; arguments; types but the root types;
//     fields, input fields and enum values.
//
// An operation has an example where a parameter, a body or a response of it has
// one, or the schema of its body or response.
func docs(f *Facts) *snapshot.Docs {
	if len(f.OpenAPI)+len(f.GraphQL) == 0 {
		return nil
	}
	d := &snapshot.Docs{}
	rest, hooks := snapshot.Coverage{Surface: "rest"}, snapshot.Coverage{Surface: "webhooks"}
	for _, doc := range f.OpenAPI {
		restDocs(doc, &rest, &hooks)
	}
	if len(f.OpenAPI) > 0 {
		d.Surfaces = append(d.Surfaces, rest)
	}
	if len(f.GraphQL) > 0 {
		gql := snapshot.Coverage{Surface: "graphql"}
		for _, s := range f.GraphQL {
			graphqlDocs(s, &gql)
		}
		d.Surfaces = append(d.Surfaces, gql)
	}
	if hooks.Operations.Whole > 0 {
		d.Surfaces = append(d.Surfaces, hooks)
	}
	return d
}

func count(s *snapshot.Share, described bool) {
	s.Whole++
	if described {
		s.Part++
	}
}

// says reports whether an object has words in one of its members.
func says(n *openapi.Node, keys ...string) bool {
	for _, key := range keys {
		if text, ok := n.Get(key).Str(); ok && strings.TrimSpace(text) != "" {
			return true
		}
	}
	return false
}

func restDocs(doc *openapi.Document, rest, hooks *snapshot.Coverage) {
	for _, op := range doc.Operations() {
		to := rest
		if op.Origin != openapi.FromPath {
			to = hooks
		}
		count(&to.Operations, says(op.Node, "description", "summary"))
		count(&to.Examples, hasExample(doc, op))
	}
	for _, n := range doc.Nodes(openapi.ParameterRole) {
		if n.Get("in").Text() == "body" { // of 2.0, which is a body
			continue
		}
		count(&rest.Parameters, says(n, "description"))
	}
	for _, n := range doc.Nodes(openapi.SchemaRole) {
		switch parent := n.Parent(); {
		case parent == nil:
		case isComponents(parent):
			count(&rest.Types, says(n, "description", "title"))
		case parent.Key() == "properties" && parent.Parent().Role() == openapi.SchemaRole:
			count(&rest.Fields, says(n, "description", "title"))
		}
	}
	for _, ref := range doc.Refs() {
		n := ref.Node
		if parent := n.Parent(); parent != nil && parent.Key() == "properties" && parent.Parent().Role() == openapi.SchemaRole {
			target := doc.Resolve(n)
			count(&rest.Fields, says(n, "description", "summary") || target != nil && says(target, "description", "title"))
		}
	}
}

// isComponents reports whether an object holds the named schemas.
func isComponents(n *openapi.Node) bool {
	switch n.Pointer() {
	case "/components/schemas", "/definitions":
		return true
	}
	return false
}

// hasExample reports whether anything of an operation shows an example.
func hasExample(doc *openapi.Document, op *openapi.Operation) bool {
	for _, p := range doc.Parameters(op) {
		if p.Has("example") || p.Has("examples") || shown(doc, p.Get("schema")) {
			return true
		}
	}
	if body := doc.Resolve(op.Node.Get("requestBody")); body != nil && contentShown(doc, body) {
		return true
	}
	for _, r := range op.Node.Get("responses").Children() {
		if r = doc.Resolve(r); r != nil && (r.Get("examples").Len() > 0 || contentShown(doc, r) || shown(doc, r.Get("schema"))) {
			return true
		}
	}
	return false
}

func contentShown(doc *openapi.Document, n *openapi.Node) bool {
	for _, media := range n.Get("content").Children() {
		if media = doc.Resolve(media); media != nil && (media.Has("example") || media.Has("examples") || shown(doc, media.Get("schema"))) {
			return true
		}
	}
	return false
}

// shown reports whether a schema gives an example itself.
func shown(doc *openapi.Document, schema *openapi.Node) bool {
	if schema == nil {
		return false
	}
	if schema = doc.Resolve(schema); schema == nil {
		return false
	}
	return schema.Has("example") || schema.Get("examples").Len() > 0
}

func graphqlDocs(s *graphql.Schema, c *snapshot.Coverage) {
	described := func(n *graphql.Node) bool { return strings.TrimSpace(n.Description) != "" }
	root := map[*graphql.Type]bool{}
	for _, t := range s.Roots() {
		root[t] = true
	}
	for _, t := range s.Types {
		if t.BuiltIn {
			continue
		}
		to := &c.Fields
		if root[t] {
			to = &c.Operations
		} else {
			count(&c.Types, described(&t.Node))
		}
		for _, f := range t.Fields {
			count(to, described(&f.Node))
			for _, a := range f.Args {
				count(&c.Parameters, described(&a.Node))
			}
		}
		for _, f := range t.InputFields {
			count(&c.Fields, described(&f.Node))
		}
		for _, v := range t.EnumValues {
			count(&c.Fields, described(&v.Node))
		}
	}
}
