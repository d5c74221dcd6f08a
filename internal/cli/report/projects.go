package report

import (
	"context"
	"path/filepath"

	"github.com/plumbapi/plumb/internal/cli/discover"
	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/gates"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/config"
)

// part is one project of a call: its folder, and the APIs that were found where
// it has no plumb.yaml.
type part struct {
	project *project.Project
	dir     string
	found   []config.API
	outcome *gates.Outcome
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
	found, err := discover.Below(ctx, c.env)
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
func (c *call) named(names []string) error {
	folders, err := discover.Folders(c.env, names, "plumb report takes folders with a plumb.yaml", c.flags.policy.Project)
	if err != nil {
		return err
	}
	for _, f := range folders {
		c.parts = append(c.parts, &part{project: f.Project, dir: f.Dir})
	}
	return nil
}

// open opens the project of a folder in an environment.
func (c *call) open(dir string, e *env.Env) (*project.Project, error) {
	inside := *e
	inside.Dir = dir
	return c.flags.policy.Project(&inside)
}
