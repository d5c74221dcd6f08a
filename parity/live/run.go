package live

import (
	"context"
	"errors"
	"fmt"
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

// work is a probe with its questions.
type work struct {
	run       *probeRun
	questions []*question
}

// ready makes the questions of all probes that have values now.
func (r *run) ready() []work {
	var batch []work
	wanted := r.wanted()
	for i, pr := range r.runs {
		if pr.done || i >= len(r.plan.Probes) && !wanted[pr] {
			continue
		}
		rows, fixed := r.rows(pr.probe)
		if len(rows) == 0 {
			continue
		}
		w := work{run: pr}
		for i, from := range rows {
			for v, variant := range pr.probe.variants {
				if i > 0 && v > 0 {
					break // one list is enough to try filters on
				}
				q, reason := r.question(pr.probe, variant, from, fixed[i])
				if q == nil {
					pr.deferred = reason
					continue
				}
				w.questions = append(w.questions, q)
			}
		}
		if len(w.questions) > 0 {
			pr.done = true
			batch = append(batch, w)
		}
	}
	return batch
}

// wanted are the lists of which some probe waits for values.
func (r *run) wanted() map[*probeRun]bool {
	out := map[*probeRun]bool{}
	for _, pr := range r.runs[:len(r.plan.Probes)] {
		for !pr.done {
			if rows, _ := r.fixed(pr.probe); len(rows) > 0 {
				break
			}
			home := pr.probe.path.home()
			if home == nil {
				break
			}
			list := r.byProbe[r.plan.homes[home.shape()]]
			if list == nil || out[list] {
				break
			}
			out[list] = true
			pr = list
		}
	}
	return out
}

// rows are the rows that a probe is asked with; none where nothing is known
// yet. Those of the fixtures are taken as they are.
func (r *run) rows(p *Probe) ([]row, []fixtureRow) {
	if rows, fixed := r.fixed(p); len(rows) > 0 {
		return rows, fixed
	}
	most := r.opts.Objects
	if most <= 0 {
		most = DefaultObjects
	}
	rows := r.harvested(p, most)
	return rows, make([]fixtureRow, len(rows))
}

// fixed are the rows that need nothing from lists: those of the fixtures, and
// the one of a path without parameters.
func (r *run) fixed(p *Probe) ([]row, []fixtureRow) {
	if fixed := r.opts.Fixtures.rowsOf(p.Operation); len(fixed) > 0 {
		return make([]row, len(fixed)), fixed
	}
	params := p.path.params()
	known := true
	for _, name := range params {
		_, ok := r.opts.Fixtures.value(name)
		known = known && ok
	}
	if known {
		return make([]row, 1), make([]fixtureRow, 1)
	}
	return nil, nil
}

// harvested are rows that lists have shown.
func (r *run) harvested(p *Probe, most int) []row {
	home := p.path.home()
	if home == nil {
		return nil
	}
	list := r.byProbe[r.plan.homes[home.shape()]]
	if list != nil && len(list.shown) > 0 {
		if rows := spread(list.shown, most); len(rows) > 0 {
			return rows
		}
	}
	if !r.any || len(p.path.params()) != 1 {
		return nil
	}
	var rows []row
	for _, c := range r.pool[p.about()] {
		rows = append(rows, row{c})
	}
	return spread([][]row{rows}, most)
}

// about is the schema of the objects that the last parameter of a path names,
// as far as the answer shows it.
func (p *Probe) about() string {
	if p.answer == nil || p.answer.pair == nil || p.List {
		return ""
	}
	return p.answer.pair.Name
}

// spread takes at most so many rows, in turn from each list, and from the
// whole length of a list.
func spread(lists [][]row, most int) []row {
	var some [][]row
	for _, l := range lists {
		if len(l) > most {
			picked := make([]row, most)
			for i := range picked {
				picked[i] = l[i*(len(l)-1)/max(most-1, 1)]
			}
			l = picked
		}
		some = append(some, l)
	}
	var out []row
	for i := 0; i < most; i++ {
		for _, l := range some {
			if i < len(l) && len(out) < most {
				out = append(out, l[i])
			}
		}
	}
	return out
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

// typeOf is the type that the description gives a path parameter.
func (r *run) typeOf(p *Probe, name string) string {
	doc := r.plan.result.REST
	for _, param := range doc.Parameters(p.source) {
		if param.Get("name").Text() == name && param.Get("in").Text() == "path" {
			schema := doc.Resolve(param.Get("schema"))
			if schema == nil {
				schema = param
			}
			return schema.Get("type").Text()
		}
	}
	return ""
}

func (res *Result) incomplete(reason string) {
	res.Complete = false
	if !slices.Contains(res.Incomplete, reason) {
		res.Incomplete = append(res.Incomplete, reason)
	}
}

// nothing says why no question could be made for a probe.
func (r *run) nothing(pr *probeRun) string {
	if pr.deferred != "" {
		return pr.deferred
	}
	params := pr.probe.path.params()
	if len(params) == 0 {
		return "the run ended before"
	}
	last := params[len(params)-1]
	home := pr.probe.path.home()
	if home != nil && r.plan.homes[home.shape()] != nil {
		return fmt.Sprintf("no value is known for {%s}: %s shows none", last, r.plan.homes[home.shape()].Operation)
	}
	return fmt.Sprintf("no value is known for {%s}, and no list shows any", last)
}
