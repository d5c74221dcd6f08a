package check

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

var (
	// idForm admits kebab-case, the names that Spectral gave its rules, such
	// as no-$ref-siblings and oas3-server-not-example.com, and those that
	// GraphQL Inspector gave changes, such as FIELD_REMOVED.
	idForm      = regexp.MustCompile(`^([a-z0-9$_]+(-[a-zA-Z0-9$_.]+)*|[A-Z][A-Z0-9]*(_[A-Z0-9]+)*)$`)
	summaryForm = regexp.MustCompile(`^[A-Z].*\.$`)
)

// Validate checks that every rule of the set is whole: what
// [ValidateMetas] checks, and that each has a Check function. The error
// joins all problems, in the order of the set.
func (s Set[S]) Validate() error {
	var problems []error
	metas := make([]Meta, 0, len(s))
	for i, r := range s {
		if r == nil {
			problems = append(problems, fmt.Errorf("rule %d of the set is nil", i))
			continue
		}
		if r.Check == nil {
			problems = append(problems, fmt.Errorf("rule %q: no Check function", r.ID))
		}
		metas = append(metas, r.Meta)
	}
	return errors.Join(append(problems, ValidateMetas(metas))...)
}

// ValidateMetas checks the descriptions of rules, of one set or of many: the
// form of IDs and summaries, rationale, severity, tags and version present,
// a replacement where a rule is deprecated, and no name (ID or alias) used
// twice. The error joins all problems, in order.
func ValidateMetas(metas []Meta) error {
	var problems []error
	owner := make(map[string]string, len(metas))
	for i := range metas {
		m := &metas[i]
		report := func(format string, args ...any) {
			problems = append(problems, fmt.Errorf("rule %q: "+format, append([]any{m.ID}, args...)...))
		}
		validateTexts(m, report)
		for j, name := range append([]string{m.ID}, m.Aliases...) {
			if name == "" {
				if j > 0 {
					report("alias %d is empty", j)
				}
				continue
			}
			if j > 0 && strings.ContainsAny(name, " \t\r\n") {
				report("alias %q holds white space", name)
			}
			if first, taken := owner[name]; taken {
				report("the name %q is already used by rule %q", name, first)
				continue
			}
			owner[name] = m.ID
		}
	}
	return errors.Join(problems...)
}

// validateTexts checks all of a description that needs no other one.
func validateTexts(m *Meta, report func(format string, args ...any)) {
	if !idForm.MatchString(m.ID) {
		report("the ID is not of the form %s", idForm)
	}
	if !summaryForm.MatchString(m.Summary) {
		report("the summary %q is not one sentence from a capital letter to a period", m.Summary)
	}
	if strings.TrimSpace(m.Rationale) == "" {
		report("no rationale")
	}
	if !m.Severity.valid() {
		report("%v is no severity", m.Severity)
	}
	if m.Since == "" {
		report("no version in Since")
	}
	if len(m.Tags) == 0 {
		report("no tags")
	}
	seen := make(map[string]bool, len(m.Tags))
	for _, tag := range m.Tags {
		if tag == "" || seen[tag] {
			report("the tag %q is empty or given twice", tag)
		}
		seen[tag] = true
	}
	if m.Deprecated != "" && m.ReplacedBy == "" {
		report("deprecated without a replacement")
	}
	if m.Deprecated == "" && m.ReplacedBy != "" {
		report("replaced by %q without a reason in Deprecated", m.ReplacedBy)
	}
	if m.ReplacedBy == m.ID && m.ID != "" {
		report("replaced by itself")
	}
}
