package check_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
)

// A subject can be anything; here it is a list of names with their lines.
type name struct {
	text string
	line int
}

var noCapitals = &check.Rule[[]name]{
	Meta: check.Meta{
		ID:        "no-capitals",
		Summary:   "Names are written in lower case.",
		Rationale: "File systems differ in whether they tell capitals from small letters.",
		Severity:  check.Warning,
		Tags:      []string{"naming"},
		Since:     "0.1.0",
	},
	Check: func(_ context.Context, p *check.Pass[[]name]) error {
		for _, n := range p.Subject {
			if n.text != strings.ToLower(n.text) {
				at := check.Location{File: "names.txt", Line: n.line, Column: 1, Element: "/" + n.text}
				p.Reportf(at, "name %q has capitals", n.text)
			}
		}
		return nil
	},
}

func Example() {
	rules := check.Set[[]name]{noCapitals}
	names := []name{{"readme", 1}, {"Makefile", 2}, {"LICENCE", 3}}

	policy := check.Policy{
		Severity: map[string]check.Severity{"no-capitals": check.Error},
		Ignores:  []check.Ignore{{Rule: "no-capitals", Element: "/Make*", Reason: "make wants it so"}},
	}
	report, err := check.Run(context.Background(), rules, names, policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range report.Findings {
		fmt.Printf("%s:%d: %s: %s (%s)\n", f.Location.File, f.Location.Line, f.Severity, f.Message, f.Rule)
	}
	for _, f := range report.Suppressed {
		fmt.Printf("set aside by %s: %s (%s)\n", f.By, f.Message, f.Reason)
	}
	// Output:
	// names.txt:3: error: name "LICENCE" has capitals (no-capitals)
	// set aside by ignore: name "Makefile" has capitals (make wants it so)
}

func ExampleBaseline() {
	rules := check.Set[[]name]{noCapitals}
	before, _ := check.Run(context.Background(), rules, []name{{"Makefile", 1}}, check.Policy{})
	baseline := before.Baseline()
	_ = baseline.Write(os.Stdout)

	after, _ := check.Run(context.Background(), rules, []name{{"LICENCE", 1}, {"Makefile", 2}}, check.Policy{Baseline: baseline})
	for _, f := range after.Findings {
		fmt.Println("new:", f.Message)
	}
	// Output:
	// {
	//   "version": 1,
	//   "findings": [
	//     {"fingerprint":"f4866ea9f4b1510dca89cf61c2eb0de0","rule":"no-capitals","file":"names.txt","element":"/Makefile"}
	//   ]
	// }
	// new: name "LICENCE" has capitals
}

func ExampleMerge() {
	rules := check.Set[[]name]{noCapitals}
	policy := check.Policy{
		Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC),
		Waivers: []check.Waiver{{
			Rule: "no-capitals", Element: "/Makefile", Reason: "renamed with the next release", Owner: "team-build",
			Until: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC),
			At:    check.Location{File: "plumb.yaml", Line: 12, Column: 5},
		}},
	}
	report, _ := check.Run(context.Background(), rules, []name{{"Makefile", 1}}, policy)
	report.Subjects = []string{"names.txt"}
	for _, f := range check.Merge(policy, report).Findings {
		fmt.Printf("%s:%d: %s\n", f.Location.File, f.Location.Line, f.Message)
	}
	// Output:
	// names.txt:1: name "Makefile" has capitals
	// plumb.yaml:12: waiver of "no-capitals" at "/Makefile" by "team-build" ended with 2026-10-31; 1 finding counts again
}

func ExampleReport_Unchanged() {
	rules := check.Set[[]name]{noCapitals}
	base, _ := check.Run(context.Background(), rules, []name{{"Makefile", 1}}, check.Policy{})
	report, _ := check.Run(context.Background(), rules, []name{{"readme", 1}, {"Makefile", 2}, {"LICENCE", 3}}, check.Policy{})
	report.Unchanged(base)
	for _, f := range report.Findings {
		fmt.Println(f.Message)
	}
	// Output:
	// name "LICENCE" has capitals
}

func ExamplePolicy_Validate() {
	policy := check.Policy{Off: map[string]bool{"no-capitels": true}}
	fmt.Println(policy.Validate(check.Set[[]name]{noCapitals}.Metas()))
	// Output:
	// unknown rule "no-capitels"; did you mean "no-capitals"?
}

func ExampleClosest() {
	fmt.Println(check.Closest("operation-tag", []string{"info-contact", "operation-tags", "path-params"}))
	// Output:
	// operation-tags
}

func ExampleMatchGlob() {
	fmt.Println(check.MatchGlob("api/**/*.yaml", "api/v1/users.yaml"))
	fmt.Println(check.MatchGlob("/paths/*/get", "/paths/~1users~1{id}/get"))
	fmt.Println(check.MatchGlob("Issue.*", "Issue.title"))
	// Output:
	// true
	// true
	// true
}
