package guide

import "strings"

// casing is a set of ways to write a name of several words. A name of one
// word fits several of them.
type casing uint8

const (
	snake  casing = 1 << iota // pull_request
	kebab                     // pull-request
	camel                     // pullRequest
	pascal                    // PullRequest
	upper                     // PULL_REQUEST

	numCasings = 5
)

// String names a single casing by an example of itself.
func (c casing) String() string {
	switch c {
	case snake:
		return "snake_case"
	case kebab:
		return "kebab-case"
	case camel:
		return "camelCase"
	case pascal:
		return "PascalCase"
	case upper:
		return "UPPER_CASE"
	}
	return "no single casing"
}

// single reports whether the set has exactly one casing.
func (c casing) single() bool { return c != 0 && c&(c-1) == 0 }

// casingsOf returns the casings that a name fits, none where it is no name
// of plain words: other characters, two separators in a row, capitals beside
// separators.
func casingsOf(name string) casing {
	if name == "" || !isLetter(name[0]) {
		return 0
	}
	var lower, capital, underscore, hyphen bool
	for i := range len(name) {
		switch c := name[i]; {
		case 'a' <= c && c <= 'z':
			lower = true
		case 'A' <= c && c <= 'Z':
			capital = true
		case '0' <= c && c <= '9':
		case c == '_' || c == '-':
			if i+1 == len(name) || name[i+1] == '_' || name[i+1] == '-' {
				return 0
			}
			underscore = underscore || c == '_'
			hyphen = hyphen || c == '-'
		default:
			return 0
		}
	}
	switch {
	case underscore && hyphen:
		return 0
	case underscore && !capital:
		return snake
	case underscore && !lower:
		return upper
	case hyphen && !capital:
		return kebab
	case underscore || hyphen:
		return 0
	case !capital:
		return snake | kebab | camel
	case !lower:
		return upper | pascal
	case 'A' <= name[0] && name[0] <= 'Z':
		return pascal
	}
	return camel
}

// lastWord splits the last word off a name in any casing: "created_at" and
// "createdAt" have "created" before "at" and "At".
func lastWord(name string) (before, last string) {
	i := len(name)
	for i > 0 && isAlphanumeric(name[i-1]) {
		i--
		if isCapital(name[i]) && i > 0 && !isCapital(name[i-1]) {
			break
		}
		if isCapital(name[i]) && i+1 < len(name) && !isCapital(name[i+1]) {
			break
		}
	}
	return strings.TrimRight(name[:i], "_-. "), name[i:]
}

// is reports whether a word is one of those given in lower case.
func is(word string, words ...string) bool {
	for _, w := range words {
		if len(w) == len(word) && strings.EqualFold(w, word) {
			return true
		}
	}
	return false
}

// plain returns a name without its casing: letters and digits only, in lower
// case. "page[size]", "PageSize" and "page_size" are all "pagesize".
func plain(name string) string {
	clean := true
	for i := range len(name) {
		if c := name[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			clean = false
			break
		}
	}
	if clean {
		return name
	}
	out := make([]byte, 0, len(name))
	for i := range len(name) {
		switch c := name[i]; {
		case isCapital(c):
			out = append(out, c+'a'-'A')
		case isAlphanumeric(c):
			out = append(out, c)
		}
	}
	return string(out)
}

func isCapital(c byte) bool { return 'A' <= c && c <= 'Z' }

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }
