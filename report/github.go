package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/safe"
)

// GitHub writes a workflow command per finding, which GitHub Actions turns
// into annotations of the changed files. GitHub shows ten of each level for
// a step and drops the rest, so the worst come first; all are written. What
// could not be finished is an error. A clean report writes nothing.
func GitHub(w io.Writer, rep *check.Report, opts Options) error {
	b := bufio.NewWriter(w)
	for _, p := range unexplained(rep) {
		title := opts.tool().Name + ": incomplete"
		if p.Rule != "" {
			title += ": " + p.Rule
		}
		command(b, "error", opts.path(p.File), check.Location{}, title, p.Message)
	}
	for _, f := range ordered(rep, "severity") {
		command(b, githubLevel(f.Severity), opts.path(f.Location.File), f.Location, f.Rule, f.Message)
	}
	return b.Flush()
}

func githubLevel(s check.Severity) string {
	switch s {
	case check.Error:
		return "error"
	case check.Warning:
		return "warning"
	}
	return "notice"
}

// command writes one workflow command. Columns are left out where the
// finding spans lines, since GitHub refuses both together; its end column is
// the last one, not the one after it.
func command(b *bufio.Writer, level, path string, at check.Location, title, message string) {
	fmt.Fprintf(b, "::%s ", level)
	if path != "" {
		fmt.Fprintf(b, "file=%s,", githubProperty(path))
	}
	if at.Line > 0 {
		fmt.Fprintf(b, "line=%d,", at.Line)
		if at.EndLine >= at.Line {
			fmt.Fprintf(b, "endLine=%d,", at.EndLine)
		}
		if at.Column > 0 && at.EndLine <= at.Line {
			fmt.Fprintf(b, "col=%d,endColumn=%d,", at.Column, max(at.EndColumn-1, at.Column))
		}
	}
	fmt.Fprintf(b, "title=%s::%s\n", githubProperty(title), githubMessage(message))
}

// githubMessage escapes the text of a workflow command. Line breaks stay
// line breaks; other control characters become visible.
func githubMessage(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(safe.Line(line), "%", "%25")
	}
	return strings.Join(lines, "%0A")
}

var githubEscapes = strings.NewReplacer("%", "%25", ":", "%3A", ",", "%2C")

// githubProperty escapes a property of a workflow command, which a comma or
// a colon would end.
func githubProperty(s string) string {
	return githubEscapes.Replace(safe.Line(s))
}
