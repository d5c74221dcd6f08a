package live

import "fmt"

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
