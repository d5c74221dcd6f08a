package check

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/discover"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/words"
)

// part is one project of a call.
type part struct {
	// name is its folder as it is shown; "" where there is only one.
	name    string
	project *project.Project
	outcome *gates.Outcome
	// report is that of the outcome with the names of files as the whole call
	// has them.
	report *check.Report
}

// findParts finds the projects: the folders that are named, else the one of the
// working directory, else those below it.
func (c *call) findParts(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return c.named(args)
	}
	if c.project.ConfigPath != "" {
		c.parts = []*part{{project: c.project}}
		return nil
	}
	found, err := discover.Below(ctx, c.env)
	if err != nil {
		return err
	}
	if len(found.Configs) > 0 {
		return c.named(found.Configs)
	}
	c.project.Config.APIs = found.APIs(filepath.Base(c.env.Dir))
	if len(c.project.Config.APIs) == 0 {
		return env.Usagef("there is no plumb.yaml, and no description below %s: name a folder, or write one with plumb init", c.env.Dir)
	}
	c.note("there is no plumb.yaml: the " + words.Count(len(found.OpenAPI)+len(found.GraphQL), "description") + " found here " + isAre(len(found.OpenAPI)+len(found.GraphQL)) + " checked (plumb init writes one)")
	c.parts = []*part{{project: c.project}}
	return nil
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// named opens the projects of folders.
func (c *call) named(names []string) error {
	folders, err := discover.Folders(c.env, names, "plumb check takes folders with a plumb.yaml (plumb lint takes descriptions)", c.opts.policy.Project)
	if err != nil {
		return err
	}
	for _, f := range folders {
		c.parts = append(c.parts, &part{name: filepath.ToSlash(filepath.Clean(f.Name)), project: f.Project})
	}
	if len(c.parts) == 1 {
		c.parts[0].name = ""
	}
	return nil
}

// outer is a file of a part by its name in the whole call.
func (c *call) outer(p *part, name string) string {
	if p.project == c.project {
		return name
	}
	if path, ok := p.project.Path(name); ok {
		return c.project.Canonical(path)
	}
	return name
}

// inner is the way back; false for what is of no use to the part.
func (c *call) inner(p *part, name string) string {
	if p.project == c.project {
		return name
	}
	if path, ok := c.project.Path(name); ok {
		return p.project.Canonical(path)
	}
	return name
}

// joined puts the reports of all parts together. Each has been judged by its own
// policy, so that nothing is judged anew.
func (c *call) joined() *check.Report {
	if len(c.parts) == 1 && c.parts[0].project == c.project {
		c.parts[0].report = c.parts[0].outcome.Report
		return c.parts[0].report
	}
	all := &check.Report{Subjects: []string{}, Files: []string{}, Rules: []check.Meta{}, Findings: []check.Finding{}, Suppressed: []check.Suppressed{}, Incomplete: []check.Incomplete{}}
	for _, p := range c.parts {
		p.report = c.renamed(p)
		all.Subjects = append(all.Subjects, p.report.Subjects...)
		all.Files = append(all.Files, p.report.Files...)
		for _, m := range p.report.Rules {
			if !slices.ContainsFunc(all.Rules, func(r check.Meta) bool { return r.ID == m.ID }) {
				all.Rules = append(all.Rules, m)
			}
		}
		all.Findings = append(all.Findings, p.report.Findings...)
		all.Suppressed = append(all.Suppressed, p.report.Suppressed...)
		all.Incomplete = append(all.Incomplete, p.report.Incomplete...)
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
func (c *call) renamed(p *part) *check.Report {
	names := map[string]string{"": ""}
	name := func(inner string) string {
		outer, ok := names[inner]
		if !ok {
			outer = c.outer(p, inner)
			names[inner] = outer
		}
		return outer
	}
	list := func(inner []string) []string {
		outer := make([]string, len(inner))
		for i := range inner {
			outer[i] = name(inner[i])
		}
		return outer
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
	in := p.outcome.Report
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
