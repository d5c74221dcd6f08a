package plan

import (
	"context"
	"errors"
	"os"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/safe"
	perflib "github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/engines"
	"github.com/plumbapi/plumb/perf/traffic"
)

// Lint runs the rules over the plan, beside the objectives of production unless
// those are nil. Its requests are made as a run would make them, and none is
// sent. Notes say what of them may not be what the descriptions mean.
func (l *Loaded) Lint(ctx context.Context, production *perflib.Production, policy check.Policy) (rep *check.Report, notes []string, err error) {
	requests, err := l.Requests(traffic.Options{AllowWrites: true, LookupEnv: Named})
	if err != nil {
		return nil, nil, err
	}
	s := &perflib.PlanSubject{Plan: l.Plan, Descriptions: l.Descriptions, Production: production}
	if rep, err = perflib.CheckPlan(ctx, s, policy); err != nil {
		return nil, nil, err
	}
	rep.Subjects = append(rep.Subjects, l.Name)
	for _, d := range l.Documents {
		rep.Subjects = append(rep.Subjects, d.Name)
	}
	return rep, requests.Notes(), nil
}

// Named stands for the value of an environment variable where that is not to be
// known.
func Named(variable string) (string, bool) { return "${" + variable + "}", true }

// Assess judges a result. One of plumb's own that ended before its plan makes
// the call incomplete, whatever it showed until then. Notes are what a reader
// has to know beside those of the judgement.
func (l *Loaded) Assess(ctx context.Context, r *perflib.Result, policy check.Policy, notes ...string) (*perflib.Assessment, *check.Report, error) {
	a := perflib.Assess(l.Plan, r)
	a.Judgement.Notes = append(a.Judgement.Notes, notes...)
	rep, err := perflib.Check(context.WithoutCancel(ctx), a, policy)
	if err != nil {
		return nil, nil, err
	}
	rep.Subjects = []string{l.Name}
	if r.Incomplete != "" && r.Clock == perflib.FromIntended && rep.Complete() {
		rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: l.Name, Message: "the run ended before its plan: " + r.Incomplete})
	}
	return a, rep, nil
}

// ReadResult reads what was measured of a plan: a result of plumb, or what
// another load tester has written.
func ReadResult(e *env.Env, p *perflib.Plan, arg string, o engines.Options) (*perflib.Result, error) {
	f, err := os.Open(e.Path(arg))
	if err != nil {
		return nil, env.Incompletef("%s: %s", arg, Unopened(err))
	}
	defer func() { _ = f.Close() }()
	r, err := engines.Read(arg, f, p, o)
	if err == nil {
		return r, nil
	}
	var wrong *engines.Error
	if errors.As(err, &wrong) {
		return nil, env.Incompletef("%s", safe.Line(wrong.Error()))
	}
	return nil, env.Incompletef("%s: %w", arg, env.Bare(err))
}
