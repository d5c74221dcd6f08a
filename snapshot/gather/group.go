package gather

import (
	"cmp"
	"slices"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/openapi"
	"github.com/plumbapi/plumb/parity"
	"github.com/plumbapi/plumb/snapshot"
)

// grouping counts the same facts by tag and by owner.
type grouping struct{ tags, teams map[string]*snapshot.Group }

func (g *grouping) each(at place, add func(*snapshot.Group)) {
	add(group(g.tags, at.tag))
	add(group(g.teams, at.owner))
}

func group(m map[string]*snapshot.Group, name string) *snapshot.Group {
	if m[name] == nil {
		m[name] = &snapshot.Group{Name: name}
	}
	return m[name]
}

// groups cuts the facts of an API by tag and by owner.
func groups(f *Facts, p *places, a *snapshot.API) (tags, teams []snapshot.Group) {
	g := &grouping{map[string]*snapshot.Group{}, map[string]*snapshot.Group{}}
	for _, d := range f.OpenAPI {
		for _, op := range d.Operations() {
			if op.Origin == openapi.FromPath {
				g.each(p.of(op.String()), func(to *snapshot.Group) { count(&to.Described, says(op.Node, "description", "summary")) })
			}
		}
	}
	for _, s := range f.GraphQL {
		for _, t := range s.Roots() {
			for _, field := range t.Fields {
				g.each(p.of(field.Coordinate()), func(to *snapshot.Group) { count(&to.Described, field.Description != "") })
			}
		}
	}
	if f.Parity != nil {
		for _, op := range f.Parity.Operations {
			g.each(p.of(op.Operation), func(to *snapshot.Group) { tally(&to.RESTToGraphQL, op.Status, op.Need) })
		}
		for _, r := range f.Parity.Roots {
			g.each(p.of(r.Coordinate), func(to *snapshot.Group) { tally(&to.GraphQLToREST, r.Status, r.Need) })
		}
	}
	g.lint(f, p)
	if a.Lifecycle != nil {
		for _, d := range a.Lifecycle.Deprecations {
			g.each(place{d.Tag, d.Owner}, func(to *snapshot.Group) {
				to.Deprecated++
				if d.Status == "overdue" {
					to.Overdue++
				}
			})
		}
	}
	if a.SLO != nil {
		for _, o := range a.SLO.Operations {
			g.each(place{o.Tag, o.Owner}, func(to *snapshot.Group) {
				to.Budgets++
				if o.Verdict == "fail" {
					to.Broken++
				}
			})
		}
	}
	tags, teams = sorted(g.tags), sorted(g.teams)
	for i := range tags {
		tags[i].Owner = cmp.Or(p.owners.tag(tags[i].Name), p.tags[tags[i].Name])
	}
	return tags, teams
}

func (g *grouping) lint(f *Facts, p *places) {
	for i := range f.Gates {
		rep := f.Gates[i].Report
		if f.Gates[i].Name != "lint" || rep == nil {
			continue
		}
		for k := range rep.Findings {
			finding := &rep.Findings[k]
			g.each(p.finding(&finding.Location), func(to *snapshot.Group) {
				switch finding.Severity {
				case check.Error:
					to.Errors++
				case check.Warning:
					to.Warnings++
				default:
					to.Infos++
				}
			})
		}
		for k := range rep.Suppressed {
			if s := &rep.Suppressed[k]; s.By != "ignore" {
				g.each(p.finding(&s.Location), func(to *snapshot.Group) { to.Known++ })
			}
		}
	}
}

func tally(b *snapshot.Breadth, status parity.Status, need parity.Need) {
	b.Total++
	switch status {
	case parity.StatusMatch:
		b.Match++
	case parity.StatusPartial:
		b.Partial++
	default:
		b.None++
		if need == parity.Unneeded {
			b.Exempt++
		}
	}
}

// sorted returns the groups by name; what has none stands last.
func sorted(m map[string]*snapshot.Group) []snapshot.Group {
	list := make([]snapshot.Group, 0, len(m))
	for _, g := range m {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b snapshot.Group) int {
		last := func(g snapshot.Group) int {
			if g.Name == "" || g.Name == other {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(a.Name, b.Name))
	})
	return list
}
