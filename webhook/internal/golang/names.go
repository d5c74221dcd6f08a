package golang

import (
	"go/token"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many characters an identifier that comes from a description
// has at most, the numbers that keep two apart included.
const maxName = 40

// A scope are the identifiers that are taken in one place: a package, a struct,
// the methods of a type.
type scope map[string]bool

func newScope(taken ...string) scope {
	s := scope{}
	for _, name := range taken {
		s[name] = true
	}
	return s
}

// take returns an exported identifier that is like want, shortened where it has
// more than limit characters and numbered where it is taken, and takes it.
func (s scope) take(want string, limit int) string {
	want = cut(exported(want), limit)
	name := want
	for n := 2; s[name]; n++ {
		number := strconv.Itoa(n)
		name = cut(want, limit-len(number)) + number
	}
	s[name] = true
	return name
}

// exported makes any text an exported identifier.
func exported(text string) string {
	var b strings.Builder
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if r != utf8.RuneError {
				b.WriteRune(r)
			}
			continue
		}
		if r == '_' && b.Len() > 0 {
			b.WriteRune(r)
		}
	}
	name := b.String()
	first, size := utf8.DecodeRuneInString(name)
	switch {
	case name == "":
		return "X"
	case unicode.IsUpper(first):
	case unicode.IsUpper(unicode.ToUpper(first)):
		name = string(unicode.ToUpper(first)) + name[size:]
	default:
		name = "X" + name
	}
	if !token.IsIdentifier(name) {
		return "X"
	}
	return name
}

// cut shortens a name to limit characters.
func cut(name string, limit int) string {
	if utf8.RuneCountInString(name) <= limit {
		return name
	}
	return strings.TrimRight(string([]rune(name)[:limit]), "_")
}

// fileName makes the name of an event the beginning of a file's name that no
// build system reads anything into: letters, digits and "_" in lower case.
func fileName(event string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(event) {
		switch {
		case b.Len() >= maxName:
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	name := strings.Trim(b.String(), "_")
	if name == "" {
		return "x"
	}
	return name
}
