package word

import "strings"

// Split cuts a name in any casing into words in lower case: camelCase,
// PascalCase, snake_case, kebab-case, dotted, with acronyms ("bodyHTML" is
// body, html) and versions ("projectsV2" is projects, v2; "v4", "oauth2" and
// "sha256" stay whole).
func Split(name string) []string {
	var words []string
	start := -1
	flush := func(end int) {
		if start >= 0 && end > start {
			words = append(words, strings.ToLower(name[start:end]))
		}
		start = -1
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !letterOrDigit(c) {
			flush(i)
			continue
		}
		if start >= 0 && boundary(name, i) {
			flush(i)
		}
		if start < 0 {
			start = i
		}
	}
	flush(len(name))
	return words
}

// boundary reports whether a new word begins at i, which follows a letter or
// a digit of the word before.
func boundary(name string, i int) bool {
	before, c := name[i-1], name[i]
	switch {
	case !upper(c):
		return false
	case !upper(before):
		return true // aB, 2B
	}
	// ABc: the last capital begins a word, but not in ABCs.
	if i+1 >= len(name) || !lower(name[i+1]) {
		return false
	}
	plural := name[i+1] == 's' && (i+2 == len(name) || !lower(name[i+2]))
	return !plural
}

func letterOrDigit(c byte) bool { return lower(c) || upper(c) || digit(c) || c >= 0x80 }

func lower(c byte) bool { return 'a' <= c && c <= 'z' }

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }

func digit(c byte) bool { return '0' <= c && c <= '9' }
