package perf

import "strings"

// documented is an operation of a GraphQL document; the name may be empty.
type documented struct{ kind, name string }

func (d documented) String() string {
	if d.name == "" {
		return "a " + d.kind + " without a name"
	}
	return d.kind + " " + d.name
}

// operationsOf returns the operations of a GraphQL document in order, by its
// tokens outside all brackets; what is wrong is told by whoever asks the
// server, but for brackets that do not close.
func operationsOf(text string) (found []documented, problem string) {
	depth, last, before := 0, "", ""
	begun := false // whether a keyword has begun the definition that is open
	for i := 0; i < len(text); {
		token, n := graphQLToken(text[i:])
		i += n
		switch token {
		case "":
			continue
		case "{", "(", "[":
			if depth == 0 && token == "{" && !begun {
				found = append(found, documented{kind: "query"})
			}
			depth++
		case "}", ")", "]":
			if depth--; depth < 0 {
				return nil, "closes a bracket that is not open"
			}
			if depth == 0 && token == "}" {
				begun = false
			}
		default:
			if depth > 0 {
				break
			}
			switch {
			case !begun && (token == "query" || token == "mutation" || token == "subscription"):
				found = append(found, documented{kind: token})
				begun = true
			case !begun:
				begun = true // a fragment, or what only the server understands
			case last == "query" || last == "mutation" || last == "subscription":
				if isName(token) && before != "fragment" {
					found[len(found)-1].name = token
				}
			}
		}
		before, last = last, token
	}
	if depth > 0 {
		return nil, "leaves a bracket open"
	}
	return found, ""
}

func isName(token string) bool {
	c := token[0]
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// graphQLToken returns the first token of a text and its length; "" for white
// space, comments and strings.
func graphQLToken(text string) (token string, n int) {
	switch c := text[0]; {
	case c == '#':
		if end := strings.IndexAny(text, "\r\n"); end >= 0 {
			return "", end
		}
		return "", len(text)
	case strings.HasPrefix(text, `"""`):
		for i := 3; i < len(text); i++ {
			switch {
			case strings.HasPrefix(text[i:], `\"""`):
				i += 3
			case strings.HasPrefix(text[i:], `"""`):
				return "", i + 3
			}
		}
		return "", len(text)
	case c == '"':
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"', '\n':
				return "", i + 1
			}
		}
		return "", len(text)
	case isName(text):
		n = 1
		for n < len(text) && (isName(text[n:]) || text[n] >= '0' && text[n] <= '9') {
			n++
		}
		return text[:n], n
	case c <= ' ' || c == ',' || strings.HasPrefix(text, "\ufeff"):
		return "", 1
	}
	return text[:1], 1
}
