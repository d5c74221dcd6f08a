package report_test

import (
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/golden"
	"github.com/plumbapi/plumb/report"
)

func TestTextLooks(t *testing.T) {
	t.Parallel()
	with := func(change func(*report.Options)) report.Options {
		opts := richOptions()
		change(&opts)
		return opts
	}
	tests := []struct {
		name string
		rep  *check.Report
		opts report.Options
	}{
		{"color", rich(), with(func(o *report.Options) { o.Color = true })},
		{"wide", rich(), with(func(o *report.Options) { o.Width = 120 })},
		{"narrow", rich(), with(func(o *report.Options) { o.Width = 72 })},
		{"tiny", rich(), with(func(o *report.Options) { o.Width = 20 })},
		{"severity", rich(), with(func(o *report.Options) { o.Sort = "severity" })},
		{"many", many(1204), with(func(o *report.Options) { o.More = "plumb lint --limit 0 lists all"; o.Context = "" })},
		{"limit", rich(), with(func(o *report.Options) { o.Limit = 4 })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			golden.Compare(t, "testdata/text/"+tt.name+".txt", written(t, "text", tt.rep, tt.opts))
		})
	}
}

func TestTextQuotesTheRuleForTheShell(t *testing.T) {
	t.Parallel()
	for rule, want := range map[string]string{
		"operation-tags":   "plumb explain operation-tags\n",
		"oas3_2-no-a":      "plumb explain oas3_2-no-a\n",
		"no-$ref-siblings": "plumb explain 'no-$ref-siblings'\n",
		"it's":             `plumb explain 'it'\''s'` + "\n",
	} {
		rep := &check.Report{
			Rules:    []check.Meta{{ID: rule}},
			Findings: []check.Finding{{Rule: rule, Severity: check.Error, Message: "m"}},
		}
		var b strings.Builder
		if err := report.Text(&b, rep, report.Options{}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), "\n"+want) {
			t.Errorf("text ends with %q, want %q", b.String(), want)
		}
	}
}

func TestTextSummary(t *testing.T) {
	t.Parallel()
	finding := func(s check.Severity) check.Finding {
		return check.Finding{Rule: "a-rule", Severity: s, Message: "m", Location: check.Location{File: "a", Line: 1, Column: 1}}
	}
	aside := func(by ...string) (list []check.Suppressed) {
		for _, s := range by {
			list = append(list, check.Suppressed{By: s, Finding: finding(check.Error)})
		}
		return list
	}
	other := finding(check.Error)
	other.Rule = "b-rule"
	rules := []check.Meta{{ID: "a-rule"}, {ID: "b-rule"}}
	tests := []struct {
		name string
		rep  check.Report
		opts report.Options
		want string
	}{
		{"nothing", check.Report{}, report.Options{}, "no findings"},
		{"clean", check.Report{Subjects: []string{"a"}, Rules: rules}, report.Options{Duration: 18 * time.Millisecond}, "no findings · 1 document, 2 rules, 18 ms"},
		{"documents", check.Report{Subjects: []string{"a"}}, report.Options{Documents: 1234}, "no findings · 1,234 documents"},
		{"one", check.Report{Findings: []check.Finding{finding(check.Error)}}, report.Options{}, "1 error"},
		{
			"next step", check.Report{Findings: []check.Finding{finding(check.Info), finding(check.Warning)}, Rules: rules},
			report.Options{Tool: report.Tool{Name: "apitool"}}, "1 warning, 1 info · 2 rules\napitool explain a-rule",
		},
		{
			"first of the worst", check.Report{Findings: []check.Finding{finding(check.Info), finding(check.Error), other}, Rules: rules},
			report.Options{}, "2 errors, 1 info · 2 rules\nplumb explain a-rule",
		},
		{
			"only rules that are described", check.Report{Findings: []check.Finding{other, finding(check.Info)}, Rules: rules[:1]},
			report.Options{}, "1 error, 1 info · 1 rule\nplumb explain a-rule",
		},
		{"baseline", check.Report{Suppressed: aside("baseline")}, report.Options{}, "no findings · 1 known finding not shown (baseline)"},
		{"unchanged", check.Report{Suppressed: aside("unchanged", "unchanged")}, report.Options{}, "no findings · 2 known findings not shown (unchanged)"},
		{"waiver", check.Report{Suppressed: aside("waiver")}, report.Options{}, "no findings · 1 finding not shown (waiver)"},
		{"mixed", check.Report{Suppressed: aside("waiver", "ignore", "baseline", "baseline")}, report.Options{}, "no findings · 4 findings not shown (2 baseline, 1 ignore, 1 waiver)"},
		{"incomplete", check.Report{Incomplete: []check.Incomplete{{Message: "m"}}}, report.Options{}, "incomplete: no findings"},
		{"seconds", check.Report{}, report.Options{Documents: 1, Duration: 1449 * time.Millisecond}, "no findings · 1 document, 1.4 s"},
		{"nearly a second", check.Report{}, report.Options{Documents: 1, Duration: 999600 * time.Microsecond}, "no findings · 1 document, 1.0 s"},
		{"minutes", check.Report{}, report.Options{Documents: 1, Duration: 125400 * time.Millisecond}, "no findings · 1 document, 2 min 5 s"},
		{"nearly a minute", check.Report{}, report.Options{Documents: 1, Duration: 59970 * time.Millisecond}, "no findings · 1 document, 1 min 0 s"},
		{"fast", check.Report{}, report.Options{Documents: 1, Duration: time.Microsecond}, "no findings · 1 document, under 1 ms"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := string(written(t, "text", &tt.rep, tt.opts))
			if i := strings.LastIndex(got, "\n\n"); i >= 0 {
				got = got[i+2:]
			}
			if diff := cmp.Diff(tt.want+"\n", got); diff != "" {
				t.Errorf("summary (-want +got):\n%s", diff)
			}
		})
	}
}

