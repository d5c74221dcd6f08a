package live

import (
	"slices"
	"strings"
	"unicode"
)

// fold makes a name comparable whatever its casing: letters and digits in
// lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// words splits a name at separators and capitals: bookID and book_id are book
// and id.
func words(name string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, strings.ToLower(string(word)))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && i > 0:
			after := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if !unicode.IsUpper(runes[i-1]) || after && len(word) > 0 {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return out
}

// keyNames are names that identify an object among its like, the best first:
// what objects are joined by, and what a parameter named after a thing holds.
var keyNames = []string{
	"id", "number", "iid", "oid", "uuid", "slug", "key", "code", "fullpath", "fullname", "path", "name", "login", "username", "email", "url", "title",
}

// globalNames are names of global IDs in answers of REST.
var globalNames = []string{"nodeid", "globalid", "gid", "graphqlid"}

// keyRank is the place of a name among keyNames. Names that end alike
// (book_number) come after those; others have none.
func keyRank(name string) (rank int, ok bool) {
	if i := slices.Index(keyNames, fold(name)); i >= 0 {
		return i, true
	}
	if w := words(name); len(w) > 1 {
		if i := slices.Index(keyNames, w[len(w)-1]); i >= 0 {
			return len(keyNames) + i, true
		}
	}
	return 3 * len(keyNames), false
}

// isID reports whether a name is that of an identifier.
func isID(name string) bool {
	w := words(name)
	if len(w) == 0 {
		return false
	}
	switch w[len(w)-1] {
	case "id", "gid", "oid", "uuid", "guid", "ids":
		return true
	}
	return false
}

// secretName reports whether a name is that of something nobody is to see.
func secretName(name string) bool {
	f := fold(name)
	for _, mark := range [...]string{"password", "passwd", "secret", "token", "privatekey", "apikey", "accesskey", "authorization", "credential"} {
		if strings.Contains(f, mark) {
			return true
		}
	}
	return false
}

// secretParam reports the same of a query parameter, which has shorter names.
func secretParam(name string) bool {
	switch fold(name) {
	case "key", "auth", "sig", "signature", "pat", "jwt", "session", "sessionid":
		return true
	}
	return secretName(name)
}

// sizeNames are parameters and arguments that say how many objects of a list
// are asked for.
var sizeNames = []string{"first", "perpage", "pagesize", "limit", "take", "maxresults", "count", "size"}

func isSize(name string) bool { return slices.Contains(sizeNames, fold(name)) }

// isPaging reports whether a parameter or argument says which part of a list
// is asked for.
func isPaging(name string) bool {
	switch fold(name) {
	case "page", "offset", "skip", "after", "before", "cursor", "last", "pagetoken", "startcursor":
		return true
	}
	return isSize(name)
}

// totalNames are members and fields that say how many objects there are.
var totalNames = []string{"totalcount", "total", "count", "totalitems", "totalresults"}
