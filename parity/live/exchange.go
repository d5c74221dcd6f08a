package live

import (
	"context"
	"net/http"
)

// answers are what both sides said to one question: REST twice, and GraphQL
// twice where something differs.
type answers struct {
	rest, again, gql, twice *reply
}

// exchange asks one question and compares the answers. It reports whether
// the server limits the operation.
func (r *run) exchange(ctx context.Context, pr *probeRun, q *question) (limited bool, err error) {
	pr.asked++
	got := &answers{}
	if got.rest, err = r.ask.get(ctx, q.path, q.query); err != nil {
		return false, err
	}
	pr.old = pr.old || got.rest.deprecated()
	got.rest.fits(q.probe.answer)
	if got.rest.decline != "" && !got.rest.missing() {
		r.declined(pr, got.rest)
		return got.rest.status == http.StatusTooManyRequests, nil
	}
	if q.probe.group == nil { // read for the values alone
		r.show(pr, q, got.rest, nil)
		return false, nil
	}
	if got.gql, err = r.ask.query(ctx, q.variant.query, q.vars); err != nil {
		return false, err
	}
	if got.gql.decline != "" {
		r.declined(pr, got.gql)
		r.show(pr, q, got.rest, nil)
		return got.gql.status == http.StatusTooManyRequests, nil
	}
	if got.again, err = r.ask.get(ctx, q.path, q.query); err != nil {
		return false, err
	}
	got.again.fits(q.probe.answer)
	if got.again.decline != "" && !got.again.missing() {
		r.declined(pr, got.again)
		r.show(pr, q, got.rest, nil)
		return got.again.status == http.StatusTooManyRequests, nil
	}
	c := r.compare(q, got)
	if c.differs() {
		if got.twice, err = r.ask.query(ctx, q.variant.query, q.vars); err != nil {
			return false, err
		}
		if got.twice.decline == "" {
			c = r.compare(q, got)
		} else {
			pr.decline(got.twice)
		}
	}
	pr.take(c)
	r.show(pr, q, got.rest, c)
	return false, r.discover(ctx, pr, q, c)
}

// fits declines an answer of REST that has not the form which the description
// gives it: what it says is about something else.
func (r *reply) fits(a *answer) {
	if r.decline != "" || r.missing() {
		return
	}
	if _, ok := a.take(r.value); !ok {
		r.decline = "the answer has not the form that the description gives it"
	}
}

// declined counts the values of a question that got no answer.
func (r *run) declined(pr *probeRun, rep *reply) {
	pr.decline(rep)
	if pr.probe.group != nil {
		for _, n := range pr.probe.group.all() {
			pr.seen = append(pr.seen, observation{node: n, outcome: Declined})
		}
	}
}

// all are the nodes of a group and of the groups in it.
func (g *group) all() []*node {
	var out []*node
	for _, n := range g.compared() {
		out = append(out, n)
		if n.group != nil {
			out = append(out, n.group.all()...)
		}
	}
	return out
}

// take keeps what a comparison found.
func (pr *probeRun) take(c *comparison) {
	pr.objects += c.joined
	pr.seen = append(pr.seen, c.seen...)
	pr.facets = append(pr.facets, c.facets...)
	pr.pool = append(pr.pool, c.pool...)
	for _, text := range c.refusals {
		pr.decline(&reply{side: GraphQLSide, status: http.StatusOK, decline: "an error for a part of the answer: " + text})
	}
}

// show keeps the objects of a list, for the probes that need values. They
// come with the objects of GraphQL that they were joined with.
func (r *run) show(pr *probeRun, q *question, rest *reply, c *comparison) {
	if !q.probe.List || q.variant.label != "" || rest.value == nil {
		return
	}
	joined := map[int]cell{}
	if c != nil {
		joined = c.cells
	}
	var rows []row
	list, _ := q.probe.answer.take(rest.value)
	for i, v := range list {
		object, ok := v.(map[string]any)
		if !ok {
			continue
		}
		next, ok := joined[i]
		if !ok {
			next = cell{rest: object}
		}
		rows = append(rows, append(append(row{}, q.row...), next))
	}
	pr.shown = append(pr.shown, rows)
}
