package check

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Run runs the rules over the subject under the policy, several at a time,
// at most GOMAXPROCS. The report does not depend on the order in which they
// end, and but for the order of its Rules not on that of the set.
//
// A rule that returns an error, panics or ends its goroutine is listed in
// Incomplete; what it had reported before counts. Run returns an error only
// where ctx ended or the set or the policy cannot be used. It waits for the
// rules that are running when ctx ends, so rules that take long should watch
// the ctx that they get.
//
// The report names no Subjects: the caller knows their names and sets them.
func Run[S any](ctx context.Context, rules Set[S], subject S, policy Policy) (*Report, error) {
	if err := rules.runnable(); err != nil {
		return nil, err
	}
	if err := policy.whole(); err != nil {
		return nil, err
	}
	j := newJudge(&policy)
	var enabled Set[S]
	for _, r := range rules {
		if policy.Enabled(r.Meta) {
			enabled = append(enabled, r)
		}
	}
	kept := make([][]Finding, len(enabled))
	aside := make([][]Suppressed, len(enabled))
	problems := make([]Incomplete, len(enabled))
	if err := forEach(ctx, len(enabled), func(i int) {
		r := enabled[i]
		p := &Pass[S]{Subject: subject, rule: r.ID, severity: policy.SeverityOf(r.Meta)}
		defer func() { kept[i], aside[i] = j.rule(&r.Meta).apply(p.findings) }()
		problems[i].Message = "the rule ended its goroutine"
		problems[i] = contained(ctx, r, p)
	}); err != nil {
		return nil, fmt.Errorf("run rules: %w", err)
	}
	rep := &Report{
		Subjects:   []string{},
		Rules:      enabled.Metas(),
		Findings:   mergeRuns(kept, (*Finding).Compare),
		Suppressed: mergeRuns(aside, compareSuppressed),
		Incomplete: []Incomplete{},
	}
	for i, r := range enabled {
		if p := problems[i]; p.Message != "" {
			p.Rule = r.ID
			rep.Incomplete = append(rep.Incomplete, p)
		}
	}
	slices.SortFunc(rep.Incomplete, compareIncomplete)
	return rep, nil
}

// forEach calls f with 0 to n-1, each in a goroutine of its own, at most
// GOMAXPROCS at a time, and waits for all. Where ctx ends it starts no more
// and returns the cause.
func forEach(ctx context.Context, n int, f func(i int)) error {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := 0; i < n && ctx.Err() == nil; i++ {
		select {
		case slots <- struct{}{}:
			wg.Go(func() {
				defer func() { <-slots }()
				f(i)
			})
		case <-ctx.Done():
		}
	}
	wg.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// contained runs one rule and returns why it could not finish; without a message
// where it did.
func contained[S any](ctx context.Context, r *Rule[S], p *Pass[S]) (problem Incomplete) {
	defer func() {
		switch v := recover(); v {
		case nil:
		case errTooMuch:
			problem.Message = errTooMuch.Error()
		default:
			problem.Message = "the rule panicked: " + firstLine(fmt.Sprint(v))
		}
	}()
	if err := r.Check(ctx, p); err != nil {
		var fault *FaultyRule
		return Incomplete{Message: firstLine(err.Error()), Faulty: errors.As(err, &fault)}
	}
	return Incomplete{}
}

// firstLine returns the first line of a message, of at most 300 bytes.
func firstLine(message string) string {
	line, _, more := strings.Cut(strings.TrimSpace(message), "\n")
	if len(line) > 300 {
		line, more = line[:300], true
	}
	if line = strings.ToValidUTF8(line, ""); line == "" {
		line = "no reason given"
	}
	if more {
		line += " …"
	}
	return line
}
