package guide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
)

var paginationUniform = &rule{
	Meta: check.Meta{
		ID:      "pagination-uniform",
		Summary: "All collections should be paginated in the same way.",
		Rationale: "A client writes the loop over pages once. A collection that pages by cursor among hundreds that page by number, or that calls the page size `limit` where all others say `per_page`, needs a loop of its own. " +
			"An operation that offers the common style beside another is not reported.",
		Severity: check.Warning, Tags: []string{"openapi", "pagination", "uniformity", "plumb:recommended"}, Since: "0.1.0",
	},
	Check: checkPaginationUniform,
}

func checkPaginationUniform(_ context.Context, p *pass) error {
	type paged struct {
		op *openapi.Operation
		paging
	}
	all := slices.Concat(openapi.Gather(p.Subject, p.Rule(), openapi.ThroughReferences, func(part *openapi.Document) (found []paged) {
		for _, op := range part.Operations() {
			if op.Method != "GET" || !isRequest(op) {
				continue
			}
			if g := pagingOf(part, op); g.styles != 0 {
				found = append(found, paged{op, g})
			}
		}
		return found
	})...)
	var uses [3]int
	for _, g := range all {
		for i := range uses {
			if g.styles&(1<<i) != 0 {
				uses[i]++
			}
		}
	}
	best := 0
	for i, n := range uses {
		if n > uses[best] {
			best = i
		}
	}
	habit := pagingStyle(1 << best)
	if isHabit(uses[best], len(all)) {
		var example *openapi.Operation
		for _, g := range all {
			if g.styles&habit != 0 {
				example = g.op
				break
			}
		}
		for _, g := range all {
			if g.styles&habit == 0 {
				p.Report(check.Finding{
					Location: g.op.Node.KeyLocation(),
					Message:  fmt.Sprintf("%s pages by %s (%s), where %d of %d operations page by %s", g.op, g.styles.describe(), quoted(g.names), uses[best], len(all), habit),
					Related:  seeAlso(example.Node.KeyLocation(), fmt.Sprintf("%s pages by %s", example, habit)),
				})
			}
		}
	}
	var sizes tally[string]
	for _, g := range all {
		if g.size != nil {
			sizes.add(g.size.Get("name").Text(), g.size.Get("name"))
		}
	}
	usual, n, ok := sizes.habit()
	seen := map[*openapi.Node]bool{}
	for _, g := range all {
		name := g.size.Get("name")
		if !ok || name == nil || name.Text() == usual || seen[name] {
			continue
		}
		seen[name] = true
		p.Report(check.Finding{
			Location: name.Location(),
			Message:  fmt.Sprintf("the page size is called %q, where %d of %d operations call it %q", name.Text(), n, sizes.places, usual),
			Related:  seeAlso(sizes.first[usual].Location(), fmt.Sprintf("%q", usual)),
		})
	}
	return nil
}

// describe names the styles of a set.
func (s pagingStyle) describe() string {
	var names []string
	for _, style := range [...]pagingStyle{byPage, byOffset, byCursor} {
		if s&style != 0 {
			names = append(names, style.String())
		}
	}
	return strings.Join(names, " and ")
}

// quoted writes names as a list, each in quotes.
func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = fmt.Sprintf("%q", n)
	}
	return strings.Join(out, ", ")
}
