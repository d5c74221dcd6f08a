package live

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// run is one run of a plan.
type run struct {
	plan *Plan
	opts Options
	mask mask
	ask  *asker
	// runs are the probes of the plan, then the lists that are read for
	// values.
	runs    []*probeRun
	byProbe map[*Probe]*probeRun
	// pool are objects that answers have shown, by the name of their schema,
	// for parameters that no list shows.
	pool map[string][]cell
	any  bool // the pool may be used
}

// probeRun is what came of a probe so far.
type probeRun struct {
	probe    *Probe
	done     bool
	deferred string // why no question could be made
	asked    int
	objects  int
	declines []Decline
	old      bool // the answer says that it is deprecated
	facets   []facet
	seen     []observation
	// shown are the rows that each question has shown, pool the objects
	// inside them.
	shown [][]row
	pool  []pooled
	// discovered are objects with the values of fields without a pair.
	discovered []specimen
	noDiscover bool
}

type pooled struct {
	schema string
	cell   cell
}

// verify runs a plan.
func verify(ctx context.Context, plan *Plan, at Endpoints, opts Options) (*Result, error) {
	ask, err := newAsker(at, opts)
	if err != nil {
		return nil, err
	}
	r := &run{
		plan: plan, opts: opts, ask: ask, mask: mask{open: opts.ShowValues, salt: opts.Salt},
		byProbe: map[*Probe]*probeRun{}, pool: map[string][]cell{},
	}
	for _, p := range slices.Concat(plan.Probes, plan.lists) {
		pr := &probeRun{probe: p, done: p.Skipped != ""}
		r.runs = append(r.runs, pr)
		r.byProbe[p] = pr
	}
	err = r.rounds(ctx)
	res := r.settle()
	var refused *refusedError
	switch {
	case errors.Is(err, errBudget), errors.As(err, &refused):
		res.incomplete(err.Error())
		err = nil
	case err != nil:
		res.incomplete(err.Error())
	default:
		if err = ask.silent(); err != nil {
			res.incomplete(err.Error())
		}
	}
	return res, err
}

// rounds asks whatever can be asked until nothing is left: lists show the
// values that other probes need. Objects that stand inside others are taken
// only when no list is left.
func (r *run) rounds(ctx context.Context) error {
	for {
		batch := r.ready()
		if len(batch) == 0 {
			if r.any {
				return nil
			}
			r.any = true
			continue
		}
		if err := r.round(ctx, batch); err != nil {
			return err
		}
		for _, b := range batch {
			for _, p := range b.run.pool {
				r.pool[p.schema] = append(r.pool[p.schema], p.cell)
			}
			b.run.pool = nil
		}
		r.any = false
	}
}

// round asks the questions of a batch, one or two probes at a time. What came
// of them does not depend on which ends first.
func (r *run) round(ctx context.Context, batch []work) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, len(batch))
	next := make(chan int)
	var wait sync.WaitGroup
	for range min(max(r.opts.Concurrency, 1), 2) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range next {
				if errs[i] = r.probe(ctx, batch[i]); errs[i] != nil {
					cancel()
				}
			}
		}()
	}
	for i := range batch {
		next <- i
	}
	close(next)
	wait.Wait()
	for _, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
	return errors.Join(errs...)
}

// probe asks the questions of one probe.
func (r *run) probe(ctx context.Context, w work) error {
	for _, q := range w.questions {
		limited, err := r.exchange(ctx, w.run, q)
		if err != nil {
			return err
		}
		if limited {
			break // the server limits this operation
		}
	}
	return nil
}

// decline counts an answer that was none.
func (pr *probeRun) decline(rep *reply) {
	for i := range pr.declines {
		d := &pr.declines[i]
		if d.Side == rep.side && d.Status == rep.status && d.Reason == rep.decline {
			d.Count++
			return
		}
	}
	pr.declines = append(pr.declines, Decline{Side: rep.side, Status: rep.status, Reason: rep.decline, Count: 1})
}

func (res *Result) incomplete(reason string) {
	res.Complete = false
	if !slices.Contains(res.Incomplete, reason) {
		res.Incomplete = append(res.Incomplete, reason)
	}
}
