package report_test

import (
	"io"
	"testing"

	"github.com/plumbapi/plumb/report"
)

// Every format writes ten thousand findings in ten files, with code frames
// where the format has them.
func BenchmarkWrite(b *testing.B) {
	rep := many(10000)
	for _, format := range report.Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := report.Write(io.Discard, format, rep, report.Options{Source: manySource, Limit: -1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// One line of megabytes, as in a minified description, must not cost a scan
// of the line for each finding.
func BenchmarkLongLine(b *testing.B) {
	rep := many(10000)
	line := make([]byte, 13<<20)
	for i := range line {
		line[i] = 'a' + byte(i%26)
	}
	for i := range rep.Findings {
		at := &rep.Findings[i].Location
		at.File, at.Line, at.EndLine = "min.json", 1, 1
		at.Column = 1 + i*1300
		at.EndColumn = at.Column + 12
	}
	get := func(string) ([]byte, bool) { return line, true }
	b.ReportAllocs()
	for b.Loop() {
		if err := report.Text(io.Discard, rep, report.Options{Source: get, Limit: -1}); err != nil {
			b.Fatal(err)
		}
	}
}
