package gates

import (
	"context"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/linter"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/lint"
)

// Options say what a run departs from plumb.yaml in. The zero Options run every
// gate of every API, and send nothing anywhere.
type Options struct {
	// Only names the gates that run; empty means all.
	Only []string
	// API is the name of the only API that is looked at; "" means all.
	API string
	// ChangedFrom is a git revision: what was found in the descriptions as they
	// were there is set aside, so that only what this change made worse counts.
	ChangedFrom string
	// Revision is a git revision whose descriptions are looked at in place of
	// those of the working copy; what it does not have is passed over.
	Revision string
	// Policy and Source are the flags of the command; nil for none.
	Policy *policy.Flags
	Source *source.Flags
	// Usage counts in the access logs of plumb.yaml who still calls what is
	// deprecated. It reads all of them, which takes as long as they are.
	Usage bool
	// Perf says what of a load test is judged.
	Perf PerfOptions
	// Note takes what a reader has to know beside the findings, a line each; it
	// may be nil.
	Note func(text string)
	// Watch is told when a gate begins and when it has ended, from several
	// goroutines; it may be nil.
	Watch func(api, gate string, done bool)
}

// PerfOptions say what of a load test is judged. Without any, the plan is
// checked and no request is sent.
type PerfOptions struct {
	// Results are files with what was measured, which are added up.
	Results []string
	// Targets are where the load of the plan is sent to, each NAME=URL, or the
	// URL alone where the plan has one target.
	Targets []string
	// Send says what may be sent; nil for what is always allowed.
	Send *plan.SendFlags
	// Early ends the run as soon as every verdict is certain.
	Early bool
}

// traffic reports whether requests are to be sent.
func (o *PerfOptions) traffic() bool { return len(o.Targets) > 0 }

// policies are those of each gate, and the one that all of it is merged under.
type policies struct {
	parity, lifecycle, webhooks, perf, merged check.Policy
	linter                                    *linter.Linter
	// lint and hooks say which of the rules of lint run in the gates lint and
	// webhooks; nil where all of them do.
	lint, hooks func(check.Policy) check.Policy
}

// newPolicies puts together what plumb.yaml and the flags say.
func newPolicies(ctx context.Context, p *project.Project, f *policy.Flags, splitHooks bool) (*policies, error) {
	var all policies
	c := p.Config
	var err error
	if all.linter, err = linter.New(ctx, p, f, nil); err != nil {
		return nil, err
	}
	for _, section := range []struct {
		to      *check.Policy
		rules   []config.RuleSetting
		ignores []check.Ignore
	}{
		{&all.parity, c.Parity.Rules, c.Parity.Ignores},
		{&all.lifecycle, c.Lifecycle.Rules, c.Lifecycle.Ignores},
		{&all.webhooks, c.Webhooks.Rules, c.Webhooks.Ignores},
		{&all.perf, c.Perf.Rules, c.Perf.Ignores},
	} {
		if *section.to, err = f.Policy(p, section.rules, section.ignores); err != nil {
			return nil, err
		}
	}
	all.merged = merged(all.linter.Policy, all.parity, all.lifecycle, all.webhooks, all.perf)
	if splitHooks {
		all.hooks = func(p check.Policy) check.Policy {
			return without(p, func(id string) bool { return !aboutWebhooks(id) })
		}
		all.lint = func(p check.Policy) check.Policy { return without(p, aboutWebhooks) }
	}
	return &all, nil
}

// merged is the policy that findings of all gates are put together under: it
// judges the policy itself, since what is set aside has been by then.
func merged(each ...check.Policy) check.Policy {
	m := each[0]
	m.Severity, m.Off, m.On, m.Ignores = map[string]check.Severity{}, map[string]bool{}, map[string]bool{}, nil
	for _, rule := range check.PolicyRules() {
		for i := range each {
			if each[i].Off[rule.ID] {
				m.Off[rule.ID] = true
			}
			if s, ok := each[i].Severity[rule.ID]; ok {
				m.Severity[rule.ID] = s
			}
		}
	}
	for i := range each {
		m.Ignores = append(m.Ignores, each[i].Ignores...)
	}
	return m
}

// validate checks the names that a user has typed.
func (o *Options) validate(p *project.Project) error {
	for _, name := range o.Only {
		if !slices.Contains(Names(), name) {
			return env.Usagef("--only: %w", env.Unknown("gate", name, Names()))
		}
	}
	if o.API == "" {
		return nil
	}
	var known []string
	for _, api := range p.Config.APIs {
		known = append(known, api.Name)
	}
	if !slices.Contains(known, o.API) {
		return env.Usagef("--api: %w", env.Unknown("API", o.API, known))
	}
	return nil
}

// runs reports whether a gate is to run.
func (o *Options) runs(gate string) bool { return len(o.Only) == 0 || slices.Contains(o.Only, gate) }

// without is a policy under which some rules of lint do not run.
func without(p check.Policy, leave func(id string) bool) check.Policy {
	off := map[string]bool{}
	for id, on := range p.Off {
		off[id] = on
	}
	for _, m := range lint.Metas() {
		if leave(m.ID) {
			off[m.ID] = true
		}
	}
	p.Off = off
	return p
}

// bare is a policy without the baseline.
func bare(p check.Policy) check.Policy { return policy.Bare(p) }
