package report_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/report"
)

// suites is what readers of JUnit XML take from it.
type suites struct {
	XMLName xml.Name `xml:"testsuites"`
	totals
	Suites []suite `xml:"testsuite"`
}

type totals struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
}

type suite struct {
	Name string `xml:"name,attr"`
	totals
	Cases []struct {
		Name    string `xml:"name,attr"`
		Failure []struct {
			Message string `xml:"message,attr"`
			Text    string `xml:",chardata"`
		} `xml:"failure"`
		Error  []struct{} `xml:"error"`
		Output string     `xml:"system-out"`
	} `xml:"testcase"`
}

// outcome lists what a suite says of each case.
func (s suite) outcome() string {
	var list []string
	for _, c := range s.Cases {
		state := "pass"
		switch {
		case len(c.Error) > 0:
			state = "error"
		case len(c.Failure) > 0:
			state = "fail"
		}
		list = append(list, c.Name+" "+state)
	}
	return s.Name + ": " + strings.Join(list, ", ")
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	with := func(change func(*report.Options)) (opts report.Options) {
		change(&opts)
		return opts
	}
	crashed := clean()
	crashed.Incomplete = []check.Incomplete{{Rule: "tags-used", File: "api.yaml", Message: "panic"}}
	known := clean()
	known.Suppressed = []check.Suppressed{{By: "baseline", Finding: check.Finding{
		Rule: "tags-used", Severity: check.Error, Message: "old", Location: check.Location{File: "api.yaml"},
	}}}
	tests := []struct {
		name string
		rep  *check.Report
		opts report.Options
		want []string
	}{
		{"rich", rich(), report.Options{}, []string{
			"./api/öffentlich api.yaml: operation-operationId-unique fail, graphql-deprecation-reason pass, tags-used fail, path-crash error",
			"api/schema.graphql: operation-operationId-unique pass, graphql-deprecation-reason fail, tags-used pass, path-crash pass",
			"min.json: operation-operationId-unique fail, graphql-deprecation-reason pass, tags-used pass, path-crash pass",
			"gone.yaml: document-readable fail",
			"plumb: graphql-deprecation-reason fail, complete error",
		}},
		{"only errors fail", rich(), with(func(o *report.Options) { o.FailOn = check.Error }), []string{
			"./api/öffentlich api.yaml: operation-operationId-unique fail, graphql-deprecation-reason pass, tags-used pass, path-crash error",
			"api/schema.graphql: operation-operationId-unique pass, graphql-deprecation-reason pass, tags-used pass, path-crash pass",
			"min.json: operation-operationId-unique fail, graphql-deprecation-reason pass, tags-used pass, path-crash pass",
			"gone.yaml: document-readable fail",
			"plumb: graphql-deprecation-reason pass, complete error",
		}},
		{"what applies", rich(), with(func(o *report.Options) {
			o.Applies = func(subject string, rule *check.Meta) bool {
				return strings.HasSuffix(subject, ".graphql") == strings.HasPrefix(rule.ID, "graphql-")
			}
		}), []string{
			"./api/öffentlich api.yaml: operation-operationId-unique fail, tags-used fail, path-crash error",
			"api/schema.graphql: graphql-deprecation-reason fail",
			"min.json: operation-operationId-unique fail, tags-used pass, path-crash pass",
			"gone.yaml: document-readable fail",
			"plumb: graphql-deprecation-reason fail, complete error",
		}},
		{"clean", clean(), report.Options{}, []string{"api.yaml: tags-used pass"}},
		{"crashed", crashed, report.Options{}, []string{"api.yaml: tags-used error"}},
		{"known", known, report.Options{}, []string{"api.yaml: tags-used pass"}},
		{"no subject", &check.Report{Rules: clean().Rules}, report.Options{}, []string{"plumb: tags-used pass"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var got suites
			if err := xml.Unmarshal(written(t, "junit", tt.rep, tt.opts), &got); err != nil {
				t.Fatal(err)
			}
			var outcomes []string
			var sum totals
			for _, s := range got.Suites {
				outcomes = append(outcomes, s.outcome())
				sum.Tests += s.Tests
				sum.Failures += s.Failures
				sum.Errors += s.Errors
				counted := totals{len(s.Cases), strings.Count(s.outcome(), " fail"), strings.Count(s.outcome(), " error")}
				if s.totals != counted {
					t.Errorf("suite %s says %+v and has %+v", s.Name, s.totals, counted)
				}
			}
			if diff := cmp.Diff(tt.want, outcomes); diff != "" {
				t.Errorf("suites (-want +got):\n%s", diff)
			}
			if sum != got.totals {
				t.Errorf("the suites say %+v, their sum is %+v", got.totals, sum)
			}
		})
	}
}

// A case has all findings of its rule with their places.
func TestJUnitText(t *testing.T) {
	t.Parallel()
	var got suites
	if err := xml.Unmarshal(written(t, "junit", rich(), report.Options{}), &got); err != nil {
		t.Fatal(err)
	}
	tags := got.Suites[0].Cases[2]
	if len(tags.Failure) != 1 || tags.Failure[0].Message != "2 findings" {
		t.Fatalf("the case of tags-used has the failures %+v", tags.Failure)
	}
	lines := strings.Split(tags.Failure[0].Text, "\n")
	want := "./api/öffentlich api.yaml:10:16: info: wide text has a mark that is as wide"
	if len(lines) != 2 || lines[0] != want || !strings.HasPrefix(lines[1], "./api/öffentlich api.yaml:11:20: info: evil ") {
		t.Errorf("the failure's text is %q", lines)
	}
	if !strings.Contains(tags.Output, "set aside (waiver: old clients") {
		t.Errorf("the output is %q", tags.Output)
	}
}
