package apidocs

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// maxSlug bounds a name in a path; file systems take 255 bytes.
const maxSlug = 80

// slugs are the paths that are taken.
type slugs map[string]bool

// under returns the path for a name within a folder: the same for the same
// descriptions, and one that no other element has. Letter case tells no paths
// apart, since some file systems do not.
func (s slugs) under(folder, name string) string {
	slug := name
	if folder != "" {
		slug = folder + "/" + Slug(name)
	}
	free := slug
	for n := 2; s[free]; n++ {
		free = slug + "-" + strconv.Itoa(n)
	}
	s[free] = true
	return free
}

// listPage matches what the pages of long lists are called.
var listPage = regexp.MustCompile(`^index-\d+$`)

// Slug turns a name into lowercase words with hyphens: "listIssues" becomes
// "list-issues", "HTTPServer" "http-server", "POST /a/{id}" "post-a-id". A name
// without letters or digits is "x"; "index" and "index-2" are kept for overviews.
func Slug(name string) string {
	var b strings.Builder
	runes := []rune(name)
	if len(runes) > 4*maxSlug {
		runes = runes[:4*maxSlug]
	}
	gap := false
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = true
			continue
		}
		if i > 0 && unicode.IsUpper(r) {
			before := runes[i-1]
			starts := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if unicode.IsLower(before) || unicode.IsDigit(before) || unicode.IsUpper(before) && starts {
				gap = true
			}
		}
		r = unicode.ToLower(r)
		if b.Len()+len(string(r))+1 > maxSlug {
			break
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	switch b.String() {
	case "":
		return "x"
	case "index":
		return "index-x"
	}
	if listPage.MatchString(b.String()) {
		return b.String() + "-x"
	}
	return b.String()
}
