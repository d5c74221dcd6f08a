package check_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// waiver returns a waiver that is whole, of one rule.
func waiver(rule string, until time.Time) check.Waiver {
	return check.Waiver{Rule: rule, Reason: "being rebuilt", Owner: "team-api", Until: until}
}

// baselineOf returns a baseline of what the rules find.
func baselineOf(t *testing.T, rules set, subject []place) *check.Baseline {
	t.Helper()
	return mustRun(t, rules, subject, check.Policy{}).Baseline()
}

// The order in which the parts of a policy apply, as documented at Policy.
func TestPolicyPrecedence(t *testing.T) {
	t.Parallel()
	subject := []place{{line: 1, element: "/a", message: "r: x"}}
	known := baselineOf(t, set{reporter("r")}, subject)
	now := day(2026, 6, 15)
	future, past := waiver("r", day(2026, 7, 1)), waiver("r", day(2026, 6, 1))
	ignore := check.Ignore{Rule: "r", Reason: "never mind"}
	tests := []struct {
		name   string
		rule   *rule
		policy check.Policy
		want   string // what became of the finding: its severity, or what set it aside; "" where the rule did not run
	}{
		{"nothing said", reporter("r"), check.Policy{}, "warning"},
		{"off", reporter("r"), check.Policy{Off: map[string]bool{"r": true}}, ""},
		{"off by alias", reporter("r", alias("old")), check.Policy{Off: map[string]bool{"old": true}}, ""},
		{"off is false", reporter("r"), check.Policy{Off: map[string]bool{"r": false}}, "warning"},
		{"off by alias but not by ID", reporter("r", alias("old")), check.Policy{Off: map[string]bool{"r": false, "old": true}}, "warning"},
		{"opt-in", reporter("r", optIn), check.Policy{}, ""},
		{"opt-in and on", reporter("r", optIn), check.Policy{On: map[string]bool{"r": true}}, "warning"},
		{"opt-in and on by alias", reporter("r", optIn, alias("old")), check.Policy{On: map[string]bool{"old": true}}, "warning"},
		{"opt-in with a severity", reporter("r", optIn), check.Policy{Severity: map[string]check.Severity{"r": check.Error}}, ""},
		{"off before on", reporter("r"), check.Policy{Off: map[string]bool{"r": true}, On: map[string]bool{"r": true}}, ""},
		{"severity", reporter("r"), check.Policy{Severity: map[string]check.Severity{"r": check.Error}}, "error"},
		{"severity by alias", reporter("r", alias("old")), check.Policy{Severity: map[string]check.Severity{"old": check.Info}}, "info"},
		{"severity by ID before alias", reporter("r", alias("old")), check.Policy{Severity: map[string]check.Severity{"old": check.Info, "r": check.Error}}, "error"},
		{"severity by first alias", reporter("r", alias("old", "older")), check.Policy{Severity: map[string]check.Severity{"older": check.Info, "old": check.Error}}, "error"},
		{"level", reporter("r"), check.Policy{Levels: []check.Level{{Rule: "r", Element: "/a/**", Severity: check.Error}}}, "error"},
		{"level by alias, of the file, before severity", reporter("r", alias("old")), check.Policy{Severity: map[string]check.Severity{"r": check.Error}, Levels: []check.Level{{Rule: "old", File: "*.yaml", Severity: check.Info}}}, "info"},
		{"last level", reporter("r"), check.Policy{Levels: []check.Level{{Severity: check.Info}, {Rule: "r", Severity: check.Error}}}, "error"},
		{"level of another element", reporter("r"), check.Policy{Levels: []check.Level{{Rule: "r", Element: "/b", Severity: check.Error}}}, "warning"},
		{"ignore", reporter("r"), check.Policy{Ignores: []check.Ignore{ignore}}, "ignore: never mind"},
		{"ignore by alias", reporter("r", alias("old")), check.Policy{Ignores: []check.Ignore{{Rule: "old"}}}, "ignore: "},
		{"ignore of another rule", reporter("r"), check.Policy{Ignores: []check.Ignore{{Rule: "s"}}}, "warning"},
		{"ignore of the file", reporter("r"), check.Policy{Ignores: []check.Ignore{{File: "*.yaml"}}}, "ignore: "},
		{"ignore of another file", reporter("r"), check.Policy{Ignores: []check.Ignore{{File: "*.json"}}}, "warning"},
		{"ignore of the element", reporter("r"), check.Policy{Ignores: []check.Ignore{{Element: "/*"}}}, "ignore: "},
		{"ignore of another element", reporter("r"), check.Policy{Ignores: []check.Ignore{{Rule: "r", Element: "/b"}}}, "warning"},
		{"waiver", reporter("r"), check.Policy{Waivers: []check.Waiver{future}, Now: now}, "waiver: being rebuilt"},
		{"waiver that ended", reporter("r"), check.Policy{Waivers: []check.Waiver{past}, Now: now}, "warning"},
		{"waiver that ended, at no time", reporter("r"), check.Policy{Waivers: []check.Waiver{past}}, "waiver: being rebuilt"},
		{"waiver that was renewed", reporter("r"), check.Policy{Waivers: []check.Waiver{past, future}, Now: now}, "waiver: being rebuilt"},
		{"baseline", reporter("r"), check.Policy{Baseline: known}, "baseline: "},
		{"ignore before waiver and baseline", reporter("r"), check.Policy{Ignores: []check.Ignore{ignore}, Waivers: []check.Waiver{future}, Baseline: known, Now: now}, "ignore: never mind"},
		{"waiver before baseline", reporter("r"), check.Policy{Waivers: []check.Waiver{future}, Baseline: known, Now: now}, "waiver: being rebuilt"},
		{"waiver that ended before baseline", reporter("r"), check.Policy{Waivers: []check.Waiver{past}, Baseline: known, Now: now}, "warning"},
		{"ignore before waiver that ended", reporter("r"), check.Policy{Ignores: []check.Ignore{ignore}, Waivers: []check.Waiver{past}, Now: now}, "ignore: never mind"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rep := mustRun(t, set{tt.rule}, subject, tt.policy)
			got := ""
			for _, f := range rep.Findings {
				got += f.Severity.String()
			}
			for _, f := range rep.Suppressed {
				got += f.By + ": " + f.Reason
			}
			if got != tt.want {
				t.Errorf("the finding became %q, want %q", got, tt.want)
			}
			if ran := len(rep.Rules) == 1; ran != (tt.want != "") {
				t.Errorf("the rule is listed as run: %v", ran)
			}
		})
	}
}

