package report_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

// TestJUnitCases is about cases that facts bring: each has what is found about
// it, and only that; findings about none stay with their rules.
func TestJUnitCases(t *testing.T) {
	t.Parallel()
	about := func(name, message string, severity check.Severity) check.Finding {
		return check.Finding{Rule: "slow", Severity: severity, Message: message, Location: check.Location{File: "slo.yaml", Line: 3}, Properties: map[string]any{"operation": name}}
	}
	rep := &check.Report{
		Subjects: []string{"slo.yaml"}, Rules: []check.Meta{{ID: "slow", Severity: check.Error}},
		Findings: []check.Finding{about("GET /a", "too slow", check.Error), about("GET /b", "not sure", check.Warning), about("", "a plan without budgets", check.Error)},
	}
	opts := report.Options{Title: "plumb perf run", FailOn: check.Error, Facts: &report.Facts{
		Cases: []report.Case{
			{Name: "GET /a", File: "slo.yaml"}, {Name: "GET /b", Skipped: "too few"}, {Name: "GET /c", Error: "nothing was sent"}, {Name: "GET /d", Output: "fast"},
		},
		CaseOf: func(f *check.Finding) string { name, _ := f.Properties["operation"].(string); return name },
	}}
	var b strings.Builder
	if err := report.JUnit(&b, rep, opts); err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Skipped int `xml:"skipped,attr"`
		Suites  []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				File    string `xml:"file,attr"`
				Failure []struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
				Error []struct {
					Message string `xml:"message,attr"`
				} `xml:"error"`
				Skipped []struct {
					Message string `xml:"message,attr"`
				} `xml:"skipped"`
				Output string `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(b.String()), &doc); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range doc.Suites {
		for _, c := range s.Cases {
			line := s.Name + " | " + c.Name + " | " + c.File
			for _, f := range c.Failure {
				line += " | fails: " + f.Message
			}
			for _, e := range c.Error {
				line += " | error: " + e.Message
			}
			for _, k := range c.Skipped {
				line += " | skipped: " + k.Message
			}
			if c.Output != "" {
				line += " | says: " + c.Output
			}
			got = append(got, line)
		}
	}
	want := []string{
		"plumb perf run | GET /a | slo.yaml | fails: slo.yaml:3: error: too slow",
		"plumb perf run | GET /b | plumb perf run | skipped: too few | says: slo.yaml:3: warning: not sure",
		"plumb perf run | GET /c | plumb perf run | error: nothing was sent",
		"plumb perf run | GET /d | plumb perf run | says: fast",
		"slo.yaml | slow | slo.yaml | fails: slo.yaml:3: error: a plan without budgets",
	}
	if diff := cmp.Diff(want, got); diff != "" || doc.Skipped != 1 {
		t.Errorf("%d skipped, cases (-want +got):\n%s", doc.Skipped, diff)
	}
}
