package gql

import "strings"

// isPascalCase reports whether a name begins with a capital letter and has
// letters and digits only. Acronyms count: URI, HTMLBlock.
func isPascalCase(name string) bool { return name != "" && isUpper(name[0]) && isAlphanumeric(name) }

// isCamelCase reports whether a name begins with a small letter and has
// letters and digits only.
func isCamelCase(name string) bool { return name != "" && isLower(name[0]) && isAlphanumeric(name) }

// isUpperCase reports whether a name has no small letter.
func isUpperCase(name string) bool {
	for i := range len(name) {
		if isLower(name[i]) {
			return false
		}
	}
	return true
}

func isAlphanumeric(name string) bool {
	for i := range len(name) {
		if c := name[i]; !isLower(c) && !isUpper(c) && !isDigit(c) {
			return false
		}
	}
	return true
}

func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isFederated reports whether a name belongs to the subgraph protocol of
// Apollo Federation or was imported with @link, which write namespaces with
// two underscores. The author of a schema cannot choose it.
func isFederated(name string) bool {
	switch name {
	case "_Any", "_Entity", "_Service", "_FieldSet", "_entities", "_service":
		return true
	}
	return strings.Index(name, "__") > 0
}

// firstWord returns the first word of a name in camel, Pascal or snake case,
// such as "create" of createIssue, "URL" of URLPath.
func firstWord(name string) string {
	i := 0
	for i < len(name) && isUpper(name[i]) {
		i++
	}
	if i > 1 { // an acronym; its last letter begins the next word
		if i < len(name) && isLower(name[i]) {
			i--
		}
		return name[:i]
	}
	for i < len(name) && isLower(name[i]) {
		i++
	}
	return name[:i]
}

// lastWord returns the last word of a name in camel, Pascal or snake case.
func lastWord(name string) string {
	i := len(name)
	for i > 0 && (isLower(name[i-1]) || isDigit(name[i-1])) {
		i--
	}
	if i < len(name) && i > 0 && isUpper(name[i-1]) {
		return name[i-1:]
	}
	if i < len(name) {
		return name[i:]
	}
	for i > 0 && isUpper(name[i-1]) {
		i--
	}
	return name[i:]
}

// cutWord cuts a word off the beginning of a name, whatever its case. What is
// left must begin a word of its own: "issueType" is Issue and Type, "approved"
// is not App and roved.
func cutWord(name, word string) (rest string, ok bool) {
	if len(name) <= len(word) || !strings.EqualFold(name[:len(word)], word) {
		return "", false
	}
	rest = name[len(word):]
	switch c := rest[0]; {
	case c == '_':
		rest = strings.TrimLeft(rest, "_")
		return rest, rest != ""
	case isUpper(c), isDigit(c) && !isDigit(word[len(word)-1]):
		return rest, true
	}
	return "", false
}

// upperFirst returns the name with its first letter in upper case.
func upperFirst(name string) string {
	if name != "" && isLower(name[0]) {
		return string(name[0]-'a'+'A') + name[1:]
	}
	return name
}