// Whatever a document holds, text stays printable, no line is wider than the
// terminal but for a long word, and nothing panics.
func FuzzText(f *testing.F) {
	f.Add("message", "a: b\n\tc: d\r\n", 2, 3, 2, 9, 80)
	f.Add(hostile, hostile+"\n\t\t"+hostile, 2, 1, 9, 1, 20)
	f.Add("漢字", strings.Repeat("漢字\t", 2000), 1, 1500, 1, 1, 0)
	f.Fuzz(func(t *testing.T, message, text string, line, column, endLine, endColumn, width int) {
		rep := &check.Report{Findings: []check.Finding{{
			Rule: message, Severity: check.Warning, Message: message,
			Location: check.Location{File: "f" + message, Line: line, Column: column, EndLine: endLine, EndColumn: endColumn, Element: message},
		}}}
		opts := report.Options{Width: width, Source: func(string) ([]byte, bool) { return []byte(text), true }}
		var b strings.Builder
		if err := report.Text(&b, rep, opts); err != nil {
			t.Fatal(err)
		}
		for _, r := range b.String() {
			if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0xfffd && !strings.ContainsRune(message+text, 0xfffd) {
				t.Fatalf("text has %q", r)
			}
		}
		if err := report.HTML(io.Discard, rep, opts); err != nil {
			t.Fatal(err)
		}
	})
}

// TestTextSumsUpBySeverity is about rules whose findings differ in severity,
// as kinds of change do: the few that break must not look like many.
func TestTextSumsUpBySeverity(t *testing.T) {
	t.Parallel()
	rep := &check.Report{}
	for i := range 40 {
		severity := check.Info
		if i%20 == 7 {
			severity = check.Error
		}
		rep.Findings = append(rep.Findings, check.Finding{Rule: "a", Severity: severity, Message: "m", Location: check.Location{File: "f", Line: i + 1}})
	}
	got := string(written(t, "text", rep, report.Options{Limit: 1}))
	for _, want := range []string{"   2  error    a", "  38  info     a", "40 findings, summed up by rule"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}
