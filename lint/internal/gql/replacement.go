package gql

import (
	"regexp"
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// useForm finds what a reason says to use: the words after "use", "replaced
// by" and the like up to the end of the sentence.
var useForm = regexp.MustCompile(`(?i)\b(?:please use|use|replaced (?:by|with)|in fav(?:o|ou)r of|superseded by|moved to|renamed to)\s+`)

// replacements returns the names that a reason says to use instead, in order:
// what stands in backticks, or a coordinate of the form Type.field. What
// follows "instead of" is what not to use.
func replacements(reason string) []string {
	var names []string
	for _, at := range useForm.FindAllStringIndex(reason, -1) {
		clause := reason[at[1]:]
		clause = clause[:sentenceEnd(clause)]
		if i := strings.Index(clause, "instead of"); i >= 0 {
			clause = clause[:i]
		}
		if at[0] > 0 && negated.MatchString(reason[:at[0]]) {
			continue
		}
		for _, m := range quotedName.FindAllStringSubmatch(clause, -1) {
			names = append(names, m[1])
		}
		if m := bareCoordinate.FindString(clause); m != "" && len(names) == 0 {
			names = append(names, m)
		}
	}
	return names
}

var (
	// quotedName is a name or a coordinate in backticks, and nothing else: no
	// value, no snippet of a query.
	quotedName     = regexp.MustCompile("`(@?[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)?(?:\\([A-Za-z_][A-Za-z0-9_]*:\\))?)`")
	bareCoordinate = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*\b`)
	negated        = regexp.MustCompile(`(?i)\b(?:not|no longer|don't|cannot|never|before|to|in|of|the)\s+$`)
)

// sentenceEnd returns where the first sentence of a text ends: at a period
// that a space follows.
func sentenceEnd(text string) int {
	quoted := false
	for i := range len(text) {
		switch c := text[i]; {
		case c == '`':
			quoted = !quoted
		case !quoted && (c == '.' || c == ';') && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n'):
			return i
		}
	}
	return len(text)
}

// literals are words in backticks that are values, not names.
func isLiteral(name string) bool { return name == "true" || name == "false" || name == "null" }

// replacement returns the element that a name stands for in the reason of e:
// a coordinate, or the name of a neighbour, of a root field or of a type. Nil
// where there is none.
func replacement(s *graphql.Schema, e graphql.Element, name string) graphql.Element {
	if isLiteral(name) {
		return e
	}
	if strings.ContainsAny(name, ".(@") {
		found, _ := s.Lookup(name)
		return found
	}
	if found := neighbour(e, name); found != nil {
		return found
	}
	for _, root := range s.Roots() {
		if f := root.Field(name); f != nil {
			return f
		}
	}
	if t := s.Type(name); t != nil {
		return t
	}
	return nil
}

// neighbour returns the element of the name beside e: an argument of the same
// field, a field of the same type, a value of the same enum.
func neighbour(e graphql.Element, name string) graphql.Element {
	var owner *graphql.Type
	switch e := e.(type) {
	case *graphql.Field:
		owner = e.Parent()
		if a := e.Arg(name); a != nil && owner.Field(name) == nil {
			return a
		}
	case *graphql.EnumValue:
		owner = e.Parent()
	case *graphql.InputValue:
		switch parent := e.Parent().(type) {
		case *graphql.Field:
			if a := parent.Arg(name); a != nil {
				return a
			}
			owner = parent.Parent()
		case *graphql.DirectiveDefinition:
			if a := parent.Arg(name); a != nil {
				return a
			}
		case *graphql.Type:
			owner = parent
		}
	}
	if owner == nil {
		return nil
	}
	if f := owner.Field(name); f != nil {
		return f
	}
	if f := owner.InputField(name); f != nil {
		return f
	}
	if v := owner.EnumValue(name); v != nil {
		return v
	}
	return nil
}
