package demo

import (
	"slices"
	"strings"

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
		{"lint", []string{"lint"}},
		{"parity", []string{"parity"}},
		{"diff-rest", []string{"diff", "before/openapi.yaml", rest}},
		{"diff-graphql", []string{"diff", "before/schema.graphql", schema}},
		{"status", []string{"lifecycle", "status"}},
		{"usage", []string{"lifecycle", "usage", "--log", "access.log", "--max-share", "1%", rest}},
		{"headers", []string{"lifecycle", "headers", "--rate", "50", rest, address + demo.RESTPath}},
		{"verify", []string{"parity", "verify", "--rate", "200", "--objects", "2", "--rest", address + demo.RESTPath, "--graphql", address + demo.GraphQLPath, rest, schema}},
		{"drift", []string{"webhooks", "drift", rest, "deliveries"}},
		{measuring, []string{"perf", "run", "slo.yaml"}},
	}
}

// measuring is the step that sends load.
const measuring = "perf"

// siteFolder is where the reference goes, resultFolder what the commands say,
// findingsPage the page of all that was found.
const (
	siteFolder   = "docs"
	resultFolder = "results"
	findingsPage = "findings.html"
)

// site is the command that writes the reference.
func site() step {
	return step{"docs", []string{"docs", "build", "--output", siteFolder, "--parity", "--calendar", "--quiet"}}
}
