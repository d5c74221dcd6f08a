package view_test

import (
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/lifecycle"
	"github.com/plumbapi/plumb/lifecycle/view"
)

// hostile is a name that wants to be more than one.
const hostile = "a\x1b[31m`|\u202e<script>alert(1)</script>\n# @all [x](javascript:1)"

func entry(id string, level check.Severity, subject, sentence, why string, operations ...string) lifecycle.ChangelogEntry {
	message := strings.TrimSuffix(strings.TrimPrefix(sentence, subject+": "), ".")
	return lifecycle.ChangelogEntry{
		Sentence: sentence, Why: why, Subject: subject,
		Change: lifecycle.Change{ID: id, Level: level, Subject: subject, Message: message, Operations: operations},
	}
}

func removed(subject string) lifecycle.ChangelogEntry {
	return entry("api-path-removed-without-deprecation", check.Error, subject, subject+": operation was removed.", "Calls to it fail.", subject)
}

// rest is a changelog of a REST API with something of everything.
func rest() *lifecycle.Changelog {
	day := func(y int, m time.Month, d int) lifecycle.Moment {
		return lifecycle.Moment{Date: time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
	}
	element := func(name string, s lifecycle.State) lifecycle.Element {
		return lifecycle.Element{Surface: lifecycle.REST, Kind: lifecycle.Operation, Name: name, State: s}
	}
	beta := entry("request-parameter-removed", check.Error, "GET /boards query q", "GET /boards query q: request parameter was removed.", "Calls that were accepted may be refused.", "GET /boards")
	beta.Stability = "experimental"
	l := &lifecycle.Changelog{
		Surface: lifecycle.REST, Title: "Tracker", BaseVersion: "1.4.0", RevisionVersion: "1.5.0",
		Sections: []lifecycle.ChangelogSection{
			{Effect: lifecycle.Breaking, Count: 7, Resources: []lifecycle.ChangelogResource{
				{Name: "boards", Entries: []lifecycle.ChangelogEntry{removed("GET /boards"), removed("PUT /boards"), beta}},
				{Name: "issues", Entries: []lifecycle.ChangelogEntry{removed("GET /issues"), removed("POST /issues"), removed("PUT /issues"), removed("DELETE /issues")}},
			}},
			{Effect: lifecycle.Retired, Count: 1, Resources: []lifecycle.ChangelogResource{
				{Name: "old", Entries: []lifecycle.ChangelogEntry{removed("GET /old")}},
			}},
			{Effect: lifecycle.Added, Count: 2, Resources: []lifecycle.ChangelogResource{
				{Entries: []lifecycle.ChangelogEntry{entry("x-added", check.Info, hostile, hostile+": response property was added.", "", "GET /a", "GET /b")}},
				{Name: hostile, Entries: []lifecycle.ChangelogEntry{entry("endpoint-added", check.Info, "GET /new", "GET /new: operation was added.", "")}},
			}},
			{Effect: lifecycle.Editorial, Count: 1, Resources: []lifecycle.ChangelogResource{
				{Name: "Issue", Entries: []lifecycle.ChangelogEntry{entry("api-schema-removed", check.Info, "Issue", "Issue: schema was removed.", "")}},
			}},
		},
		Announcements: []lifecycle.Announcement{
			{Kind: lifecycle.Deprecation, Element: element("GET /boards", lifecycle.State{Deprecated: true, Since: day(2026, 11, 2), Sunset: lifecycle.Moment{Release: "2.0", Date: day(2027, 5, 20).Date}, Replacement: "GET /lists", Reason: hostile})},
			{Kind: lifecycle.Deprecation, New: true, Element: element(hostile, lifecycle.State{Deprecated: true})},
			{Kind: lifecycle.Rescheduling, Element: element("GET /a", lifecycle.State{Deprecated: true, Sunset: day(2028, 1, 1)}), Was: lifecycle.State{Deprecated: true, Sunset: day(2027, 1, 1)}},
			{Kind: lifecycle.Redirection, Element: element("GET /b", lifecycle.State{Deprecated: true, Replacement: "GET /d"}), Was: lifecycle.State{Deprecated: true, Replacement: "GET /c"}},
			{Kind: lifecycle.Reactivation, Element: element("GET /c", lifecycle.State{}), Was: lifecycle.State{Deprecated: true}},
			{Kind: lifecycle.Maturation, Element: element("GET /d", lifecycle.State{}), Was: lifecycle.State{Stability: lifecycle.Beta}},
		},
		Advice: lifecycle.Advice{Bump: lifecycle.Major, Breaking: 7, Experiments: 1},
	}
	l.Between("", "")
	return l
}

// told is a change of a schema, whose message names its subject.
func told(id string, level check.Severity, subject, sentence, why string) lifecycle.ChangelogEntry {
	return entry(id, level, subject, strings.Replace(sentence, "*", subject, 1), why)
}

// schemas is a changelog of a schema with what is merged and what is not.
func schemas() *lifecycle.Changelog {
	const fails = "Queries that use it fail."
	in := func(name string, entries ...lifecycle.ChangelogEntry) lifecycle.ChangelogResource {
		return lifecycle.ChangelogResource{Name: name, Entries: entries}
	}
	l := &lifecycle.Changelog{
		Surface: lifecycle.GraphQL,
		Sections: []lifecycle.ChangelogSection{
			{Effect: lifecycle.Breaking, Count: 7, Resources: []lifecycle.ChangelogResource{
				in("I", told("INPUT_FIELD_ADDED", check.Error, "I.c", "Required input field * was added, of type Int!.", "Requests that leave it out fail.")),
				in("Out", told("TYPE_REMOVED", check.Error, "Out", "Object type * was removed.", fails)),
				in("Out2", told("TYPE_REMOVED", check.Error, "Out2", "Object type * was removed.", fails)),
				in("Query",
					told("FIELD_ARGUMENT_TYPE_CHANGED", check.Error, "Query.gone(x:)", "The type of * changed from [Int!] to Int.", "Values that were accepted may be refused."),
					told("FIELD_REMOVED", check.Error, "Query.b", "Field * was removed.", fails)),
				in("T",
					told("FIELD_REMOVED", check.Error, "T.one", "Field * was removed.", fails),
					told("FIELD_REMOVED", check.Error, "T.two", "Field * was removed.", fails)),
			}},
			{Effect: lifecycle.Risky, Count: 3, Resources: []lifecycle.ChangelogResource{
				in("E",
					told("ENUM_VALUE_ADDED", check.Warning, "E.C", "Value * was added.", "Clients may read a value that they do not know."),
					told("ENUM_VALUE_ADDED", check.Warning, "E.D", "Value * was added.", "Clients may read a value that they do not know.")),
				in("T", told("FIELD_ARGUMENT_DEFAULT_CHANGED", check.Warning, "T.three(a:)", "The default of * is now 1; there was none.", "Queries that leave it out get another result.")),
			}},
			{Effect: lifecycle.Added, Count: 3, Resources: []lifecycle.ChangelogResource{
				in("In", told("TYPE_ADDED", check.Info, "In", "Object type * was added.", "")),
				in("Query", told("FIELD_ADDED", check.Info, "Query.in", "Field * was added, of type [In!]!.", ""), told("FIELD_ADDED", check.Info, "Query.in2", "Field * was added, of type In.", "")),
			}},
			{Effect: lifecycle.Changed, Count: 2, Resources: []lifecycle.ChangelogResource{
				in("", told("SCHEMA_MUTATION_TYPE_CHANGED", check.Info, "", "The mutation type is now M; there was none.", "")),
				in("T", told("FIELD_TYPE_CHANGED", check.Info, "T.three", "The type of * changed from [Int] to [Int]!.", "")),
			}},
			{Effect: lifecycle.Editorial, Count: 2, Resources: []lifecycle.ChangelogResource{
				in("", told("SCHEMA_DESCRIPTION_CHANGED", check.Info, "", "The description of the schema was added: \"all\".", "")),
				in("Query", told("FIELD_DESCRIPTION_ADDED", check.Info, "Query.a", "The description of * was added: \"a\".", "")),
			}},
		},
		Advice: lifecycle.Advice{Bump: lifecycle.Major, Breaking: 7},
	}
	l.Between("15.7", "15.8")
	return l
}

func TestChangelogGolden(t *testing.T) {
	t.Parallel()
	markdown, page := view.ChangelogMarkdown, view.ChangelogHTML
	for _, tt := range []struct {
		file  string
		log   *lifecycle.Changelog
		opts  view.ChangelogOptions
		write func(io.Writer, *lifecycle.Changelog, view.ChangelogOptions) error
	}{
		{"rest.md", rest(), view.ChangelogOptions{}, markdown},
		{"rest.html", rest(), view.ChangelogOptions{Title: hostile}, page},
		{"graphql.md", schemas(), view.ChangelogOptions{Title: "Tracker"}, markdown},
		{"graphql.html", schemas(), view.ChangelogOptions{Title: "Tracker"}, page},
		{"empty.md", &lifecycle.Changelog{BaseVersion: "1", RevisionVersion: "1"}, view.ChangelogOptions{Base: "main", Revision: "api.yaml"}, markdown},
		{"empty.html", &lifecycle.Changelog{}, view.ChangelogOptions{}, page},
	} {
		var one, two bytes.Buffer
		if err := tt.write(&one, tt.log, tt.opts); err != nil {
			t.Fatal(err)
		}
		if err := tt.write(&two, tt.log, tt.opts); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(one.String(), two.String()); diff != "" {
			t.Errorf("%s is not the same twice (-one +two):\n%s", tt.file, diff)
		}
		golden.Compare(t, filepath.Join("testdata", "changelog", tt.file), frame.ReplaceAll(one.Bytes(), nil))
	}
}

// frame matches the parts of a page that are the same on every page.
var frame = regexp.MustCompile(`(?s)<style>.*?</style>\n?|<script>.*?</script>\n?|<meta http-equiv[^>]*>\n?`)

// TestChangelogIsSafe looks for what a hostile name wants.
func TestChangelogIsSafe(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, *lifecycle.Changelog, view.ChangelogOptions) error{
		"markdown": view.ChangelogMarkdown, "html": view.ChangelogHTML,
	} {
		var b bytes.Buffer
		if err := write(&b, rest(), view.ChangelogOptions{Title: hostile, Base: hostile, Revision: hostile}); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.String() {
			if unicode.IsControl(r) && r != '\n' || r == '\u202e' {
				t.Errorf("%s has the character %q", name, r)
				break
			}
		}
		page := b.String()
		if name == "markdown" {
			page = rendered(t, b.Bytes())
		}
		for _, bad := range []string{"<script>alert", "href=\"javascript", "@all"} {
			if strings.Contains(page, bad) && (bad != "@all" || name == "markdown" && strings.Contains(outsideCode(page), bad)) {
				t.Errorf("%s has %q of the description", name, bad)
			}
		}
	}
}

// rendered is Markdown as a code host shows it that lets HTML through.
func rendered(t *testing.T, markdown []byte) string {
	t.Helper()
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert(markdown, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var code = regexp.MustCompile(`(?s)<code>.*?</code>`)

func outsideCode(page string) string { return code.ReplaceAllString(page, "") }
