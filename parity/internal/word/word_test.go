package word_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/parity/internal/word"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, want string }{
		{"pull_request", "pull request"},
		{"pullRequest", "pull request"},
		{"PullRequest", "pull request"},
		{"PULL_REQUEST", "pull request"},
		{"pull-requests", "pull requests"},
		{"API_Entities_Ci_Runner", "api entities ci runner"},
		{"bodyHTML", "body html"},
		{"HTMLBody", "html body"},
		{"userIDs", "user ids"},
		{"projectsV2", "projects v2"},
		{"oauth2Token", "oauth2 token"},
		{"sha256", "sha256"},
		{"größe", "größe"},
		{"_private", "private"},
		{"a.b/c", "a b c"},
		{"", ""},
		{"___", ""},
	} {
		if got := strings.Join(word.Split(tt.name), " "); got != tt.want {
			t.Errorf("Split(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

// lexicon makes one with every pack and some words of a project.
func lexicon(t *testing.T, own ...[]string) *word.Lexicon {
	t.Helper()
	l, err := word.New(word.Packs(), own)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	l := lexicon(t, []string{"invoice", "bill", "tax document"})
	for _, tt := range []struct{ name, want string }{
		{"repos", "repository"},
		{"organisations", "organization"},
		{"addresses", "address"},
		{"statuses", "status"},
		{"people", "person"},
		{"indices", "index"},
		{"companies", "company"},
		{"branches", "branch"},
		{"news", "news"},
		{"listOfUsers", "list user"},
		{"all", "all"},
		{"destroyNote", "delete note"},
		{"currentUser", "viewer"},
		{"me", "viewer"},
		{"lockedAt", "lock"},
		{"merged", "merge"},
		{"following", "follow"},
		{"pinned", "pin"},
		{"bills", "invoice"},
		{"taxDocuments", "invoice"},
		{"pulls", "pull-request"},
		{"pull_requests", "pull-request"},
	} {
		if got := strings.Join(l.Canonical(tt.name), " "); got != tt.want {
			t.Errorf("Canonical(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNameIsOneWhateverItsCasing(t *testing.T) {
	t.Parallel()
	l := lexicon(t)
	if diff := cmp.Diff(l.Name("pull_request_reviews"), l.Name("PullReview")); diff != "" {
		t.Errorf("names differ (-snake +pascal):\n%s", diff)
	}
	n := l.Name("issue_comment")
	issue, _ := l.Known("issue")
	if !n.Has(issue) {
		t.Errorf("%v does not have issue", n)
	}
	rest := n.Without(func(w word.ID) bool { return w == issue })
	if len(rest.Words) != 1 || l.Text(rest.Words[0]) != "comment" {
		t.Errorf("without issue it is %v", rest)
	}
	if joined := word.Join(rest, word.Of(issue)); cmp.Diff(n.Set, joined.Set) != "" {
		t.Errorf("joined it is %v, want the set of %v", joined, n)
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	l := lexicon(t)
	for name, want := range map[string]bool{
		"users": true, "user": false, "status": false, "statuses": true, "people": true, "pull_requests": true, "news": false, "access": false, "": false,
	} {
		if got := l.Plural(name); got != want {
			t.Errorf("Plural(%q) = %v, want %v", name, got, want)
		}
	}
}

func TestVerb(t *testing.T) {
	t.Parallel()
	l := lexicon(t)
	for text, want := range map[string]word.Verb{
		"create": word.Create, "delete": word.Delete, "remove": word.Remove, "merge": word.Action, "get": word.Read, "user": word.NoVerb,
	} {
		if got := l.Verb(l.ID(text)); got != want {
			t.Errorf("Verb(%q) = %v, want %v", text, got, want)
		}
	}
	l.Name("lock")
	undone, ok := l.Undoes(l.ID("unlock"))
	if !ok || l.Text(undone) != "lock" {
		t.Errorf("unlock undoes %v, %v", undone, ok)
	}
	if _, ok := l.Undoes(l.ID("union")); ok {
		t.Error("union undoes nothing")
	}
}

func TestRelations(t *testing.T) {
	t.Parallel()
	l := lexicon(t)
	l.Name("reference")
	broad, ok := l.Broader(l.ID("branch"))
	if !ok || l.Text(broad) != "reference" {
		t.Errorf("a branch is %v, %v", broad, ok)
	}
	if !l.Variant(l.ID("minimal")) || l.Variant(l.ID("user")) || !l.Weak(l.ID("type")) || !l.Narrow(l.ID("pending")) {
		t.Error("minimal tells variants apart, type may, pending narrows a list")
	}
	if !l.Filler("all") || l.Filler("all_users") || l.Filler("") {
		t.Error("all is filler, all_users is not, nothing is not")
	}
}

func TestUnknownPack(t *testing.T) {
	t.Parallel()
	_, err := word.New([]string{"astrology"}, nil)
	want := `unknown pack "astrology"; there are ci, commerce, identity, messaging, vcs`
	if err == nil || err.Error() != want {
		t.Errorf("New returned %v, want %s", err, want)
	}
}

// FuzzName sees that any name can be taken apart, and that it is the same
// name when it is put together again.
func FuzzName(f *testing.F) {
	for _, name := range []string{"pullRequests", "API_V2", "ÄÖÜ", "a\x00b", "SSSs", "sssssss", "IDs"} {
		f.Add(name)
	}
	l, err := word.New(word.Packs(), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, name string) {
		once := l.Canonical(name)
		for _, w := range once {
			if w == "" {
				t.Errorf("%q has an empty word", name)
			}
		}
		l.Name(name)
		l.Plural(name)
	})
}
