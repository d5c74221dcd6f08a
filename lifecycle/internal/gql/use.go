package gql

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// site is a kind of place where a directive is used, by the name that
// Inspector gives it.
type site string

const (
	usedOnSchema     site = "SCHEMA"
	usedOnScalar     site = "SCALAR"
	usedOnObject     site = "OBJECT"
	usedOnInterface  site = "INTERFACE"
	usedOnUnion      site = "UNION_MEMBER"
	usedOnEnum       site = "ENUM"
	usedOnEnumValue  site = "ENUM_VALUE"
	usedOnInput      site = "INPUT_OBJECT"
	usedOnField      site = "FIELD_DEFINITION"
	usedOnArgument   site = "ARGUMENT_DEFINITION"
	usedOnInputField site = "INPUT_FIELD_DEFINITION"
)

func usageAdded(s site) string   { return "DIRECTIVE_USAGE_" + string(s) + "_ADDED" }
func usageRemoved(s site) string { return "DIRECTIVE_USAGE_" + string(s) + "_REMOVED" }

func usedOnType(k graphql.Kind) site {
	return map[graphql.Kind]site{
		graphql.Scalar: usedOnScalar, graphql.Object: usedOnObject, graphql.Interface: usedOnInterface,
		graphql.Union: usedOnUnion, graphql.Enum: usedOnEnum, graphql.InputObject: usedOnInput,
	}[k]
}

// tellsUses reports whether a schema tells which directives it uses.
// Introspection does not.
func tellsUses(s *graphql.Schema) bool {
	for _, src := range s.Sources() {
		text := strings.TrimLeft(strings.TrimPrefix(src.Text(), "\uFEFF"), " \t\r\n")
		if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
			return false
		}
	}
	return true
}

// directiveUses compares the directives that are used on an element. Those of
// the specification are left out: the changes of deprecations and of types
// tell what they say.
//
// A use that both sides have word for word is the same one, and so is one that
// is repeated word for word. Of the others, those of one directive are paired
// in their order, and the arguments of a pair compared.
func (d *differ) directiveUses(s site, old, new graphql.Element, path string) {
	o, n := uses(old), uses(new)
	if len(o) == 0 && len(n) == 0 {
		return
	}
	o, n = without(o, n), without(n, o)
	was := path
	if s == usedOnSchema { // which goes by the name of the query type
		was = rootName(d.base.Query)
	}
	for _, use := range o {
		i := slices.IndexFunc(n, func(other *graphql.Directive) bool { return other.Name == use.Name })
		if i < 0 {
			d.note(usageRemoved(s), check.Warning, new, was+"."+use.Name, use.Location(), new.Location(),
				"directive %s is no longer used on %s", clip(use.String()), coordinate(new))
			d.keyed(use.String())
			continue
		}
		d.useArguments(use, n[i], new, path+"."+use.Name)
		n = slices.Delete(n, i, i+1)
	}
	for _, use := range n {
		d.note(usageAdded(s), check.Warning, new, path+"."+use.Name, old.Location(), use.Location(),
			"directive %s is now used on %s", clip(use.String()), coordinate(new))
		d.keyed(use.String())
	}
}

// maxUses is how many uses of directives on one element are compared; no
// schema that means it has as many.
const maxUses = 200

func uses(e graphql.Element) []*graphql.Directive {
	all := e.Base().Directives
	if len(all) == 0 {
		return nil
	}
	list := make([]*graphql.Directive, 0, len(all))
	for _, u := range all {
		switch u.Name {
		case "deprecated", "oneOf", "specifiedBy":
		default:
			list = append(list, u)
		}
	}
	return list[:min(len(list), maxUses)]
}

// without returns the uses of a that b does not have, each once.
func without(a, b []*graphql.Directive) []*graphql.Directive {
	seen := make(map[string]bool, len(a)+len(b))
	for _, u := range b {
		seen[u.String()] = true
	}
	var rest []*graphql.Directive
	for _, u := range a {
		if text := u.String(); !seen[text] {
			seen[text] = true
			rest = append(rest, u)
		}
	}
	return rest
}

func (d *differ) useArguments(old, new *graphql.Directive, e graphql.Element, path string) {
	match(distinctArgs(old), distinctArgs(new), func(a *graphql.Argument) string { return a.Name }, func(o, n *graphql.Argument) {
		switch {
		case n == nil:
			d.note(DirectiveUsageArgumentRemoved, check.Warning, e, path+"."+o.Name, old.ArgLocation(o.Name), new.Location(),
				"argument %s is no longer given to @%s on %s; it was %s", o.Name, old.Name, coordinate(e), clip(o.Value.String()))
			d.keyed(old.String() + " " + o.Name)
		case o == nil:
			d.note(DirectiveUsageArgumentAdded, check.Info, e, path+"."+n.Name, old.Location(), new.ArgLocation(n.Name),
				"argument %s is now given to @%s on %s: %s", n.Name, new.Name, coordinate(e), clip(n.Value.String()))
			d.keyed(new.String() + " " + n.Name)
		case !o.Value.Equal(n.Value):
			d.note(DirectiveUsageArgumentChanged, check.Warning, e, path+"."+n.Name, old.ArgLocation(o.Name), new.ArgLocation(n.Name),
				"argument %s of @%s on %s %s", n.Name, new.Name, coordinate(e), values(o.Value, n.Value))
			d.keyed(new.String() + " " + n.Name)
		}
	})
}

// distinctArgs returns the arguments of a use, the first of each name.
func distinctArgs(u *graphql.Directive) []*graphql.Argument {
	seen := make(map[string]bool, len(u.Args))
	var list []*graphql.Argument
	for _, a := range u.Args {
		if !seen[a.Name] {
			seen[a.Name] = true
			list = append(list, a)
		}
	}
	return list
}
