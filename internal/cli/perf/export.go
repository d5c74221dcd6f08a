package perf

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/names"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/plan"
	"github.com/plumbapi/plumb/internal/cli/project"
	"github.com/plumbapi/plumb/internal/safe"
)

// exporter is one format of `plumb perf export`.
type exporter struct {
	// name is the word on the command line, short what the format is, in one
	// line, and long what else a user has to know.
	name, short, long string
	// example is one or more calls.
	example string
	// flags adds those that only this format has; nil where there are none.
	flags func(cmd *cobra.Command)
	// files makes the files of a plan. The first is what --output names or
	// standard output gets; others have the names that flags gave them. Notes
	// are sentences for the user.
	files func(p *plan.Loaded, output string) (files []exported, notes []string, err error)
}

// exported is one file that a format writes.
type exported struct {
	// name is where it goes, "" for standard output.
	name string
	text []byte
}

// exporters are all formats, in the order of help.
func exporters() []*exporter {
	return append(monitoring(), generators()...)
}

// newExport makes the group `plumb perf export`.
func newExport(e *env.Env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "export COMMAND",
		Short: "Write the plan for other tools: monitoring, dashboards, load generators",
		Long: `From the plan of the load test, with its operations and budgets, comes what
other tools need to hold production to the same numbers or to send the same
load from elsewhere.`,
		Example: `  plumb perf export prometheus --output rules.yaml slo.yaml
  plumb perf export grafana --output dashboard.json slo.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	for _, x := range exporters() {
		cmd.AddCommand(newExportFormat(e, x))
	}
	return cmd
}

func newExportFormat(e *env.Env, x *exporter) *cobra.Command {
	c := &exportCall{env: e, exporter: x}
	cmd := &cobra.Command{
		Use:   x.name + " [flags] [PLAN]",
		Short: x.short,
		Long: strings.TrimSpace(x.long) + `

PLAN is the plan of the load test: slo.yaml, or the one that plumb.yaml names,
unless given. Files are written whole or not at all.

Exit codes: 0 written, 2 wrong usage or a plan that cannot be written so, 3
something could not be read or written.`,
		Example: x.example,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return env.Usagef("export %s takes one plan, not %d", x.name, len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args) },
	}
	c.plan.Register(cmd)
	cmd.Flags().StringVar(&c.config, "config", "", "take this `FILE` instead of the plumb.yaml that is found")
	cmd.Flags().StringVarP(&c.output, "output", "o", "", "write to `FILE` instead of standard output")
	if x.flags != nil {
		x.flags(cmd)
	}
	return cmd
}

// exportCall is one call of a format.
type exportCall struct {
	env      *env.Env
	exporter *exporter
	plan     plan.Flags
	config   string
	output   string
}

func (c *exportCall) run(ctx context.Context, args []string) error {
	p, err := project.Open(c.env, c.config, names.Config())
	if err != nil {
		return err
	}
	plan, err := c.plan.Load(ctx, p, args)
	if err != nil {
		return err
	}
	files, notes, err := c.exporter.files(plan, c.output)
	var wrong *env.Exit
	switch {
	case errors.As(err, &wrong):
		return err
	case err != nil:
		return env.Usagef("%s: %w", p.Shown(plan.Name), err)
	}
	if err := writeExported(c.env, files); err != nil {
		return err
	}
	for _, note := range notes {
		c.env.Say("plumb: %s: %s", p.Shown(plan.Name), safe.Line(note))
	}
	return nil
}

// writeExported writes all files or none.
func writeExported(e *env.Env, files []exported) error {
	var open []*output.File
	defer func() {
		for _, f := range open {
			f.Abort()
		}
	}()
	taken := map[string]bool{}
	for _, x := range files {
		if x.name == "" || x.name == "-" {
			continue
		}
		path := e.Path(x.name)
		if taken[path] {
			return env.Usagef("%s is to be written twice; name another file for one of the two", x.name)
		}
		taken[path] = true
		f, err := output.Create(path, x.name)
		if err != nil {
			return err
		}
		open = append(open, f)
		if _, err := f.Write(x.text); err != nil {
			return env.Incompletef("write %s: %w", x.name, env.Bare(err))
		}
	}
	for _, x := range files {
		if x.name == "" || x.name == "-" {
			if _, err := e.Stdout.Write(x.text); err != nil {
				return env.Incompletef("%w", err)
			}
		}
	}
	for _, f := range open {
		if err := f.Commit(); err != nil {
			return err
		}
	}
	return nil
}
