package live

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

// Fixtures are values for the parameters of operations, for servers whose
// lists do not show them.
//
//	parameters:                  # wherever a parameter has the name
//	  shelf: fiction
//	operations:
//	  GET /books/{isbn}:         # each row is one question
//	    - isbn: "9780140449334"
//	    - rest: {isbn: "9780140449334"}
//	      graphql: {id: "gid://library/Book/7"}   # by name of argument
type Fixtures struct {
	parameters map[string]string
	operations []operationFixtures
}

// operationFixtures are the rows of one operation.
type operationFixtures struct {
	name  string
	where string
	rows  []fixtureRow
}

// fixtureRow is one question: values by parameter of REST and by argument of
// GraphQL.
type fixtureRow struct{ rest, graphql map[string]string }

// ParseFixtures reads fixtures, YAML or JSON. The error has the place of what
// is wrong.
func ParseFixtures(name string, data []byte) (*Fixtures, error) {
	root, err := openapi.ParseTree(name, data)
	if err != nil {
		return nil, err
	}
	f := &Fixtures{}
	if !root.Is(openapi.Object) {
		return nil, wrong(root, "fixtures are an object with parameters and operations, not %s", root.Kind().WithArticle())
	}
	for _, member := range root.Children() {
		switch member.Key() {
		case "version":
			if v, ok := member.Int(); !ok || v != 1 {
				return nil, wrong(member, "version %q is unknown; 1 is known", member.Text())
			}
		case "parameters":
			f.parameters, err = texts(member)
		case "operations":
			f.operations, err = operationRows(member)
		default:
			err = unknownMember(member, "parameters", "operations", "version")
		}
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

func operationRows(n *openapi.Node) ([]operationFixtures, error) {
	if !n.Is(openapi.Object) {
		return nil, wrong(n, "operations is an object by operation, not %s", n.Kind().WithArticle())
	}
	var out []operationFixtures
	for _, member := range n.Children() {
		at := member.KeyLocation()
		op := operationFixtures{name: member.Key(), where: fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Column)}
		if !member.Is(openapi.Array) {
			return nil, wrong(member, "%q has a list of rows, not %s", member.Key(), member.Kind().WithArticle())
		}
		for _, row := range member.Children() {
			r, err := fixtureRowOf(row)
			if err != nil {
				return nil, err
			}
			op.rows = append(op.rows, r)
		}
		out = append(out, op)
	}
	return out, nil
}

func fixtureRowOf(n *openapi.Node) (row fixtureRow, err error) {
	if !n.Has("rest") && !n.Has("graphql") {
		row.rest, err = texts(n)
		return row, err
	}
	for _, member := range n.Children() {
		switch member.Key() {
		case "rest":
			row.rest, err = texts(member)
		case "graphql":
			row.graphql, err = texts(member)
		default:
			err = unknownMember(member, "rest", "graphql")
		}
		if err != nil {
			return row, err
		}
	}
	return row, nil
}

// texts reads an object of scalars.
func texts(n *openapi.Node) (map[string]string, error) {
	if !n.Is(openapi.Object) {
		return nil, wrong(n, "expected an object of values, found %s", n.Kind().WithArticle())
	}
	out := map[string]string{}
	for _, member := range n.Children() {
		switch member.Kind() {
		case openapi.String, openapi.Number, openapi.Bool:
			out[member.Key()] = member.Text()
		default:
			return nil, wrong(member, "the value of %q is %s", member.Key(), member.Kind().WithArticle())
		}
	}
	return out, nil
}

func unknownMember(n *openapi.Node, known ...string) error {
	if closest := check.Closest(n.Key(), known); closest != "" {
		return wrongAt(n.KeyLocation(), "unknown member %q; did you mean %q?", n.Key(), closest)
	}
	return wrongAt(n.KeyLocation(), "unknown member %q", n.Key())
}

func wrong(n *openapi.Node, format string, args ...any) error {
	return wrongAt(n.Location(), format, args...)
}

func wrongAt(at check.Location, format string, args ...any) error {
	return fmt.Errorf("%s:%d:%d: %s", at.File, at.Line, at.Column, fmt.Sprintf(format, args...))
}

// rowsOf are the rows of an operation. A nil Fixtures has none.
func (f *Fixtures) rowsOf(operation string) []fixtureRow {
	if f == nil {
		return nil
	}
	for _, op := range f.operations {
		if op.name == operation {
			return op.rows
		}
	}
	return nil
}

// value is what the fixtures give a parameter wherever it is.
func (f *Fixtures) value(param string) (string, bool) {
	if f == nil {
		return "", false
	}
	v, ok := f.parameters[param]
	return v, ok
}

// names reports whether the fixtures give a parameter of an operation a
// value.
func (f *Fixtures) names(operation, param string) bool {
	if _, ok := f.value(param); ok {
		return true
	}
	for _, row := range f.rowsOf(operation) {
		if _, ok := row.rest[param]; ok {
			return true
		}
	}
	return false
}
