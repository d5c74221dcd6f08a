package check

import (
	"context"
	"fmt"
	"slices"
)

// Ledger is a run that can be brought up to date: it keeps what each rule
// reported, so that after a small change of the subject only those rules run
// again whose findings the change can have touched. [Ledger.Report] is at any
// time what [Run] would return if it had run the rules itself; that the
// findings which were kept are still true is for the caller to know.
//
// A Ledger is not safe for concurrent use. Its reports share nothing with it
// that changes later.
type Ledger[S any] struct {
	policy  Policy
	judge   *judge
	entries []ledgerRow[S]
}

// ledgerRow is what is kept of one rule.
type ledgerRow[S any] struct {
	rule    *Rule[S]
	raw     []Finding // as the rule reported them
	kept    []Finding // as the policy wants them
	aside   []Suppressed
	problem Incomplete // without a message where it finished
}

// NewLedger makes a ledger of those rules that the policy has enabled. Nothing
// has run yet. The error says that the set or the policy cannot be used.
func NewLedger[S any](rules Set[S], policy Policy) (*Ledger[S], error) {
	if err := rules.runnable(); err != nil {
		return nil, err
	}
	l := &Ledger[S]{policy: policy}
	if err := l.policy.whole(); err != nil {
		return nil, err
	}
	l.judge = newJudge(&l.policy)
	for _, r := range rules {
		if l.policy.Enabled(r.Meta) {
			l.entries = append(l.entries, ledgerRow[S]{rule: r})
		}
	}
	return l, nil
}

// Rules returns the rules that run. Their places in it are how the other
// methods name them.
func (l *Ledger[S]) Rules() Set[S] {
	rules := make(Set[S], len(l.entries))
	for i := range l.entries {
		rules[i] = l.entries[i].rule
	}
	return rules
}

// Run runs the rules at the places over the subject, as [Run] does, and keeps
// what they report instead of what is kept of them. Where it returns an error,
// ctx has ended, and the ledger is of no more use.
func (l *Ledger[S]) Run(ctx context.Context, subject S, at []int) error {
	err := forEach(ctx, len(at), func(i int) {
		e := &l.entries[at[i]]
		p := &Pass[S]{Subject: subject, rule: e.rule.ID, severity: l.policy.SeverityOf(e.rule.Meta)}
		defer func() { l.set(e, p.findings) }()
		e.problem.Message = "the rule ended its goroutine"
		e.problem = contained(ctx, e.rule, p)
	})
	if err != nil {
		return fmt.Errorf("run rules: %w", err)
	}
	return nil
}

// Look runs the rules at the places over the subject and returns what each
// reports, nothing of it kept. The findings of a rule that does not finish are
// nil and its entry in whole is false.
func (l *Ledger[S]) Look(ctx context.Context, subject S, at []int) (found [][]Finding, whole []bool, err error) {
	found, whole = make([][]Finding, len(at)), make([]bool, len(at))
	err = forEach(ctx, len(at), func(i int) {
		r := l.entries[at[i]].rule
		p := &Pass[S]{Subject: subject, rule: r.ID, severity: l.policy.SeverityOf(r.Meta)}
		if contained(ctx, r, p).Message == "" {
			found[i], whole[i] = p.findings, true
		}
	})
	if err != nil {
		return nil, nil, fmt.Errorf("run rules: %w", err)
	}
	return found, whole, nil
}

// Finished reports whether the rule at the place ran to its end.
func (l *Ledger[S]) Finished(at int) bool { return l.entries[at].problem.Message == "" }

// Findings returns what the rule at the place reported, in its order, before
// any policy. The slice must not be changed.
func (l *Ledger[S]) Findings(at int) []Finding { return l.entries[at].raw }

// Set puts findings in place of those of the rule at the place. It takes them
// over.
func (l *Ledger[S]) Set(at int, findings []Finding) { l.set(&l.entries[at], findings) }

func (l *Ledger[S]) set(e *ledgerRow[S], findings []Finding) {
	e.raw = findings
	e.kept, e.aside = l.judge.rule(&e.rule.Meta).apply(slices.Clone(findings))
}

// Move changes the places of all findings of the rule, and what they say of
// places. What a finding points to the function must replace, not change. Where it
// returns false for one, or their order is another then, so does Move, and the rule
// has to run again.
func (l *Ledger[S]) Move(at int, move func(f *Finding) bool) bool {
	e := &l.entries[at]
	for i := range e.raw {
		if !move(&e.raw[i]) {
			return false
		}
	}
	for i := range e.kept {
		if !move(&e.kept[i]) {
			return false
		}
	}
	for i := range e.aside {
		if !move(&e.aside[i].Finding) {
			return false
		}
	}
	return inOrder(e.kept, (*Finding).Compare) && inOrder(e.aside, compareSuppressed)
}

func inOrder[T any](list []T, compare func(a, b *T) int) bool {
	for i := 1; i < len(list); i++ {
		if compare(&list[i-1], &list[i]) > 0 {
			return false
		}
	}
	return true
}

// Report returns the report of what is kept. As that of [Run] it names no
// Subjects.
func (l *Ledger[S]) Report() *Report {
	kept, aside := make([][]Finding, len(l.entries)), make([][]Suppressed, len(l.entries))
	rep := &Report{Subjects: []string{}, Rules: l.Rules().Metas(), Incomplete: []Incomplete{}}
	for i := range l.entries {
		e := &l.entries[i]
		kept[i], aside[i] = e.kept, e.aside
		if p := e.problem; p.Message != "" {
			p.Rule = e.rule.ID
			rep.Incomplete = append(rep.Incomplete, p)
		}
	}
	rep.Findings = mergeRuns(kept, (*Finding).Compare)
	rep.Suppressed = mergeRuns(aside, compareSuppressed)
	slices.SortFunc(rep.Incomplete, compareIncomplete)
	return rep
}
