package ecma_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/lint/internal/ecma"
)

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expression, text string
		want             bool
	}{
		{"^a", "abc", true},
		{"/^A/i", "abc", true},
		{"/b$/m", "ab\ncd", true},
		{"/a.c/s", "a\nc", true},
		{"/a.c/", "a\nc", false},
		{`^(?!v\d)`, "v1", false},
		{`^(?!v\d)`, "one", true},
		{`(?<=x)y`, "xy", true},
		{`(a)\1`, "aa", true},
		{`^\s$`, "\u00a0", true},
		{"a/b", "a/b", true},
		{"//", "a/b", false},
		{"//", "a//b", true},
		{`/a\/b/`, "a/b", true},
	}
	for _, tt := range tests {
		t.Run(tt.expression+" "+tt.text, func(t *testing.T) {
			t.Parallel()
			re, err := ecma.Parse(tt.expression)
			if err != nil {
				t.Fatal(err)
			}
			got, err := re.Match(tt.text, nil)
			if err != nil || got != tt.want {
				t.Errorf("got %t, %v, want %t", got, err, tt.want)
			}
			groups, err := re.Find(tt.text, nil)
			if err != nil || (groups != nil) != tt.want {
				t.Errorf("Find: got %q, %v, want some: %t", groups, err, tt.want)
			}
		})
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{`(\d+)-(x)?`, `(\d+)-(x)?(?!z)`} {
		re, err := ecma.Compile(expression, "")
		if err != nil {
			t.Fatal(err)
		}
		got, err := re.Find("ab 12-", nil)
		if diff := cmp.Diff([]string{"12-", "12", ""}, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", expression, err, diff)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ pattern, flags, want string }{
		{"a(", "", "is no regular expression"},
		{"a", "q", `flag "q"`},
		{"a", "y", `flag "y"`},
	} {
		if _, err := ecma.Compile(tt.pattern, tt.flags); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: got %v, want …%s…", tt.pattern, tt.flags, err, tt.want)
		}
	}
}
