// Package view shows what happened over the versions, a [history.Result], to
// people: as text for a terminal, Markdown for a merge request, one HTML page,
// and CSV for a spreadsheet. [Facts] puts it before the findings of a report.
//
// Every view is deterministic and treats names and texts of the descriptions
// as hostile. The package decides nothing, finds nothing and reads nothing; a
// program that wants the facts themselves takes the result, or its JSON.
package view

import (
	"html/template"
	"io"
	"strings"

	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/lifecycle/history"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// Options is what a view may know beyond the result. The zero Options is
// useful.
type Options struct {
	// Width is how many columns the terminal has; 0 means 100.
	Width int
	// Color lets text have colours.
	Color bool
	// Limit is how many elements text and Markdown list before they sum up: 0
	// means 50, less than 0 means no limit.
	Limit int
	// All lists elements too to which nothing happened but that they appeared.
	All bool
	// Shown returns a file's name as people know it; nil means as it is.
	Shown func(file string) string
	// Element says that the result is of one element, asked for by name.
	Element bool
}

// Facts puts a result before the findings of a report, and adds the format csv
// to its own. Width and Color of the options are the report's.
func Facts(res *history.Result, o Options) *report.Facts {
	t := newTelling(res, o)
	return &report.Facts{
		Lead: t.lead(), Verdict: t.verdict(),
		Numbers: []page.Number{
			{Value: words.Number(len(res.Versions)), Label: "versions"},
			{Value: words.Number(t.total[history.Appeared]), Label: "appeared"},
			{Value: words.Number(t.total[history.Deprecated]), Label: "deprecated"},
			{Value: words.Number(t.total[history.Removed]), Label: "removed"},
		},
		Text: func(w io.Writer, width int, color bool) error {
			o.Width, o.Color = width, color
			return Text(w, res, o)
		},
		Markdown: func(w io.Writer) error { return Markdown(w, res, o) },
		HTML: func() (template.HTML, error) {
			var b strings.Builder
			err := sections(&b, res, o)
			return template.HTML(b.String()), err //nolint:gosec // a template has escaped it
		},
		Formats: []report.Format{{Name: "csv", Write: func(w io.Writer) error { return CSV(w, res, o) }}},
	}
}

// lead is the answer in a sentence.
func (t *telling) lead() string {
	n := len(t.res.Versions)
	if n == 0 {
		return "There are no versions"
	}
	s := "Over " + words.Count(n, "version") + ", from " + t.res.Versions[0].Name + " to " + t.res.Versions[n-1].Name
	parts := t.counts(" ")
	if len(parts) == 0 {
		return s + ", nothing happened to any element"
	}
	return s + ": " + strings.Join(parts, ", ")
}

// verdict is the answer in a few words.
func (t *telling) verdict() string {
	parts := t.counts(" ")
	if len(parts) == 0 {
		return "nothing happened"
	}
	return strings.Join(parts[:min(len(parts), 3)], ", ")
}

// counts says how often each kind of event happened.
func (t *telling) counts(between string) []string {
	var parts []string
	for _, kind := range kinds {
		if n := t.total[kind]; n > 0 {
			parts = append(parts, words.Number(n)+between+phrase(kind))
		}
	}
	return parts
}
