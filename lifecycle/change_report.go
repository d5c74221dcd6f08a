package lifecycle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
)

// Judge makes the report of the changes under a policy: a finding for each,
// whose rule is the ID of the change and whose severity is its level, unless
// the policy says otherwise. A finding is in the revision; that of what is gone
// is where it would be there, with its place in the base related. The error is
// about the policy.
func (c *Comparison) Judge(policy check.Policy) (*check.Report, error) {
	metas := map[string]check.Meta{}
	for _, m := range ChangeRules() {
		metas[m.ID] = m
	}
	rep, err := check.Judge(nil, nil, policy)
	if err != nil {
		return nil, err
	}
	// One level after the other: the same kind of change can have several.
	for _, level := range []check.Severity{check.Error, check.Warning, check.Info} {
		var rules []check.Meta
		var findings []check.Finding
		for i := range c.Changes {
			change := &c.Changes[i]
			if change.Level != level {
				continue
			}
			m := metas[change.ID]
			m.Severity = level
			findings = append(findings, change.finding())
			if !slices.ContainsFunc(rules, func(r check.Meta) bool { return r.ID == m.ID }) {
				rules = append(rules, m)
			}
		}
		part, err := check.Judge(rules, findings, policy)
		if err != nil {
			return nil, err
		}
		rep.Findings = append(rep.Findings, part.Findings...)
		rep.Suppressed = append(rep.Suppressed, part.Suppressed...)
		for _, r := range part.Rules {
			if !slices.ContainsFunc(rep.Rules, func(m check.Meta) bool { return m.ID == r.ID }) {
				rep.Rules = append(rep.Rules, r)
			}
		}
	}
	slices.SortFunc(rep.Findings, func(a, b check.Finding) int { return a.Compare(&b) })
	slices.SortFunc(rep.Suppressed, func(a, b check.Suppressed) int { return a.Compare(&b.Finding) })
	return rep, nil
}

// finding is a change as a finding.
func (c *Change) finding() check.Finding {
	f := check.Finding{Rule: c.ID, Severity: c.Level, Message: c.sentence(), Location: c.Revision, Key: c.key}
	if f.Location.Line == 0 {
		f.Location = c.Base
		if c.anchor.Line > 0 {
			f.Location = c.anchor
			f.Location.Element = c.Element
		}
	}
	if c.Base.Line > 0 && f.Location != c.Base {
		f.Related = []check.Related{{Message: "as it was", Location: c.Base}}
	}
	f.Properties = map[string]any{"operations": len(c.Operations)}
	return f
}

// namedOperations is how many operations a message names.
const namedOperations = 2

// sentence is the message with the subject and the operations.
func (c *Change) sentence() string {
	var b strings.Builder
	if !c.whole {
		b.WriteString(c.Subject)
		b.WriteString(": ")
	}
	b.WriteString(c.Message)
	ops := c.Operations
	if len(ops) == 0 || len(ops) == 1 && strings.HasPrefix(c.Subject, ops[0]) {
		return b.String()
	}
	b.WriteString(" (")
	b.WriteString(strings.Join(ops[:min(len(ops), namedOperations)], ", "))
	if more := len(ops) - namedOperations; more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	b.WriteString(")")
	return b.String()
}
