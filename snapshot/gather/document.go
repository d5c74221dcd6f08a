package gather

import (
	"strings"
	"unicode"

	"github.com/plumbapi/plumb/graphql"
)

// graphqlNames returns the coordinate of the first root field of each operation
// of the plan that is a GraphQL document, by the operation's name.
func graphqlNames(f *Facts) map[string]string {
	names := map[string]string{}
	if f.Plan == nil || len(f.GraphQL) == 0 {
		return names
	}
	for i := range f.Plan.Operations {
		op := &f.Plan.Operations[i]
		if op.Document == "" {
			continue
		}
		root := rootOf(f.GraphQL[0], op.Name)
		if field := firstField(op.Document); root != nil && field != "" {
			names[op.Name] = root.Name + "." + field
		}
	}
	return names
}

// rootOf returns the type that an operation such as "mutation Close" begins at.
func rootOf(s *graphql.Schema, operation string) *graphql.Type {
	switch kind, _, _ := strings.Cut(operation, " "); kind {
	case "mutation":
		return s.Mutation
	case "subscription":
		return s.Subscription
	}
	return s.Query
}

// firstField returns the name of the first field that a document selects, behind
// its alias where it has one; "" where it begins with a fragment, or is none.
func firstField(document string) string {
	depth, open := 0, -1
scan:
	for i := 0; i < len(document); i++ {
		switch document[i] {
		case '#':
			if end := strings.IndexByte(document[i:], '\n'); end >= 0 {
				i += end
			} else {
				return ""
			}
		case '(':
			depth++
		case ')':
			depth--
		case '{':
			if depth == 0 {
				open = i + 1
				break scan
			}
		}
	}
	if open < 0 {
		return ""
	}
	name, rest := word(document[open:])
	if alias := strings.TrimLeftFunc(rest, ignored); strings.HasPrefix(alias, ":") {
		name, _ = word(alias[1:])
	}
	return name
}

// word returns the name that a text begins with, and what follows.
func word(text string) (name, rest string) {
	text = strings.TrimLeftFunc(text, ignored)
	for strings.HasPrefix(text, "#") {
		_, text, _ = strings.Cut(text, "\n")
		text = strings.TrimLeftFunc(text, ignored)
	}
	end := strings.IndexFunc(text, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if end < 0 {
		end = len(text)
	}
	return text[:end], text[end:]
}

func ignored(r rune) bool { return unicode.IsSpace(r) || r == ',' }
