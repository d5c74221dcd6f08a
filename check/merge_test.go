package check_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

// at is the place that a test's policy is written at.
func at(line int) check.Location {
	return check.Location{File: "plumb.yaml", Line: line, Column: 3}
}

// policyFindings lists what a report says about its policy.
func policyFindings(rep *check.Report) []string {
	list := []string{}
	for _, f := range rep.Findings {
		if slices.ContainsFunc(check.PolicyRules(), func(m check.Meta) bool { return m.ID == f.Rule }) {
			list = append(list, fmt.Sprintf("%s:%d %s %s: %s", f.Location.File, f.Location.Line, f.Severity, f.Rule, f.Message))
		}
	}
	return list
}

func TestMergeJudgesThePolicy(t *testing.T) {
	t.Parallel()
	rules := set{reporter("r", alias("old-r")), reporter("s"), reporter("off", optIn)}
	subject := []place{{line: 1, element: "/a", message: "r: 1"}, {line: 2, element: "/a", message: "r: 2"}, {line: 3, element: "/b", message: "s: 1"}}
	known := baselineOf(t, rules, []place{{line: 1, element: "/gone", message: "r: x"}, {line: 1, element: "/gone too", message: "s: x"}, {line: 3, element: "/b", message: "s: 1"}})
	known.At = check.Location{File: "baseline.json", Line: 1}
	one := baselineOf(t, rules, []place{{line: 1, element: "/gone", message: "r: x"}})
	one.At = known.At
	now, future, past := day(2026, 6, 15), day(2026, 7, 1), day(2026, 6, 1)
	scoped := func(w check.Waiver, file, element string) check.Waiver {
		w.File, w.Element, w.At = file, element, at(4)
		return w
	}
	tests := []struct {
		name   string
		policy check.Policy
		want   []string
	}{
		{"nothing said", check.Policy{}, nil},
		{"all of use", check.Policy{
			Now: now, Waivers: []check.Waiver{scoped(waiver("r", future), "", "")}, Ignores: []check.Ignore{{Rule: "s"}},
		}, nil},
		{"stale waiver", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("r", future), "", "/c")}},
			[]string{`plumb.yaml:4 warning waiver-stale: waiver of "r" at "/c" matches no finding`}},
		{"stale waiver by alias", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("old-r", future), file, "/c")}},
			[]string{`plumb.yaml:4 warning waiver-stale: waiver of "old-r" in "api.yaml" at "/c" matches no finding`}},
		{"stale waiver of any rule", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("", future), "", "/c")}},
			[]string{`plumb.yaml:4 warning waiver-stale: waiver at "/c" matches no finding`}},
		{"stale waiver that ended", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("r", past), "", "/c")}},
			[]string{`plumb.yaml:4 warning waiver-stale: waiver of "r" at "/c" matches no finding`}},
		{"waiver of a rule that did not run", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("off", future), "", "")}}, nil},
		{"waiver of a rule that is not of this set", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("parity-gap", past), "", "")}}, nil},
		{"waiver of a file that was not checked", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("r", past), "other.yaml", "")}}, nil},
		{"waiver that ended", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("r", past), "", "")}},
			[]string{`plumb.yaml:4 warning waiver-expired: waiver of "r" by "team-api" ended with 2026-06-01; 2 findings count again`}},
		{"waiver that ended, of one finding", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("s", past), "", "/b")}},
			[]string{`plumb.yaml:4 warning waiver-expired: waiver of "s" at "/b" by "team-api" ended with 2026-06-01; 1 finding counts again`}},
		{"waiver that ended and was renewed", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("s", past), "", ""), waiver("s", future)}},
			[]string{`plumb.yaml:4 warning waiver-expired: waiver of "s" by "team-api" ended with 2026-06-01`}},
		{"waiver beside an ignore", check.Policy{Now: now, Waivers: []check.Waiver{scoped(waiver("s", future), "", "")}, Ignores: []check.Ignore{{Rule: "s"}}}, nil},
		{"stale ignore", check.Policy{Ignores: []check.Ignore{{Rule: "s", Element: "/c/**", At: at(9)}}},
			[]string{`plumb.yaml:9 info ignore-stale: ignore of "s" at "/c/**" matches no finding`}},
		{"ignore of a rule that did not run", check.Policy{Ignores: []check.Ignore{{Rule: "off"}}}, nil},
		{"ignore of a file that was not checked", check.Policy{Ignores: []check.Ignore{{File: "*.graphql"}}}, nil},
		{"stale baseline", check.Policy{Baseline: known},
			[]string{`baseline.json:1 info baseline-stale: 2 findings of the baseline no longer occur`}},
		{"stale baseline of one", check.Policy{Baseline: one},
			[]string{`baseline.json:1 info baseline-stale: 1 finding of the baseline no longer occurs`}},
		{"baseline of a rule that did not run", check.Policy{Baseline: known, Off: map[string]bool{"s": true}},
			[]string{`baseline.json:1 info baseline-stale: 1 finding of the baseline no longer occurs`}},
		{"turned off", check.Policy{Baseline: known, Off: map[string]bool{"baseline-stale": true}}, nil},
		{"another severity", check.Policy{Baseline: known, Severity: map[string]check.Severity{"baseline-stale": check.Error}},
			[]string{`baseline.json:1 error baseline-stale: 2 findings of the baseline no longer occur`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			merged := check.Merge(tt.policy, mustRun(t, rules, subject, tt.policy))
			want := append([]string{}, tt.want...)
			if diff := cmp.Diff(want, policyFindings(merged)); diff != "" {
				t.Errorf("findings about the policy (-want +got):\n%s", diff)
			}
			for _, f := range merged.Findings {
				if f.Fingerprint == "" || f.Related == nil || f.Properties == nil || !slices.ContainsFunc(merged.Rules, func(m check.Meta) bool { return m.ID == f.Rule }) {
					t.Errorf("not whole: %+v", f)
				}
			}
			again := check.Merge(tt.policy, merged)
			if diff := cmp.Diff(merged.Findings, again.Findings); diff != "" {
				t.Errorf("merged again (-want +got):\n%s", diff)
			}
		})
	}
}

