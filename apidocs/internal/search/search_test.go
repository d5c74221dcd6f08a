package search_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/apidocs/internal/search"
)

func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                           nil,
		"listIssues":                 {"list", "issues"},
		"list_issues":                {"list", "issues"},
		"HTTPServer":                 {"http", "server"},
		"GET /repos/{owner}/v2":      {"get", "repos", "owner", "v2"},
		"a b2 7":                     {"b2", "7"},
		"Übergröße":                  {"übergröße"},
		"IssueConnection.nodes":      {"issue", "connection", "nodes"},
		"aVeryLongWordOfManyLetters": {"very", "long", "word", "of", "many", "letters"},
	} {
		if diff := cmp.Diff(want, search.Words(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func TestShards(t *testing.T) {
	t.Parallel()
	var x search.Index
	x.Add(0, search.Summary, "list issues")
	x.Add(0, search.Name, "listIssues")
	x.Add(2, search.Property, "issues")
	x.Add(5, search.Property, "issues_all issues")
	x.Add(5, search.Path, "été")
	want := []search.Shard{
		{Key: "al", Words: []search.Postings{{Word: "all", Levels: [4][]int{nil, nil, nil, {5}}}}},
		{Key: "is", Words: []search.Postings{{Word: "issues", Levels: [4][]int{{0}, nil, nil, {2, 3}}}, {Word: "issuesallissues", Levels: [4][]int{nil, nil, nil, {5}}}}},
		{Key: "li", Words: []search.Postings{{Word: "list", Levels: [4][]int{{0}, nil, nil, nil}}}},
		{Key: "_", Words: []search.Postings{{Word: "été", Levels: [4][]int{nil, {5}, nil, nil}}}},
	}
	if diff := cmp.Diff(want, x.Shards()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
