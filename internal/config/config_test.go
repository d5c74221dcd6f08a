package config_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/config"
)

// names are those that the test files may refer to.
func names() config.Names {
	return config.Names{
		Lint: []check.Meta{
			{ID: "operation-tags", Summary: "An operation must have tags.", Severity: check.Warning},
			{ID: "info-contact", Summary: "Info must have a contact.", Severity: check.Warning, Aliases: []string{"contact"}},
		},
		Parity: []check.Meta{
			{ID: "parity-new-gap", Summary: "Nothing may lose its counterpart.", Severity: check.Error},
		},
		Policy: []check.Meta{
			{ID: "waiver-stale", Summary: "Every waiver must match a finding.", Severity: check.Warning},
		},
		Rulesets: []string{"plumb:recommended", "spectral:oas"},
		Tools: func() []config.Tool {
			return []config.Tool{
				{Name: "slack", Inputs: []config.ToolInput{{Name: "channel", Help: "Where to."}, {Name: "token", Env: "SLACK_TOKEN", Secret: true}}},
				{Name: "jira", Inputs: []config.ToolInput{{Name: "project"}}},
			}
		},
	}
}

const whole = `# everything at once
apis:
  - name: tracker
    openapi: api/openapi.yaml
    graphql: schema/**/*.graphql
    base: {openapi: "git:v1.0", graphql: old.graphql}
    payloads: [api/payloads, more]
lint:
  extends: [plumb:recommended, spectral:oas, ./.spectral.yaml]
  rules:
    operation-tags: off
    contact: {severity: error, reason: support asks for it}
  ignore:
    - rule: info-contact
      file: api/*.yaml
      element: /info
      reason: internal
lifecycle: {policy: gitlab, base: "git:origin/main", usage: {logs: [a.log, b.log*], format: combined, fields: [time=when], consumers: [user], bases: [/v1], graphql_paths: [/g]}}
parity:
  map: parity.yaml
  lock: parity.lock
  usage: usage.csv
  direction: rest-to-graphql
  min: 0.80
  rules: {parity-new-gap: warning, waiver-stale: off}
  ignore: [{rule: parity-new-gap, element: /paths/~1a/get}]
perf: {plan: slo.yaml}
webhooks: {provider: github}
integrations:
  slack: {channel: "#api"}
  jira: {project: 12}
  catalog: integrations
  rules: {waiver-stale: off}
report: {send: [slack], product: Tracker, history: h, criteria: c.yaml, teams: [{name: plan, tags: [issues], elements: ["GET /issues**"]}]}
baseline: .plumb/baseline.json
waivers:
  - rule: operation-tags
    file: api/openapi.yaml
    element: /paths/~1a/get
    reason: goes with v2
    owner: "@api"
    until: 2026-12-31
`

