package report_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	htmlrender "github.com/yuin/goldmark/renderer/html"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/report"
)

func TestMarkdownLooks(t *testing.T) {
	t.Parallel()
	one := &check.Report{Findings: rich().Findings[1:2]}
	tests := []struct {
		name string
		rep  *check.Report
		opts report.Options
	}{
		{"many", many(1204), report.Options{Limit: 12, More: "see the job's report", Context: "boards · main"}},
		{"five", &check.Report{Findings: rich().Findings[:5]}, richOptions()},
		{"few", &check.Report{Findings: rich().Findings}, report.Options{Limit: 3}},
		{"one", one, report.Options{Title: "plumb lint"}},
		{"incomplete", &check.Report{Incomplete: rich().Incomplete}, report.Options{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			golden.Compare(t, "testdata/markdown/"+tt.name+".md", written(t, "markdown", tt.rep, tt.opts))
		})
	}
}

// tags are the elements that a note consists of.
var tags = regexp.MustCompile(`<[^>]*>`)

// page renders a note as a code host does, with tables, automatic links and
// HTML let through.
func page(t *testing.T, note []byte) string {
	t.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(htmlrender.WithUnsafe()))
	var b bytes.Buffer
	if err := md.Convert(note, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// note makes a note whose every text is the given one, seven times: alone,
// in the list and in the table.
func note(t *testing.T, text string) string {
	t.Helper()
	rep := &check.Report{}
	for i := range 7 {
		rep.Findings = append(rep.Findings, check.Finding{
			Rule: fmt.Sprint("rule-", i), Severity: check.Warning, Message: text,
			Location: check.Location{File: text, Line: 1},
		})
	}
	return page(t, written(t, "markdown", rep, report.Options{Title: text, Context: text}))
}

func TestMarkdownEscapes(t *testing.T) {
	t.Parallel()
	want := tags.FindAllString(note(t, "text"), -1)
	for _, text := range []string{
		hostile, "*a* _b_ __c__ ~~d~~ `e` ``f`", "<b>&lt;", "[a](http://b)", "![a](b)", "[a]: b", "a|b|c", "www.example.org",
		"see https://example.org/a?b=c", "a@example.org", "# a #", "1. a", "1) a", "- a", "+ a", "* a", "---", "===", "> a", "```", "~~~",
		"    a", "\ta", "a\n\nb", "a\\", "\\|", "a\\|b", "`|`", "`", "``", " `a` ", "&amp;", "&#64;all", "[ ] a", "[x] a", "$`a`$", "<!-- a",
		"<details>", "</details>", ":smile:", "mailto:a@b.c", "xmpp:a@b.c", "HTTP://A.B", "ftp://a.b",
	} {
		if diff := cmp.Diff(want, tags.FindAllString(note(t, text), -1)); diff != "" {
			t.Errorf("%q adds markup (-want +got):\n%s", text, diff)
		}
	}
}

// No reference of a code host survives, which hosts read in what Markdown
// has made of the text.
func TestMarkdownReferences(t *testing.T) {
	t.Parallel()
	reference := regexp.MustCompile(`@\w|[#!$&]\d|~\w|~"|%\w|%"|:\w+:|GH-\d|www\.|://`)
	code := regexp.MustCompile(`<code>.*?</code>`)
	for _, text := range []string{"@all", "a @b", "#12", "x/y#12", "!12", "$12", "&12", "~bug", `~"a bug"`, "%v1", `%"v 1"`, ":+1: :a_b:", "GH-12", "www.a.b", "http://a"} {
		got := code.ReplaceAllString(note(t, text), "")
		got = html.UnescapeString(tags.ReplaceAllString(got, ""))
		if found := reference.FindString(got); found != "" {
			t.Errorf("%q leaves the reference %q", text, found)
		}
	}
}

// Whatever a message is, the note has no more markup than for a plain one,
// and the text can be read.
func FuzzMarkdown(f *testing.F) {
	for _, text := range []string{"a", hostile, "a|`b\\|`", "[x](y) <b> *c*", "\\`\\|", "`` ` ``", "1. #\n- a"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := tags.FindAllString(note(t, "text"), -1)
		got := note(t, text)
		if strings.TrimSpace(text) == "" { // an empty heading has no text
			return
		}
		if diff := cmp.Diff(want, tags.FindAllString(got, -1)); diff != "" {
			t.Fatalf("%q adds markup (-want +got):\n%s", text, diff)
		}
		plain := html.UnescapeString(tags.ReplaceAllString(got, ""))
		if word := strings.Fields(text)[0]; isWord(word) && len(word) < 1000 && strings.Count(plain, word) < 7*2 {
			t.Fatalf("%q is not to be read in %q", word, plain)
		}
	})
}

func isWord(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
