package gql

import (
	"fmt"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/graphql"
)

type (
	rule = check.Rule[*graphql.Schema]
	pass = check.Pass[*graphql.Schema]
)

// reportf reports a finding at a place of the schema. Elements that were read
// from no text, such as those of a schema value, have no place; the beginning
// of the first source stands in for it.
func reportf(p *pass, at check.Location, format string, args ...any) {
	p.Report(check.Finding{Location: place(p.Subject, at), Message: fmt.Sprintf(format, args...)})
}

// reportKeyf is reportf for rules that can find several things at one
// element; the key tells them apart.
func reportKeyf(p *pass, at check.Location, key, format string, args ...any) {
	p.Report(check.Finding{Location: place(p.Subject, at), Key: key, Message: fmt.Sprintf(format, args...)})
}

// reportRelatedf is reportf for findings that speak of a second place.
func reportRelatedf(p *pass, at check.Location, key string, related check.Related, format string, args ...any) {
	related.Location = place(p.Subject, related.Location)
	p.Report(check.Finding{
		Location: place(p.Subject, at), Key: key, Message: fmt.Sprintf(format, args...),
		Related: []check.Related{related},
	})
}

func place(s *graphql.Schema, at check.Location) check.Location {
	if at.File == "" && len(s.Sources()) > 0 {
		at.File = s.Sources()[0].Name()
	}
	if at.Line < 1 {
		at.Line, at.Column, at.EndLine, at.EndColumn = 1, 1, 1, 1
	}
	return at
}

// noun says what an element is, for messages: "field", "enum value".
func noun(e graphql.Element) string {
	switch e := e.(type) {
	case *graphql.Type:
		return nounOfType(e)
	case *graphql.Field:
		return "field"
	case *graphql.InputValue:
		if e.IsArgument() {
			return "argument"
		}
		return "input field"
	case *graphql.EnumValue:
		return "enum value"
	case *graphql.DirectiveDefinition:
		return "directive"
	}
	return "schema"
}

func nounOfType(t *graphql.Type) string {
	switch t.Kind {
	case graphql.Scalar:
		return "scalar"
	case graphql.Interface:
		return "interface"
	case graphql.Union:
		return "union"
	case graphql.Enum:
		return "enum"
	case graphql.InputObject:
		return "input object"
	}
	return "type"
}
