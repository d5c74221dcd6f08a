package parity_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/plumbapi/plumb/parity"
)

// dated writes a description whose operations have an extension with the days
// and whose texts name the versions, and a schema whose mutations are to be
// removed on days or came in versions.
func dated(t *testing.T, restDays, restVersions, gqlDays, gqlVersions []string) *parity.Result {
	t.Helper()
	rest, gql := tasks(t)
	var paths, fields strings.Builder
	for i, day := range restDays {
		fmt.Fprintf(&paths, "  /dated%d:\n    get: {x-changes: [{date: %q}], responses: {\"204\": {description: OK}}}\n", i, day)
	}
	for i, v := range restVersions {
		fmt.Fprintf(&paths, "  /versioned%d:\n    get: {description: 'This was introduced in Tasks %s.', responses: {\"204\": {description: OK}}}\n", i, v)
	}
	for i, day := range gqlDays {
		fmt.Fprintf(&fields, "  dated%d: Int @deprecated(reason: \"Use x. Removal on %s UTC.\")\n", i, day)
	}
	for i, v := range gqlVersions {
		fmt.Fprintf(&fields, "  \"Introduced in %s.\"\n  versioned%d: Int\n", v, i)
	}
	rest = strings.Replace(rest, "paths:\n", "paths:\n"+paths.String(), 1)
	gql = strings.Replace(gql, "  theme: String\n", "  theme: String\n"+fields.String(), 1)
	return matchTexts(t, rest, gql, parity.Options{})
}

// days are the first of every third month of the years.
func days(years ...int) []string {
	var list []string
	for _, y := range years {
		for _, m := range []int{1, 4, 7, 10} {
			list = append(list, fmt.Sprintf("%d-%02d-01", y, m))
		}
	}
	return list
}

func versions(major, from, to int) []string {
	var list []string
	for minor := from; minor <= to; minor++ {
		list = append(list, fmt.Sprintf("%d.%d", major, minor), fmt.Sprintf("%d.%d", major, minor))
	}
	return list
}

func TestSkew(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name                                 string
		restDays, restVers, gqlDays, gqlVers []string
		want                                 string
	}{
		{name: "nothing is said of time"},
		{name: "the same years", restDays: days(2023, 2024, 2025), gqlDays: days(2023, 2024, 2025)},
		{name: "the schema is older", restDays: days(2023, 2024, 2025), gqlDays: days(2022, 2023, 2024), want: "the schema looks about a year older than the description"},
		{name: "the schema is much older", restDays: days(2024, 2025, 2026), gqlDays: days(2020, 2021, 2022), want: "the schema looks about 4 years older than the description"},
		{name: "the description is older", restDays: days(2021, 2022, 2023), gqlDays: days(2024, 2025, 2026), want: "the description looks about 3 years older than the schema"},
		{name: "a little older", restDays: days(2023, 2024, 2025), gqlDays: append(days(2023, 2024, 2025), "2026-01-01")},
		{name: "one side says little", restDays: days(2023, 2024, 2025), gqlDays: []string{"2021-01-01", "2021-04-01"}},
		{name: "one side is often silent", restDays: days(2023, 2024), gqlDays: []string{"2022-01-01", "2022-01-01", "2022-01-01", "2022-01-01", "2022-01-01", "2022-01-01", "2022-01-01", "2023-10-01", "2023-11-01", "2023-12-01", "2023-12-02"}},
		{name: "the same versions", restVers: versions(4, 1, 9), gqlVers: versions(4, 1, 9)},
		{name: "the schema has older versions", restVers: versions(4, 1, 9), gqlVers: versions(4, 1, 5), want: "the schema looks at least 4 versions older than the description"},
		{name: "the description has older versions", restVers: versions(4, 1, 3), gqlVers: versions(4, 1, 9), want: "the description looks at least 6 versions older than the schema"},
		{name: "two versions are no skew", restVers: versions(4, 1, 9), gqlVers: versions(4, 1, 7)},
		{name: "versions of something else", restVers: versions(17, 1, 9), gqlVers: versions(4, 1, 5)},
		{name: "a side that names few versions", restVers: versions(4, 1, 9), gqlVers: []string{"4.1", "4.1", "4.3", "4.3", "4.6"}},
		{
			name: "a contradiction", restDays: days(2024, 2025, 2026), gqlDays: days(2020, 2021, 2022),
			restVers: versions(4, 1, 3), gqlVers: versions(4, 1, 9),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := dated(t, tt.restDays, tt.restVers, tt.gqlDays, tt.gqlVers).Skew
			if s.Text != tt.want || s.Found != (tt.want != "") || s.Found != (len(s.Evidence) > 0) {
				t.Errorf("Skew = %+v; want %q", s, tt.want)
			}
		})
	}
}