// A waiver that is of use in one document is not stale because of another.
func TestMergeJudgesOverAllReports(t *testing.T) {
	t.Parallel()
	w := waiver("r", day(2030, 1, 1))
	policy := check.Policy{Waivers: []check.Waiver{w}, Ignores: []check.Ignore{{Rule: "r", Element: "/x", At: at(2)}}}
	rules := set{reporter("r")}
	first := mustRun(t, rules, nil, policy)
	second := mustRun(t, rules, []place{{line: 1, element: "/a", message: "r: 1"}}, policy)
	first.Subjects, second.Subjects = []string{"one.yaml"}, []string{"two.yaml"}
	merged := check.Merge(policy, first, nil, second)
	if diff := cmp.Diff([]string{`plumb.yaml:2 info ignore-stale: ignore of "r" at "/x" matches no finding`}, policyFindings(merged)); diff != "" {
		t.Errorf("findings about the policy (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"one.yaml", "two.yaml"}, merged.Subjects); diff != "" {
		t.Errorf("Subjects (-want +got):\n%s", diff)
	}
	got := []string{}
	for _, m := range merged.Rules {
		got = append(got, m.ID)
	}
	if diff := cmp.Diff([]string{"r", "waiver-expired", "waiver-stale", "ignore-stale"}, got); diff != "" {
		t.Errorf("Rules (-want +got):\n%s", diff)
	}
}

// What could not be finished may hide what a waiver is for.
func TestMergeDoesNotJudgeWhatIsIncomplete(t *testing.T) {
	t.Parallel()
	breaks := reporter("breaks", does(func(*pass) error { panic("x") }))
	rules := set{breaks, reporter("r")}
	known := baselineOf(t, set{reporter("breaks"), reporter("r")}, []place{{line: 1, element: "/a", message: "breaks: 1"}, {line: 1, element: "/a", message: "r: 1"}})
	w := func(rule, file string) check.Waiver {
		w := waiver(rule, day(2030, 1, 1))
		w.File, w.At = file, at(4)
		return w
	}
	run := func(policy check.Policy, more ...*check.Report) []string {
		return policyFindings(check.Merge(policy, append(more, mustRun(t, rules, nil, policy))...))
	}
	unread := &check.Report{Subjects: []string{"broken.yaml"}, Incomplete: []check.Incomplete{{File: "broken.yaml", Message: "no YAML"}}}
	stale := []string{`plumb.yaml:4 warning waiver-stale: waiver of "r" matches no finding`}
	tests := []struct {
		name string
		got  []string
		want []string
	}{
		{"the rule broke", run(check.Policy{Waivers: []check.Waiver{w("breaks", "")}}), []string{}},
		{"another rule broke", run(check.Policy{Waivers: []check.Waiver{w("r", "")}}), stale},
		{"any rule", run(check.Policy{Waivers: []check.Waiver{w("", "*.yaml")}}), []string{}},
		{"a document broke", run(check.Policy{Waivers: []check.Waiver{w("r", "")}}, unread), []string{}},
		{"another document broke", run(check.Policy{Waivers: []check.Waiver{w("r", "api.*")}}, unread),
			[]string{`plumb.yaml:4 warning waiver-stale: waiver of "r" in "api.*" matches no finding`}},
		{"baseline", run(check.Policy{Baseline: known}), []string{":0 info baseline-stale: 1 finding of the baseline no longer occurs"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A file that was read for a subject was checked, also where nothing was
// found in it.
func TestMergeKnowsTheFilesOfASubject(t *testing.T) {
	t.Parallel()
	w := waiver("r", day(2030, 1, 1))
	w.File = "schemas/user.yaml"
	policy := check.Policy{Waivers: []check.Waiver{w}}
	rep := mustRun(t, set{reporter("r")}, nil, policy)
	if got := policyFindings(check.Merge(policy, rep)); len(got) != 0 {
		t.Errorf("without the file: %q", got)
	}
	rep.Files = []string{"schemas/user.yaml"}
	if got := policyFindings(check.Merge(policy, rep)); len(got) != 1 {
		t.Errorf("with the file: %q, want one finding", got)
	}
}

// Two documents that share a file both report what is wrong in it.
func TestMergeUnitesSharedFiles(t *testing.T) {
	t.Parallel()
	rules := set{reporter("r")}
	shared := place{line: 1, element: "/a", message: "r: shared"}
	a := mustRun(t, rules, []place{shared, {line: 2, element: "/b", message: "r: seen by one"}}, check.Policy{})
	b := mustRun(t, rules, []place{shared, {line: 3, element: "/b", message: "r: seen by the other"}}, check.Policy{})
	b.Unchanged(a)
	before := len(a.Findings)
	merged := check.Merge(check.Policy{}, a, b)
	if diff := cmp.Diff([]string{"r: seen by one"}, messages(merged.Findings)); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"unchanged r: shared", "unchanged r: seen by the other"}, suppressed(merged.Suppressed)); diff != "" {
		t.Errorf("Suppressed (-want +got):\n%s", diff)
	}
	if f := merged.Findings[0]; f.Key != "#2" || f.Fingerprint != check.Fingerprint("r", file, "/b", "#2") {
		t.Errorf("key %q, want the next one, because the first is taken", f.Key)
	}
	if len(a.Findings) != before || a.Findings[1].Key != "" {
		t.Error("Merge changed a report that it was given")
	}
}

func TestMergeIncomplete(t *testing.T) {
	t.Parallel()
	a := &check.Report{Subjects: []string{"b.yaml"}, Incomplete: []check.Incomplete{{Rule: "r", Message: "x"}, {Rule: "r", Message: "x"}}}
	b := &check.Report{Subjects: []string{"a.yaml", "c.yaml"}, Incomplete: []check.Incomplete{{File: "a.yaml", Message: "y"}, {Rule: "s", Message: "z"}}}
	want := []check.Incomplete{{Rule: "s", Message: "z"}, {File: "a.yaml", Message: "y"}, {Rule: "r", File: "b.yaml", Message: "x"}}
	merged := check.Merge(check.Policy{}, a, b)
	if diff := cmp.Diff(want, merged.Incomplete); diff != "" {
		t.Errorf("Incomplete (-want +got):\n%s", diff)
	}
	if merged.Complete() {
		t.Error("the report says that it is complete")
	}
}