func TestParseWhole(t *testing.T) {
	t.Parallel()
	got, err := config.Parse("plumb.yaml", []byte(whole), names())
	if err != nil {
		t.Fatal(err)
	}
	at := func(line, column int) check.Location {
		return check.Location{File: "plumb.yaml", Line: line, Column: column, EndLine: line, EndColumn: column}
	}
	want := &config.Config{
		Name: "plumb.yaml",
		APIs: []config.API{{Name: "tracker", OpenAPI: "api/openapi.yaml", GraphQL: "schema/**/*.graphql", Base: config.Base{OpenAPI: "git:v1.0", GraphQL: "old.graphql"}, Payloads: []string{"api/payloads", "more"}, At: at(3, 5)}},
		Lint: config.Lint{
			Extends: []config.Extend{{Name: "plumb:recommended", At: at(9, 13)}, {Name: "spectral:oas", At: at(9, 32)}, {Name: "./.spectral.yaml", At: at(9, 46)}},
			Rules: []config.RuleSetting{
				{Rule: "operation-tags", Level: config.Level{Off: true}, At: at(11, 5)},
				{Rule: "contact", Level: config.Level{Severity: check.Error}, Reason: "support asks for it", At: at(12, 5)},
			},
			Ignores: []check.Ignore{{Rule: "info-contact", File: "api/*.yaml", Element: "/info", Reason: "internal", At: at(14, 7)}},
		},
		Lifecycle: config.Lifecycle{Policy: "gitlab", Base: "git:origin/main", Usage: config.Usage{
			Logs: []string{"a.log", "b.log*"}, Format: "combined", Fields: []string{"time=when"}, Consumers: []string{"user"}, Bases: []string{"/v1"}, GraphQLPaths: []string{"/g"},
		}},
		Parity: config.Parity{
			Map: "parity.yaml", Lock: "parity.lock", Usage: "usage.csv", Direction: "rest-to-graphql", Min: 0.8,
			Rules: []config.RuleSetting{
				{Rule: "parity-new-gap", Level: config.Level{Severity: check.Warning}, At: at(25, 11)},
				{Rule: "waiver-stale", Level: config.Level{Off: true}, At: at(25, 36)},
			},
			Ignores: []check.Ignore{{Rule: "parity-new-gap", Element: "/paths/~1a/get", At: at(26, 12)}},
		},
		Perf:     config.Perf{Plan: "slo.yaml"},
		Webhooks: config.Webhooks{Provider: "github"},
		Integrations: config.Integrations{
			Catalog: "integrations",
			Inputs: []config.Input{
				{Integration: "slack", Name: "channel", Value: "#api", At: at(30, 11)},
				{Integration: "jira", Name: "project", Value: "12", At: at(31, 10)},
			},
			Rules: []config.RuleSetting{{Rule: "waiver-stale", Level: config.Level{Off: true}, At: at(33, 11)}},
		},
		Report: config.Report{
			Send: []string{"slack"}, Product: "Tracker", History: "h", Criteria: "c.yaml",
			Teams: []config.Team{{Name: "plan", Tags: []string{"issues"}, Elements: []string{"GET /issues**"}}},
		},
		Baseline: ".plumb/baseline.json",
		Waivers: []check.Waiver{{
			Rule: "operation-tags", File: "api/openapi.yaml", Element: "/paths/~1a/get",
			Reason: "goes with v2", Owner: "@api", Until: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), At: at(37, 5),
		}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(config.Level{})); diff != "" {
		t.Errorf("Parse (-want +got):\n%s", diff)
	}
}

func TestParseNothing(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"", "\n \n", "# only a comment\n", "---\n", "lint:\n", "apis:\nwaivers:\n"} {
		got, err := config.Parse("plumb.yaml", []byte(content), names())
		if err != nil {
			t.Errorf("Parse(%q): %v", content, err)
			continue
		}
		if diff := cmp.Diff(&config.Config{Name: "plumb.yaml"}, got, cmpopts.IgnoreUnexported(config.Level{})); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", content, diff)
		}
	}
}

func TestParseAliases(t *testing.T) {
	t.Parallel()
	got, err := config.Parse("plumb.yaml", []byte("apis:\n  - &a {name: a, openapi: a.yaml}\n  - *a\n"), names())
	if err != nil {
		t.Fatal(err)
	}
	if len(got.APIs) != 2 || got.APIs[1].OpenAPI != "a.yaml" {
		t.Errorf("APIs = %+v, want two alike", got.APIs)
	}
}

