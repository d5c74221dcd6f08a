package parity

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity/internal/gql"
	"github.com/plumbapi/plumb/parity/internal/rest"
	"github.com/plumbapi/plumb/parity/internal/word"
)

// permissions compares what both sides ask of whoever calls, where both say
// it.
func (c *traitComparer) permissions(link operationLink, add addTrait) {
	r, saysREST := restPermissions(c.p.rest.Doc, link.op)
	g, saysGraphQL := gqlPermissions(link.field)
	if !saysREST || !saysGraphQL {
		return
	}
	have := func(list []string) []string {
		var keys []string
		for _, v := range list {
			keys = append(keys, fold(v))
		}
		slices.Sort(keys)
		return keys
	}
	if !slices.Equal(have(r), have(g)) {
		add(PermissionTopic, "", strings.Join(r, ", "), strings.Join(g, ", "))
	}
}

// restPermissions returns the scopes of an operation's security and the
// permissions of its extensions. An operation that asks for nothing at all
// says so; one whose security has no scopes says nothing.
func restPermissions(doc *openapi.Document, op *rest.Operation) (list []string, says bool) {
	for _, name := range [...]string{"x-required-scopes", "x-scopes", "x-permissions", "x-required-permissions", "x-required-roles", "x-roles"} {
		n := op.Source.Node.Get(name)
		if n == nil {
			continue
		}
		if text := n.Text(); text != "" {
			list = append(list, text)
		}
		for _, c := range n.Children() {
			if text := c.Text(); text != "" {
				list = append(list, text)
			}
		}
	}
	security := op.Source.Node.Get("security")
	none := security != nil && security.Len() == 0
	if security == nil {
		security = doc.Root().Get("security")
	}
	for _, alternative := range security.Children() {
		for _, scheme := range alternative.Children() {
			for _, scope := range scheme.Children() {
				list = append(list, scope.Text())
			}
		}
	}
	return distinct(list), none || len(list) > 0
}

// gqlPermissions returns what the directives of a field, of the type that has
// it and of the type that it yields ask for.
func gqlPermissions(f *gql.Field) (list []string, says bool) {
	directives := slices.Clone(f.Source.Directives)
	if !f.Source.Parent().IsRoot() {
		directives = append(directives, f.Source.Parent().Directives...)
	}
	if f.Target != nil {
		directives = append(directives, f.Target.Source.Directives...)
	}
	for _, d := range directives {
		if !asks(d.Name) {
			continue
		}
		says = true
		for _, a := range d.Args {
			list = append(list, constants(a.Value)...)
		}
	}
	return distinct(list), says && len(list) > 0
}

// asks reports whether a directive is about who may use an element.
func asks(name string) bool {
	for _, w := range word.Split(name) {
		switch w {
		case "auth", "authz", "authorize", "authorized", "authorization", "scope", "scopes", "role", "roles", "permission", "permissions", "policy", "access", "rbac":
			return true
		}
	}
	return strings.HasPrefix(name, "requires") && len(name) > len("requires")
}

// constants are the strings and enum values in a value.
func constants(v *graphql.Value) []string {
	if v == nil {
		return nil
	}
	switch v.Kind {
	case graphql.StringValue, graphql.EnumLiteral:
		return []string{v.Text}
	}
	var out []string
	for _, item := range v.Items {
		out = append(out, constants(item)...)
	}
	for _, f := range v.Fields {
		out = append(out, constants(f.Value)...)
	}
	return out
}

func distinct(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}
