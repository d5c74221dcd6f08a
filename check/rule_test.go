package check_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/plumbapi/plumb/check"
)

// place is a subject for tests: where to report what.
type place struct {
	line, column int
	element, key string
	message      string
}

type (
	rule = check.Rule[[]place]
	set  = check.Set[[]place]
	pass = check.Pass[[]place]
)

// file is the file that all findings of the tests are in.
const file = "api.yaml"

// reporter makes a rule that reports every place of the subject whose
// message begins with the rule's ID.
func reporter(id string, edit ...func(*rule)) *rule {
	r := &rule{
		Meta: check.Meta{
			ID: id, Summary: "Things are as they should be.", Rationale: "They are better so.",
			Severity: check.Warning, Tags: []string{"test"}, Since: "0.1.0",
		},
		Check: func(_ context.Context, p *pass) error {
			for _, at := range p.Subject {
				if strings.HasPrefix(at.message, id+":") {
					p.Report(check.Finding{
						Location: check.Location{File: file, Line: at.line, Column: at.column, Element: at.element},
						Key:      at.key, Message: at.message,
					})
				}
			}
			return nil
		},
	}
	for _, e := range edit {
		e(r)
	}
	return r
}

func optIn(r *rule)   { r.OptIn = true }
func asError(r *rule) { r.Severity = check.Error }

func alias(names ...string) func(*rule) {
	return func(r *rule) { r.Aliases = names }
}

func does(f func(p *pass) error) func(*rule) {
	return func(r *rule) { r.Check = func(_ context.Context, p *pass) error { return f(p) } }
}

// mustRun runs the rules and fails the test where that is not possible.
func mustRun(t *testing.T, rules set, subject []place, policy check.Policy) *check.Report {
	t.Helper()
	rep, err := check.Run(t.Context(), rules, subject, policy)
	if err != nil {
		t.Fatal(err)
	}
	rep.Subjects = []string{file}
	return rep
}

// messages lists the messages of findings.
func messages(findings []check.Finding) []string {
	list := []string{}
	for _, f := range findings {
		list = append(list, f.Message)
	}
	return list
}

// suppressed lists what set aside which message.
func suppressed(findings []check.Suppressed) []string {
	list := []string{}
	for _, f := range findings {
		list = append(list, f.By+" "+f.Message)
	}
	return list
}

func ids(s set) []string {
	list := []string{}
	for _, r := range s {
		list = append(list, r.ID)
	}
	return list
}

func TestSetFind(t *testing.T) {
	t.Parallel()
	s := set{reporter("one", alias("two", "uno")), reporter("two"), reporter("three")}
	for name, want := range map[string]string{"one": "one", "uno": "one", "two": "two"} {
		if got := s.Find(name); got == nil || got.ID != want {
			t.Errorf("Find(%q) = %v, want the rule %q", name, got, want)
		}
	}
	if got := s.Find("four"); got != nil {
		t.Errorf("Find(four) = %q, want none", got.ID)
	}
}

func TestSetOnly(t *testing.T) {
	t.Parallel()
	s := set{reporter("first-rule"), reporter("second-rule", alias("zwei")), reporter("third-rule")}
	got, err := s.Only("third-rule", "zwei", "second-rule")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"second-rule", "third-rule"}, ids(got)); diff != "" {
		t.Errorf("Only (-want +got):\n%s", diff)
	}
	if got, err := s.Only(); err != nil || len(got) != 0 {
		t.Errorf("Only() = %v, %v; want an empty set", ids(got), err)
	}
	_, err = s.Only("first-rule", "secnd-rule")
	var unknown *check.UnknownRuleError
	if !errors.As(err, &unknown) || unknown.Closest != "second-rule" {
		t.Errorf("Only(secnd-rule) = %v, want an unknown rule close to second-rule", err)
	}
}

