package perf

import (
	"fmt"
	"slices"

	"github.com/plumbapi/plumb/perf/schedule"
)

// Only returns a plan of the operations and sessions whose names are kept, each
// at the rate that it has in the whole. Steps of sessions bring their operations
// along. The error says that nothing is left, or, with the plan, that a pool
// which is used is filled only by what is not.
func (p *Plan) Only(keep func(name string) bool) (*Plan, error) {
	only := *p
	only.Operations, only.Sessions = nil, nil
	var all, kept float64
	weights := make([]float64, len(p.Operations))
	in := make([]bool, len(p.Operations))
	for i := range p.Operations {
		all += p.Operations[i].Weight
		if keep(p.Operations[i].Name) {
			in[i], weights[i] = true, p.Operations[i].Weight
			kept += weights[i]
		}
	}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		all += s.Weight
		if !keep(s.Name) {
			continue
		}
		kept += s.Weight
		only.Sessions = append(only.Sessions, *s)
		for _, step := range s.Steps {
			in[step.Operation] = true
		}
	}
	if kept == 0 {
		return nil, fmt.Errorf("nothing of the plan is left that is sent")
	}
	moved := make([]int, len(p.Operations))
	for i := range p.Operations {
		if in[i] {
			moved[i] = len(only.Operations)
			op := p.Operations[i]
			op.Weight = weights[i]
			only.Operations = append(only.Operations, op)
		}
	}
	for i := range only.Sessions {
		s := &only.Sessions[i]
		s.Steps = slices.Clone(s.Steps)
		for k := range s.Steps {
			s.Steps[k].Operation = moved[s.Steps[k].Operation]
		}
	}
	only.Stages = slices.Clone(p.Stages)
	for i := range only.Stages {
		only.Stages[i] = scaled(only.Stages[i], kept/all)
	}
	return &only, only.unfilled()
}

func scaled(s schedule.Stage, by float64) schedule.Stage {
	s.From, s.To = s.From*by, s.To*by
	return s
}

// unfilled says which pool is used and not filled by what is sent.
func (p *Plan) unfilled() error {
	used, filled := p.references(), map[string]bool{}
	sent := make([]bool, len(p.Operations))
	for i := range p.Sessions {
		for _, step := range p.Sessions[i].Steps {
			sent[step.Operation] = true
		}
	}
	for i := range p.Operations {
		op := &p.Operations[i]
		for _, f := range op.Fills {
			filled[f.Pool] = filled[f.Pool] || op.Weight > 0 || sent[i]
		}
	}
	for _, pool := range p.Pools {
		if by := used[pool.Name]; by != "" && !filled[pool.Name] {
			return fmt.Errorf("%s uses pool %q, and nothing that is left fills it", by, pool.Name)
		}
	}
	return nil
}

// references returns what {{…}} stands for in the values of a plan, each with
// the name of the first operation or session that uses it.
func (p *Plan) references() map[string]string {
	used := map[string]string{}
	note := func(name string, values []Value) {
		for _, v := range values {
			for _, m := range place.FindAllStringSubmatch(v.Text, -1) {
				if used[m[1]] == "" {
					used[m[1]] = name
				}
			}
		}
	}
	for i := range p.Operations {
		note(p.Operations[i].Name, p.Operations[i].Values)
	}
	for i := range p.Sessions {
		for _, step := range p.Sessions[i].Steps {
			note(p.Sessions[i].Name, step.Values)
		}
	}
	return used
}
