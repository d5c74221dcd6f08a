package openapi

import (
	"fmt"
	"strconv"
	"strings"
)

// ParsePointer splits a JSON Pointer (RFC 6901) into its unescaped tokens.
// The empty pointer, which names the whole document, has none.
func ParsePointer(pointer string) ([]string, error) {
	if pointer == "" {
		return nil, nil
	}
	if pointer[0] != '/' {
		return nil, fmt.Errorf("JSON Pointer %q does not begin with a slash", pointer)
	}
	tokens := strings.Split(pointer[1:], "/")
	for i, t := range tokens {
		if !strings.Contains(t, "~") {
			continue
		}
		for j := strings.IndexByte(t, '~'); j >= 0; {
			if j+1 >= len(t) || t[j+1] != '0' && t[j+1] != '1' {
				return nil, fmt.Errorf("JSON Pointer %q has a ~ that is not followed by 0 or 1", pointer)
			}
			next := strings.IndexByte(t[j+2:], '~')
			if next < 0 {
				break
			}
			j += 2 + next
		}
		tokens[i] = strings.ReplaceAll(strings.ReplaceAll(t, "~1", "/"), "~0", "~")
	}
	return tokens, nil
}

// FormatPointer joins tokens into a JSON Pointer (RFC 6901).
func FormatPointer(tokens ...string) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteByte('/')
		writeEscaped(&b, t)
	}
	return b.String()
}

// escapes counts the characters of a token that a pointer writes as two.
func escapes(token string) int {
	return strings.Count(token, "/") + strings.Count(token, "~")
}

// putEscaped writes a token so that it ends before at, and returns where it
// begins.
func putEscaped(b []byte, at int, token string) int {
	if strings.IndexByte(token, '/') < 0 && strings.IndexByte(token, '~') < 0 {
		at -= len(token)
		copy(b[at:], token)
		return at
	}
	for i := len(token) - 1; i >= 0; i-- {
		at--
		switch token[i] {
		case '~':
			b[at] = '0'
		case '/':
			b[at] = '1'
		default:
			b[at] = token[i]
			continue
		}
		at--
		b[at] = '~'
	}
	return at
}

func writeEscaped(b *strings.Builder, token string) {
	if !strings.ContainsAny(token, "~/") {
		b.WriteString(token)
		return
	}
	for i := range len(token) {
		switch token[i] {
		case '~':
			b.WriteString("~0")
		case '/':
			b.WriteString("~1")
		default:
			b.WriteByte(token[i])
		}
	}
}

// arrayIndex reads an index as RFC 6901 writes it: decimal, no sign, no
// leading zero.
func arrayIndex(token string) (int, bool) {
	if token == "" || len(token) > 9 || len(token) > 1 && token[0] == '0' {
		return 0, false
	}
	for i := range len(token) {
		if token[i] < '0' || token[i] > '9' {
			return 0, false
		}
	}
	i, err := strconv.Atoi(token)
	return i, err == nil
}
