package report

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/plumbapi/plumb/check"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/revision"
	"github.com/plumbapi/plumb/internal/config"
	"github.com/plumbapi/plumb/snapshot"
)

// readCriteria reads the exit criteria.
func (c *call) readCriteria() error {
	path, shown := c.flags.criteria, c.flags.criteria
	switch {
	case path != "":
		path = c.env.Path(path)
	case c.project.Config.Report.Criteria != "":
		path = c.project.FromConfig(c.project.Config.Report.Criteria)
		shown = c.project.Shown(c.project.Canonical(path))
	default:
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return env.Usagef("%s: %w", shown, env.Bare(err))
	}
	if c.criteria, err = snapshot.ParseCriteria(shown, data); err != nil {
		return env.Usagef("%w", err)
	}
	return nil
}

// readHistory reads the snapshots that were kept. A folder that plumb.yaml names
// or that the snapshot is kept in need not be there yet.
func (c *call) readHistory() error {
	path, shown := c.flags.history, c.flags.history
	switch {
	case path != "":
		path = c.env.Path(path)
	case c.project.Config.Report.History != "":
		path = c.project.FromConfig(c.project.Config.Report.History)
		shown = c.project.Shown(c.project.Canonical(path))
	default:
		return nil
	}
	list, err := snapshot.ReadHistory(os.DirFS(path))
	switch {
	case errors.Is(err, fs.ErrNotExist) && (c.flags.history == "" || c.flags.save == c.flags.history):
	case errors.Is(err, fs.ErrNotExist):
		return env.Usagef("there is no folder %s; --save %s makes it", shown, shown)
	case err != nil:
		return env.Usagef("%s: %w", shown, env.Bare(err))
	}
	c.history = list
	return nil
}

// readMerged reads the snapshots of other repositories.
func (c *call) readMerged() error {
	for _, name := range c.flags.merge {
		s, err := readSnapshot(c.env.Path(name))
		if err != nil {
			return env.Usagef("%s: %w", name, env.Bare(err))
		}
		c.merged = append(c.merged, s)
	}
	return nil
}

func readSnapshot(path string) (*snapshot.Snapshot, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return snapshot.Read(f)
}

// readTags makes a snapshot of each tag, by the rules of today, and adds them to
// the history. What was not to be had then, load runs and the earlier version of
// each, is not in them.
func (c *call) readTags(ctx context.Context) error {
	if c.project.Repository == "" {
		return env.Usagef("--tags reads git tags, and %s is in no git repository", c.env.Dir)
	}
	repo, err := revision.OpenRepository(ctx, c.project.Repository)
	if err != nil {
		return env.Usagef("--tags: %w", err)
	}
	tags, err := repo.Tags(ctx, c.flags.tags)
	repo.Close()
	if err != nil {
		return env.Incompletef("--tags: %w", err)
	}
	slices.SortStableFunc(tags, func(a, b revision.Tag) int { return a.Time.Compare(b.Time) })
	if len(tags) == 0 {
		return env.Usagef("--tags %q: no tag matches", c.flags.tags)
	}
	for i, tag := range tags {
		c.do("tag %d of %d: %s", i+1, len(tags), tag.Name)
		for _, p := range c.parts {
			s, err := c.tagged(ctx, p, tag)
			if err != nil {
				return err
			}
			if len(s.APIs) > 0 {
				c.history = append(c.history, s)
			}
		}
	}
	snapshot.Sort(c.history)
	return nil
}

// tagged makes the snapshot of a tag.
func (c *call) tagged(ctx context.Context, of *part, tag revision.Tag) (*snapshot.Snapshot, error) {
	then := *c.env
	then.Now = func() time.Time { return tag.Time }
	p, err := c.open(of.dir, &then)
	if err != nil {
		return nil, err
	}
	if of.found != nil {
		p.Config.APIs = slices.Clone(of.found)
	}
	p.Config.Lifecycle.Base, p.Config.Waivers, p.Config.Perf.Plan = "", nil, ""
	for i := range p.Config.APIs {
		p.Config.APIs[i].Base, p.Config.APIs[i].Payloads = config.Base{}, nil
	}
	out, err := gates.Run(ctx, p, gates.Options{
		Policy: &c.flags.policy, Source: &c.flags.source, Revision: tag.Name, Only: []string{gates.Lint, gates.Parity, gates.Lifecycle},
	})
	if err != nil {
		return nil, err
	}
	s := c.empty(of)
	s.Revision, s.At = tag.Name, tag.Time.UTC()
	out.APIs = slices.DeleteFunc(out.APIs, func(a gates.API) bool { return len(a.Documents) == 0 })
	for i := range out.APIs {
		for _, g := range out.APIs[i].Gates {
			if g.Report != nil {
				known(g.Report, out.Policy.Baseline, tag.Name+":/")
			}
		}
	}
	fill(s, of, out)
	return s, nil
}

// known sets aside the findings that the baseline has: it knows them by the names
// of files in the working copy.
func known(rep *check.Report, baseline *check.Baseline, prefix string) {
	if baseline.Len() == 0 {
		return
	}
	var counts []check.Finding
	for i := range rep.Findings {
		f := &rep.Findings[i]
		if baseline.Has(check.Fingerprint(f.Rule, strings.TrimPrefix(f.Location.File, prefix), f.Location.Element, f.Key)) {
			rep.Suppressed = append(rep.Suppressed, check.Suppressed{Finding: *f, By: "baseline"})
			continue
		}
		counts = append(counts, *f)
	}
	rep.Findings = counts
}
