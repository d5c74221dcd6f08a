package perf

import (
	"github.com/plumbapi/plumb/openapi"
)

// traffic checks that what is demanded and used is also sent, filled and
// needed.
func (r *planReader) traffic() {
	var sum float64
	for i := range r.plan.Operations {
		sum += r.plan.Operations[i].Weight
	}
	for i := range r.plan.Sessions {
		sum += r.plan.Sessions[i].Weight
	}
	if sum == 0 && len(r.plan.Operations) > 0 {
		at := r.root.Get("operations")
		if at == nil {
			at = r.root
		}
		r.fault(at, "the plan sends nothing: no operation and no session has a weight")
	}
	r.unfilled()
	if len(r.problems) == 0 && sum > 0 {
		r.reachable(sum)
	}
}

// unfilled checks that pools that are used are filled by something that is
// sent, and that data is used.
func (r *planReader) unfilled() {
	filled := map[string]bool{}
	for i := range r.plan.Operations {
		for _, f := range r.plan.Operations[i].Fills {
			filled[f.Pool] = filled[f.Pool] || r.weight(i) > 0
		}
	}
	for _, p := range r.plan.Pools {
		at := r.used[p.Name]
		any, known := filled[p.Name]
		switch {
		case at == nil || any:
		case known:
			r.fault(at, "pool %q is only filled by operations that the plan does not send", p.Name)
		default:
			r.fault(at, "pool %q is used and never filled; let an operation fill it: {%s: /id}", p.Name, p.Name)
		}
	}
	for _, n := range r.root.Get("data").Children() {
		if r.used[n.Key()] == nil {
			r.wrong(n, "nothing uses data %q; use it as {{%s.COLUMN}}, or remove it", n.Key(), n.Key())
		}
	}
}

// reachable checks that no budget demands a greater rate than is sent.
func (r *planReader) reachable(sum float64) {
	s, err := r.plan.Schedule()
	if err != nil {
		return // told already
	}
	judged := (s.Duration() - s.WarmUp()).Seconds()
	if judged <= 0 {
		return
	}
	average := (s.Expected(s.Duration()) - s.Expected(s.WarmUp())) / judged
	told := map[*openapi.Node]bool{}
	for i := range r.plan.Operations {
		op := &r.plan.Operations[i]
		planned := average * r.weight(i) / sum
		if op.Budget.Rate <= planned*(1+1e-9) || r.weight(i) == 0 {
			continue
		}
		if n := r.rateNode(i); n != nil && !told[n] {
			told[n] = true
			r.fault(n, "the budget asks for %s of %s, and the plan sends %s on average", rateText(op.Budget.Rate), op.Name, rateText(planned))
		}
	}
}

// rateNode returns where the rate of an operation's budget stands.
func (r *planReader) rateNode(op int) *openapi.Node {
	budgets := r.root.Get("budgets")
	for _, n := range []*openapi.Node{r.nodes[op].Get("budget"), budgets.Get("default")} {
		if n != nil && n.KeyLocation() == r.plan.Operations[op].Budget.Location {
			return n.Get("rate")
		}
	}
	for _, n := range budgets.Get("tags").Children() {
		if n.KeyLocation() == r.plan.Operations[op].Budget.Location {
			return n.Get("rate")
		}
	}
	return nil
}
