package report

import (
	"context"
	"os"
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/discover"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/config"
)

// part is one project of a call: its folder, and the APIs that were found where
// it has no plumb.yaml.
type part struct {
	project *project.Project
	dir     string
	found   []config.API
}

// findParts finds the projects as plumb check does: the folders that are named,
// else the one of the working directory, else those below it, else the
// descriptions that there are. There is none where only snapshots are merged.
func (c *call) findParts(ctx context.Context, folders []string) error {
	switch {
	case len(folders) > 0:
		return c.named(folders)
	case len(c.project.Config.APIs) > 0:
		c.parts = []*part{{project: c.project, dir: c.env.Dir}}
		return nil
	case len(c.merged) > 0:
		return nil
	case c.project.ConfigPath != "":
		return env.Usagef("%s names no API: list the descriptions under apis, or name snapshots with --merge", c.project.Shown(c.project.Canonical(c.project.ConfigPath)))
	}
	root, err := os.OpenRoot(c.env.Dir)
	if err != nil {
		return env.Incompletef("open %s: %w", c.env.Dir, env.Bare(err))
	}
	defer func() { _ = root.Close() }()
	found, err := discover.Search(ctx, root.FS())
	if err != nil {
		return err
	}
	if len(found.Configs) > 0 {
		return c.named(found.Configs)
	}
	apis := found.APIs(filepath.Base(c.env.Dir))
	if len(apis) == 0 {
		return env.Usagef("there is no plumb.yaml, and no description below %s: name a folder, or snapshots with --merge", c.env.Dir)
	}
	c.project.Config.APIs = apis
	c.parts = []*part{{project: c.project, dir: c.env.Dir, found: apis}}
	return nil
}

// named opens the projects of folders.
func (c *call) named(folders []string) error {
	seen := map[string]bool{}
	for _, folder := range folders {
		dir := c.env.Path(folder)
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return env.Usagef("%s is no folder; plumb report takes folders with a plumb.yaml", folder)
		}
		p, err := c.open(dir, c.env)
		if err != nil {
			return err
		}
		if p.ConfigPath == "" {
			return env.Usagef("%s has no plumb.yaml; plumb init %s writes one", folder, folder)
		}
		if !seen[p.ConfigPath] {
			seen[p.ConfigPath] = true
			c.parts = append(c.parts, &part{project: p, dir: dir})
		}
	}
	return nil
}

// open opens the project of a folder in an environment.
func (c *call) open(dir string, e *env.Env) (*project.Project, error) {
	inside := *e
	inside.Dir = dir
	return c.flags.policy.Project(&inside)
}
