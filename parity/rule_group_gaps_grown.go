package parity

import (
	"context"
	"fmt"
	"strings"

	"github.com/plumbapi/plumb/check"
)

var groupGapsGrown = &rule{
	Meta: check.Meta{
		ID:      "parity-group-gaps-grown",
		Summary: "The gaps of a group must not become more.",
		Rationale: "parity.lock has the number of gaps of each group, which may only fall. It has risen without anything new: a " +
			"counterpart covers less than before, an exemption has gone, an operation has moved to another group. Numbers are " +
			"counted and not shares, so that a new operation with a counterpart cannot hide another one without.\n\n" +
			"What is reported at the element itself, by [parity-new-gap](parity-new-gap.md), " +
			"[parity-new-field-gap](parity-new-field-gap.md) and [parity-counterpart-removed](parity-counterpart-removed.md), is " +
			"not counted again.",
		Severity: check.Error, Tags: []string{"parity", "openapi", "graphql", "coverage"}, Since: since,
	},
	Check: checkGroupGapsGrown,
}

func checkGroupGapsGrown(_ context.Context, p *pass) error {
	res := p.Subject
	if res.Lock == nil {
		return nil
	}
	apart := countedApart(res)
	for _, g := range res.Baseline {
		if c := apart[g.Group]; c != nil {
			g.Now.None -= c.None
			g.Now.RootNone -= c.RootNone
			g.Now.Missing -= c.Missing
		}
		var grown []string
		properties := map[string]any{"group": g.Group}
		for _, n := range g.Growths() {
			grown = append(grown, fmt.Sprintf("%d instead of %d %s", n.Now, n.Locked, n.Of))
			properties[strings.ReplaceAll(n.Of, " ", "_")] = map[string]int{"now": n.Now, "locked": n.Locked}
		}
		if len(grown) > 0 {
			p.Report(check.Finding{
				Location: groupLocation(res, g.Group), Key: g.Group, Properties: properties,
				Message: fmt.Sprintf("group %q has more gaps than in the lock: %s", g.Group, strings.Join(grown, ", ")),
			})
		}
	}
	return nil
}

// countedApart are the gaps that other rules report, or of which nobody is
// sure, by group.
func countedApart(res *Result) map[string]*Counts {
	counts := map[string]*Counts{}
	of := func(group string) *Counts {
		group = groupName(group)
		if counts[group] == nil {
			counts[group] = &Counts{}
		}
		return counts[group]
	}
	lost := lost(res)
	for _, o := range res.Operations {
		if o.Status == StatusNone && o.required() && (o.New || lost[o.Operation]) {
			of(groupOf(o)).None++
		}
	}
	for _, r := range res.Roots {
		if r.Status == StatusNone && r.required() && (r.New || lost[r.Coordinate]) {
			of(r.Group).RootNone++
		}
	}
	group := map[string]string{}
	for _, t := range res.Types {
		group[t.Name] = t.Group
	}
	for _, f := range missing(res) {
		if f.New || lost[f.REST] {
			of(group[f.Schema]).Missing++
		}
	}
	return counts
}

// groupLocation returns where the lock has a group, else where the
// description lists its tag, else where it begins.
func groupLocation(res *Result, group string) check.Location {
	for _, g := range res.Lock.Groups {
		if g.Group == group && g.At.File != "" {
			return g.At
		}
	}
	for _, tag := range res.REST.Root().Get("tags").Children() {
		if name := tag.Get("name"); name.Text() == group {
			return name.Location()
		}
	}
	for _, o := range res.Operations {
		if groupOf(o) == group {
			return o.Location
		}
	}
	return res.REST.Root().Location()
}
