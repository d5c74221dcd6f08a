// Package report writes a [check.Report] for somebody: a person at a
// terminal, a pipeline, a code host, a merge request, a browser. [Write]
// takes the name of a format; each format is also a function of its own.
//
// Every writer is deterministic: the same report and options give the same
// bytes. Every writer treats the text of a finding as hostile, since much of
// it comes from the description that was checked: no escape sequence reaches
// a terminal, no markup a page, no mention a merge request.
//
// The package decides nothing. What counts, what is set aside and how severe
// it is, package check has decided before. It reads no file, no clock and no
// environment: what a writer needs beyond the report is in [Options].
package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// formats lists every format in the order in which they are documented.
var formats = [...]struct {
	name  string
	write func(io.Writer, *check.Report, Options) error
}{
	{"text", Text},
	{"json", JSON},
	{"sarif", SARIF},
	{"junit", JUnit},
	{"codequality", CodeQuality},
	{"github", GitHub},
	{"markdown", Markdown},
	{"html", HTML},
}

// Formats returns the names that [Write] knows, in the order in which they
// are documented. The slice is the caller's.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// Write writes the report in the named format, which is one of [Formats] or
// of opts.Facts. It returns an error where it does not know the name, where w returns one, and
// where the report has a finding without a valid severity or a value that
// JSON cannot hold. What was written before an error is not to be used.
func Write(w io.Writer, format string, rep *check.Report, opts Options) error {
	for _, f := range formats {
		if f.name == format {
			return f.write(w, rep, opts)
		}
	}
	for _, f := range opts.facts().Formats {
		if f.Name == format {
			return f.Write(w)
		}
	}
	return fmt.Errorf("unknown format %q; it is one of %s", format, strings.Join(Formats(), ", "))
}
