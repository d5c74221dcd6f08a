package operation

import (
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// checker holds a document against a schema.
type checker struct {
	schema   *graphql.Schema
	name     string
	doc      *ast.QueryDocument
	declared map[string]bool
	checked  map[*ast.FragmentDefinition]bool
	errs     []error
}

func (c *checker) fail(at *ast.Position, format string, args ...any) {
	if len(c.errs) >= maxErrors {
		return
	}
	e := &Error{Location: check.Location{File: c.name}, Message: fmt.Sprintf(format, args...)}
	if at != nil {
		e.Location.Line, e.Location.Column = at.Line, at.Column
	}
	c.errs = append(c.errs, e)
}

func (c *checker) operation(op *ast.OperationDefinition) {
	var root *graphql.Type
	if c.schema != nil {
		switch op.Operation {
		case ast.Query:
			root = c.schema.Query
		case ast.Mutation:
			root = c.schema.Mutation
		case ast.Subscription:
			root = c.schema.Subscription
		}
		if root == nil {
			c.fail(op.Position, "the schema has no %s type", op.Operation)
			return
		}
	}
	c.selections(root, op.SelectionSet, 0)
}

// selections checks a selection on a type, which is nil where it is not known.
func (c *checker) selections(t *graphql.Type, set ast.SelectionSet, depth int) {
	if depth > maxDepth || len(c.errs) >= maxErrors {
		if depth > maxDepth {
			c.fail(nil, "selections nest deeper than %d levels", maxDepth)
		}
		return
	}
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			c.field(t, s, depth)
		case *ast.InlineFragment:
			on := t
			if s.TypeCondition != "" {
				on = c.condition(s.Position, s.TypeCondition)
			}
			c.selections(on, s.SelectionSet, depth+1)
		case *ast.FragmentSpread:
			c.spread(s, depth)
		}
	}
}

func (c *checker) condition(at *ast.Position, name string) *graphql.Type {
	if c.schema == nil {
		return nil
	}
	t := c.schema.Type(name)
	if t == nil {
		c.fail(at, "the schema has no type %s", name)
	} else if !t.IsComposite() {
		c.fail(at, "a fragment cannot be on %s, which has no fields", name)
		return nil
	}
	return t
}

// spread checks a fragment where it is first used: its type is its own.
func (c *checker) spread(s *ast.FragmentSpread, depth int) {
	f := c.doc.Fragments.ForName(s.Name)
	if f == nil {
		c.fail(s.Position, "the document has no fragment %q", s.Name)
		return
	}
	if c.checked[f] {
		return
	}
	c.checked[f] = true
	c.selections(c.condition(f.Position, f.TypeCondition), f.SelectionSet, depth+1)
}

func (c *checker) field(t *graphql.Type, s *ast.Field, depth int) {
	c.values(s.Arguments)
	if t == nil || s.Name == "__typename" || t == c.query() && (s.Name == "__schema" || s.Name == "__type") {
		c.selections(nil, s.SelectionSet, depth+1)
		return
	}
	f := t.Field(s.Name)
	if f == nil {
		names := make([]string, len(t.Fields))
		for i, other := range t.Fields {
			names[i] = other.Name
		}
		c.fail(s.Position, "%s has no field %q%s", t.Name, s.Name, suggest(s.Name, names))
		return
	}
	c.arguments(f, s)
	target := f.Type.Type()
	switch {
	case target == nil:
	case target.IsComposite() && len(s.SelectionSet) == 0:
		c.fail(s.Position, "%s is %s and needs a selection of its fields", f.Coordinate(), f.Type)
	case !target.IsComposite() && len(s.SelectionSet) > 0:
		c.fail(s.Position, "%s is %s and has no fields to select", f.Coordinate(), f.Type)
	default:
		c.selections(target, s.SelectionSet, depth+1)
	}
}

func (c *checker) query() *graphql.Type {
	if c.schema == nil {
		return nil
	}
	return c.schema.Query
}

func (c *checker) arguments(f *graphql.Field, s *ast.Field) {
	for _, a := range s.Arguments {
		def := f.Arg(a.Name)
		if def == nil {
			names := make([]string, len(f.Args))
			for i, other := range f.Args {
				names[i] = other.Name
			}
			c.fail(a.Position, "%s has no argument %q%s", f.Coordinate(), a.Name, suggest(a.Name, names))
			continue
		}
		c.literal(def.Type, a.Value, 0)
	}
	for _, a := range f.Args {
		if a.Required() && !slices.ContainsFunc(s.Arguments, func(x *ast.Argument) bool { return x.Name == a.Name }) {
			c.fail(s.Position, "%s needs the argument %q", f.Coordinate(), a.Name)
		}
	}
}

// values checks that the variables of arguments are declared.
func (c *checker) values(args ast.ArgumentList) {
	for _, a := range args {
		c.variables(a.Value, 0)
	}
}

func (c *checker) variables(v *ast.Value, depth int) {
	if v == nil || depth > maxDepth {
		return
	}
	if v.Kind == ast.Variable && !c.declared[v.Raw] {
		c.fail(v.Position, "variable $%s is not declared", v.Raw)
	}
	for _, child := range v.Children {
		c.variables(child.Value, depth+1)
	}
}

// literal checks the names in a value: of enums and of input objects' fields.
func (c *checker) literal(ref *graphql.TypeRef, v *ast.Value, depth int) {
	if ref == nil || v == nil || depth > maxDepth {
		return
	}
	if v.Kind == ast.ListValue {
		item := ref
		if ref.IsList() {
			item = ref.Elem
		}
		for _, child := range v.Children {
			c.literal(item, child.Value, depth+1)
		}
		return
	}
	for ref.IsList() {
		ref = ref.Elem
	}
	t := ref.Type()
	switch {
	case t == nil:
	case t.Kind == graphql.Enum && v.Kind == ast.EnumValue && t.EnumValue(v.Raw) == nil:
		c.fail(v.Position, "%s has no value %s", t.Name, v.Raw)
	case t.Kind == graphql.InputObject && v.Kind == ast.ObjectValue:
		for _, child := range v.Children {
			f := t.InputField(child.Name)
			if f == nil {
				c.fail(child.Position, "%s has no field %q", t.Name, child.Name)
				continue
			}
			c.literal(f.Type, child.Value, depth+1)
		}
	}
}
