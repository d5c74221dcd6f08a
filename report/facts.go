package report

import (
	"html/template"
	"io"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report/page"
)

// Facts are what a check found out beside its findings, for the formats that
// people read; they stand before the findings. Each part may be missing.
// Formats that machines read leave them out; JSON has them through
// Options.Extra.
type Facts struct {
	// Lead is the answer in a sentence without a period. It heads the page.
	Lead string
	// Verdict is the answer in a few words. It heads the note.
	Verdict string
	// Text writes them for a terminal of so many columns, 0 where that is
	// unknown, with colour or without.
	Text func(w io.Writer, width int, color bool) error
	// Next is the command that text ends with; "" means the one that explains
	// the worst finding.
	Next string
	// Markdown writes them for a note, behind its verdict.
	Markdown func(w io.Writer) error
	// Numbers are the first ones of the page.
	Numbers []page.Number
	// HTML renders them for the page, as sections that begin with an h2.
	HTML func() (template.HTML, error)
	// Told is the severity up to which the page need not list findings, since
	// they say what HTML shows; 0 means that it lists all.
	Told check.Severity
	// Cases are what was tested, for JUnit: a suite of its own before those of
	// documents. CaseOf returns the name of the case that a finding is about, ""
	// where it is about none: then it is listed by rule.
	Cases  []Case
	CaseOf func(f *check.Finding) string
	// Formats are further formats that only these facts have.
	Formats []Format
}

// Case is one thing that was tested. It fails where findings about it do.
type Case struct {
	Name string
	// File is where it is defined; "" where that is not known.
	File string
	// Error says why it could not be tested, Skipped why it has no result; both
	// are "" as a rule.
	Error, Skipped string
	// Output is what is said of it in any case.
	Output string
}

// Format is a format with the function that writes it.
type Format struct {
	Name  string
	Write func(w io.Writer) error
}

// facts returns the facts, empty where there are none.
func (o *Options) facts() *Facts {
	if o.Facts == nil {
		return &Facts{}
	}
	return o.Facts
}
