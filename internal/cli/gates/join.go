package gates

import (
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/project"
)

// Part is one project of a call that looks at several.
type Part struct {
	Project *project.Project
	Outcome *Outcome
}

// outer is a file of a part by its name in the whole call.
func outer(whole, part *project.Project, name string) string {
	if part == whole {
		return name
	}
	if path, ok := part.Path(name); ok {
		return whole.Canonical(path)
	}
	return name
}

// Inner is a file of the whole call by its name in a part: the name as it is
// where the part has none for it.
func Inner(whole, part *project.Project, name string) string {
	if part == whole {
		return name
	}
	if path, ok := whole.Path(name); ok {
		return part.Canonical(path)
	}
	return name
}

// Join puts the reports of all parts together, with the names that files have in
// the whole call. Each has been judged by its own policy, so that nothing is
// judged anew.
func Join(whole *project.Project, parts []Part) *check.Report {
	if len(parts) == 1 && parts[0].Project == whole {
		return parts[0].Outcome.Report
	}
	all := &check.Report{Subjects: []string{}, Files: []string{}, Rules: []check.Meta{}, Findings: []check.Finding{}, Suppressed: []check.Suppressed{}, Incomplete: []check.Incomplete{}}
	for i := range parts {
		rep := renamed(whole, &parts[i])
		all.Subjects = append(all.Subjects, rep.Subjects...)
		all.Files = append(all.Files, rep.Files...)
		for _, m := range rep.Rules {
			if !slices.ContainsFunc(all.Rules, func(r check.Meta) bool { return r.ID == m.ID }) {
				all.Rules = append(all.Rules, m)
			}
		}
		all.Findings = append(all.Findings, rep.Findings...)
		all.Suppressed = append(all.Suppressed, rep.Suppressed...)
		all.Incomplete = append(all.Incomplete, rep.Incomplete...)
	}
	slices.SortFunc(all.Findings, func(a, b check.Finding) int { return a.Compare(&b) })
	slices.SortFunc(all.Suppressed, func(a, b check.Suppressed) int { return a.Finding.Compare(&b.Finding) })
	slices.SortFunc(all.Incomplete, func(a, b check.Incomplete) int {
		return strings.Compare(a.File+"\x00"+a.Message, b.File+"\x00"+b.Message)
	})
	// Two projects may look at one file, under the same rules.
	all.Findings = slices.CompactFunc(all.Findings, func(a, b check.Finding) bool {
		return a.Fingerprint == b.Fingerprint && a.Location == b.Location
	})
	return all
}

// renamed is the report of a part with the names of the whole call, by which
// findings are known again too.
func renamed(whole *project.Project, p *Part) *check.Report {
	names := map[string]string{"": ""}
	name := func(inner string) string {
		known, ok := names[inner]
		if !ok {
			known = outer(whole, p.Project, inner)
			names[inner] = known
		}
		return known
	}
	list := func(inner []string) []string {
		named := make([]string, len(inner))
		for i := range inner {
			named[i] = name(inner[i])
		}
		return named
	}
	finding := func(f check.Finding) check.Finding {
		if f.Location.File != "" {
			f.Location.File = name(f.Location.File)
			f.Fingerprint = check.Fingerprint(f.Rule, f.Location.File, f.Location.Element, f.Key)
		}
		f.Related = slices.Clone(f.Related)
		for i := range f.Related {
			f.Related[i].Location.File = name(f.Related[i].Location.File)
		}
		if f.Fix != nil {
			fix := *f.Fix
			fix.Edits = slices.Clone(fix.Edits)
			for i := range fix.Edits {
				fix.Edits[i].File = name(fix.Edits[i].File)
			}
			f.Fix = &fix
		}
		return f
	}
	in := p.Outcome.Report
	out := &check.Report{Subjects: list(in.Subjects), Files: list(in.Files), Rules: in.Rules}
	for i := range in.Findings {
		out.Findings = append(out.Findings, finding(in.Findings[i]))
	}
	for _, s := range in.Suppressed {
		s.Finding = finding(s.Finding)
		out.Suppressed = append(out.Suppressed, s)
	}
	for _, inc := range in.Incomplete {
		inc.File = name(inc.File)
		out.Incomplete = append(out.Incomplete, inc)
	}
	return out
}