func TestWaiverExpired(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("east", 10*3600)
	tests := []struct {
		name       string
		until, now time.Time
		want       bool
	}{
		{"the day before", day(2026, 6, 30), day(2026, 6, 29), false},
		{"the last day", day(2026, 6, 30), day(2026, 6, 30), false},
		{"the end of the last day", day(2026, 6, 30), day(2026, 7, 1).Add(-time.Second), false},
		{"the day after", day(2026, 6, 30), day(2026, 7, 1), true},
		{"no time", day(2026, 6, 30), time.Time{}, false},
		{"until within a day", day(2026, 6, 30).Add(15 * time.Hour), day(2026, 6, 30).Add(20 * time.Hour), false},
		{"the zone of until counts", time.Date(2026, 6, 30, 0, 0, 0, 0, east), day(2026, 6, 30).Add(14 * time.Hour), true},
	}
	for _, tt := range tests {
		w := check.Waiver{Until: tt.until}
		if got := w.Expired(tt.now); got != tt.want {
			t.Errorf("%s: Expired = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPolicyValidate(t *testing.T) {
	t.Parallel()
	known := set{reporter("operation-tags", alias("op-tags")), reporter("info-contact")}.Metas()
	at := check.Location{File: "plumb.yaml", Line: 6}
	tests := []struct {
		name   string
		policy check.Policy
		want   string
	}{
		{"zero", check.Policy{}, ""},
		{"known names", check.Policy{
			Severity: map[string]check.Severity{"op-tags": check.Info, "waiver-stale": check.Error},
			Off:      map[string]bool{"info-contact": true}, On: map[string]bool{"operation-tags": true},
			Ignores: []check.Ignore{{Rule: "op-tags"}, {File: "*"}}, Waivers: []check.Waiver{waiver("info-contact", day(2026, 1, 1))},
		}, ""},
		{"unknown severity name", check.Policy{Severity: map[string]check.Severity{"operation-tag": check.Error}}, `unknown rule "operation-tag"; did you mean "operation-tags"?`},
		{"unknown off", check.Policy{Off: map[string]bool{"wholly-unlike": true}}, `unknown rule "wholly-unlike"`},
		{"unknown on", check.Policy{On: map[string]bool{"info-contacts": true}}, `unknown rule "info-contacts"; did you mean "info-contact"?`},
		{"named twice, told once and in order", check.Policy{Off: map[string]bool{"zzzzzzzz": true, "bbbbbbbb": true}, On: map[string]bool{"zzzzzzzz": true}},
			"unknown rule \"bbbbbbbb\"\nunknown rule \"zzzzzzzz\""},
		{"unknown ignore", check.Policy{Ignores: []check.Ignore{{Rule: "opp-tags", At: at}}}, `unknown rule "opp-tags" in plumb.yaml:6; did you mean "op-tags"?`},
		{"unknown waiver", check.Policy{Waivers: []check.Waiver{waiver("infocontact", day(2026, 1, 1))}}, `unknown rule "infocontact"; did you mean "info-contact"?`},
		{"invalid severity", check.Policy{Severity: map[string]check.Severity{"info-contact": 7}}, `rule "info-contact" is given severity(7); it is error, warning or info`},
		{"empty ignore", check.Policy{Ignores: []check.Ignore{{Reason: "r", At: at}}}, "plumb.yaml:6: ignore 1 names no rule, file or element"},
		{"empty waiver", check.Policy{Waivers: []check.Waiver{{}}},
			"waiver 1 names no rule, file or element\nwaiver 1 gives no reason\nwaiver 1 names no owner\nwaiver 1 has no last day (until)"},
		{"waiver without an owner, no line known", check.Policy{Waivers: []check.Waiver{{File: "a", Reason: "r", Until: day(2026, 1, 1), At: check.Location{File: "plumb.yaml"}}}},
			"plumb.yaml: waiver 1 names no owner"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := ""
			err := tt.policy.Validate(known)
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Validate (-want +got):\n%s", diff)
			}
			var unknown *check.UnknownRuleError
			if strings.Contains(tt.want, "unknown rule") != errors.As(err, &unknown) {
				t.Errorf("%T is an UnknownRuleError: %v", err, unknown != nil)
			}
		})
	}
	if len(known) != 2 {
		t.Error("Validate changed what it was given")
	}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	rules := []check.Meta{
		{ID: "document-unreadable", Severity: check.Error, Aliases: []string{"parser"}},
		{ID: "document-odd", Severity: check.Warning},
		{ID: "document-silent", Severity: check.Info, OptIn: true},
	}
	found := func(rule string, line int) check.Finding {
		return check.Finding{Rule: rule, Severity: check.Info, Message: rule, Location: check.Location{File: file, Line: line}}
	}
	findings := []check.Finding{
		found("document-odd", 4), found("foreign", 3), found("document-unreadable", 2), found("document-unreadable", 1), found("document-silent", 9),
	}
	rep, err := check.Judge(rules, findings, check.Policy{
		Severity: map[string]check.Severity{"parser": check.Warning},
		Ignores:  []check.Ignore{{Rule: "document-odd", File: file}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range rep.Findings {
		got = append(got, f.Severity.String()+" "+f.Rule+f.Key)
	}
	if diff := cmp.Diff([]string{"warning document-unreadable", "warning document-unreadable#2", "info foreign"}, got); diff != "" {
		t.Errorf("Findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"ignore document-odd"}, suppressed(rep.Suppressed)); diff != "" {
		t.Errorf("Suppressed (-want +got):\n%s", diff)
	}
	if len(rep.Rules) != 2 {
		t.Errorf("%d rules, want 2", len(rep.Rules))
	}
	if findings[2].Severity != check.Info || findings[2].Related != nil {
		t.Error("Judge changed what it was given")
	}
	if _, err := check.Judge(nil, nil, check.Policy{Waivers: []check.Waiver{{}}}); err == nil {
		t.Error("Judge takes an empty waiver")
	}
}
