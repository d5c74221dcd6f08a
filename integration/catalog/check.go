package catalog

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/integration"
)

// Check is one thing that is asked of an integration.
type Check struct {
	// ID is the level's letter and a number, "M03"; Name is the rest of the
	// rule's ID: "integration-" and Name.
	ID, Name string
	Level    Level
	// Weight is 10, 7.5, 5 or 2.5, as critical, high, medium and low risks
	// weigh in OpenSSF Scorecard.
	Weight float64
	// Summary says in one sentence what must hold, Why why, and what to do.
	Summary, Why string

	// by says what it takes: run needs a tool, read the files only; measured is
	// what of recorded evidence is asked. A check without run takes a recorded
	// verdict from a company's own integration.
	run      func(ctx context.Context, b *bench) verdict
	read     func(b *bench) verdict
	measured *measure
	// judged says where its verdict comes from, since there are several ways.
	judged func(b *bench) (verdict, string)
}

// Rule is the ID of the rule that reports the check.
func (c *Check) Rule() string { return "integration-" + c.Name }

// The weights.
const (
	critical = 10
	high     = 7.5
	medium   = 5
	low      = 2.5
)

// verdict is what a check says.
type verdict struct {
	status  Status
	reason  string
	details []string
}

func pass(format string, args ...any) verdict {
	return verdict{status: Passed, reason: fmt.Sprintf(format, args...)}
}

func fail(format string, args ...any) verdict {
	return verdict{status: Failed, reason: fmt.Sprintf(format, args...)}
}

func irrelevant(format string, args ...any) verdict {
	return verdict{status: Irrelevant, reason: fmt.Sprintf(format, args...)}
}

func (v verdict) with(details ...string) verdict {
	v.details = append(v.details, details...)
	return v
}

// bench is where the checks of one integration run.
type bench struct {
	entry    *Entry
	manifest *integration.Manifest
	options  Options
	inputs   integration.Inputs
	evidence *Evidence
	absent   string // why evidence does not count
	docs     document
	// errors are those that runs have met, for what is asked of their hints;
	// texts what tools have said, for what is asked of secrets.
	errors []*integration.Error
	texts  []string
	// hangs is the check that has not ended in its time, "" for none.
	hangs string
	// done are the outcomes so far, tried those of an earlier grading that need
	// not be found out again.
	done  []Outcome
	tried Trials
}

func newBench(e *Entry, o Options) *bench {
	if o.MaxAge == 0 {
		o.MaxAge = DefaultMaxAge
	}
	b := &bench{entry: e, manifest: e.Manifest, options: o, inputs: examples(e.Manifest)}
	b.evidence, b.absent = readEvidence(e, o)
	b.docs = readDocument(e.Files)
	if o.Trials.whole() {
		b.tried = o.Trials
	}
	return b
}

// examples are the inputs that a manifest says the fake accepts. Secrets that
// are to follow others are left out: they are there only while those change.
func examples(m *integration.Manifest) integration.Inputs {
	inputs := m.Examples()
	for name := range inputs {
		if strings.HasSuffix(name, "_next") {
			delete(inputs, name)
		}
	}
	return inputs
}

// rig makes a rig with the right credentials.
func (b *bench) rig() *rig { return newRig(b.entry.Tool, b.inputs, b.inputs) }

// longest bounds one check: a tool that hangs is a tool that fails. Checks take
// a second; the rest is for machines that have much else to do. grace is how
// long one that is told to end may take.
const (
	longest = 20 * time.Second
	grace   = time.Second
)

// bounded runs a check in the time that one has. What has not ended then is left
// behind, and no other check is run beside it.
func (b *bench) bounded(ctx context.Context, c *Check) verdict {
	if b.hangs != "" {
		return fail("not tried, since %s did not end", b.hangs)
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	done := make(chan verdict, 1)
	go func() {
		defer func() {
			if v := recover(); v != nil {
				done <- fail("the tool panicked: %.200v", v)
			}
		}()
		done <- c.run(ctx, b)
	}()
	select {
	case v := <-done:
		return v
	case <-ctx.Done():
	}
	select {
	case v := <-done:
		return v
	case <-time.After(grace):
		b.hangs = c.ID
		return fail("the tool did not end after %s", longest)
	}
}

// outcome runs one check, contained: a tool that panics fails it.
func (b *bench) outcome(ctx context.Context, c Check) (o Outcome) {
	o.Check = &c
	defer func() {
		if v := recover(); v != nil {
			o.Status, o.Reason, o.Evidence = Failed, fmt.Sprintf("the tool panicked: %.200v", v), "ran"
		}
	}()
	var v verdict
	switch {
	case c.judged != nil:
		v, o.Evidence = c.judged(b)
	case c.measured != nil:
		v, o.Evidence = b.measure(c.measured, c.ID)
	case c.read != nil:
		v, o.Evidence = c.read(b), "read"
	case b.entry.Tool != nil && b.tried[c.ID].Status != "":
		t := b.tried[c.ID]
		v, o.Evidence = verdict{t.Status, t.Reason, t.Details}, "ran"
	case b.entry.Tool != nil:
		v, o.Evidence = b.bounded(ctx, &c), "ran"
	default:
		v, o.Evidence = b.recorded(c.ID)
	}
	o.Status, o.Reason, o.Details = v.status, v.reason, v.details
	return o
}

// Rules are the rules that report checks which an integration does not pass, in
// the order of the checks. Their severities are those of a catalog of which
// Viable is asked.
func Rules() check.Set[*Result] {
	checks := Checks()
	rules := make(check.Set[*Result], len(checks))
	for i := range checks {
		rules[i] = rule(&checks[i])
	}
	return rules
}

func rule(c *Check) *check.Rule[*Result] {
	severity := check.Info
	switch c.Level {
	case Minimal:
		severity = check.Error
	case Viable:
		severity = check.Warning
	}
	return &check.Rule[*Result]{
		Meta: check.Meta{
			ID: c.Rule(), Summary: c.Summary, Rationale: c.Why, Severity: severity,
			Tags: []string{"integration", "live", c.Level.String()}, Since: "0.1.0", Aliases: []string{},
		},
		Check: func(_ context.Context, p *check.Pass[*Result]) error {
			for i := range p.Subject.Outcomes {
				o := &p.Subject.Outcomes[i]
				if o.Check.ID != c.ID || o.Holds() {
					continue
				}
				p.Report(check.Finding{
					Location:   check.Location{File: p.Subject.Entry.File, Element: p.Subject.Entry.Manifest.Name},
					Message:    c.ID + ": " + o.Reason,
					Properties: map[string]any{"level": c.Level.String(), "weight": c.Weight, "status": string(o.Status)},
				})
			}
			return nil
		},
	}
}
