package gql

import (
	"context"
	"unicode"
	"unicode/utf8"

	"github.com/plumbapi/plumb/check"
)

var descriptionsAreCapitalized = &rule{
	Meta: check.Meta{
		ID:      "graphql-descriptions-are-capitalized",
		Summary: "Descriptions must begin with a capital letter.",
		Rationale: "Descriptions are shown in lists beside each other; one that begins in the middle of a sentence looks " +
			"like a slip. Code, names that are written small (`npm`, `iOS`), numbers and links may begin a " +
			"description as they are.",
		Fix:      "Writes the first letter as a capital.",
		Severity: check.Info, Tags: []string{"graphql", "descriptions", "style", "plumb:gitlab"}, Since: "0.1.0", OptIn: true,
		Aliases: []string{"descriptions-are-capitalized"},
	},
	Check: checkDescriptionsAreCapitalized,
}

func checkDescriptionsAreCapitalized(_ context.Context, p *pass) error {
	for e := range described(p.Subject) {
		if word := opening(e.Base().Description); beginsSmall(word) {
			reportDescription(p, e, "begins with", word, capitalized(e))
		}
	}
	return nil
}

// beginsSmall reports whether a word is one of plain language in small
// letters, and not a name or code that is written so.
func beginsSmall(word string) bool {
	if first, _ := utf8.DecodeRuneInString(word); !unicode.IsLower(first) {
		return false
	}
	for _, r := range word {
		if !unicode.IsLower(r) && r != '\'' && r != '-' && r != '’' {
			return false
		}
	}
	return !writtenSmall[word]
}

// writtenSmall are names of programs that begin a sentence in small letters.
var writtenSmall = map[string]bool{
	"cron": true, "curl": true, "etcd": true, "git": true, "gzip": true, "npm": true, "pnpm": true, "sbt": true,
	"ssh": true, "tar": true, "webpack": true, "yarn": true,
}
