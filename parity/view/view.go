// Package view shows the facts of a comparison, a [parity.Result], to people:
// as text for a terminal, Markdown for a merge request, one HTML page, and CSV
// for a spreadsheet. [Facts] puts them before the findings of a report.
//
// Every view is deterministic and treats names and texts of the descriptions
// as hostile. The package decides nothing, finds nothing and reads nothing; a
// program that wants the facts themselves takes the result, or its JSON.
package view

import (
	"html/template"
	"io"
	"strconv"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/report"
	"github.com/plumbapi/plumb/report/page"
)

// Options is what a view may know beyond the result. The zero Options is
// useful.
type Options struct {
	// Name is the name of the API; "" where it goes without saying.
	Name string
	// Width is how many columns the terminal has; 0 means 100.
	Width int
	// Color lets text have colours.
	Color bool
	// All lists every tag and gap where text and Markdown would stop.
	All bool
	// Usage says that the weights of operations come from how often they are
	// called.
	Usage bool
	// Shown returns a file's name as people know it; nil means as it is.
	Shown func(file string) string
}

// API is one comparison with what its views may know.
type API struct {
	Result  *parity.Result
	Options Options
}

// Facts puts comparisons before the findings of a report, and adds the format
// csv to its own. Width and Color of the options are the report's.
func Facts(apis ...API) *report.Facts {
	formats := []report.Format{{Name: "csv", Write: func(w io.Writer) error { return CSV(w, apis...) }}}
	if len(apis) == 0 {
		return &report.Facts{Formats: formats}
	}
	f := &report.Facts{
		Formats: formats, Told: check.Info,
		Text: func(w io.Writer, width int, color bool) error {
			return each(w, apis, func(w io.Writer, res *parity.Result, o Options) error {
				o.Width, o.Color = width, color
				return Text(w, res, o)
			})
		},
		Markdown: func(w io.Writer) error { return each(w, apis, Markdown) },
		HTML: func() (template.HTML, error) {
			var b strings.Builder
			for i, a := range apis {
				if err := writeSections(&b, a, i); err != nil {
					return "", err
				}
			}
			return template.HTML(b.String()), nil
		},
	}
	var leads, verdicts []string
	for _, a := range apis {
		lead, verdict := lead(a.Result), "breadth "+words.Percent(a.Result.Score.RESTToGraphQL.Share)
		if len(apis) > 1 {
			lead, verdict = a.Options.Name+": "+lead, a.Options.Name+" "+verdict
		}
		leads, verdicts = append(leads, lead), append(verdicts, verdict)
	}
	f.Lead, f.Verdict = strings.Join(leads, "; "), strings.Join(verdicts, ", ")
	if len(apis) == 1 {
		f.Numbers = numbers(apis[0].Result)
	}
	return f
}

// each writes one API after the other, with an empty line between.
func each(w io.Writer, apis []API, write func(io.Writer, *parity.Result, Options) error) error {
	for i, a := range apis {
		if i > 0 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		if err := write(w, a.Result, a.Options); err != nil {
			return err
		}
	}
	return nil
}

// lead is the answer in a sentence.
func lead(res *parity.Result) string {
	b := res.Score.RESTToGraphQL
	if b.Total == 0 {
		return "The REST description has no operations"
	}
	s := "GraphQL has a counterpart for " + words.Number(b.Match) + " of " + words.Count(b.Total, "REST operation")
	if b.Partial > 0 {
		s += ", and a partial one for " + words.Number(b.Partial) + " more"
	}
	return s
}

// numbers are those that matter most.
func numbers(res *parity.Result) []page.Number {
	s := &res.Score
	return []page.Number{
		{Value: words.Percent(s.RESTToGraphQL.Share), Label: "of REST in GraphQL"},
		{Value: words.Percent(s.GraphQLToREST.Share), Label: "of GraphQL in REST"},
		{Value: share(s.Depth), Label: "depth: fields"},
		{Value: share(s.Fidelity), Label: "fidelity: alike"},
		{Value: share(s.Lifecycle), Label: "lifecycle: agree"},
	}
}

// share writes a part of a whole, a dash where there is no whole.
func share(s parity.Share) string {
	if s.Whole == 0 {
		return "–"
	}
	return words.Percent(s.Value)
}

// review counts the decisions that somebody is to look at.
func review(res *parity.Result) int { return len(parity.Suggest(res)) }

// place names a place as "file:line", "" where it is unknown.
func (o *Options) place(at check.Location) string {
	if at.Line < 1 {
		return ""
	}
	return o.file(at.File) + ":" + strconv.Itoa(at.Line)
}

// placeIn names a place within a file that goes without saying.
func (o *Options) placeIn(at check.Location, file string) string {
	if at.File == file && at.Line > 0 {
		return "line " + strconv.Itoa(at.Line)
	}
	return o.place(at)
}

func (o *Options) file(name string) string {
	if o.Shown != nil {
		name = o.Shown(name)
	}
	return safe.Line(name)
}
