package perf

import (
	"cmp"
	"slices"
	"time"

	"github.com/plumbapi/plumb/openapi"
)

// urgencies are GitLab's classes of endpoints, by the time within which they
// have to answer. The share is that of GitLab's objective for the API.
var urgencies = [...]struct {
	name   string
	within time.Duration
}{{"high", 250 * time.Millisecond}, {"medium", 500 * time.Millisecond}, {"default", time.Second}, {"low", 5 * time.Second}}

// UrgencyShare is the share of requests that have to be answered within the
// time of their urgency, that of GitLab's objective for its API.
const UrgencyShare = 0.995

// Urgency returns the budget of one of GitLab's urgencies: 99.5 % of requests
// within 250 ms for high, 500 ms for medium, 1 s for default and 5 s for low.
func Urgency(name string) (Budget, bool) {
	for _, u := range urgencies {
		if u.name == name {
			return Budget{Latency: []Objective{{Within: u.within, Share: UrgencyShare}}, Origin: "urgency " + name}, true
		}
	}
	return Budget{}, false
}

func urgencyWords() []string {
	words := make([]string, len(urgencies))
	for i, u := range urgencies {
		words[i] = u.name
	}
	return words
}

// budgets gives each operation its budget: its own, that of a tag, the default.
func (r *planReader) budgets() {
	section := r.root.Get("budgets")
	rest := r.budget(section.Get("default"), "default")
	tags := map[string]Budget{}
	for _, n := range section.Get("tags").Children() {
		tags[n.Key()] = r.budget(n, "tag "+n.Key())
	}
	tagged := map[string]bool{}
	for i := range r.plan.Operations {
		op := &r.plan.Operations[i]
		var of []string
		for _, t := range op.Tags {
			if _, ok := tags[t]; ok {
				of = append(of, t)
				tagged[t] = true
			}
		}
		own := r.nodes[i].Get("budget")
		switch {
		case own != nil:
			op.Budget = r.budget(own, "operation")
			if r.weight(i) == 0 {
				r.wrong(own, "%s has a budget, and the plan sends nothing to it; give it a weight, or a step of a session, or remove the budget", op.Name)
			}
		case len(of) > 1:
			at := section.Get("tags").Get(of[1])
			r.wrong(at, "the budgets of tags %q and %q overlap: %s has both; give it a budget of its own", of[0], of[1], op.Name)
		case len(of) == 1:
			op.Budget = tags[of[0]]
		default:
			op.Budget = rest
		}
	}
	r.unsentTags(section.Get("tags"), tagged)
}

// unsentTags tells of budgets of tags that no operation has which is sent.
func (r *planReader) unsentTags(section *openapi.Node, tagged map[string]bool) {
	var known []string
	for i := range r.plan.Operations {
		known = append(known, r.plan.Operations[i].Tags...)
	}
	described := map[string]bool{}
	for _, of := range r.catalog.offers {
		for _, t := range of.tags {
			if !described[t] {
				described[t] = true
				known = append(known, t)
			}
		}
	}
	for _, n := range section.Children() {
		sent := false
		for i := range r.plan.Operations {
			sent = sent || slices.Contains(r.plan.Operations[i].Tags, n.Key()) && r.weight(i) > 0
		}
		switch {
		case sent:
		case tagged[n.Key()] || described[n.Key()]:
			r.wrong(n, "tag %q has a budget, and the plan sends nothing to its operations", n.Key())
		default:
			r.wrong(n, "unknown tag %.120q%s", n.Key(), meant(n.Key(), known))
		}
	}
}

// budget reads a budget; a zero one where the node is nil.
func (r *planReader) budget(n *openapi.Node, origin string) Budget {
	if n == nil {
		return Budget{}
	}
	b := Budget{Origin: origin, Location: n.KeyLocation()}
	if u := n.Get("urgency"); u != nil {
		of, _ := Urgency(u.Text())
		b.Latency = of.Latency
		if origin == "default" {
			b.Origin = of.Origin
		}
		if l := n.Get("latency"); l != nil {
			r.wrong(l, "the budget has an urgency, which says the latency, and a latency beside it; only one of them can hold")
		}
	} else {
		b.Latency = r.objectives(n.Get("latency"))
	}
	if e := n.Get("errors"); e != nil {
		b.Errors, _ = parseShare(e.Text())
		b.HasErrors = true
	}
	b.Rate, _ = parseRate(n.Get("rate").Text())
	if n.Len() == 0 {
		r.fault(n, "the budget demands nothing")
	}
	return b
}

// objectives reads latency objectives, which ascend.
func (r *planReader) objectives(n *openapi.Node) []Objective {
	type placed struct {
		Objective
		at *openapi.Node
	}
	var all []placed
	for _, v := range n.Children() {
		var p placed
		p.Share, _ = parseShare(v.Key())
		p.Within, _ = parseDuration(v.Text())
		p.at = v
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.Share, b.Share) })
	var list []Objective
	for i, p := range all {
		if i > 0 {
			before := all[i-1]
			switch {
			case before.Share == p.Share:
				r.wrong(p.at, "%s says the same share as %s", p.at.Key(), before.at.Key())
			case before.Within >= p.Within:
				r.wrong(p.at, "latency objectives do not ascend: %s within %s makes %s within %s empty", p.at.Key(), p.at.Text(), before.at.Key(), before.at.Text())
			}
		}
		list = append(list, p.Objective)
	}
	return list
}

// weight returns the weight with which an operation is sent, alone and in
// sessions.
func (r *planReader) weight(op int) float64 {
	w := r.plan.Operations[op].Weight
	for i := range r.plan.Sessions {
		for _, step := range r.plan.Sessions[i].Steps {
			if step.Operation == op {
				w += r.plan.Sessions[i].Weight
			}
		}
	}
	return w
}