func TestSkewSaysWhatEachSideSpeaksOf(t *testing.T) {
	t.Parallel()
	s := dated(t, days(2024, 2025), versions(4, 1, 9), days(2024, 2025), versions(4, 1, 8)).Skew
	if diff := cmp.Diff([]string{"2025-10-01, 4.9", "2025-10-01, 4.8"}, []string{s.REST, s.GraphQL}); diff != "" {
		t.Errorf("REST, GraphQL (-want +got):\n%s", diff)
	}
}

// TestSkewReadsDays: days are read in the forms in which people write them,
// and not where they are examples.
func TestSkewReadsDays(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"Changed since 2025-03-04.", "2025-03-04"},
		{"See https://example.com/changelog/2025-03-04-boards.", "2025-03-04"},
		{"Will be removed on March 4, 2025.", "2025-03-04"},
		{"Will be removed on 4 March 2025.", "2025-03-04"},
		{"Will be removed on 4th Mar. 2025.", "2025-03-04"},
		{"Will be removed in March 2025", "2025-03-01"},
		{"Room 2025-13-04 or 12025-03-04 or 2025-03-041 or v2025 or 2025", ""},
		{"20", ""},
		{"March 2025-", ""},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			rest, gql := tasks(t)
			var paths strings.Builder
			for i := range 3 {
				fmt.Fprintf(&paths, "  /told%d:\n    get: {description: %q, responses: {\"204\": {description: OK}}}\n", i, tt.text)
			}
			rest = strings.Replace(rest, "paths:\n", "paths:\n"+paths.String(), 1)
			if got := matchTexts(t, rest, gql, parity.Options{}).Skew.REST; got != tt.want {
				t.Errorf("REST = %q; want %q", got, tt.want)
			}
		})
	}
}

// TestSkewOfRealDescriptions: pairs of which it is known how old they are.
func TestSkewOfRealDescriptions(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("PLUMB_CORPUS")
	if dir == "" {
		dir = "../../shared/corpus"
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no corpus at %s", dir)
	}
	if testing.Short() {
		t.Skip("reads large descriptions")
	}
	tests := []struct{ rest, gql, want string }{
		{"github/rest/api.github.com.json", "github/graphql/schema.graphql", "the schema looks about a year older than the description"},
		{"github/rest/ghes-3.17.json", "github/graphql/schema.graphql", ""},
		{"github/rest/ghes-3.17.json", "github/graphql/schema-14.0.0.graphql", "the schema looks about 2 years older than the description"},
		{"gitlab/rest/openapi_v2.2024-07.yaml", "gitlab/graphql/schema.16.3.graphql", "the schema looks at least 8 versions older than the description"},
	}
	for _, tt := range tests {
		t.Run(tt.rest+" "+tt.gql, func(t *testing.T) {
			t.Parallel()
			var texts [2]string
			for i, name := range []string{tt.rest, tt.gql} {
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
				if err != nil {
					t.Skip(err)
				}
				texts[i] = string(data)
			}
			if s := matchTexts(t, texts[0], texts[1], parity.Options{}).Skew; s.Text != tt.want {
				t.Errorf("Skew = %+v; want %q", s, tt.want)
			}
		})
	}
}