func TestParseProblems(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, content, want string }{
		{"unknown key", "lnt: {}\n", `p.yaml:1:1: unknown key "lnt"; did you mean "lint"?`},
		{"unknown key within", "lint:\n  rule: {}\n", `p.yaml:2:3: unknown key "rule" in lint; did you mean "rules"?`},
		{"unknown key, none near", "parity:\n  xyzzy: 1\n", `p.yaml:2:3: unknown key "xyzzy" in parity; it is one of map, lock, usage, direction, min, rules, ignore`},
		{"unknown key of webhooks", "webhooks:\n  out: x\n", `p.yaml:2:3: unknown key "out" in webhooks; it is one of provider, rules, ignore`},
		{"rule of lint in webhooks", "webhooks: {rules: {contact: off}}\n", `p.yaml:1:20: rule "contact" is one of lint and has no effect in webhooks; it belongs below lint`},
		{"unknown rule", "lint:\n  rules:\n    operation-tag: off\n", `p.yaml:3:5: unknown rule "operation-tag"; did you mean "operation-tags"?`},
		{"rule of another check", "lint: {rules: {parity-new-gap: off}}\n", `p.yaml:1:16: rule "parity-new-gap" is one of parity and has no effect in lint; it belongs below parity`},
		{"rule of another check in ignore", "parity: {ignore: [{rule: contact}]}\n", `p.yaml:1:26: rule "contact" is one of lint and has no effect in parity; it belongs below lint`},
		{"unknown rule of parity", "parity: {rules: {parity-new-gaps: off}}\n", `p.yaml:1:18: unknown rule "parity-new-gaps"; did you mean "parity-new-gap"?`},
		{"unknown direction", "parity: {direction: rest-to-graph}\n", `p.yaml:1:21: unknown direction "rest-to-graph"; did you mean "rest-to-graphql"?`},
		{"unknown rule in ignore", "lint:\n  ignore:\n    - rule: contac\n", `p.yaml:3:13: unknown rule "contac"; did you mean "contact"?`},
		{"unknown ruleset", "lint:\n  extends: [spectral:oa]\n", `p.yaml:2:13: unknown ruleset "spectral:oa"; did you mean "spectral:oas"?`},
		{"unknown level", "lint: {rules: {operation-tags: erro}}\n", `p.yaml:1:32: lint.rules.operation-tags: unknown level "erro"; did you mean "error"?`},
		{"no level", "lint: {rules: {operation-tags: }}\n", `p.yaml:1:16: lint.rules.operation-tags has no level; expected off, info, warning, error, on`},
		{"level is a boolean", "lint: {rules: {operation-tags: false}}\n", `p.yaml:1:32: lint.rules.operation-tags is the boolean false; expected text; put it in quotes`},
		{"long form without level", "lint: {rules: {operation-tags: {reason: x}}}\n", `p.yaml:1:32: lint.rules.operation-tags has no severity`},
		{"key twice", "baseline: a\nbaseline: b\n", `p.yaml:2:1: key "baseline" is given twice; the first is at line 1`},
		{"list expected", "apis: {name: a}\n", `p.yaml:1:7: apis is a mapping; expected a list`},
		{"mapping expected", "- a\n", `p.yaml:1:1: the file is a list; expected a mapping`},
		{"text expected", "apis: [{name: 12}]\n", `p.yaml:1:15: apis[0].name is the number 12; expected text; put it in quotes`},
		{"number expected", "parity: {min: high}\n", `p.yaml:1:15: parity.min is "high"; expected a number`},
		{"number out of range", "parity: {min: 80}\n", `p.yaml:1:15: parity.min is 80; expected a number from 0 to 1`},
		{"no name", "apis: [{openapi: a.yaml}]\n", `p.yaml:1:8: apis[0] has no name`},
		{"usage without logs", "lifecycle: {usage: {format: json}}\n", `p.yaml:1:20: lifecycle.usage has no logs`},
		{"unknown integration", "report: {send: [slak]}\n", `p.yaml:1:17: unknown integration "slak"; did you mean "slack"?`},
		{"inputs of an unknown integration", "integrations: {jra: {}}\n", `p.yaml:1:16: unknown integration "jra"; did you mean "jira"?`},
		{"unknown input", "integrations: {slack: {chanel: a}}\n", `p.yaml:1:24: unknown key "chanel" in integrations.slack; did you mean "channel"?`},
		{"secret input", "integrations: {slack: {token: a}}\n", `p.yaml:1:24: integrations.slack.token is a secret and has no place in a file; set SLACK_TOKEN in the environment`},
		{"input that is a list", "integrations: {slack: {channel: [a]}}\n", `p.yaml:1:33: integrations.slack.channel is a list; expected a single value`},
		{"inputs that are a list", "integrations: {slack: [a]}\n", `p.yaml:1:23: integrations.slack is a list; expected a mapping`},
		{"empty entry", "apis:\n  -\n", `p.yaml:2:4: apis[0] is empty; expected a mapping`},
		{"empty text", "baseline: \"\"\n", `p.yaml:1:11: baseline is empty; expected text`},
		{"waiver without scope", "waivers: [{reason: r, owner: o, until: 2026-01-01}]\n", `p.yaml:1:11: waivers[0] has none of rule, file, element`},
		{"waiver without owner", "waivers: [{rule: contact, reason: r, until: 2026-01-01}]\n", `p.yaml:1:11: waivers[0] has no owner`},
		{"waiver with no date", "waivers: [{rule: contact, reason: r, owner: o, until: tomorrow}]\n", `p.yaml:1:55: waivers[0].until "tomorrow" is no date; expected one such as 2026-12-31`},
		{"merge key", "apis: [&a {name: a}, {<<: *a, name: b}]\n", `p.yaml:1:23: unknown key "<<" in apis[1]; it is one of name, openapi, graphql, base, payloads`},
		{"key that is no text", "? [a]\n: b\n", `p.yaml:1:3: a key must be text`},
		{"syntax", "lint:\n\trules: {}\n", `p.yaml:2:1: found character that cannot start any token`},
		{"not UTF-8", "baseline: \xff\n", `p.yaml:1:1: the file is not UTF-8 text`},
		{"two problems", "a: 1\nb: 2\n", "p.yaml:1:1: unknown key \"a\"; it is one of apis, lint, lifecycle, parity, perf, webhooks, integrations, report, baseline, waivers\n" +
			"p.yaml:2:1: unknown key \"b\"; it is one of apis, lint, lifecycle, parity, perf, webhooks, integrations, report, baseline, waivers"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Parse("p.yaml", []byte(tt.content), names())
			var e *config.Error
			if !errors.As(err, &e) {
				t.Fatalf("Parse returned %v, want a *config.Error", err)
			}
			if diff := cmp.Diff(tt.want, err.Error()); diff != "" {
				t.Errorf("Parse (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseBounds(t *testing.T) {
	t.Parallel()
	bomb := "apis: &a [" + strings.Repeat("{name: x}, ", 1000) + "{name: x}]\nwaivers: [" + strings.Repeat("*a, ", 1000) + "]\n"
	tests := []struct{ name, content string }{
		{"large", strings.Repeat("#", config.MaxBytes+1)},
		{"alias bomb", bomb},
		{"alias of itself", "apis: &a [*a]\n"},
		{"deep", strings.Repeat("[", 100_000)},
		{"many problems", strings.Repeat("? [a]\n: b\n", 10_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := config.Parse("p.yaml", []byte(tt.content), names())
			var e *config.Error
			if !errors.As(err, &e) {
				t.Fatalf("Parse returned %v, want a *config.Error", err)
			}
			if len(e.Problems) == 0 || len(e.Problems) > 20 {
				t.Errorf("%d problems, want 1 to 20", len(e.Problems))
			}
		})
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	p := check.Policy{Severity: map[string]check.Severity{}, On: map[string]bool{"a": true}, Off: map[string]bool{"b": true}}
	for rule, word := range map[string]string{"a": "off", "b": "on", "c": "ERROR", "d": "warn"} {
		l, err := config.ParseLevel(word)
		if err != nil {
			t.Fatal(err)
		}
		l.Apply(&p, rule)
	}
	want := check.Policy{
		Severity: map[string]check.Severity{"c": check.Error, "d": check.Warning},
		On:       map[string]bool{"b": true, "c": true, "d": true},
		Off:      map[string]bool{"a": true},
	}
	if diff := cmp.Diff(want, p); diff != "" {
		t.Errorf("Apply (-want +got):\n%s", diff)
	}
	for _, word := range config.Levels() {
		if _, err := config.ParseLevel(word); err != nil {
			t.Errorf("ParseLevel(%q): %v", word, err)
		}
	}
}

// TestOwnRules is about the rules that only rulesets in files have.
func TestOwnRules(t *testing.T) {
	t.Parallel()
	n := names()
	asked := 0
	n.Own = func(list []config.Extend) ([]check.Meta, error) {
		asked++
		if list[0].Name != "./rules.yaml" {
			return nil, errors.New("rules.yaml:1:1: broken")
		}
		return []check.Meta{{ID: "paths-kebab", Severity: check.Warning}}, nil
	}
	const waiver = "waivers: [{rule: paths-kebab, reason: r, owner: o, until: 2026-01-01}]\n"
	tests := []struct {
		name, content, want string
		asked               int
	}{
		{"known everywhere", "lint: {extends: [./rules.yaml], rules: {paths-kebab: off}, ignore: [{rule: paths-kebab}]}\n" + waiver, "", 1},
		{"not asked for", "lint: {extends: [./rules.yaml], rules: {operation-tags: off}}\n", "", 0},
		{"suggested", "lint: {extends: [./rules.yaml], rules: {paths-kebap: off}}\n", `p.yaml:1:41: unknown rule "paths-kebap"; did you mean "paths-kebab"?`, 1},
		{"no ruleset", "lint: {rules: {paths-kebab: off}}\n", `p.yaml:1:16: unknown rule "paths-kebab"`, 0},
		{"of no other section", "lint: {extends: [./rules.yaml]}\nparity: {rules: {paths-kebab: off}}\n", `p.yaml:2:18: unknown rule "paths-kebab"`, 0},
		{"a ruleset that is broken", "lint: {extends: [./other.yaml], rules: {paths-kebab: off}}\n", "rules.yaml:1:1: broken", 1},
	}
	for _, tt := range tests {
		asked = 0
		_, err := config.Parse("p.yaml", []byte(tt.content), n)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tt.want || asked != tt.asked {
			t.Errorf("%s: Parse = %q, asked %d times; want %q, %d times", tt.name, got, asked, tt.want, tt.asked)
		}
	}
}
