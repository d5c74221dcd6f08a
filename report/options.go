package report

import (
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
)

// Options is what a writer may know beyond the report. The zero Options is
// useful: no colour, no code, no links, fifty findings before they are
// summed up. A format ignores what it has no use for.
type Options struct {
	// Tool names who reports.
	Tool Tool
	// Title heads the page and the note, for example "plumb lint". The
	// default is the tool's name.
	Title string
	// Context is one line about what was checked: API, branch, commit. The
	// page and the note show it.
	Context string
	// Source returns the text of a file that a finding names, for code
	// frames, and whether there is one. Writers call it at most once per
	// file.
	Source func(file string) (text []byte, ok bool)
	// HelpURL returns the address of a rule's page, or "".
	HelpURL func(rule string) string
	// Applies reports whether a rule looks at a subject at all; nil means
	// that every rule looks at every subject. JUnit lists a case for each
	// rule that does.
	Applies func(subject string, rule *check.Meta) bool
	// Root is the folder that paths are made relative to where a format
	// wants paths within the repository. A file outside it keeps its path.
	Root string
	// Documents is how many documents were checked; 0 means as many as the
	// report has subjects.
	Documents int
	// Duration is how long the checks took; 0 means that nobody measured.
	Duration time.Duration
	// Sort is "" for the order of the report or "severity" for the worst
	// first. JSON and SARIF always keep the order of the report, GitHub
	// annotations always come worst first.
	Sort string
	// Limit is how many findings text and Markdown list before they sum up
	// by rule: 0 means 50, less than 0 means no limit.
	Limit int
	// More says how to see what is over the limit; the default names the
	// JSON format.
	More string
	// FailOn is the lowest severity that fails a JUnit case; findings below
	// it become the case's output. The zero value fails on every finding.
	FailOn check.Severity
	// Width is how many columns the terminal has; 0 means unknown: messages
	// are not wrapped, and code frames are 100 columns wide.
	Width int
	// Color lets text have colours.
	Color bool
	// Extra adds members to the JSON envelope, in this order, after its own:
	// the facts that a check found.
	Extra []Member
	// Facts are shown before the findings; nil means none.
	Facts *Facts
}

// Tool names the program that reports. An empty Name means "plumb".
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Member is one more member of the JSON envelope. The value is written as
// encoding/json/v2 does it: slices are never null, map keys are sorted.
type Member struct {
	Name  string
	Value any
}

func (o *Options) tool() Tool {
	t := o.Tool
	if t.Name == "" {
		t.Name = "plumb"
	}
	return t
}

func (o *Options) title() string {
	if o.Title != "" {
		return o.Title
	}
	return o.tool().Name
}

func (o *Options) limit() int {
	switch {
	case o.Limit == 0:
		return 50
	case o.Limit < 0:
		return int(^uint(0) >> 1)
	}
	return o.Limit
}

func (o *Options) more() string {
	if o.More != "" {
		return o.More
	}
	return "--format json lists all"
}

func (o *Options) helpURL(rule string) string {
	if o.HelpURL == nil {
		return ""
	}
	return o.HelpURL(rule)
}

func (o *Options) documents(rep *check.Report) int {
	if o.Documents > 0 {
		return o.Documents
	}
	return len(rep.Subjects)
}

// path returns file as a path within the repository: relative to Root, with
// no leading "./".
func (o *Options) path(file string) string {
	root := strings.TrimSuffix(o.Root, "/")
	if rest, ok := strings.CutPrefix(file, root+"/"); ok && root != "" {
		file = rest
	}
	for strings.HasPrefix(file, "./") {
		file = strings.TrimLeft(file[1:], "/")
	}
	return file
}
