package perf

import (
	"errors"
	"slices"
	"time"

	"github.com/plumbapi/plumb/internal/form"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/perf/schedule"
)

// load reads when requests are sent.
func (r *planReader) load() {
	p, n := r.plan, r.root.Get("load")
	p.Seed, p.Timeout, p.CatchUp = 1, 10*time.Second, time.Second
	var at []*openapi.Node // where each stage stands
	add := func(n *openapi.Node, stages ...schedule.Stage) {
		for _, s := range stages {
			p.Stages = append(p.Stages, s)
			at = append(at, n)
		}
	}
	if w := n.Get("warm-up"); w != nil {
		add(w, schedule.WarmUp(rateOf(w, "rate"), durationOf(w, "for"))...)
	}
	for _, profile := range n.Children() {
		switch profile.Key() {
		case "constant":
			add(profile, schedule.Constant(rateOf(profile, "rate"), durationOf(profile, "for"))...)
		case "ramp":
			add(profile, schedule.Ramp(rateOf(profile, "from"), rateOf(profile, "to"), durationOf(profile, "for"))...)
		case "steps":
			steps, ok := profile.Get("steps").Int()
			if !ok {
				r.fault(profile.Get("steps"), "load.steps.steps is %s; expected a whole number", profile.Get("steps").Text())
				continue
			}
			add(profile, schedule.Steps(rateOf(profile, "from"), rateOf(profile, "to"), int(steps), durationOf(profile, "each"))...)
		case "spike":
			add(profile, schedule.Spike(rateOf(profile, "base"), rateOf(profile, "peak"), durationOf(profile, "around"), durationOf(profile, "edge"), durationOf(profile, "hold"))...)
		case "soak":
			add(profile, schedule.Soak(rateOf(profile, "rate"), durationOf(profile, "edge"), durationOf(profile, "hold"))...)
		case "stages":
			r.stages(profile, add)
		}
	}
	p.Poisson = n.Get("arrivals").Text() == "poisson"
	r.settings(n)
	if len(r.problems) > 0 && len(p.Stages) == 0 {
		return
	}
	if _, err := p.Schedule(); err != nil {
		r.contradictions(n, at, err)
	}
}

// stages reads a list of stages.
func (r *planReader) stages(list *openapi.Node, add func(*openapi.Node, ...schedule.Stage)) {
	if list.Len() == 0 {
		r.fault(list, "load.stages has no stage")
	}
	for _, n := range list.Children() {
		s := schedule.Stage{Name: n.Get("name").Text(), For: durationOf(n, "for")}
		if ramp := n.Get("ramp"); ramp != nil {
			if ramp.Len() != 2 {
				r.fault(ramp, "a ramp has the rates at its two ends, such as [20/s, 100/s]")
				continue
			}
			s.From, _ = parseRate(ramp.At(0).Text())
			s.To, _ = parseRate(ramp.At(1).Text())
		} else {
			s.From = rateOf(n, "rate")
			s.To = s.From
		}
		add(n, s)
	}
}

// settings reads what holds for the whole run.
func (r *planReader) settings(n *openapi.Node) {
	p := r.plan
	if v := n.Get("seed"); v != nil {
		p.Seed = uint64(r.whole(v))
	}
	if v := n.Get("workers"); v != nil {
		p.MaxWorkers = r.whole(v)
	}
	if n.Has("timeout") {
		p.Timeout = durationOf(n, "timeout")
	}
	if n.Has("catch-up") {
		p.CatchUp = durationOf(n, "catch-up")
	}
	if n.Has("max-lag") {
		p.MaxLag = durationOf(n, "max-lag")
	}
	p.Validate, _ = parseShare(n.Get("validate").Text())
}

func (r *planReader) whole(n *openapi.Node) int {
	i, ok := n.Int()
	if !ok {
		r.fault(n, "load.%s is %s; expected a whole number", n.Key(), n.Text())
	}
	return int(i)
}

// contradictions tells what a schedule finds wrong, each where its stage
// stands, once.
func (r *planReader) contradictions(load *openapi.Node, at []*openapi.Node, err error) {
	var told []form.Problem
	for _, e := range leaves(err) {
		n, text := load, e.Error()
		var of *schedule.Error
		if errors.As(e, &of) {
			text = of.Problem
			if of.Stage >= 0 && of.Stage < len(at) {
				n = at[of.Stage]
			}
		}
		if p := form.ProblemAt(n.Location(), "the load contradicts itself: %s", text); !slices.Contains(told, p) {
			told = append(told, p)
		}
	}
	r.problems = append(r.problems, told...)
}

// leaves returns the errors that an error joins.
func leaves(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, leaves(e)...)
		}
		return all
	}
	return []error{err}
}

func rateOf(n *openapi.Node, key string) float64 {
	f, _ := parseRate(n.Get(key).Text())
	return f
}

func durationOf(n *openapi.Node, key string) time.Duration {
	d, _ := parseDuration(n.Get(key).Text())
	return d
}
