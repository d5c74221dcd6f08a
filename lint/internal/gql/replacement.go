package gql

import (
	"regexp"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/graphql"
)

// uses are the words of a reason after which it says what to use, in small
// letters.
var uses = []string{
	"use ", "replaced by ", "replaced with ", "in favor of ", "in favour of ", "superseded by ", "moved to ", "renamed to ",
}

// maxReplacements is how many names of one reason are looked at.
const maxReplacements = 16

// replacements returns the names that a reason says to use instead, in order:
// what stands in backticks, or a coordinate of the form Type.field. What
// follows "instead of" is what not to use.
func replacements(reason string) []string {
	var names []string
	lower := strings.ToLower(reason)
	if len(lower) != len(reason) {
		return nil // letters that no name has
	}
	for from := 0; from < len(lower); {
		at, end := nextUse(lower, from)
		if at < 0 {
			break
		}
		from = end
		if negations[lastField(lower[:at])] {
			continue
		}
		clause := reason[end:]
		clause = clause[:sentenceEnd(clause)]
		if i := strings.Index(clause, "instead of"); i >= 0 {
			clause = clause[:i]
		}
		for _, m := range quotedName.FindAllStringSubmatch(clause, -1) {
			if len(names) < maxReplacements && !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
		if m := bareCoordinate.FindString(clause); m != "" && len(names) == 0 {
			names = append(names, m)
		}
		from = end + len(clause)
	}
	return names
}

// nextUse returns where the next of the words of uses begins and ends; -1
// where there is none.
func nextUse(lower string, from int) (at, end int) {
	for i := from; i < len(lower); i++ {
		if i > 0 && isLower(lower[i-1]) {
			continue // not the beginning of a word
		}
		for _, words := range uses {
			if strings.HasPrefix(lower[i:], words) {
				return i, i + len(words)
			}
		}
	}
	return -1, len(lower)
}

// lastField returns the last word of a text that a space follows.
func lastField(text string) string {
	text = strings.TrimRight(text, " ")
	return text[strings.LastIndexByte(text, ' ')+1:]
}

// negations are words before "use" that make it mean something else.
var negations = map[string]bool{
	"not": true, "longer": true, "don't": true, "cannot": true, "never": true, "before": true, "to": true, "in": true,
	"of": true, "the": true, "no": true,
}

var (
	// quotedName is a name or a coordinate in backticks, and nothing else: no
	// value, no snippet of a query.
	quotedName     = regexp.MustCompile("`(@?[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)?(?:\\([A-Za-z_][A-Za-z0-9_]*:\\))?)`")
	bareCoordinate = regexp.MustCompile(`^[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*\b`)
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

// isLiteral reports whether what stands in backticks is a value, and no name.
func isLiteral(name string) bool { return name == "true" || name == "false" || name == "null" }

// replacement returns the element that a name stands for in the reason of e:
// a coordinate, or the name of a neighbour, of a root field or of a type. Nil
// where there is none.
func replacement(s *graphql.Schema, e graphql.Element, name string) graphql.Element {
	if isLiteral(name) {
		return e
	}
	if strings.ContainsAny(name, ".(@") {
		if found, ok := s.Lookup(name); ok {
			return found
		}
		return path(e, name)
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

// path returns the element that a path of two names leads to from e, such as
// project.name: a neighbour, and a member of its type.
func path(e graphql.Element, name string) graphql.Element {
	first, second, ok := strings.Cut(name, ".")
	if !ok {
		return nil
	}
	switch n := neighbour(e, first).(type) {
	case *graphql.Field:
		if t := n.Type.Type(); t != nil {
			return member(t, second)
		}
	case *graphql.InputValue:
		if t := n.Type.Type(); t != nil {
			return member(t, second)
		}
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
	return member(owner, name)
}

// member returns the field, input field or value of a type that has the name.
func member(owner *graphql.Type, name string) graphql.Element {
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
