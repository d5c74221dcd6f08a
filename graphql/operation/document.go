package operation

import (
	"errors"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

// Limits of a document.
const (
	// MaxBytes is the size of a document, in bytes.
	MaxBytes = 1 << 20
	// maxTokens bounds its tokens, and with them how deep it nests.
	maxTokens = 100_000
	// maxDepth bounds how deep selections nest, fragments included.
	maxDepth = 500
	// maxErrors is how many errors of one document are told.
	maxErrors = 20
)

// Parse reads a document that holds one operation, and checks it against the
// schema, which may be nil: then only the grammar is. The error is, or joins,
// *[Error] values, each at its line of the document; name is what they call it.
func Parse(s *graphql.Schema, name, text string) (*Operation, error) {
	if len(text) > MaxBytes {
		return nil, &Error{check.Location{File: name}, fmt.Sprintf("the document is larger than %d bytes", MaxBytes)}
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Name: name, Input: text}, maxTokens)
	if err != nil {
		return nil, syntaxError(name, err)
	}
	if n := len(doc.Operations); n != 1 {
		return nil, &Error{check.Location{File: name, Line: 1, Column: 1}, fmt.Sprintf("the document holds %d operations, not one", n)}
	}
	op := doc.Operations[0]
	c := &checker{schema: s, name: name, doc: doc, declared: map[string]bool{}, checked: map[*ast.FragmentDefinition]bool{}}
	out := &Operation{Text: text, Kind: string(op.Operation), Name: op.Name}
	for _, v := range op.VariableDefinitions {
		out.Variables = append(out.Variables, c.variable(v))
	}
	c.operation(op)
	if len(c.errs) > 0 {
		return nil, errors.Join(c.errs...)
	}
	return out, nil
}

func syntaxError(name string, err error) error {
	e := &Error{check.Location{File: name}, err.Error()}
	var cause *gqlerror.Error
	if errors.As(err, &cause) {
		e.Message = cause.Message
		if len(cause.Locations) > 0 {
			e.Location.Line, e.Location.Column = cause.Locations[0].Line, cause.Locations[0].Column
		}
	}
	return e
}

// variable reads the declaration of a variable, and makes a value for it.
func (c *checker) variable(v *ast.VariableDefinition) Variable {
	out := Variable{Name: v.Variable, Type: v.Type.String(), Required: v.Type.NonNull && v.DefaultValue == nil}
	if c.declared[v.Variable] {
		c.fail(v.Position, "variable $%s is declared twice", v.Variable)
	}
	c.declared[v.Variable] = true
	if c.schema == nil {
		return out
	}
	t := c.schema.Type(v.Type.Name())
	switch {
	case t == nil:
		c.fail(v.Position, "the schema has no type %s", v.Type.Name())
	case !t.IsInput():
		c.fail(v.Position, "%s is no type of an input", t.Name)
	case out.Required:
		out.Value = c.value(v.Type, t, v.Variable)
	}
	return out
}

// value makes a value of the type of a variable; "" where none can be.
func (c *checker) value(ref *ast.Type, t *graphql.Type, name string) string {
	if ref.Elem != nil {
		item := c.value(ref.Elem, t, name)
		return "[" + item + "]"
	}
	switch t.Kind {
	case graphql.InputObject:
		v, err := object(t, map[*graphql.Type]bool{})
		if err != nil {
			return ""
		}
		return v
	case graphql.Enum:
		for _, e := range t.EnumValues {
			if e.Deprecated == nil {
				return quote(e.Name)
			}
		}
		return ""
	}
	return scalar(t.Name, name)
}

// suggest names the closest of the names, where one is close.
func suggest(name string, names []string) string {
	best, distance := "", len(name)/3+2
	for _, n := range names {
		if d := edits(strings.ToLower(name), strings.ToLower(n), distance); d < distance {
			best, distance = n, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// edits counts the single changes between two words (Levenshtein), up to a
// limit.
func edits(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
