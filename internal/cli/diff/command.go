// Package diff is the command `plumb diff`: it reads two versions of one
// description, lets package lifecycle compare them, and hands the changes on as
// facts and as findings.
package diff

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/plumbapi/plumb/internal/cli/env"
	"github.com/plumbapi/plumb/internal/cli/output"
	"github.com/plumbapi/plumb/internal/cli/policy"
	"github.com/plumbapi/plumb/internal/cli/source"
	"github.com/plumbapi/plumb/internal/rulebook"
)

// options are the flags of the command.
type options struct {
	source source.Flags
	policy policy.Flags
	output output.Flags

	expand bool
}

// New makes the command.
func New(e *env.Env) *cobra.Command {
	o := &options{policy: policy.Flags{Check: rulebook.Lifecycle}, output: output.Flags{DefaultSort: "severity"}}
	cmd := &cobra.Command{
		Use:   "diff [flags] BASE REVISION",
		Short: "Say what changed between two versions, and what of it breaks clients",
		Long: `BASE and REVISION are two versions of one OpenAPI description (2.0 to 3.2), or
of one GraphQL schema. Each is given as a path, - for standard input, a URL or
REVISION:PATH, which is read from git.

A change is reported once, where it was made, with every operation that it
reaches. Its level is error where it breaks clients, warning where it may, and
info where it does not. The kinds of change are rules: plumb explain says what
one means, and plumb.yaml, --rule, the baseline and waivers set them aside.

Exit codes: 0 nothing at or above --fail-on, 1 changes, 2 wrong usage or
configuration, 3 something could not be read.`,
		Example: `  plumb diff HEAD:api/openapi.yaml api/openapi.yaml
  plumb diff --format markdown HEAD:api/schema.graphql api/schema.graphql`,
		RunE: func(cmd *cobra.Command, args []string) error { return run(cmd.Context(), e, o, args) },
	}
	cmd.Flags().BoolVar(&o.expand, "expand", false, "tell a change once for every place in every operation, instead of once; in JSON as the rows that oasdiff prints (OpenAPI)")
	o.source.Register(cmd)
	o.policy.Register(cmd)
	o.output.Register(cmd)
	return cmd
}

// run is the command.
func run(ctx context.Context, e *env.Env, o *options, args []string) error {
	if len(args) != 2 {
		return env.Usagef("diff takes two versions of a description, and %d arguments are given: plumb diff main:api/openapi.yaml api/openapi.yaml", len(args))
	}
	if err := o.source.Validate(args); err != nil {
		return err
	}
	c, err := prepare(e, o, args)
	if err != nil {
		return err
	}
	defer c.close()
	if err := c.compare(ctx); err != nil {
		return err
	}
	return c.finish()
}
