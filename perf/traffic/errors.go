package traffic

import (
	"strings"
	"sync"
	"unicode"

	"github.com/plumbapi/plumb/internal/jsonscan"
	"github.com/plumbapi/plumb/perf"
)

// graphqlAnswer looks for errors in an answer of a good status. Only the
// members of the outermost object are read; what is in data is passed over.
func (t *Traffic) graphqlAnswer(body []byte) (perf.Cause, string) {
	text := jsonscan.View(body)
	i := jsonscan.Space(text, 0)
	if i >= len(text) || text[i] != '{' {
		return perf.BadContract, "response: no JSON object"
	}
	var failed, data string
	found := jsonscan.Members(text, i, func(name, value string) bool {
		switch name {
		case "errors":
			failed = value
		case "data":
			data = value
		}
		return true
	})
	switch {
	case !found:
		return perf.BadContract, "response: truncated or no JSON"
	case failed != "" && failed != "null" && failed != "[]":
		return perf.BadGraphQL, t.graphql.bounded("graphql: " + errorClass(failed))
	case data == "" || data == "null":
		return perf.BadContract, "response: neither data nor errors"
	}
	return perf.Good, ""
}

// errorClass names an error by its code or its type where it has one, else by
// its message without what differs from request to request.
func errorClass(errs string) string {
	for _, path := range [][]string{{"0", "extensions", "code"}, {"0", "type"}, {"0", "message"}} {
		class := ""
		jsonscan.Find(errs, path, func(v string) bool {
			if v[0] == '"' {
				class = jsonscan.Unquote(v)
			}
			return false
		})
		if class != "" {
			return plainClass(class)
		}
	}
	return "errors without a message"
}

// maxClass bounds a class, in characters.
const maxClass = 120

// plainClass makes a message of a server a class: quoted texts and numbers
// become *, and nothing is left that a terminal would act on.
func plainClass(message string) string {
	var b strings.Builder
	quote, n := rune(0), 0
	for _, c := range message {
		if n++; n > maxClass {
			b.WriteString("…")
			break
		}
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '"' || c == '`' || c == '“':
			quote = c
			if c == '“' {
				quote = '”'
			}
			b.WriteByte('*')
		case unicode.IsDigit(c):
			if !strings.HasSuffix(b.String(), "*") {
				b.WriteByte('*')
			}
		case unicode.IsPrint(c):
			b.WriteRune(c)
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// classes bounds how many different classes of one kind there are.
type classes struct {
	mu   sync.RWMutex
	seen map[string]bool
}

// maxClasses is how many classes of a kind are told apart.
const maxClasses = 400

// bounded returns a class as it is, or one for all others where there are too
// many.
func (c *classes) bounded(class string) string {
	c.mu.RLock()
	known, full := c.seen[class], len(c.seen) >= maxClasses
	c.mu.RUnlock()
	if known {
		return class
	}
	if !full {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.seen == nil {
			c.seen = map[string]bool{}
		}
		if c.seen[class] || len(c.seen) < maxClasses {
			c.seen[class] = true
			return class
		}
	}
	kind, _, _ := strings.Cut(class, ":")
	return kind + ": others"
}
