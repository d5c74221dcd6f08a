package ident_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/webhook/internal/ident"
)

func TestName(t *testing.T) {
	t.Parallel()
	tests := []struct {
		texts []string
		want  string
	}{
		{[]string{"issue_comment", "created"}, "IssueCommentCreated"},
		{[]string{"pullRequestID"}, "PullRequestID"},
		{[]string{"HTTPServerURLs"}, "HTTPServerURLs"},
		{[]string{"user_ids"}, "UserIDs"},
		{[]string{"avatar-url"}, "AvatarURL"},
		{[]string{"customer.subscription.created"}, "CustomerSubscriptionCreated"},
		{[]string{"user's name"}, "UsersName"},
		{[]string{"2fa"}, "X2fa"},
		{[]string{"+1"}, "Plus1"},
		{[]string{"-1"}, "Minus1"},
		{[]string{"a-1"}, "A1"},
		{[]string{"名前"}, "X名前"},
		{[]string{"école"}, "École"},
		{[]string{"a\"; panic(`x`) //"}, "APanicX"},
		{[]string{"*/", "\x00", "\xff"}, ""},
		{[]string{strings.Repeat("word_", 20)}, strings.Repeat("Word", 10)},
		{[]string{strings.Repeat("x", 10_000)}, "X" + strings.Repeat("x", 39)},
	}
	for _, tt := range tests {
		got := ident.Name(tt.texts...)
		if got != tt.want {
			t.Errorf("Name(%.40q) = %q, want %q", tt.texts, got, tt.want)
		}
		if got != "" && !ident.Valid(got) {
			t.Errorf("Name(%.40q) = %q, which is not valid", tt.texts, got)
		}
	}
}

func TestSingular(t *testing.T) {
	t.Parallel()
	for many, one := range map[string]string{
		"labels": "label", "repositories": "repository", "branches": "branch", "addresses": "address", "boxes": "box",
		"status": "status", "address": "address", "analysis": "analysis", "is": "is", "releases": "release",
	} {
		if got := ident.Singular(many); got != one {
			t.Errorf("Singular(%q) = %q, want %q", many, got, one)
		}
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	s := ident.NewSet("Mux")
	var got []string
	for _, c := range [][]string{{"User"}, {"USER", "UserRef"}, {"user"}, {""}, {"mux"}, {strings.Repeat("A", 40)}, {strings.Repeat("A", 40)}} {
		got = append(got, s.Free("Value", c...))
	}
	want := []string{"User", "UserRef", "user2", "Value", "mux2", strings.Repeat("A", 40), strings.Repeat("A", 39) + "2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Free (-want +got):\n%s", diff)
	}
}
