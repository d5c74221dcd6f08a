package report

import (
	"cmp"
	"context"
	"os"
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/cli/version"
	"github.com/plumbapi/plumb/snapshot"
	"github.com/plumbapi/plumb/snapshot/gather"
)

// tool is what a snapshot says that wrote it.
const tool = "plumb " + version.Number

// snapshot makes the snapshot of what the gates found in the working copy.
func (c *call) snapshot(ctx context.Context, p *part, out *gates.Outcome) (*snapshot.Snapshot, error) {
	s := c.empty(p)
	if p.project.Repository != "" {
		repo, err := revision.OpenRepository(ctx, p.project.Repository)
		if err == nil {
			if head, err := repo.Revision(ctx, "HEAD"); err == nil {
				s.Revision = head.Object
			}
			repo.Close()
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
	}
	fill(s, p, out)
	s.Waivers = gather.Waivers(s.Product, p.project.Config.Waivers, out.Report)
	return s, nil
}

// empty is a snapshot of now without anything in it.
func (c *call) empty(p *part) *snapshot.Snapshot {
	return &snapshot.Snapshot{Version: snapshot.Version, Tool: tool, Product: c.product(p), At: c.env.Now().UTC().Truncate(1e9)}
}

// product is the name of a project's product. The flag names that of one project;
// of several it names the whole.
func (c *call) product(p *part) string {
	name := p.project.Config.Report.Product
	if len(c.parts) == 1 && c.flags.product != "" {
		name = c.flags.product
	}
	return cmp.Or(name, filepath.Base(p.project.Root))
}

// fill adds the APIs of an outcome to a snapshot.
func fill(s *snapshot.Snapshot, p *part, out *gates.Outcome) {
	owners := ownersOf(p.project)
	for i := range out.APIs {
		s.APIs = append(s.APIs, gather.API(facts(s, &out.APIs[i], owners)))
	}
}

// facts hands on what the gates found about one API.
func facts(s *snapshot.Snapshot, a *gates.API, owners *gather.Owners) *gather.Facts {
	f := &gather.Facts{
		Name: a.Name, Product: s.Product, Revision: s.Revision, At: s.At, Owners: owners,
		Parity: a.Parity, Inventories: a.Inventories, Calendar: a.Calendar, Comparisons: a.Comparisons, Usage: a.Usage,
		Plan: a.Plan, Perf: a.Perf, Judgement: a.Judgement, Drift: a.Drift,
	}
	for _, d := range a.Documents {
		if d.OpenAPI != nil {
			f.OpenAPI = append(f.OpenAPI, d.OpenAPI)
		}
		if d.GraphQL != nil {
			f.GraphQL = append(f.GraphQL, d.GraphQL)
		}
	}
	for _, g := range a.Gates {
		f.Gates = append(f.Gates, gather.Gate{Name: g.Name, Report: g.Report, Skipped: g.Skipped})
	}
	return f
}

// ownersOf says who owns what: the teams of plumb.yaml, and the CODEOWNERS of the
// repository.
func ownersOf(p *project.Project) *gather.Owners {
	o := &gather.Owners{}
	for _, t := range p.Config.Report.Teams {
		o.Teams = append(o.Teams, gather.Team{Name: t.Name, Tags: t.Tags, Elements: t.Elements})
	}
	top := cmp.Or(p.Repository, p.Root)
	for _, folder := range []string{".github", ".gitlab", "", "docs"} {
		data, err := os.ReadFile(filepath.Join(top, folder, "CODEOWNERS"))
		if err != nil || len(data) > maxCodeOwners {
			continue
		}
		o.Files = gather.ParseCodeOwners(string(data))
		if rel, err := filepath.Rel(top, p.Root); err == nil && rel != "." {
			o.Files.Prefix = filepath.ToSlash(rel)
		}
		break
	}
	return o
}

// maxCodeOwners is the size of the largest CODEOWNERS that is read, GitHub's own
// limit.
const maxCodeOwners = 3 << 20
