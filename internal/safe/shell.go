package safe

import "strings"

// ShellWord returns a word as a shell takes it, in quotes where it needs them:
// 'no-$ref-siblings'.
func ShellWord(word string) string {
	word = Line(word)
	if word == "" || strings.ContainsFunc(word, isSpecial) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

func isSpecial(r rune) bool {
	return r > '~' || !strings.ContainsRune("-_.:/", r) &&
		(r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}
