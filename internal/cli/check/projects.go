package check

import (
	"context"
	"path/filepath"

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

// looked are the parts with what they found.
func (c *call) looked() []gates.Part {
	var list []gates.Part
	for _, p := range c.parts {
		list = append(list, gates.Part{Project: p.project, Outcome: p.outcome})
	}
	return list
}

// inner is a file of the whole call by its name in a part.
func (c *call) inner(p *part, name string) string { return gates.Inner(c.project, p.project, name) }