func TestMetasHaveNoNil(t *testing.T) {
	t.Parallel()
	s := set{{Meta: check.Meta{ID: "bare"}}}
	if m := s.Metas()[0]; m.Tags == nil || m.Aliases == nil {
		t.Errorf("Metas has nil slices: %#v", m)
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	with := func(edit func(*rule)) set { return set{reporter("some-rule", edit)} }
	id := func(id string) set { return with(func(r *rule) { r.ID = id }) }
	tests := []struct {
		name string
		set  set
		want string // part of the error; "" is none
	}{
		{"whole", set{reporter("some-rule", alias("old-rule"))}, ""},
		{"Spectral's camel case", id("operation-operationId-unique"), ""},
		{"Spectral's dot", id("oas3-server-not-example.com"), ""},
		{"Spectral's dollar", id("no-$ref-siblings"), ""},
		{"Spectral's underscore", id("oas3_1-callbacks-in-webhook"), ""},
		{"one more", id("path-params"), ""},
		{"one word", id("info"), ""},
		{"no ID", id(""), "not of the form"},
		{"upper case", id("Path-params"), "not of the form"},
		{"double hyphen", id("path--params"), "not of the form"},
		{"slash", id("path/params"), "not of the form"},
		{"line break", id("path\n"), "not of the form"},
		{"summary without a period", with(func(r *rule) { r.Summary = "Paths are good" }), `summary "Paths are good"`},
		{"summary in lower case", with(func(r *rule) { r.Summary = "paths are good." }), "summary"},
		{"summary of two lines", with(func(r *rule) { r.Summary = "Paths\nare good." }), "summary"},
		{"no rationale", with(func(r *rule) { r.Rationale = " \n" }), "no rationale"},
		{"no severity", with(func(r *rule) { r.Severity = 0 }), "severity(0) is no severity"},
		{"no version", with(func(r *rule) { r.Since = "" }), "no version"},
		{"no tags", with(func(r *rule) { r.Tags = nil }), "no tags"},
		{"empty tag", with(func(r *rule) { r.Tags = []string{"a", ""} }), `tag ""`},
		{"tag given twice", with(func(r *rule) { r.Tags = []string{"a", "a"} }), `tag "a"`},
		{"no function", with(func(r *rule) { r.Check = nil }), "no Check function"},
		{"nil", set{nil}, "rule 0 of the set is nil"},
		{"ID twice", set{reporter("some-rule"), reporter("some-rule")}, `name "some-rule" is already used`},
		{"alias is an ID", set{reporter("some-rule"), reporter("other", alias("some-rule"))}, `name "some-rule" is already used by rule "some-rule"`},
		{"alias twice", set{reporter("a", alias("x")), reporter("b", alias("x"))}, `name "x" is already used by rule "a"`},
		{"empty alias", set{reporter("a", alias(""))}, "alias 1 is empty"},
		{"alias with a space", set{reporter("a", alias("x y"))}, "white space"},
		{"deprecated without a replacement", with(func(r *rule) { r.Deprecated = "old" }), "without a replacement"},
		{"replaced but not deprecated", with(func(r *rule) { r.ReplacedBy = "new" }), "without a reason"},
		{"replaced by itself", with(func(r *rule) { r.Deprecated, r.ReplacedBy = "old", "some-rule" }), "by itself"},
		{"deprecated well", with(func(r *rule) { r.Deprecated, r.ReplacedBy = "old", "new-rule" }), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.set.Validate()
			if tt.want == "" && err != nil {
				t.Errorf("Validate: %v", err)
			}
			if tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("Validate: %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestValidateJoinsAll(t *testing.T) {
	t.Parallel()
	s := set{reporter("a", func(r *rule) { r.Since, r.Rationale = "", "" }), reporter("b", func(r *rule) { r.Tags = nil })}
	want := "rule \"a\": no rationale\nrule \"a\": no version in Since\nrule \"b\": no tags"
	if diff := cmp.Diff(want, s.Validate().Error()); diff != "" {
		t.Errorf("Validate (-want +got):\n%s", diff)
	}
}

func TestPolicyRulesAreWhole(t *testing.T) {
	t.Parallel()
	if err := check.ValidateMetas(check.PolicyRules()); err != nil {
		t.Error(err)
	}
}
