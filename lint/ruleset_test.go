package lint_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/lint"
	"github.com/plumbapi/plumb/openapi"
)

func TestMetasAreValid(t *testing.T) {
	t.Parallel()
	if err := check.ValidateMetas(lint.Metas()); err != nil {
		t.Error(err)
	}
}

func TestRulesets(t *testing.T) {
	t.Parallel()
	tests := []struct {
		ruleset string
		on, off []string
	}{
		{
			"spectral:oas",
			[]string{"operation-tags", "path-params", "parser", "invalid-ref", "waiver-stale"},
			[]string{"info-license", "oas3-parameter-description"},
		},
		{"plumb:recommended", []string{"operation-tags", "invalid-ref"}, []string{"info-license"}},
		{"plumb:all", []string{"operation-tags", "info-license", "oas3-parameter-description"}, nil},
		{"plumb:graphql", []string{"parser"}, []string{"operation-tags", "info-license"}},
		{"plumb:webhooks", []string{"webhook-discriminator", "webhook-payload-object", "parser"}, []string{"operation-tags"}},
		{"plumb:gitlab", []string{"operation-tags"}, []string{"info-license", "webhook-discriminator"}},
	}
	var names []string
	for _, r := range lint.Rulesets() {
		names = append(names, r.Name)
		if r.Summary == "" || len(r.Rules) == 0 {
			t.Errorf("ruleset %q has no summary or no rules", r.Name)
		}
	}
	if diff := cmp.Diff([]string{"plumb:recommended", "plumb:all", "plumb:graphql", "plumb:webhooks", "plumb:gitlab", "plumb:owasp", "spectral:oas"}, names); diff != "" {
		t.Errorf("Rulesets (-want +got):\n%s", diff)
	}
	for _, tt := range tests {
		t.Run(tt.ruleset, func(t *testing.T) {
			t.Parallel()
			r, ok := lint.Lookup(tt.ruleset)
			if !ok {
				t.Fatal("there is no such ruleset")
			}
			for _, id := range tt.on {
				if r.Rules[id] == 0 {
					t.Errorf("rule %q is not in the ruleset", id)
				}
			}
			for _, id := range tt.off {
				if r.Rules[id] != 0 {
					t.Errorf("rule %q is in the ruleset", id)
				}
			}
			policy := r.Policy()
			if err := policy.Validate(lint.Metas()); err != nil {
				t.Errorf("Policy: %v", err)
			}
			for _, m := range lint.Metas() {
				if _, in := r.Rules[m.ID]; policy.Enabled(m) != in {
					t.Errorf("rule %q: enabled %v, in the ruleset %v", m.ID, policy.Enabled(m), in)
				}
			}
		})
	}
	if _, ok := lint.Lookup("spectral"); ok {
		t.Error("Lookup finds a ruleset that is not there")
	}
}

// Every rule that Spectral has, with its severity; a minus marks those that
// it does not recommend.
var spectralRules = map[string]check.Severity{
	"operation-success-response": check.Warning, "oas2-operation-formData-consume-check": check.Warning,
	"operation-operationId-unique": check.Error, "operation-parameters": check.Warning, "operation-tag-defined": check.Warning,
	"path-params": check.Error, "-contact-properties": check.Warning, "duplicated-entry-in-enum": check.Warning,
	"info-contact": check.Warning, "info-description": check.Warning, "-info-license": check.Warning, "-license-url": check.Warning,
	"no-eval-in-markdown": check.Warning, "no-script-tags-in-markdown": check.Warning, "-openapi-tags-alphabetical": check.Warning,
	"openapi-tags-uniqueness": check.Error, "-openapi-tags": check.Warning, "operation-description": check.Warning,
	"operation-operationId": check.Warning, "operation-operationId-valid-in-url": check.Warning, "-operation-singular-tag": check.Warning,
	"operation-tags": check.Warning, "path-declarations-must-exist": check.Warning, "path-keys-no-trailing-slash": check.Warning,
	"path-not-include-query": check.Warning, "-tag-description": check.Warning, "no-$ref-siblings": check.Error,
	"array-items": check.Error, "typed-enum": check.Warning, "oas2-api-host": check.Warning, "oas2-api-schemes": check.Warning,
	"oas2-discriminator": check.Error, "-oas2-host-not-example": check.Warning, "oas2-host-trailing-slash": check.Warning,
	"-oas2-parameter-description": check.Warning, "oas2-operation-security-defined": check.Warning,
	"oas2-valid-schema-example": check.Error, "oas2-valid-media-example": check.Error, "oas2-anyOf": check.Warning,
	"oas2-oneOf": check.Warning, "oas2-schema": check.Error, "oas2-unused-definition": check.Warning, "oas3-api-servers": check.Warning,
	"oas3-examples-value-or-externalValue": check.Warning, "oas3-operation-security-defined": check.Warning,
	"-oas3-parameter-description": check.Warning, "-oas3-server-not-example.com": check.Warning,
	"oas3-server-trailing-slash": check.Warning, "oas3-valid-media-example": check.Error, "oas3-valid-schema-example": check.Error,
	"oas3-schema": check.Error, "oas3-unused-component": check.Warning, "oas3-server-variables": check.Error,
	"oas3-callbacks-in-callbacks": check.Warning, "oas3_1-servers-in-webhook": check.Warning,
	"oas3_1-callbacks-in-webhook": check.Warning, "oas3_2-no-deprecated-xml-attribute": check.Warning,
	"parser": check.Error, "invalid-ref": check.Error, "unrecognized-format": check.Error,
}

func TestSpectralRulesAreAllHere(t *testing.T) {
	t.Parallel()
	got := map[string]check.Severity{}
	for _, m := range lint.OpenAPI().Metas() {
		for _, tag := range m.Tags {
			if tag != "spectral:oas" {
				continue
			}
			if m.OptIn {
				m.ID = "-" + m.ID
			}
			got[m.ID] = m.Severity
		}
	}
	if diff := cmp.Diff(spectralRules, got); diff != "" {
		t.Errorf("rules with the tag spectral:oas (-want +got):\n%s", diff)
	}
}

func TestPolicyCountsForProblems(t *testing.T) {
	t.Parallel()
	doc, err := openapi.Parse("api.yaml", []byte("openapi: 3.0.0\npaths: {/a: {$ref: '#/gone'}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		policy check.Policy
		want   []check.Severity
	}{
		{check.Policy{}, []check.Severity{check.Error}},
		{check.Policy{Severity: map[string]check.Severity{"invalid-ref": check.Info}}, []check.Severity{check.Info}},
		{check.Policy{Off: map[string]bool{"invalid-ref": true}}, nil},
	} {
		rep, err := lint.Document(context.Background(), doc, tt.policy)
		if err != nil {
			t.Fatal(err)
		}
		var got []check.Severity
		for _, f := range rep.Findings {
			if f.Rule == "invalid-ref" {
				got = append(got, f.Severity)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("severities of invalid-ref (-want +got):\n%s", diff)
		}
	}
}

func TestExamples(t *testing.T) {
	t.Parallel()
	for _, m := range lint.Metas() {
		e, ok := lint.Examples(m.ID)
		if !ok {
			continue
		}
		if len(e.Bad.Files) == 0 || len(e.Good.Files) == 0 || len(e.Findings) == 0 {
			t.Errorf("the example of %s lacks a bad case, a good case or findings", m.ID)
		}
	}
	if _, ok := lint.Examples("operation-tags"); !ok {
		t.Error("operation-tags has no example")
	}
	if _, ok := lint.Examples("no-such-rule"); ok {
		t.Error("a rule that is not there has an example")
	}
}
