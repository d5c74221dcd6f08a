package check_test

import (
	"strings"
	"testing"

	"github.com/plumbapi/plumb/check"
)

func TestClosest(t *testing.T) {
	t.Parallel()
	names := []string{"operation-tags", "operation-tag-defined", "openapi-tags", "info-contact", "graphql-no-hashtag", "id"}
	tests := []struct{ name, want string }{
		{"operation-tag", "operation-tags"},
		{"operation-tags", "operation-tags"},
		{"Operation-Tags", "operation-tags"},
		{"opertaion-tags", "operation-tags"},
		{"operation_tags", "operation-tags"},
		{"info-contct", "info-contact"},
		{"hashtag", "graphql-no-hashtag"},
		{"tags", "openapi-tags"},
		{"completely-different", ""},
		{"xy", ""},
		{"", ""},
		{strings.Repeat("x", 10_000), ""},
	}
	for _, tt := range tests {
		if got := check.Closest(tt.name, names); got != tt.want {
			t.Errorf("Closest(%.40q) = %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := check.Closest("abcd", []string{"abce", "abcf"}); got != "abce" {
		t.Errorf("Closest of two as near = %q, want the first", got)
	}
	if got := check.Closest("rule", []string{strings.Repeat("rule", 100), ""}); got != "" {
		t.Errorf("Closest = %q, want none of an overlong and an empty name", got)
	}
}

func TestUnknownRuleError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  check.UnknownRuleError
		want string
	}{
		{check.UnknownRuleError{Name: "x"}, `unknown rule "x"`},
		{check.UnknownRuleError{Name: "operation-tag", Closest: "operation-tags"}, `unknown rule "operation-tag"; did you mean "operation-tags"?`},
		{check.UnknownRuleError{Name: "x", Closest: "y", At: check.Location{File: "plumb.yaml", Line: 6}}, `unknown rule "x" in plumb.yaml:6; did you mean "y"?`},
		{check.UnknownRuleError{Name: "x", At: check.Location{File: "plumb.yaml"}}, `unknown rule "x" in plumb.yaml`},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("Error() = %s, want %s", got, tt.want)
		}
	}
}
