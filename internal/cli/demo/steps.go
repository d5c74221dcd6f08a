package demo

import (
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/internal/demo"
)

// step is one command of plumb that looks at the product.
type step struct {
	// name is what the file with its result is called.
	name string
	args []string
}

// line is the command as a user types it.
func (s step) line() string {
	words := slices.Clone(s.args)
	for i, word := range words {
		if strings.ContainsAny(word, " *") {
			words[i] = "'" + word + "'"
		}
	}
	return "plumb " + strings.Join(words, " ")
}

// steps are the commands, in the order in which they are run. Address is where
// the product is served.
func steps(address string) []step {
	const rest, schema = "api/openapi.yaml", "api/schema.graphql"
	return []step{
		{measuring, []string{"perf", "run", "--save", loadResult, "slo.yaml"}},
		{"check", []string{"check", "--perf-result", loadResult}},
		{"usage", []string{"lifecycle", "usage", "--log", "access.log", "--max-share", "1%", rest}},
		{"headers", []string{"lifecycle", "headers", "--rate", "50", rest, address + demo.RESTPath}},
		{"verify", []string{"parity", "verify", "--rate", "200", "--objects", "2", "--rest", address + demo.RESTPath, "--graphql", address + demo.GraphQLPath, rest, schema}},
	}
}

// measuring is the step that sends load.
const measuring = "perf"

// siteFolder is where the reference goes, resultFolder what the commands say,
// findingsPage is the page of all that was found, reportPage that of the
// working group.
const (
	siteFolder   = "docs"
	resultFolder = "results"
	findingsPage = "findings.html"
	reportPage   = "report.html"
)

// loadResult is what a run of load measured.
const loadResult = resultFolder + "/load.json"

// historyFolder has the snapshot of the version before, which is so many days
// old: a trend has two points.
const (
	historyFolder = "history"
	releaseAge    = 90
)

// pages are the commands that write the reference, and what a working group
// reads.
func pages(now time.Time) []step {
	then := now.UTC().AddDate(0, 0, -releaseAge).Format(time.DateOnly)
	return []step{
		{"docs", []string{"docs", "build", "--output", siteFolder, "--parity", "--calendar", "--quiet"}},
		{"before", []string{"report", "--config", "before/plumb.yaml", "--now", then, "--save", historyFolder, "--format", "json", "--output", resultFolder + "/before.json", "--quiet"}},
		{"report", []string{"report", "--perf-result", loadResult, "--product", "Gutter", "--output", reportPage, "--quiet"}},
	}
}
