// Package demo is the command `plumb demo`: it runs a product that has a flaw
// of every kind, package internal/demo, and lets plumb look at it. What it
// runs are plumb's own commands, as a user would type them, so that it shows
// what they do and nothing else.
package demo

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
)

// Runner runs a command of plumb in an environment and returns its exit code.
type Runner func(ctx context.Context, e *env.Env, args []string) int

// New makes the command.
func New(e *env.Env, run Runner) *cobra.Command {
	c := &call{env: e, runner: run, color: env.Choice{Noun: "mode", Words: env.ColorModes(), Value: "auto"}}
	cmd := &cobra.Command{
		Use:   "demo [flags]",
		Short: "Run a product with a flaw of every kind, and find all of them",
		Long: `Gutter is an issue tracker with REST, GraphQL and signed webhooks. It runs on
this machine for some seconds, at a port that is free, and asks nothing of other
hosts. It has flaws of every kind, which plumb's commands look for; each is
shown as it is run, and works in the folder afterwards.

The folder has the descriptions of Gutter, the settings, what was found as one
page, what each command said as JSON, the report of the working group, and the
reference site. It appears when it is whole. Without --dir it is a new one for temporary files.

Exit codes: 0 every flaw was found and nothing else, 2 wrong usage, 3 something
was missed, or more was found, or it could not be run to its end.`,
		Example: `  plumb demo
  plumb demo --list`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return env.Usagef("demo takes no arguments; --dir names the folder")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case c.list:
				return c.writeList()
			case c.files:
				return c.writeFiles()
			}
			return c.run(cmd.Context())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&c.dir, "dir", "", "write to this `FOLDER`, which plumb may replace later")
	flags.BoolVar(&c.keep, "keep-serving", false, "go on serving the product until interrupted")
	flags.BoolVar(&c.files, "files-only", false, "write the descriptions and settings of the product, and run nothing")
	flags.BoolVar(&c.list, "list", false, "list the flaws and what finds them, and run nothing")
	flags.BoolVarP(&c.quiet, "quiet", "q", false, "print what was missed or not expected, and nothing else")
	flags.Var(&c.color, "color", "colour; auto means on a terminal, unless NO_COLOR is set")
	output.CompleteChoice(cmd, "color", &c.color)
	return cmd
}
