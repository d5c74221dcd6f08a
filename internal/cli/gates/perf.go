package gates

import (
	"context"
	"errors"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/safe"
	"github.com/plumbapi/plumb/internal/words"
	"github.com/plumbapi/plumb/perf"
	"github.com/plumbapi/plumb/perf/engines"
	"github.com/plumbapi/plumb/perf/load"
)

// perf checks the plan of the project, and judges what was measured. The plan
// counts for the API whose descriptions it names, the others have none.
func (r *run) perf(ctx context.Context) error {
	if !r.options.runs(Perf) {
		return nil
	}
	asked := len(r.options.Perf.Results) > 0 || r.options.Perf.traffic()
	var l *plan.Loaded
	var err error
	if r.project.Config.Perf.Plan != "" || asked {
		l, err = r.plan(ctx)
	}
	var exit *env.Exit
	if err != nil && (!errors.As(err, &exit) || exit.Code != env.Incomplete) {
		return err
	}
	of := r.owner(l)
	for i, a := range r.apis {
		g := &gate{Gate: Gate{Name: Perf, Skipped: "no plan"}}
		if i == of && (l != nil || exit != nil) {
			g.Skipped = ""
			judge := func(ctx context.Context, g *gate) error { return a.measure(ctx, g, l) }
			if exit != nil {
				judge = func(_ context.Context, g *gate) error { return r.unfinished(g, exit) }
			}
			if err := a.timed(ctx, g, judge); err != nil {
				return err
			}
		}
		a.gates = append(a.gates, g)
		a.out.Gates = append(a.out.Gates, g.done())
	}
	return nil
}

// plan reads the plan, with the descriptions that were read already.
func (r *run) plan(ctx context.Context) (*plan.Loaded, error) {
	flags := plan.Flags{Reader: r.shelf, Judging: !r.options.Perf.traffic(), Targets: r.options.Perf.Targets}
	return flags.Load(ctx, r.project, nil)
}

// owner is the API whose descriptions the plan names, the first unless there is
// such a one.
func (r *run) owner(l *plan.Loaded) int {
	if l == nil {
		return 0
	}
	for i, a := range r.apis {
		for _, d := range l.Documents {
			if d == a.rest || d == a.graphql {
				return i
			}
		}
	}
	return 0
}

// unfinished makes a gate incomplete.
func (r *run) unfinished(g *gate, why error) error {
	rep, err := check.Judge(nil, nil, r.policies.perf)
	if err != nil {
		return err
	}
	name := ""
	if path := r.project.Config.Perf.Plan; path != "" {
		name = r.project.Canonical(r.project.FromConfig(path))
	}
	rep.Incomplete = append(rep.Incomplete, check.Incomplete{File: name, Message: safe.Line(why.Error())})
	g.reports, g.Summary = append(g.reports, rep), "not measured"
	return nil
}

// measure checks the plan, and judges a result where there is one.
func (a *api) measure(ctx context.Context, g *gate, l *plan.Loaded) error {
	r := a.run
	a.out.Plan = l.Plan
	r.outcome.texts[l.Name] = l.Text
	rep, notes, err := l.Lint(ctx, nil, r.policies.perf)
	if err != nil {
		return err
	}
	g.reports = append(g.reports, rep)
	g.Summary = words.Count(len(l.Operations), "operation") + " planned, nothing measured"
	result, notes, err := r.measured(ctx, l, notes)
	var exit *env.Exit
	switch {
	case errors.As(err, &exit) && exit.Code == env.Incomplete:
		return r.unfinished(g, exit)
	case err != nil:
		return err
	case result == nil:
		return nil
	}
	assessment, judged, err := l.Assess(ctx, result, r.policies.perf, notes...)
	if err != nil {
		return err
	}
	a.out.Perf, a.out.Judgement = result, assessment.Judgement
	g.reports = append(g.reports, judged)
	verdicts := map[perf.Verdict]int{}
	for _, o := range assessment.Judgement.Operations {
		verdicts[o.Verdict]++
	}
	g.Summary = words.Count(len(assessment.Judgement.Operations), "operation") + ", " + words.Duration(result.Elapsed) + ": " + string(assessment.Judgement.Verdict)
	if n := verdicts[perf.Fail]; n > 0 {
		g.Summary += ", " + words.Number(n) + " too slow or failing"
	}
	return nil
}

// measured reads the results that are named, or sends the load of the plan; nil
// where neither is asked for.
func (r *run) measured(ctx context.Context, l *plan.Loaded, notes []string) (*perf.Result, []string, error) {
	var results []*perf.Result
	for _, name := range r.options.Perf.Results {
		note := func(text string) { notes = append(notes, name+": "+text) }
		result, err := plan.ReadResult(r.project.Env, l.Plan, name, engines.Options{Note: note})
		if err != nil {
			return nil, nil, err
		}
		results = append(results, result)
	}
	switch {
	case len(results) > 1:
		result, err := perf.Merge(results...)
		if err != nil {
			return nil, nil, env.Usagef("%s: these do not belong together", safe.Line(err.Error()))
		}
		return result, notes, nil
	case len(results) == 1:
		return results[0], notes, nil
	case !r.options.Perf.traffic():
		return nil, notes, nil
	}
	result, err := r.send(ctx, l)
	return result, notes, err
}

// send sends the load of the plan.
func (r *run) send(ctx context.Context, l *plan.Loaded) (*perf.Result, error) {
	send := r.options.Perf.Send
	if send == nil {
		send = plan.DefaultSend()
	}
	s, err := l.Sender(send, nil)
	if err != nil {
		return nil, err
	}
	if r.options.Perf.Early {
		s.Options.Decide = func(settled *perf.Result) bool { return perf.Decided(l.Plan, settled) }
	}
	engine, err := s.Engine(l.Plan)
	if err != nil {
		return nil, err
	}
	if notice := engine.Notice(); notice != "" {
		r.options.Note(notice)
	}
	result, err := engine.Run(ctx)
	var unreachable *load.Unreachable
	var refused *load.Refused
	switch {
	case errors.As(err, &refused):
		return nil, env.Usagef("%s", plan.Refusal(err))
	case result == nil:
		return nil, err
	case err != nil && !errors.As(err, &unreachable):
		r.options.Note("the run was ended by an error: " + err.Error())
	}
	return result, nil
}
