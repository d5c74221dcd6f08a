package report

import (
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// codeQualityIssue is one entry of GitLab's Code Quality report, which takes
// a part of the Code Climate format.
type codeQualityIssue struct {
	Description string              `json:"description"`
	CheckName   string              `json:"check_name"`
	Fingerprint string              `json:"fingerprint"`
	Severity    string              `json:"severity"`
	Location    codeQualityLocation `json:"location"`
}

type codeQualityLocation struct {
	Path  string           `json:"path"`
	Lines codeQualityLines `json:"lines"`
}

type codeQualityLines struct {
	Begin int `json:"begin"`
}

// CodeQuality writes the findings as GitLab's Code Quality report, a JSON
// array: errors are major, warnings minor, and what could not be read or
// finished is a blocker. Paths are relative to opts.Root; a finding without
// a line is put on line 1, since the format has no other way.
func CodeQuality(w io.Writer, rep *check.Report, opts Options) error {
	issues := make([]codeQualityIssue, 0, len(rep.Findings)+len(rep.Incomplete))
	broken := unreadable(rep)
	for i := range rep.Findings {
		f := &rep.Findings[i]
		issue := codeQualityIssue{
			Description: f.Message,
			CheckName:   f.Rule,
			Fingerprint: f.Fingerprint,
			Severity:    codeQualitySeverity(f.Severity),
			Location:    opts.codeQualityLocation(f.Location.File, f.Location.Line, rep),
		}
		if f.Severity == check.Error && broken[f.Location.File] {
			issue.Severity = "blocker"
		}
		if issue.Fingerprint == "" {
			issue.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, f.Key)
		}
		issues = append(issues, issue)
	}
	for _, p := range unexplained(rep) {
		name := p.Rule
		if name == "" {
			name = "incomplete"
		}
		issues = append(issues, codeQualityIssue{
			Description: "incomplete: " + p.Message,
			CheckName:   name,
			Fingerprint: check.Fingerprint("incomplete", p.File, p.Rule, p.Message),
			Severity:    "blocker",
			Location:    opts.codeQualityLocation(p.File, 1, rep),
		})
	}
	j := newJSONWriter(w)
	j.text("[")
	for i := range issues {
		j.text(strings.Repeat(",", min(i, 1)) + "\n")
		j.value(&issues[i])
	}
	j.text("\n]\n")
	return j.flush()
}

func codeQualitySeverity(s check.Severity) string {
	switch s {
	case check.Error:
		return "major"
	case check.Warning:
		return "minor"
	}
	return "info"
}

// codeQualityLocation returns where an issue is shown. One of no file is
// shown at the first subject.
func (o *Options) codeQualityLocation(file string, line int, rep *check.Report) codeQualityLocation {
	if file == "" && len(rep.Subjects) > 0 {
		file = rep.Subjects[0]
	}
	path := o.path(file)
	if path == "" {
		path = "."
	}
	return codeQualityLocation{Path: path, Lines: codeQualityLines{Begin: max(line, 1)}}
}
