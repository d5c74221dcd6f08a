package check_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

func TestMatchGlob(t *testing.T) {
	t.Parallel()
	tests := []struct {
		glob, name string
		want       bool
	}{
		{"", "anything", true},
		{"", "", true},
		{"api.yaml", "api.yaml", true},
		{"api.yaml", "v1/api.yaml", false},
		{"api.yaml", "api.yaml2", false},
		{"*.yaml", "api.yaml", true},
		{"*.yaml", "v1/api.yaml", false},
		{"*", "", true},
		{"v?/api.yaml", "v1/api.yaml", true},
		{"v?/api.yaml", "v10/api.yaml", false},
		{"v?api.yaml", "v/api.yaml", false},
		{"v?", "vé", true},
		{"**/api.yaml", "api.yaml", true},
		{"**/api.yaml", "a/b/api.yaml", true},
		{"**/api.yaml", "xapi.yaml", false},
		{"a/**/b", "a/b", true},
		{"a/**/b", "a/x/y/b", true},
		{"a/**/b", "ab", false},
		{"a/**/b", "a/xb", false},
		{"a/**", "a", true},
		{"a/**", "a/b/c", true},
		{"a/**", "ab", false},
		{"/**", "", true},
		{"**", "a/b", true},
		{"a**z", "a/b/z", true},
		{"a**z", "az", true},
		{"a*z", "a/z", false},
		{"a***z", "a/b/z", true},
		{"**/**/x", "x", true},
		{"**/**/x", "a/x", true},
		{"**/**", "", true},
		{"**/**", "a/b", true},
		{"/paths/*/get", "/paths/~1users~1{id}/get", true},
		{"/paths/*/get", "/paths/~1users/x/get", false},
		{"/paths/*", "/paths/~1users/get", false},
		{"/paths/~1users/**", "/paths/~1users", true},
		{"/paths/~1users/**", "/paths/~1users/get/tags/0", true},
		{"/paths/~1users/**", "/paths/~1users~1{id}", false},
		{"/paths/**/description", "/paths/~1a/get/description", true},
		{"/content/*~1*", "/content/*~1*", true},
		{"Type.*", "Type.field", true},
		{"Type.*", "Type.field.argument", true},
		{"Type.*", "Type", false},
		{"Type.*", "Types.field", false},
		{"*.id", "Issue.id", true},
		{"*Input", "CreateIssueInput", true},
		{"[a]{b}", "[a]{b}", true},
		{"*a*b*c*", "xaxbxcx", true},
		{"*a*b*c*", "xaxcxbx", false},
		{"a***b", "ax/yb", true},
		{"a***b", "ax/y", false},
		{"ab*ba", "aba", false},
		{"a?", "a", false},
		{strings.Repeat("*a", 40) + "*", strings.Repeat("xa", 40) + "x", true},
		{strings.Repeat("*a", 40) + "*", strings.Repeat("xa", 39) + "x", false},
		{strings.Repeat("**/a/", 40) + "?", strings.Repeat("x/a/", 40) + "b", true},
		{strings.Repeat("**/a/", 40) + "?", strings.Repeat("x/a/", 39) + "b", false},
	}
	for _, tt := range tests {
		if got := check.MatchGlob(tt.glob, tt.name); got != tt.want {
			t.Errorf("MatchGlob(%q, %q) = %v, want %v", tt.glob, tt.name, got, tt.want)
		}
	}
}

// A matcher that backtracks would not come back from this one.
func TestMatchGlobTakesNoLongerThanBothLengths(t *testing.T) {
	t.Parallel()
	name := strings.Repeat("a/", 500) + "b"
	for _, glob := range []string{strings.Repeat("**a*/", 200) + "c", strings.Repeat("*a*/**/", 100) + "c", strings.Repeat("**", 5000) + "c"} {
		if check.MatchGlob(glob, name) {
			t.Errorf("MatchGlob(%.20q…) matches", glob)
		}
	}
}

func FuzzMatchGlob(f *testing.F) {
	for _, seed := range [][2]string{
		{"a/**/b", "a/x/b"}, {"**/x", "x"}, {"a/**", "a"}, {"*?**", "é/"}, {"**/**", ""}, {"***/", "/"}, {"/**/**", "/a"}, {"Type.*", "Type.id"},
		{"**/*/**/?", "a/b/c"}, {"x/**/", "x/"}, {"\xff*", "\xffa"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, glob, name string) {
		if len(glob) > 200 || len(name) > 200 {
			t.Skip()
		}
		if !check.MatchGlob(name, name) {
			t.Errorf("%q does not match itself", name)
		}
		if !utf8.ValidString(glob) || !utf8.ValidString(name) {
			_ = check.MatchGlob(glob, name)
			return
		}
		if got, want := check.MatchGlob(glob, name), globExpression(glob).MatchString(name); got != want {
			t.Errorf("MatchGlob(%q, %q) = %v, the expression %s says %v", glob, name, got, globExpression(glob), want)
		}
	})
}

// globExpression says the same as a glob in a regular expression.
func globExpression(glob string) *regexp.Regexp {
	if glob == "" {
		return regexp.MustCompile(``)
	}
	var b strings.Builder
	for rest, fresh := glob, true; rest != ""; {
		switch {
		case fresh && strings.HasPrefix(rest, "**/"):
			b.WriteString(`(.*/)?`)
			rest = rest[3:]
			// The slash is written; what follows is fresh still.
			if rest == "**" {
				b.WriteString(`.*`)
				rest = ""
			}
			continue
		case rest == "/**":
			b.WriteString(`(/.*)?`)
			rest = ""
		case strings.HasPrefix(rest, "**"):
			b.WriteString(`.*`)
			rest, fresh = rest[2:], false
		case rest[0] == '*':
			b.WriteString(`[^/]*`)
			rest, fresh = rest[1:], false
		case rest[0] == '?':
			b.WriteString(`[^/]`)
			rest, fresh = rest[1:], false
		default:
			char, width := utf8.DecodeRuneInString(rest)
			b.WriteString(regexp.QuoteMeta(string(char)))
			rest, fresh = rest[width:], char == '/'
		}
	}
	return regexp.MustCompile(`(?s)^` + b.String() + `$`)
}
